"""The canonical text of a story by a guest: what an approval is bound to, byte for byte."""

import hashlib
import json
import unicodedata
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import richtext
from articles.models import Revision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from authors.models import Author


@dataclass(frozen=True)
class Canon:
    """Every word readers get under a guest's name. Guests stand in it by value: a changed profile changes it."""

    headline: str
    deck: str
    summary: str
    body: str
    lead_caption: str
    byline: str
    biography: str
    disclosure: str

    @property
    def digest(self) -> str:
        """SHA-256 in hexadecimal, of JSON with sorted names in NFC."""
        told = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(unicodedata.normalize("NFC", told).encode()).hexdigest()


def canon(revision: Revision) -> Canon:
    """What readers would see of ``revision`` now."""
    authors = [line.author for line in revision.bylines.select_related("author")]
    return Canon(
        headline=revision.headline,
        deck=revision.deck,
        summary=revision.summary,
        body=richtext.clean(revision.body),
        lead_caption=revision.lead_caption,
        byline=byline(authors),
        biography="\n\n".join(f"{author.name}: {author.biography}" for author in authors),
        disclosure=revision.disclosure,
    )


def byline(authors: "Iterable[Author]") -> str:
    """The names as they stand over the story."""
    return ", ".join(author.name for author in authors)
