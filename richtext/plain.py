"""Plain text (biographies, captions, what guests write) shown as HTML."""

import re
from urllib.parse import quote

from django.utils.safestring import SafeString, mark_safe

from richtext.allowed import address, escaped
from richtext.reading import printable

# An address has a beginning that a word does not have, and bounded parts: the time stays linear.
LINK = re.compile(
    r"(?P<web>\bhttps?://[^\s<>\"“”«»]{1,2000})"
    r"|(?<![\w.+%-])(?P<mail>[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24})(?![\w@])",
    re.IGNORECASE,
)
PUNCTUATION = ".,;:!?'’‘…*_"
BRACKETS = {")": "(", "]": "[", "}": "{"}


def paragraphs(plain: str) -> SafeString:
    """``plain`` as HTML: a blank line ends a paragraph, a line end is kept, addresses become links."""
    blocks = re.split(r"\n[ \t]*\n\s*", printable(plain).strip())
    shown = (_linked(block).replace("\n", "<br>") for block in blocks if block)
    return mark_safe("\n".join(f"<p>{block}</p>" for block in shown))  # noqa: S308 -- escaped piece by piece


def _linked(block: str) -> str:
    parts: list[str] = []
    position = 0
    for match in LINK.finditer(block):
        label = _without_punctuation(match["web"]) if match["web"] else match["mail"]
        target = address(label) if match["web"] else f"mailto:{quote(label, safe='@+')}"
        if target:
            parts += [
                escaped(block[position : match.start()]),
                f'<a href="{escaped(target, quotes=True)}">{escaped(label)}</a>',
            ]
            position = match.start() + len(label)
    return "".join([*parts, escaped(block[position:])])


def _without_punctuation(link: str) -> str:
    """An address at the end of a sentence, or in brackets, does not own what follows it."""
    while link and (link[-1] in PUNCTUATION or _is_unopened(link)):
        link = link[:-1]
    return link


def _is_unopened(link: str) -> bool:
    opening = BRACKETS.get(link[-1])
    return opening is not None and link.count(link[-1]) > link.count(opening)
