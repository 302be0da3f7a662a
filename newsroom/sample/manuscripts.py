"""Reads what the sample newsroom publishes from ``content/``: a file a section, written to be edited by hand."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

CONTENT = Path(__file__).parent / "content"
JUST_NOW = timedelta(minutes=20)
# What a manuscript refers to, by the names of scenes and the keys of stories where a stored text has numbers.
REFERENCE = re.compile(r'data-(image|gallery|poster|story|document)="([a-z -]+)"')

PICTURED = {"image", "gallery", "poster"}


@dataclass(frozen=True)
class Story:
    """A manuscript. ``days_ago`` and ``hour`` say when it appeared, in the masthead's zone; negative: it will."""

    key: str
    section: str
    kind: str
    days_ago: int
    hour: time
    headline: str
    summary: str
    body: str
    bylines: tuple[tuple[str, str], ...]
    topics: tuple[str, ...]
    deck: str = ""
    disclosure: str = ""
    picture: str = ""
    caption: str = ""
    language: str = "en"
    state: str = "published"
    note: str = ""

    def moment(self, now: datetime, zone: ZoneInfo) -> datetime:
        """When it appeared, or will; what should have appeared later today has done so just now."""
        today = now.astimezone(zone).date()
        planned = datetime.combine(today - timedelta(days=self.days_ago), self.hour, zone)
        return planned if self.days_ago < 0 else min(planned, now - JUST_NOW)


@dataclass(frozen=True)
class Revised:
    """A change to a story that readers already have: ``old`` words for ``new``; ``then`` what became of it."""

    story: str
    then: str
    old: str
    new: str


@dataclass(frozen=True)
class Corrected:
    """A mistake in a story that readers have: ``old`` words for ``new``, and what they were told ``hours`` after."""

    story: str
    change: str
    hours: int
    old: str
    new: str
    note: str
    severity: str = "minor"
    amended: str = ""


def masthead() -> dict[str, Any]:
    """The publication, with its ``sections`` and ``topics``."""
    return _read("masthead.toml")


def pages() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _read("pages.toml")["pages"]
    return found


def pieces() -> list[dict[str, Any]]:
    """What guests have sent to the commentary desk."""
    found: list[dict[str, Any]] = _read("pieces.toml")["pieces"]
    return found


def guidelines() -> str:
    """What guest writers are told, as HTML."""
    body: str = _read("guidelines.toml")["body"]
    return body


def authors() -> dict[str, dict[str, Any]]:
    return _read("authors.toml")


def alt_texts() -> dict[str, str]:
    """What each drawn scene shows."""
    texts: dict[str, str] = _read("pictures.toml")["alt"]
    return texts


def picture_credits() -> dict[str, str]:
    """Who made a scene, where that is not simply the publication."""
    lines: dict[str, str] = _read("pictures.toml")["credit"]
    return lines


def documents() -> dict[str, dict[str, str]]:
    """What is said of each file in ``content/documents/``, by its name without the ending."""
    return _read("documents.toml")


def focal_points() -> dict[str, tuple[int, int]]:
    """Where the matter of a scene is, in per cent from the left and the top, if not in the middle."""
    points: dict[str, list[int]] = _read("pictures.toml")["focus"]
    return {name: (across, down) for name, (across, down) in points.items()}


def stories() -> list[Story]:
    """Everything on the site and on the desk."""
    public = [story for path in sorted((CONTENT / "stories").glob("*.toml")) for story in _stories(path)]
    return [*public, *_stories(CONTENT / "desk.toml")]


def scenes() -> list[str]:
    """Every scene that a story shows, by name."""
    everything = stories()
    inside = (
        match
        for story in everything
        for match in REFERENCE.finditer(story.body)
        if match[1] not in {"story", "document"}
    )
    named = {name for match in inside for name in match[2].split()}
    return sorted(named | {story.picture for story in everything if story.picture})


def changes() -> list[Revised]:
    return [Revised(**change) for change in _read("desk.toml")["changes"]]


def corrections() -> list[Corrected]:
    return [Corrected(**correction) for correction in _read("corrections.toml")["corrections"]]


def _stories(path: Path) -> Iterator[Story]:
    """The stories of a file; its ``section`` is theirs unless they name one."""
    file = _read(path)
    for columns in file["stories"]:
        named = {"section": file.get("section", "")} | columns
        hour = time.fromisoformat(named.pop("time"))
        lines = tuple(_byline(line) for line in named.pop("bylines"))
        yield Story(hour=hour, bylines=lines, topics=tuple(named.pop("topics")), **named)


def _byline(line: str | dict[str, str]) -> tuple[str, str]:
    return (line, "by") if isinstance(line, str) else (line["author"], line["role"])


def _read(path: str | Path) -> dict[str, Any]:
    with (CONTENT / path).open("rb") as file:
        return tomllib.load(file)
