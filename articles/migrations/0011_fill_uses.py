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
    """What every text there is uses, of what is still there."""
    Revision = apps.get_model("articles", "Revision")
    PictureUse = apps.get_model("articles", "PictureUse")
    DocumentUse = apps.get_model("articles", "DocumentUse")
    images = set(apps.get_model("images", "Image").objects.values_list("pk", flat=True))
    documents = set(apps.get_model("documents", "Document").objects.values_list("pk", flat=True))
    pictures, offered = [], []
    rows = Revision.objects.order_by("pk").values_list("pk", "body", "lead_image")
    for revision, body, lead in rows.iterator(AT_ONCE):
        shown, named = referred(body)
        if lead:
            shown.add(("lead", lead))
        pictures += [
            PictureUse(revision_id=revision, image_id=key, place=place) for place, key in sorted(shown) if key in images
        ]
        offered += [DocumentUse(revision_id=revision, document_id=key) for key in sorted(named & documents)]
        if len(pictures) >= AT_ONCE:
            PictureUse.objects.bulk_create(pictures, batch_size=AT_ONCE)
            pictures = []
    PictureUse.objects.bulk_create(pictures, batch_size=AT_ONCE)
    DocumentUse.objects.bulk_create(offered, batch_size=AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_uses")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
