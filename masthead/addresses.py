"""First path segments: which belong to the product, and which a section or page may take.

Sections and standing pages share one namespace but live in different apps, so each registers how to ask
whether it has taken a word.
"""

import re
from collections.abc import Callable

from django.core.exceptions import ValidationError

# Every first segment in newsroom/urls.py and public/urls.py; a test compares them with the resolver. And “guidelines”,
# where readers would look for those of guest commentary and editors would write a second set.
RESERVED = frozenset(
    {
        "accounts",
        "admin",
        "api",
        "authors",
        "corrections",
        "documents",
        "feed",
        "guidelines",
        "health",
        "media",
        "preview",
        "search",
        "series",
        "static",
        "topics",
    }
)

_takers: dict[str, Callable[[str], bool]] = {}


def register(what: str, has: Callable[[str], bool]) -> None:
    """``what`` (“section”, “page”) takes first segments; ``has(slug)`` says whether one is taken."""
    _takers[what] = has


def refuse_taken(slug: str, *, by: str) -> None:
    """Refuse a slug that the product itself has, or a thing of another kind than ``by``."""
    if slug in RESERVED or re.fullmatch(r"[0-9]{4}", slug):
        raise ValidationError({"slug": f"“{slug}” is an address of the site itself. Choose another word."})
    for what, has in _takers.items():
        if what != by and has(slug):
            raise ValidationError({"slug": f"There is already a {what} at /{slug}/. Choose another word."})
