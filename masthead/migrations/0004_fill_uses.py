import re
from typing import Any

from django.db import migrations

AT_ONCE = 500
FIGURE = re.compile(r"<figure ([^>]*)>")
NUMBERS = re.compile(r"[1-9][0-9]{0,17}(?![0-9])")
# As the product wrote references when this migration was written.
PLACES = {"data-image": "body", "data-gallery": "gallery", "data-poster": "poster"}


def referred(body: str) -> tuple[set[tuple[str, int]], set[int]]:
    """The pictures of a text with their places, and its documents."""
    pictures, documents = set(), set()
    for figure in FIGURE.finditer(body):
        for name, value in re.findall(r'(data-[a-z]+)="([^"]*)"', figure[1]):
            keys = map(int, NUMBERS.findall(value)) if name in PLACES or name == "data-document" else ()
            for key in keys:
                if name in PLACES:
                    pictures.add((PLACES[name], key))
                else:
                    documents.add(key)
    return pictures, documents


def fill(apps: Any, schema_editor: Any) -> None:
    """What every standing page uses, of what is still there."""
    PagePictureUse = apps.get_model("masthead", "PagePictureUse")
    PageDocumentUse = apps.get_model("masthead", "PageDocumentUse")
    images = set(apps.get_model("images", "Image").objects.values_list("pk", flat=True))
    documents = set(apps.get_model("documents", "Document").objects.values_list("pk", flat=True))
    for page, body in apps.get_model("masthead", "Page").objects.order_by("pk").values_list("pk", "body"):
        shown, named = referred(body)
        PagePictureUse.objects.bulk_create(
            PagePictureUse(page_id=page, image_id=key, place=place) for place, key in sorted(shown) if key in images
        )
        PageDocumentUse.objects.bulk_create(
            PageDocumentUse(page_id=page, document_id=key) for key in sorted(named & documents)
        )


class Migration(migrations.Migration):
    dependencies = [("masthead", "0003_uses")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
