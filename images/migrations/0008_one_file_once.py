from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("images", "0007_mark_copies")]

    operations = [
        migrations.AddConstraint(
            model_name="image",
            constraint=models.UniqueConstraint(
                condition=models.Q(("copy", False)), fields=("sha256",), name="image_once"
            ),
        ),
    ]
