from typing import Any

from django.db import migrations
from django.db.models import Exists, OuterRef


def mark(apps: Any, schema_editor: Any) -> None:
    """Of pictures with the same file, all but the first are copies: from now on they are made knowingly."""
    Image = apps.get_model("images", "Image")
    earlier = Image.objects.filter(sha256=OuterRef("sha256"), pk__lt=OuterRef("pk"))
    Image.objects.filter(Exists(earlier)).update(copy=True)


class Migration(migrations.Migration):
    dependencies = [("images", "0006_avif_and_what_is_made")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
