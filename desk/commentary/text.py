"""The texts of a piece as its writer sent them: one to read, two compared, and where its links lead."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse

import richtext
from accounts.models import User
from articles import comparing
from commentary.likeness import Similar, similar
from commentary.models import Submission, Version
from commentary.models.making import paragraphs
from desk import permissions
from desk.story.history import Compared

LINK = re.compile(r"https?://[^\s<>\"“”]+", re.IGNORECASE)
MOST_LINKS = 50


@dataclass(frozen=True)
class Link:
    """An address in a text; ``host`` is what an editor judges it by."""

    address: str
    host: str


@dataclass(frozen=True)
class Alike:
    """Another text in the same words. Without an ``address`` the person may not open it, nor read it here."""

    share: int
    title: str
    told: str
    address: str = ""
    beside: str = ""
    text: str = ""


@dataclass(frozen=True)
class Reading:
    """A text of a piece, with its neighbours. ``compared`` is there where two texts are asked for."""

    version: Version
    versions: Sequence[Version]
    target: int
    compared: Compared[Any] | None = None
    beside: Alike | None = None

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


def alike(piece: Submission, user: User) -> list[Alike]:
    """What the newest text is like, each as far as this person may know of it."""
    found = similar(piece)
    others = permissions.pieces(user).with_people().in_bulk([one.version.submission_id for one in found if one.version])
    return [_alike(one, others) for one in found]


def _alike(one: Similar, others: dict[int, Submission]) -> Alike:
    if one.article:
        title, address = str(one.article), one.article.get_absolute_url() or ""
        body = one.article.live.body if one.article.live else ""
        return Alike(one.share, title, "Our own story", address, f"story-{one.article.pk}", body)
    other = others.get(one.version.submission_id) if one.version else None
    if one.version is None or other is None:
        return Alike(one.share, "A piece you may not open", "")
    address = reverse("admin:commentary_submission_change", args=[other.pk])
    told = f"{other.writer.name}, {other.state_label}"
    title = one.version.headline or other.reference
    return Alike(one.share, title, told, address, f"piece-{one.version.pk}", paragraphs(one.version.text))


def side_by_side(reading: Reading, found: Sequence[Alike], chosen: str) -> Reading:
    """The same reading beside the text chosen of ``found``; what is in neither is not looked for anywhere else."""
    other = next((one for one in found if one.beside and one.beside == chosen), None)
    if other is None:
        return reading
    body = richtext.compare(other.text, paragraphs(reading.version.text))
    fields = [comparing.Field("body", "The other text, and this one", body)]
    return replace(reading, beside=other, compared=Compared(other, reading.version, fields))


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
