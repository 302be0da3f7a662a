"""What the newsroom says to readers about a mistake, before it is a ``Correction`` row."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

import richtext
from articles.texts import TextRefused

LONGEST = 2_000  # characters, of the note and of either quotation


QUOTED = 600  # characters of either side that a correction is pre-filled with


def difference(before: str, after: str) -> tuple[str, str]:
    """The sentences of two bodies (HTML) that differ, each side cut at ``QUOTED``: what a correction begins with."""
    old, new = _sentences(before), _sentences(after)
    changes = [
        change for change in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if change[0] != "equal"
    ]
    was = " … ".join(" ".join(old[start:end]) for _, start, end, _, _ in changes if end > start)
    now = " … ".join(" ".join(new[start:end]) for _, _, _, start, end in changes if end > start)
    return richtext.excerpt(was, QUOTED), richtext.excerpt(now, QUOTED)


def _sentences(body: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?”])\s+", richtext.text(body)) if part][:2_000]


@dataclass(frozen=True)
class Note:
    """The sentence readers get, how grave it is, and the words before and after where they can be quoted."""

    text: str
    severity: str = "minor"
    before: str = ""
    after: str = ""

    def normalised(self) -> "Note":
        """The same note as it is stored; ``TextRefused`` for one that says nothing or cannot be kept."""
        parts = {"note": self.text, "before": self.before, "after": self.after}
        tidy = {name: value.replace("\r\n", "\n").strip() for name, value in parts.items()}
        problems = {name: _problem(value) for name, value in tidy.items() if _problem(value)}
        if not tidy["note"]:
            problems["note"] = "Readers need to be told what was wrong. Write the note."
        if self.severity not in {"minor", "major"}:
            problems["severity"] = "Say how serious the mistake was: minor or serious."
        if problems:
            raise TextRefused(problems)
        return Note(text=tidy["note"], severity=self.severity, before=tidy["before"], after=tidy["after"])


def _problem(value: str) -> str:
    if "\0" in value:
        return "The note holds a character that cannot be stored (NUL). Delete it or type the text again."
    if len(value) > LONGEST:
        return f"This is {len(value):,} characters long; {LONGEST:,} are possible. Shorten it."
    return ""
