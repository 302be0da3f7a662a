import re
import unicodedata
from typing import Any

from django.db import migrations

AT_ONCE = 500


def searchable(*words: str) -> str:
    """As the product folded words when this migration was written."""
    letters = unicodedata.normalize("NFKD", " ".join(words).replace("_", " ").casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return f" {' '.join(re.findall(r'\w+', bare))} "


def fill(apps: Any, schema_editor: Any) -> None:
    """What searches read of the pictures there are."""
    Image = apps.get_model("images", "Image")
    images = Image.objects.filter(words="").order_by("pk")
    while some := list(images[:AT_ONCE]):
        for image in some:
            image.words = searchable(image.title, image.alt, image.caption, image.credit)
        Image.objects.bulk_update(some, ["words"])


class Migration(migrations.Migration):
    dependencies = [("images", "0003_renditions_have_shapes")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
