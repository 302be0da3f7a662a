"""The texts of a piece as its writer sent them: one to read, two compared, and where its links lead."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import richtext
from articles import comparing
from commentary.models import Submission, Version
from commentary.models.making import paragraphs
from desk.story.history import Compared

LINK = re.compile(r"https?://[^\s<>\"“”]+", re.IGNORECASE)
MOST_LINKS = 50


@dataclass(frozen=True)
class Link:
    """An address in a text; ``host`` is what an editor judges it by."""

    address: str
    host: str


@dataclass(frozen=True)
class Reading:
    """A text of a piece, with its neighbours. ``compared`` is there where two texts are asked for."""

    version: Version
    versions: Sequence[Version]
    target: int
    compared: Compared[Version] | None = None

    @property
    def paragraphs(self) -> list[str]:
        blocks = self.version.text.replace("\r\n", "\n").split("\n\n")
        return [block.strip() for block in blocks if block.strip()]

    @property
    def links(self) -> list[Link]:
        return links(self.version.text)

    @property
    def over(self) -> int:
        return max(self.version.words - self.target, 0)

    @property
    def is_newest(self) -> bool:
        return self.version == self.versions[0]


def reading(piece: Submission, number: int | None, against: int | None) -> Reading:
    """The text numbered ``number``, else the newest; compared with the one numbered ``against`` if there is one."""
    versions = list(piece.versions.filter(sealed_at__isnull=False)) or list(piece.versions.all())
    numbered = {version.number: version for version in versions}
    version = numbered.get(number or 0, versions[0])
    before = numbered.get(against or 0)
    compared = compare(before, version) if before and before != version else None
    return Reading(version, versions, piece.guidelines.words(piece.kind), compared)


def compare(before: Version, after: Version) -> Compared[Version]:
    """What differs between two texts of a writer, word by word."""
    headline = richtext.compare_plain(before.headline, after.headline, noun="headline")
    body = richtext.compare(paragraphs(before.text), paragraphs(after.text))
    fields = [comparing.Field("headline", "Headline", headline), comparing.Field("body", "The writer’s words", body)]
    return Compared(before, after, fields)


def links(text: str) -> list[Link]:
    """Each address once, in the order of the text."""
    found = []
    for address in dict.fromkeys(address.rstrip(".,;:!?)]}’'") for address in LINK.findall(text)):
        try:
            host = urlsplit(address).hostname or ""
        except ValueError:
            host = ""
        found.append(Link(address, host))
    return found[:MOST_LINKS]
