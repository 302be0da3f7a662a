from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("images", "0004_fill_words")]

    operations = [
        migrations.AddConstraint(
            model_name="image",
            constraint=models.CheckConstraint(
                condition=models.Q(("rights__in", ["", "own", "agency", "licence", "courtesy"])),
                name="image_rights_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="image",
            constraint=models.CheckConstraint(
                condition=models.Q(("focus_x__lte", 100), ("focus_y__lte", 100)), name="image_focus_inside"
            ),
        ),
    ]
