import re
import unicodedata
from html import unescape
from typing import Any

from django.db import migrations

AT_ONCE = 500


def folded(plain: str) -> str:
    """As the product folded words when this migration was written."""
    letters = unicodedata.normalize("NFKD", plain.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return f" {' '.join(re.findall(r'\w+', bare))} "


def fill(apps: Any, schema_editor: Any) -> None:
    """The words of every text there is. A block's end counts as a space, an inline tag as nothing."""
    Revision = apps.get_model("articles", "Revision")
    Wording = apps.get_model("articles", "Wording")
    rows = []
    for revision in Revision.objects.filter(wording=None).order_by("pk").iterator(AT_ONCE):
        body = re.sub(r"</?(a|b|i|u|s|em|strong|sub|sup|span|abbr|code|q|cite|mark|small)\b[^>]*>", "", revision.body)
        body = unescape(re.sub(r"<[^>]*>", " ", body))
        plain = [
            revision.headline,
            revision.kicker,
            revision.deck,
            revision.summary,
            body,
            revision.lead_caption,
        ]
        rows.append(Wording(revision=revision, headline=folded(revision.headline), words=folded("\n".join(plain))))
        if len(rows) == AT_ONCE:
            Wording.objects.bulk_create(rows)
            rows = []
    Wording.objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_wordings")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
