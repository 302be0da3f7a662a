"""What may stand inside what in newsroom HTML; tidying.py brings any HTML into this shape."""

from dataclasses import dataclass
from enum import Enum, auto

from richtext.allowed import NOTE

SPACE = " \t\n"
# Blank, zero-width and direction marks: with nothing else inside, an element shows nothing.
UNSEEN = (
    " \t\n\xa0\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\ufeff"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


class Holds(Enum):
    """What may stand directly inside a block."""

    BLOCKS = auto()  # text gets a paragraph of its own
    BOTH = auto()  # text or blocks: items and cells
    TEXT = auto()
    ITEMS = auto()
    ROWS = auto()
    PARAGRAPHS = auto()  # nothing else: a pull quote
    CAPTION = auto()  # a reference and its caption
    CHART = auto()  # a caption and a table


HOLDS = (
    dict.fromkeys(("", "div", "blockquote", "figure", "aside"), Holds.BLOCKS)
    | dict.fromkeys(("li", "td", "th", "caption"), Holds.BOTH)
    | dict.fromkeys(("p", "h2", "h3", "h4", "pre", "figcaption", NOTE), Holds.TEXT)
    | dict.fromkeys(("ul", "ol"), Holds.ITEMS)
    | dict.fromkeys(("table", "thead", "tbody", "tfoot", "tr"), Holds.ROWS)
)
HEADINGS = frozenset(("h2", "h3", "h4"))
LISTS = frozenset(("ul", "ol"))
ROW_GROUPS = frozenset(("thead", "tbody", "tfoot"))
CELLS = frozenset(("td", "th"))
# A tag inside one of these neither ends nor continues what is outside.
WALLS = CELLS | {"caption", "table"}
ITEM_WALLS = WALLS | LISTS
LIST_WALLS = WALLS | {"blockquote", "figure"}
TABLE = frozenset(("table",))
ROWS_STAND_IN = TABLE | ROW_GROUPS
CELLS_STAND_IN = ROWS_STAND_IN | {"tr"}
# Hold words and no paragraphs, as headings do.
WORDS_ONLY = frozenset(("pre", "figcaption", NOTE))
# Are ended by what may not stand in them, before their own end is read.
ENDED_EARLY = frozenset(("blockquote", "figure", "figcaption"))
ONCE = frozenset(("strong", "em", "s", "code", "abbr", "cite", "time"))
MISSING_PARTS = {"table": ("tbody", "tr", "td"), "tr": ("td",)} | dict.fromkeys(ROW_GROUPS, ("tr", "td"))


@dataclass(slots=True)
class OpenBlock:
    name: str
    start: int
    holds: Holds
    filled: bool = False
    captioned: bool = False
    tabled: bool = False
    nested: int = 0  # what was left out inside and is still to be closed
    paused: "list[OpenInline] | None" = None  # open around a note, and not in it


@dataclass(slots=True)
class OpenInline:
    name: str
    tag: str
    again: str  # the tag where it goes on in another block
    depth: int
    nested: int = 0
    used: bool = False
