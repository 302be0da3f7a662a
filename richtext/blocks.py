"""A clean text as a row of blocks, and which block of one text became which of another."""

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from richtext.aligning import MOST_LIKENESSES, Effort, Pair, aligned, between, likened
from richtext.allowed import BLOCKS, TABLE_PARTS
from richtext.words import UNSPACED

TAG = re.compile(rf"<(/?)({'|'.join(sorted(BLOCKS | TABLE_PARTS))})(?=[ >])[^>]*>")
AROUND_TAGS = re.compile(rf"[ \t\n]*(</?(?:{'|'.join(sorted(BLOCKS | TABLE_PARTS | {'br'}))})(?=[ >])[^>]*>)[ \t\n]*")
ANY_TAG = re.compile(r"<[^>]*>")
WORD = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")
SPACES = re.compile(r"[ \t\n]+")
SPACE = " \t\n"

# Hold words; everything else holds further blocks. "" is text that stands directly in an item or a cell.
LEAVES = frozenset(("", "p", "h2", "h3", "h4", "pre", "hr"))
# What has this place in its parent stays itself, however its words changed.
BY_PLACE = frozenset(("", "caption", "figcaption", "thead", "tbody", "tfoot", "td", "th"))
# Of these one follows the other even if little in it stayed.
WHOLES = frozenset(("ul", "ol", "table"))

REFERS = re.compile(r'<figure (data-[a-z]+)="([^"]*)"')
BY_WORDS = frozenset(("data-chart", ""))

# From here on two blocks are one that was changed, not one removed and another added.
ALIKE = 0.4


@dataclass(frozen=True)
class Block:
    """One block of a clean text: its opening tag and what is inside; the closing tag follows from the name."""

    name: str
    opening: str
    inside: str

    @property
    def html(self) -> str:
        return self.opening + self.inside + self.closing

    @property
    def closing(self) -> str:
        return f"</{self.name}>" if self.name and self.name != "hr" else ""

    @cached_property
    def key(self) -> str:
        """The same for two blocks that differ in nothing but white space that browsers do not show."""
        if "<pre" in self.opening or "<pre" in self.inside:
            return self.html
        return AROUND_TAGS.sub(r"\1", SPACES.sub(" ", self.html)).strip(SPACE)

    @cached_property
    def parts(self) -> list["Block"]:
        """The blocks inside; none in a leaf."""
        return [] if self.name in LEAVES else split(self.inside)

    @cached_property
    def words(self) -> list[str]:
        return WORD.findall(ANY_TAG.sub(" ", self.inside))

    @cached_property
    def distinct_words(self) -> frozenset[str]:
        return frozenset(self.words)

    def likeness(self, other: "Block") -> float:
        """0 for nothing in common, 1 for the same words or the same place."""
        if self.name != other.name and (self.name not in LEAVES or other.name not in LEAVES):
            return 0.0
        if self.name in BY_PLACE and self.name == other.name:
            return 1.0
        if self.name == "figure":
            return self._likeness_of_figures(other)
        shared = _shared(self.distinct_words, other.distinct_words)
        if self.name != other.name:
            return shared * 0.9
        return max(shared, ALIKE) if self.name in WHOLES else shared

    def _likeness_of_figures(self, other: "Block") -> float:
        """A reference is itself while it refers to the same; a gallery while pictures stay, a chart by its words."""
        kind, value = self.reference
        if kind != other.reference[0]:
            return 0.0
        if kind in BY_WORDS:
            return max(_shared(self.distinct_words, other.distinct_words), ALIKE)
        if kind == "data-gallery":
            return max(_shared(frozenset(value.split()), frozenset(other.reference[1].split())), ALIKE)
        return 1.0 if value == other.reference[1] else _shared(self.distinct_words, other.distinct_words)

    @cached_property
    def reference(self) -> tuple[str, str]:
        """The attribute that says what a figure refers to, and its value; empty for a figure that is none."""
        found = REFERS.match(self.opening)
        return (found[1], found[2]) if found else ("", "")


def split(html: str) -> list[Block]:
    """The blocks of ``html``, which is clean, in order; nothing but white space is between them."""
    blocks: list[Block] = []
    depth, start, opening = 0, 0, None
    for tag in TAG.finditer(html):
        name = tag[2]
        if tag[1]:
            depth -= 1
            if depth == 0 and opening:
                blocks.append(Block(name, opening[0], html[opening.end() : tag.start()]))
                start = tag.end()
            continue
        if depth == 0:
            blocks += _text(html[start : tag.start()])
            opening = tag
            if name == "hr":
                blocks.append(Block(name, tag[0], ""))
                start = tag.end()
        depth += name != "hr"
    return blocks + _text(html[start:])


def paired(before: Sequence[Block], after: Sequence[Block], effort: Effort) -> list[Pair]:
    """Which block of ``before`` became which of ``after``, in order: unchanged, or changed and still alike."""
    same = aligned([block.key for block in before], [block.key for block in after], effort)
    pairs: list[Pair] = []
    for pair, (gone, come) in zip([*same, None], between(same, len(before), len(after)), strict=True):
        if gone and come:
            pairs += _alike(before, after, gone, come, effort)
        if pair:
            pairs.append(pair)
    return pairs


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    both = len(one) + len(other)
    return 2 * len(one & other) / both if both else 0.0


def _text(html: str) -> list[Block]:
    return [Block("", "", html)] if html.strip(SPACE) else []


def _alike(
    before: Sequence[Block], after: Sequence[Block], gone: range, come: range, effort: Effort, marks: int = 0
) -> Iterator[Pair]:
    """Within a gap. A large one is first divided by how its blocks begin, then by how they end."""
    if len(gone) * len(come) <= MOST_LIKENESSES or marks == len(FINGERPRINTS):
        yield from likened(gone, come, lambda one, other: before[one].likeness(after[other]), least=ALIKE)
        return
    mark = FINGERPRINTS[marks]
    same = aligned([mark(before[one]) for one in gone], [mark(after[other]) for other in come], effort)
    for pair, (rest, others) in zip([*same, None], between(same, len(gone), len(come)), strict=True):
        inner = gone[rest.start : rest.stop], come[others.start : others.stop]
        if inner[0] and inner[1]:
            yield from _alike(before, after, *inner, effort, marks + 1)
        if pair:
            yield gone[pair[0]], come[pair[1]]


def _beginning(block: Block) -> Hashable:
    return (block.name, *block.words[:5])


def _end(block: Block) -> Hashable:
    return (block.name, *block.words[-5:])


FINGERPRINTS: tuple[Callable[[Block], Hashable], ...] = (_beginning, _end)
