"""Puts any HTML into the shape of newsroom HTML: blocks that hold text, lists that hold items, no more.

This is not the security boundary (sanitiser.py is); it sees to it that the boundary has nothing left
to do, that a text cleaned twice stays as it is, and that nesting, broken or hostile, costs linear time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from html import unescape

from richtext.allowed import INLINES, REFERENCE_KINDS, SAME_AS, TABLE_PARTS, attributes, escaped, written
from richtext.reading import Kind, printable, read

DEEPEST = 40
INLINES_DEEPEST = 12
# An inline left open over many blocks is written again in each: more often than this it is a trick.
REOPENED_MOST = 200

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
    CAPTION = auto()  # a reference and its caption


HOLDS = (
    dict.fromkeys(("", "div", "blockquote", "figure"), Holds.BLOCKS)
    | dict.fromkeys(("li", "td", "th", "caption", "figcaption"), Holds.BOTH)
    | dict.fromkeys(("p", "h2", "h3", "h4", "pre"), Holds.TEXT)
    | dict.fromkeys(("ul", "ol"), Holds.ITEMS)
    | dict.fromkeys(("table", "thead", "tbody", "tfoot", "tr"), Holds.ROWS)
)
HEADINGS = frozenset(("h2", "h3", "h4"))
LISTS = frozenset(("ul", "ol"))
ROW_GROUPS = frozenset(("thead", "tbody", "tfoot"))
CELLS = frozenset(("td", "th"))
# A tag inside one of these neither ends nor continues what is outside.
WALLS = CELLS | {"caption", "table"}
ONCE = frozenset(("strong", "em", "s", "code", "abbr", "cite", "time"))
MISSING_PARTS = {"table": ("tbody", "tr", "td"), "tr": ("td",)} | dict.fromkeys(ROW_GROUPS, ("tr", "td"))


def tidied(html: str) -> str:
    """``html`` in canonical newsroom form. Whether it is safe, the sanitiser decides."""
    shape = _Shape()
    for token in read(printable(html)):
        if token.kind is Kind.TEXT:
            shape.text(token.value)
            continue
        name = SAME_AS.get(token.value, token.value)
        if token.kind is Kind.CLOSING:
            shape.closing(name)
        else:
            shape.opening(name, token.attributes)
    return shape.finished()


@dataclass(slots=True)
class _Block:
    name: str
    start: int
    holds: Holds
    filled: bool = False
    captioned: bool = False


@dataclass(slots=True)
class _Inline:
    name: str
    tag: str
    depth: int
    nested: int = 0
    used: bool = False


class _Shape:
    """The text so far: what is written, which blocks are open, which inlines wait for or hold text."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.blocks = [_Block("", 0, Holds.BLOCKS)]
        self.inlines: list[_Inline] = []
        self.inlines_written = 0
        self.reopened = 0
        self.ids: set[str] = set()

    @property
    def top(self) -> _Block:
        return self.blocks[-1]

    def finished(self) -> str:
        while len(self.blocks) > 1:
            self._close()
        return "".join(self.out).strip(SPACE)

    def text(self, value: str) -> None:
        if "&" in value:
            value = printable(unescape(value))
        if self.top.holds is Holds.TEXT and not self.top.filled:
            # Browsers show no space there, and skip the line end after <pre>.
            value = value.lstrip("\n" if self.top.name == "pre" else SPACE)
        if not value.strip(SPACE):
            self.out.append(value)
        elif not value.strip(UNSEEN):
            if self.top.holds in {Holds.TEXT, Holds.BOTH}:
                self.out.append(escaped(value))
        else:
            self._write(value)

    def opening(self, name: str, given: Mapping[str, str]) -> None:
        if name in INLINES:
            self._open_inline(name, given)
        elif name == "br":
            if self.top.holds in {Holds.TEXT, Holds.BOTH}:
                self.out.append("<br>")
        elif name in TABLE_PARTS and name != "table":
            self._open_table_part(name, given)
        elif name == "li":
            self._open_item(given)
        elif name == "figcaption":
            self._open_caption("figure", name, given)
        elif name in HOLDS or name == "hr":
            self._open_block(name, given)

    def closing(self, name: str) -> None:
        if name in INLINES:
            self._close_inline(name)
        elif name in HEADINGS:
            if self.top.name in HEADINGS:
                self._close()
        elif name in HOLDS:
            walls = {"table"} if name in TABLE_PARTS else WALLS
            if self._up_to({name}, walls | (LISTS if name == "li" else frozenset())):
                self._close()

    # Text and inlines

    def _write(self, value: str) -> None:
        if self._make_room_for_text():
            value = value.lstrip(SPACE)
        for inline in self.inlines[self.inlines_written :]:
            self.reopened += inline.used
            if self.reopened > REOPENED_MOST:
                del self.inlines[self.inlines_written :]
                break
            self.out.append(inline.tag)
            inline.used = True
            self.inlines_written += 1
        self.out.append(escaped(value))
        self.top.filled = True

    def _make_room_for_text(self) -> bool:
        """See to it that text may stand here; True if a paragraph was begun for it."""
        if self.top.holds is Holds.CAPTION:
            self._close()
        if self.top.holds is Holds.ITEMS:
            self._open("li")
        elif self.top.holds is Holds.ROWS:
            self._open_missing_parts()
        elif self.top.holds is Holds.BLOCKS:
            self._open("p")
            return True
        return False

    def _open_inline(self, name: str, given: Mapping[str, str]) -> None:
        kept = attributes(name, given)
        if name == "a":
            self._close_inline("a")
            if "href" not in kept:
                return
        if name == "strong" and "normal" in given.get("style", ""):
            return  # Google Docs wraps a whole paste into <b style="font-weight:normal">
        if name in ONCE:
            for inline in self.inlines:
                if inline.name == name:
                    inline.nested += 1
                    return
        if len(self.inlines) < INLINES_DEEPEST:
            self._keep_id_once(kept)
            self.inlines.append(_Inline(name, written(name, kept), len(self.blocks)))

    def _close_inline(self, name: str) -> None:
        for index in range(len(self.inlines) - 1, -1, -1):
            inline = self.inlines[index]
            if inline.name != name:
                continue
            if inline.nested:
                inline.nested -= 1
                return
            self._pause_inlines(index)
            del self.inlines[index]
            return

    def _pause_inlines(self, down_to: int = 0) -> None:
        """End the written inlines; those still open wait until there is text for them again."""
        while self.inlines_written > down_to:
            self.inlines_written -= 1
            self.out.append(f"</{self.inlines[self.inlines_written].name}>")

    # Blocks

    def _open_block(self, name: str, given: Mapping[str, str]) -> None:
        if name in {"p", "div"} and (self.top.name in HEADINGS or self.top.name == "pre"):
            return
        if name == "figure" and any(block.name == "figure" for block in self.blocks):
            name = "div"
        self._make_room_for_block(name)
        if len(self.blocks) > DEEPEST:
            return
        if name == "hr":
            self._pause_inlines()
            self.out.append("<hr>")
            self.top.filled = True
        else:
            self._open(name, given)

    def _make_room_for_block(self, name: str) -> None:
        while self.top.holds in {Holds.TEXT, Holds.CAPTION}:
            self._close()
        if self.top.holds is Holds.ROWS:
            self._open_missing_parts()
        elif self.top.holds is Holds.ITEMS and not (name in LISTS and self._reopen_item()):
            self._open("li")

    def _reopen_item(self) -> bool:
        """A list directly inside a list belongs to the item before it."""
        while self.out and not self.out[-1].strip(SPACE):
            self.out.pop()
        if self.out[-1] != "</li>":
            return False
        self.out.pop()
        self.blocks.append(_Block("li", len(self.out), Holds.BOTH, filled=True))
        return True

    def _open_item(self, given: Mapping[str, str]) -> None:
        if not self._up_to(LISTS, WALLS | {"blockquote", "figure"}):
            self._open_block("ul", {})
        if self.top.holds is Holds.ITEMS:
            self._open("li", given)

    def _open_caption(self, parent: str, name: str, given: Mapping[str, str]) -> None:
        if self._up_to({parent}, WALLS - {parent}) and not self.top.captioned:
            self.top.captioned = True
            self._open(name, given)
        else:
            self._open_block("div", {})

    def _open_table_part(self, name: str, given: Mapping[str, str]) -> None:
        inside = {"table"} if name in ROW_GROUPS or name == "caption" else {"table", "tr"} | ROW_GROUPS
        if name == "tr":
            inside.discard("tr")
        if not self._up_to(inside, frozenset()):
            self._open_block("div", {})
        elif name == "caption":
            self._open_table_caption(given)
        else:
            for part in MISSING_PARTS.get(self.top.name, ()):
                if part == name or name in ROW_GROUPS or (part == "td" and name in CELLS):
                    break
                self._open(part)
            self._open(name, given)

    def _open_table_caption(self, given: Mapping[str, str]) -> None:
        if self.top.filled or self.top.captioned:
            self._open_block("div", {})
        else:
            self._open_caption("table", "caption", given)

    def _open_missing_parts(self) -> None:
        for part in MISSING_PARTS[self.top.name]:
            self._open(part)

    def _open(self, name: str, given: Mapping[str, str] | None = None) -> None:
        self._pause_inlines()
        kept = attributes(name, given) if given else {}
        self._keep_id_once(kept)
        block = _Block(name, len(self.out), HOLDS[name])
        if name == "figure" and any(f"data-{kind}" in kept for kind in REFERENCE_KINDS):
            block.holds, block.filled = Holds.CAPTION, True
        self.blocks.append(block)
        if name != "div":
            self.out.append(written(name, kept))

    def _keep_id_once(self, kept: dict[str, str]) -> None:
        anchor = kept.get("id")
        if anchor in self.ids:
            del kept["id"]
        elif anchor:
            self.ids.add(anchor)

    def _close(self) -> None:
        """End the innermost block; one that shows nothing has never been, but the words around it stay two."""
        self._pause_inlines()
        block = self.blocks.pop()
        while self.inlines and self.inlines[-1].depth > len(self.blocks):
            self.inlines.pop()
        if block.filled or block.name in CELLS:
            self.top.filled = True
            if block.name != "div":
                self.out.append(f"</{block.name}>")
        else:
            del self.out[block.start :]
            if self.top.holds is Holds.BOTH:
                self.out.append("\n")

    def _up_to(self, names: frozenset[str] | set[str], walls: frozenset[str] | set[str]) -> bool:
        """End blocks until one of ``names`` is the innermost; False, and nothing ended, if a wall is between."""
        for index in range(len(self.blocks) - 1, 0, -1):
            if self.blocks[index].name in names:
                while len(self.blocks) > index + 1:
                    self._close()
                return True
            if self.blocks[index].name in walls:
                return False
        return False
