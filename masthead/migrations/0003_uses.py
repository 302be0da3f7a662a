import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_document"),
        ("images", "0008_one_file_once"),
        ("masthead", "0002_retractions_stay"),
    ]

    operations = [
        migrations.CreateModel(
            name="PageDocumentUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="document_uses", to="masthead.page"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("page", "document"), name="pagedocumentuse_once")],
            },
        ),
        migrations.CreateModel(
            name="PagePictureUse",
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
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="picture_uses", to="masthead.page"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("page", "image", "place"), name="pagepictureuse_once_a_place"),
                    models.CheckConstraint(
                        condition=models.Q(("place__in", ["body", "gallery", "poster"])),
                        name="pagepictureuse_place_known",
                    ),
                ],
            },
        ),
    ]
