import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0009_the_bin_holds_nothing_public"),
        ("documents", "0001_document"),
        ("images", "0008_one_file_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="document_uses",
                        to="articles.revision",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("revision", "document"), name="documentuse_once")],
            },
        ),
        migrations.CreateModel(
            name="PictureUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("lead", "lead picture"),
                            ("body", "in the text"),
                            ("gallery", "in a gallery"),
                            ("poster", "before an embed"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="images.image"),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="picture_uses", to="articles.revision"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("revision", "image", "place"), name="pictureuse_once_a_place"),
                    models.CheckConstraint(
                        condition=models.Q(("place__in", ["lead", "body", "gallery", "poster"])),
                        name="pictureuse_place_known",
                    ),
                ],
            },
        ),
    ]
