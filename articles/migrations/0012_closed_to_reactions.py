from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0011_fill_uses"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="closed_to_reactions",
            field=models.BooleanField(default=False, help_text="Its foot does not invite to answer it."),
        ),
    ]
