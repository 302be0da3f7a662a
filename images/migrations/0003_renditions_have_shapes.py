from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("images", "0002_library_fields")]

    operations = [
        migrations.RemoveConstraint(
            model_name="rendition",
            name="rendition_once",
        ),
        migrations.AddField(
            model_name="rendition",
            name="cut",
            field=models.PositiveIntegerField(
                default=0, help_text="The picture's when it was made; shown only while the same."
            ),
        ),
        migrations.AddField(
            model_name="rendition",
            name="shape",
            field=models.CharField(default="body", help_text="Its name in `images.sizes.SHAPES`.", max_length=8),
        ),
        migrations.AddConstraint(
            model_name="rendition",
            constraint=models.UniqueConstraint(fields=("image", "shape", "format", "width"), name="rendition_once"),
        ),
    ]
