from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("images", "0005_rights_and_focus_known")]

    operations = [
        migrations.RemoveConstraint(
            model_name="rendition",
            name="rendition_format_known",
        ),
        migrations.AddField(
            model_name="image",
            name="asked_at",
            field=models.DateTimeField(editable=False, help_text="When its renditions were last asked for.", null=True),
        ),
        migrations.AddField(
            model_name="image",
            name="copy",
            field=models.BooleanField(
                default=False, editable=False, help_text="Kept though the same file might be there already."
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="made_cut",
            field=models.PositiveIntegerField(
                editable=False, help_text="The cut all of whose files are made …", null=True
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="made_recipe",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="… and after which recipe: see `images.renditions`.",
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="rendition",
            name="format",
            field=models.CharField(choices=[("webp", "WebP"), ("jpeg", "JPEG"), ("avif", "AVIF")], max_length=4),
        ),
        migrations.AddConstraint(
            model_name="rendition",
            constraint=models.CheckConstraint(
                condition=models.Q(("format__in", ["webp", "jpeg", "avif"])), name="rendition_format_known"
            ),
        ),
    ]
