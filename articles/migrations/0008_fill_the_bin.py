from typing import Any

from django.db import migrations
from django.db.models import F
from django.utils import timezone


def fill(apps: Any, schema_editor: Any) -> None:
    """What is in the bin knows since when, what is not does not; what readers have seen comes out of it.

    Nobody knew that the bin would be emptied: what lies there has its whole time from now on.
    """
    article = apps.get_model("articles", "Article")
    known = {"published_at__isnull": True, "announced_at__isnull": True, "first_published_on__isnull": True}
    for column in known:
        article.objects.filter(**{"status": "spiked", column: False}).update(status="unpublished")
    article.objects.filter(status="spiked", spiked_at__isnull=True).update(spiked_at=F("changed_at"))
    article.objects.exclude(status="spiked").filter(spiked_at__isnull=False).update(spiked_at=None)
    article.objects.filter(status="spiked").update(changed_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_find_prunable_texts")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
