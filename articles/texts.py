"""One text as somebody typed it, before it is a revision: normalised, measured, refused if it cannot be kept."""

from dataclasses import dataclass, fields, replace

import richtext
from articles.states import MoveRefused
from authors.models import Author
from images.models import Image

# Longest texts, in characters. SQLite keeps no such limit itself.
LIMITS = {
    "headline": 250,
    "summary": 1_000,
    "deck": 400,
    "body": 2_000_000,
    "kicker": 60,
    "disclosure": 600,
    "lead_caption": 600,
    "search_title": 120,
    "search_description": 320,
}
MULTILINE = frozenset({"summary", "body", "lead_caption", "disclosure"})
MOST_BYLINES = 40


class TextRefused(MoveRefused):
    """A text cannot be kept as it is; ``problems`` maps a field's name to a sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True)
class Credit:
    """An author in one role, before it is a ``Byline`` row."""

    author: Author
    role: str = "by"


@dataclass(frozen=True)
class Text:
    """Everything readers would see of a story, without the identity it belongs to."""

    headline: str = ""
    summary: str = ""
    deck: str = ""
    body: str = ""
    kicker: str = ""
    disclosure: str = ""
    lead_image: Image | None = None
    lead_caption: str = ""
    search_title: str = ""
    search_description: str = ""
    bylines: tuple[Credit, ...] = ()

    def normalised(self) -> "Text":
        """The same text as it is stored: HTML cleaned, stray white space gone, no author twice in one role.

        Raises ``TextRefused`` for NUL characters and for texts longer than ``LIMITS``, naming every field.
        """
        problems = {name: sentence for name in LIMITS if (sentence := self._problem(name))}
        if len(self.bylines) > MOST_BYLINES:
            problems["bylines"] = f"A story can have {MOST_BYLINES} bylines at most. Remove some."
        if problems:
            raise TextRefused(problems)
        tidy = {name: _tidy(name, getattr(self, name)) for name in LIMITS}
        return replace(self, **tidy, bylines=tuple(dict.fromkeys(self.bylines)))  # type: ignore[arg-type]

    def _problem(self, name: str) -> str:
        value: str = getattr(self, name)
        label = name.replace("_", " ")
        if "\0" in value:
            return f"The {label} holds a character that cannot be stored (NUL). Delete it or type the text again."
        if len(value) > LIMITS[name]:
            return f"The {label} is {len(value):,} characters long; {LIMITS[name]:,} are possible. Shorten it."
        return ""


PLAIN_FIELDS = tuple(field.name for field in fields(Text) if field.name != "bylines")


def _tidy(name: str, value: str) -> str:
    if name == "body":
        return richtext.clean(value)
    if name in MULTILINE:
        return value.replace("\r\n", "\n").strip()
    return " ".join(value.split())
