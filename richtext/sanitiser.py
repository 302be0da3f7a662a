"""The one place where HTML becomes trusted."""

import logging

import nh3

from richtext import allowed
from richtext.tidying import tidied
from richtext.words import text

logger = logging.getLogger(__name__)

CLEANER = nh3.Cleaner(
    tags=set(allowed.TAGS),
    clean_content_tags={"script", "style"},
    attributes={name: set(checks) for name, checks in allowed.CHECKS.items()} | {"*": set(allowed.EVERYWHERE)},
    url_schemes=set(allowed.SCHEMES),
    link_rel=None,
    strip_comments=True,
)
# A clean text with the marks of a comparison in it. No ids: its two sides would have them twice.
MARKED = nh3.Cleaner(
    tags=allowed.TAGS | {"ins", "del", "span"},
    clean_content_tags={"script", "style"},
    attributes={name: set(checks) - {"id"} for name, checks in allowed.CHECKS.items()} | {"*": set(allowed.EVERYWHERE)},
    allowed_classes={"span": {"visually-hidden", "change-note"}, "li": {"removed", "added"}},
    url_schemes=set(allowed.SCHEMES),
    link_rel=None,
    strip_comments=True,
)
ROUNDS = 3

# nh3 takes quadratic time over many of these references in one text (13 s for 1 MB of "&"): it sees
# characters instead that mean nothing and that no text holds, because ``printable`` removes them.
STAND_INS = (("&amp;", "\ufdd0"), ("&nbsp;", "\ufdd1"))


def clean(html: str) -> str:
    """``html`` as newsroom HTML: safe to show, in canonical form, and unchanged if it already was.

    The own pass goes first, because it is linear and bounded in depth whatever comes; nh3 goes last and
    has the last word. Only what both leave as it is comes out, so a text cleaned twice stays the same.
    A text they cannot agree on, and one that makes nh3 panic, comes out as its words in plain paragraphs.
    """
    candidate = html
    for _ in range(ROUNDS):
        shaped = tidied(candidate)
        sanitised = _sanitised(shaped, CLEANER)
        if sanitised == shaped:
            return shaped
        if sanitised is None:
            break
        candidate = sanitised
    logger.warning("A text of %d characters could not be cleaned and is kept as plain paragraphs.", len(html))
    return "\n".join(f"<p>{allowed.escaped(line)}</p>" for line in text(html).splitlines())


def marked(html: str) -> str:
    """What comparing made of a clean text, with nothing in it but what a text and its marks may hold."""
    sanitised = _sanitised(html, MARKED)
    return f"<p>{allowed.escaped(text(html))}</p>" if sanitised is None else sanitised


def _sanitised(html: str, cleaner: nh3.Cleaner) -> str | None:
    """What nh3 leaves of ``html``, or None where it panics, which is no ``Exception``."""
    for reference, stand_in in STAND_INS:
        html = html.replace(reference, stand_in)
    try:
        html = cleaner.clean(html)
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":
            raise
        logger.exception("nh3 panicked.")
        return None
    for reference, stand_in in STAND_INS:
        html = html.replace(stand_in, reference)
    return html
