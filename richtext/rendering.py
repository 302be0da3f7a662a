"""A stored text as readers see it."""

import re
from collections.abc import Sequence
from typing import Literal

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from richtext.allowed import escaped
from richtext.asides import set_aside
from richtext.notes import numbered
from richtext.references import resolved
from richtext.sanitiser import clean, marked
from richtext.words import excerpt, text

# Stands in no text, because ``printable`` removes it.
BETWEEN = "\ufdd2"

Variant = Literal["page", "desk", "feed", "mail"]

TABLE_TAG = re.compile(r"(</?table(?=[ >])[^>]*>)")
CAPTION = re.compile(r"<caption[^>]*>(.*?)</caption>", re.DOTALL)
OWN_ADDRESS = re.compile(r'(<(?:a|img)(?: [a-z-]+="[^"]*")*? (?:href|src)=")(?=[/?](?!/))')


def render(html: str, variant: Variant = "page") -> SafeString:
    """``html`` for a page of ours, a feed, a letter, or for the desk, which is told what readers do not see.

    It is cleaned once more: a millisecond, for which a row changed past the forms can't harm a reader.
    Pages get wide tables in a frame that scrolls sideways, with the keyboard too; feeds and letters get
    whole addresses, because nothing tells their readers which site ``/about/`` is on.
    """
    html = set_aside(clean(html), variant)
    html = numbered(resolved(html, variant), variant)
    if variant in {"feed", "mail"}:
        html = OWN_ADDRESS.sub(rf"\g<1>{settings.SITE_ADDRESS}", html)
    else:
        html = _tables_in_frames(html)
    return mark_safe(html)  # noqa: S308 -- cleaned above; templates escape


def render_marked(texts: Sequence[str]) -> list[SafeString]:
    """What comparing made of clean texts, for a page of the desk; pictures are loaded for all of them at once."""
    framed = (_tables_in_frames(marked(html), role="group") for html in texts)  # a table is there twice: no landmark
    shown = resolved(BETWEEN.join(framed), "desk", without=["chart"]).split(BETWEEN)
    return [mark_safe(html) for html in shown]  # noqa: S308 -- each has passed the sanitiser above


def _tables_in_frames(html: str, *, role: str = "region") -> str:
    if "<table" not in html:
        return html
    parts = TABLE_TAG.split(html)
    depth = 0
    for index in range(1, len(parts), 2):
        if parts[index].startswith("</"):
            depth -= 1
            parts[index] += "</div>" if depth == 0 else ""
        else:
            parts[index] = (_frame(parts[index + 1], role) if depth == 0 else "") + parts[index]
            depth += 1
    return "".join(parts)


def _frame(table: str, role: str) -> str:
    caption = CAPTION.match(table.lstrip())
    label = excerpt(f"Table: {text(caption[1])}", 120) if caption else "Table"
    return f'<div class="table-frame" role="{role}" tabindex="0" aria-label="{escaped(label, quotes=True)}">'
