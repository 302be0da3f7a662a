from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("images", "0001_image")]

    operations = [
        migrations.AddField(
            model_name="image",
            name="cut",
            field=models.PositiveIntegerField(
                default=0, editable=False, help_text="Grows when the renditions have to be made again."
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="file_name",
            field=models.CharField(blank=True, editable=False, help_text="As it was sent.", max_length=200),
        ),
        migrations.AddField(
            model_name="image",
            name="fingerprint",
            field=models.BigIntegerField(
                editable=False, help_text="64 bits, much alike for pictures that look alike.", null=True
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="focus_x",
            field=models.PositiveSmallIntegerField(
                default=50, editable=False, help_text="What a cut must show, in per cent from the left."
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="focus_y",
            field=models.PositiveSmallIntegerField(default=50, editable=False, help_text="The same from the top."),
        ),
        migrations.AddField(
            model_name="image",
            name="may_redistribute",
            field=models.BooleanField(
                default=False,
                help_text="Others may show it too: feeds and republished stories carry it along.",
                verbose_name="may be redistributed",
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="rights",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Not known"),
                    ("own", "Our own"),
                    ("agency", "From an agency"),
                    ("licence", "Under a licence"),
                    ("courtesy", "By courtesy of somebody"),
                ],
                default="",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="source",
            field=models.CharField(
                blank=True, help_text="Whom we have it from. Known to the desk only.", max_length=200
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="words",
            field=models.TextField(
                blank=True, editable=False, help_text="All that is said of it, folded, for searches."
            ),
        ),
    ]
