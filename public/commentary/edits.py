"""An edited text beside an earlier one, part by part, as its writer is shown it."""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import richtext
from commentary import whereabouts
from commentary.canon import Canon
from commentary.models import Snapshot, Submission, Writer
from richtext.blocks import split

PARTS = (  # field, heading, what sentences about it call it
    ("headline", "Headline", "headline"),
    ("deck", "Line below the headline", "line below the headline"),
    ("byline", "Byline", "byline"),
    ("lead_caption", "Caption of the picture", "caption"),
    ("summary", "In summary", "summary"),
    ("body", "Text", "paragraph"),
    ("disclosure", "Disclosure", "disclosure"),
    ("biography", "About the writer", "note about the writer"),
)
LONGEST_OPENING = 60


@dataclass(frozen=True)
class Shown:
    """A stretch of a part. ``number`` counts the changes of the whole page, 0 where nothing differs.

    ``paragraph`` is its place in the edited text, 0 for what is not of the body or not there any more.
    """

    change: richtext.Change
    number: int
    paragraph: int


@dataclass(frozen=True)
class Part:
    name: str
    label: str
    shown: list[Shown]
    before: str
    after: str

    @property
    def is_body(self) -> bool:
        return self.name == "body"

    @property
    def differs(self) -> bool:
        return any(one.number for one in self.shown)


@dataclass(frozen=True)
class Edit:
    """All parts that readers get or the writer wrote; ``since`` is what it is compared with."""

    snapshot: Snapshot
    since: Snapshot | Canon
    is_since_submitted: bool

    @cached_property
    def parts(self) -> list[Part]:
        found, number = [], 0
        for name, label, noun in PARTS:
            before, after = getattr(self.since, name), getattr(self.snapshot, name)
            if not before and not after:
                continue
            part = _part(name, label, noun, before, after, number)
            number += sum(1 for one in part.shown if one.number)
            found.append(part)
        return found

    @property
    def changes(self) -> list[tuple[int, str]]:
        """Every change in a sentence, with its number."""
        shown = (one for part in self.parts for one in part.shown)
        return [(one.number, " ".join(one.change.sentences)) for one in shown if one.number]

    @property
    def paragraphs(self) -> list[tuple[int, str]]:
        """The paragraphs of the edited text by their openings, to choose one."""
        openings = [richtext.text(block.html) for block in split(richtext.clean(self.snapshot.body))]
        return [(number, richtext.excerpt(words, LONGEST_OPENING)) for number, words in enumerate(openings, 1)]


def edit(piece: Submission, snapshot: Snapshot, writer: Writer, *, since_submitted: bool) -> Edit:
    """``snapshot`` against what ``writer`` was last shown, or against what was submitted."""
    seen = None if since_submitted else whereabouts.last_seen(piece, snapshot, writer)
    return Edit(snapshot, seen or whereabouts.as_submitted(piece), seen is None)


def _part(name: str, label: str, noun: str, before: str, after: str, number: int) -> Part:
    """``number`` changes stand above it."""
    is_body = name == "body"
    compared = richtext.compare(before, after) if is_body else richtext.compare_plain(before, after, noun=noun)
    changes = compared.changes
    differing = accumulate(int(change.kind != "same") for change in changes)
    places = accumulate(0 if change.kind == "removed" else change.blocks for change in changes)
    shown = [
        Shown(
            change,
            number + count if change.kind != "same" else 0,
            place if is_body and change.kind != "removed" else 0,
        )
        for change, count, place in zip(changes, differing, places, strict=True)
    ]
    return Part(name, label, shown, before, after)
