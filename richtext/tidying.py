"""Puts any HTML into the shape of newsroom HTML: blocks that hold text, lists that hold items, no more.

This is not the security boundary (sanitiser.py is); it sees to it that the boundary has nothing left
to do, that a text cleaned twice stays as it is, and that nesting, broken or hostile, costs linear time.
"""

from collections.abc import Mapping
from html import unescape

from richtext.allowed import (
    INLINES,
    NOTE,
    SAME_AS,
    TABLE_PARTS,
    attributes,
    escaped,
    means_reference,
    reference_kind,
    written,
)
from richtext.office import meant
from richtext.reading import Kind, Token, printable, read
from richtext.shapes import (
    CELLS,
    CELLS_STAND_IN,
    ENDED_EARLY,
    HEADINGS,
    HOLDS,
    ITEM_WALLS,
    LIST_WALLS,
    LISTS,
    MISSING_PARTS,
    ONCE,
    ROW_GROUPS,
    ROWS_STAND_IN,
    SPACE,
    TABLE,
    UNSEEN,
    WALLS,
    WORDS_ONLY,
    Holds,
    OpenBlock,
    OpenInline,
)

DEEPEST = 40
INLINES_DEEPEST = 12
# An inline left open over many blocks is written again in each: more often than this it is a trick.
REOPENED_MOST = 200


def tidied(html: str) -> str:
    """``html`` in canonical newsroom form. Whether it is safe, the sanitiser decides."""
    shape = _Shape()
    html = printable(html)
    for token in meant(read(html), html):
        if token.kind is Kind.TEXT:
            shape.text(token.value)
            continue
        if token.kind is Kind.CLOSING:
            shape.closing("aside" if token.value == "aside" else SAME_AS.get(token.value, token.value))
        else:
            shape.opening(_name(token), token.attributes)
    return shape.finished()


def _name(opening: Token) -> str:
    """What an element is here; an aside without ``data-box`` is nothing of its own."""
    if opening.value == "aside" and "data-box" in opening.attributes:
        return "aside"
    return SAME_AS.get(opening.value, opening.value)


