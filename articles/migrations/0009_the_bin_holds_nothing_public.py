from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_fill_the_bin")]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(condition=Q(("status", "spiked")), fields=["spiked_at"], name="article_in_bin"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=Q(
                    Q(Q(("status", "spiked"), _negated=True), ("spiked_at__isnull", True)),
                    Q(
                        ("announced_at__isnull", True),
                        ("first_published_on__isnull", True),
                        ("published_at__isnull", True),
                        ("spiked_at__isnull", False),
                        ("status", "spiked"),
                    ),
                    _connector="OR",
                ),
                name="article_bin_never_public",
            ),
        ),
    ]
