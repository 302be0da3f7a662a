from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_fill_wordings")]

    operations = [
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(
                condition=models.Q(("name", ""), ("went_live_at__isnull", True)),
                fields=["saved_at"],
                name="revision_prunable",
            ),
        ),
    ]
