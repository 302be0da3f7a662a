"""Footnotes: stored where their marks stand, shown as numbers there and as a list below the text."""

import re

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

NOTE = re.compile(r'<small data-note=""[^>]*>(.*?)</small>', re.DOTALL)
LINKED_MARK = (
    '<sup class="note-mark" id="note-mark-{0}">'
    '<a href="#note-{0}" role="doc-noteref" aria-label="Note {0}">{0}</a></sup>'
)
PLAIN_MARK = "<sup>[{0}]</sup>"


def numbered(html: str, variant: str) -> str:
    """``html``, which is clean, with numbers for its notes, and the notes below it.

    On a page the numbers lead to the notes and back; feeds and letters, whose readers may follow no link within a
    text, get plain ones. On the desk, where a text may be on the page twice, notes stay where they stand.
    """
    if variant == "desk":
        return html
    notes: list[str] = []
    mark = PLAIN_MARK if variant in {"feed", "mail"} else LINKED_MARK

    def marked(note: re.Match[str]) -> str:
        notes.append(mark_safe(note[1].strip()))  # noqa: S308 -- part of a text that is clean
        return mark.format(len(notes))

    html = NOTE.sub(marked, html)
    return (
        html + render_to_string("richtext/notes.html", {"notes": notes, "variant": variant}).strip() if notes else html
    )
