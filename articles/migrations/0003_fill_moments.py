from typing import Any

from django.db import migrations
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone


def fill(apps: Any, schema_editor: Any) -> None:
    """Stories that readers know are announced, their texts went live, and what is in the bin got there at its last change."""
    article = apps.get_model("articles", "Article")
    revision = apps.get_model("articles", "Revision")
    known = article.objects.filter(live__isnull=False, published_at__lte=timezone.now())
    known.filter(announced_at__isnull=True).update(announced_at=F("published_at"))
    shown = known.filter(live=OuterRef("pk")).values("published_at")[:1]
    live = known.values("live")
    revision.objects.filter(pk__in=live, went_live_at__isnull=True).update(went_live_at=Subquery(shown))
    article.objects.filter(status="spiked", spiked_at__isnull=True).update(spiked_at=F("changed_at"))


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_plans_corrections_previews")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