class _Shape:
    """The text so far: what is written, which blocks are open, which inlines wait for or hold text."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.top = OpenBlock("", 0, Holds.BLOCKS)  # the innermost of the blocks
        self.blocks = [self.top]
        self.names = [""]  # of the blocks
        self.inlines: list[OpenInline] = []
        self.inlines_written = 0
        self.reopened = 0
        self.ids: set[str] = set()

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
            if self.top.holds in (Holds.TEXT, Holds.BOTH):
                self.out.append(escaped(value))
        else:
            self._write(value)

    def opening(self, name: str, given: Mapping[str, str]) -> None:
        if name in INLINES:
            self._open_inline(name, given)
        elif name == NOTE:
            self._open_note(given)
        elif name == "br":
            if self.top.holds in (Holds.TEXT, Holds.BOTH):
                self.out.append(" " if self.top.name == NOTE else "<br>")
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
        elif name == NOTE:
            self._close_note()
        elif name in HEADINGS:
            if self.top.name == NOTE and self.blocks[-2].name in HEADINGS:
                self._close()
            if self.top.name in HEADINGS:
                self._close()
        elif name in HOLDS:
            self._close_block(name)

    def _close_block(self, name: str) -> None:
        if name == "div" and self.top.nested and self.top.name != NOTE:
            self.top.nested -= 1
            return
        walls = TABLE if name in TABLE_PARTS else ITEM_WALLS if name == "li" else WALLS
        if self._up_to({"aside", "div"} if name == "aside" else {name}, walls):
            self._close()
        elif name in ENDED_EARLY and self.top.name == "p":
            self._close()  # it stood in what had to end before: what follows is apart from it

    # Text and inlines

    def _write(self, value: str) -> None:
        if self._make_room_for_text():
            value = value.lstrip(SPACE)
        for inline in self.inlines[self.inlines_written :] if self.inlines else ():
            self.reopened += inline.used
            if self.reopened > REOPENED_MOST:
                del self.inlines[self.inlines_written :]
                break
            self.out.append(inline.tag)
            inline.tag, inline.used = inline.again, True
            self.inlines_written += 1
        self.out.append(escaped(value))
        self.top.filled = True

    def _make_room_for_text(self) -> bool:
        """See to it that text may stand here; True if a paragraph was begun for it."""
        if self.top.holds in (Holds.CAPTION, Holds.CHART):
            self._close()
        if self.top.holds is Holds.ITEMS:
            self._open("li")
        elif self.top.holds is Holds.ROWS:
            self._open_missing_parts()
        elif self.top.holds in (Holds.BLOCKS, Holds.PARAGRAPHS):
            self._open("p")
            return True
        return False

    def _open_inline(self, name: str, given: Mapping[str, str]) -> None:
        kept = attributes(name, given)
        if name == "a":
            self._close_inline("a")
            if "href" not in kept:
                return
        if name in ONCE:
            for inline in self.inlines:
                if inline.name == name:
                    inline.nested += 1
                    return
        if len(self.inlines) < INLINES_DEEPEST:
            self._keep_id_once(kept)
            tag = again = written(name, kept)
            if kept.pop("id", None):
                again = written(name, kept)  # an id is there once, however often the element is
            self.inlines.append(OpenInline(name, tag, again, len(self.blocks)))

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

    # Notes: inside words, but no part of the inlines around them

    def _open_note(self, given: Mapping[str, str]) -> None:
        if self.top.name == NOTE:
            self.top.nested += 1
        elif "data-note" in given:
            self._make_room_for_text()
            self._pause_inlines()
            around, self.inlines = self.inlines, []
            self._open(NOTE, given)
            self.top.paused = around

    def _close_note(self) -> None:
        if self.top.name != NOTE:
            return
        if self.top.nested:
            self.top.nested -= 1
        else:
            self._close()

    # Blocks

    def _open_block(self, name: str, given: Mapping[str, str]) -> None:
        if name in {"p", "div"} and (self.top.name in HEADINGS or self.top.name in WORDS_ONLY):
            self._leave_out(name)
            return
        if name == "figure":
            name = self._figure(given)
        self._make_room_for_block(name)
        if len(self.blocks) > DEEPEST:
            return
        if name in {"aside", "blockquote"} and not self._at_top():
            name = "div" if name == "aside" else name
            given = {attribute: value for attribute, value in given.items() if attribute != "data-pull"}
        if name == "hr":
            self._pause_inlines()
            self.out.append("<hr>")
            self.top.filled = True
        else:
            self._open(name, given)

    def _leave_out(self, name: str) -> None:
        """A paragraph where only words may stand: its words stay apart from those before."""
        if self.top.filled and self.top.name in {NOTE, "figcaption"}:
            self.out.append(" ")
        if name == "div" and self.top.name != NOTE:
            self.top.nested += 1

    def _figure(self, given: Mapping[str, str]) -> str:
        """No figure is in another, and a reference to nothing is none; what is inside stays in any case."""
        kind = reference_kind(attributes("figure", given))
        if kind is None and means_reference(given):
            return "div"
        if kind and self._up_to({"figure"}, WALLS):
            self._close()
        return "div" if "figure" in self.names else "figure"

    def _at_top(self) -> bool:
        return all(name in {"", "div"} for name in self.names)

    def _make_room_for_block(self, name: str) -> None:
        while not self._takes_block(name):
            self._close()
        if self.top.holds is Holds.ROWS:
            self._open_missing_parts()
        elif self.top.holds is Holds.ITEMS and not (name in LISTS and self._reopen_item()):
            self._open("li")

    def _takes_block(self, name: str) -> bool:
        """Whether ``name`` may stand in the innermost block, be it in a part that is missing yet."""
        if self.top.holds is Holds.CHART:
            return name == "table" and not self.top.tabled
        if self.top.holds is Holds.PARAGRAPHS:
            return name in {"p", "div"}
        return self.top.holds not in (Holds.TEXT, Holds.CAPTION)

    def _reopen_item(self) -> bool:
        """A list directly inside a list belongs to the item before it."""
        while self.out and not self.out[-1].strip(SPACE):
            self.out.pop()
        if self.out[-1] != "</li>":
            return False
        self.out.pop()
        self.top = OpenBlock("li", len(self.out), Holds.BOTH, filled=True)
        self.blocks.append(self.top)
        self.names.append("li")
        return True

    def _open_item(self, given: Mapping[str, str]) -> None:
        if not self._up_to(LISTS, LIST_WALLS):
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
        inside = ROWS_STAND_IN if name == "tr" else CELLS_STAND_IN if name in CELLS else TABLE
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
        block = OpenBlock(name, len(self.out), HOLDS[name])
        if name == "figure" and (kind := reference_kind(kept)):
            block.holds = Holds.CHART if kind == "chart" else Holds.CAPTION
            block.filled, block.captioned = kind != "chart", kind == "story"
        elif "data-pull" in kept or (name == "div" and self.top.holds is Holds.PARAGRAPHS):
            block.holds = Holds.PARAGRAPHS
        self.top.tabled = self.top.tabled or name == "table"
        self.blocks.append(block)
        self.names.append(name)
        self.top = block
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
        self.names.pop()
        self.top = self.blocks[-1]
        if block.name == NOTE:
            self.inlines = block.paused or []
        while self.inlines and self.inlines[-1].depth > len(self.blocks):
            self.inlines.pop()
        if block.filled or block.name in CELLS:
            if block.name != "div":
                self.out.append(f"</{block.name}>")
            if block.name == "figcaption" and self.top.tabled:
                self._caption_first(block)
            self.top.filled = True
        else:
            del self.out[block.start :]
            if self.top.holds is Holds.BOTH and block.name != NOTE:
                self.out.append("\n")

    def _caption_first(self, caption: OpenBlock) -> None:
        """The caption of a chart stands before its table."""
        written_last = self.out[caption.start :]
        del self.out[caption.start :]
        place = self.top.start + 1
        self.out[place:place] = written_last

    def _up_to(self, names: frozenset[str] | set[str], walls: frozenset[str] | set[str]) -> bool:
        """End blocks until one of ``names`` is the innermost; False, and nothing ended, if a wall is between."""
        if names.isdisjoint(self.names):
            return False
        for above, name in enumerate(reversed(self.names)):
            if name in names:
                for _ in range(above):
                    self._close()
                return True
            if name in walls:
                break
        return False
