"""Brings together what two people made of one text, block by block."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from richtext.aligning import Effort, Pair, aligned, between
from richtext.blocks import Block, paired, split

# Whose blocks are these, and what holds items that two people may change at the same time.
HOLD_ITEMS = frozenset(("ul", "ol", "blockquote", "aside"))


@dataclass(frozen=True)
class Clash:
    """One place that both changed, each in another way. HTML, clean; empty where that side deleted it."""

    base: str
    theirs: str
    mine: str


type Settle = Callable[[int, Clash], str]


@dataclass(frozen=True)
class Merged:
    """What became of three texts: ``parts`` in order, a ``Clash`` where somebody must choose."""

    parts: tuple[str | Clash, ...]

    @property
    def clashes(self) -> tuple[Clash, ...]:
        return tuple(part for part in self.parts if isinstance(part, Clash))

    @property
    def html(self) -> str:
        """The whole text, with mine in each clash: nothing changes under the hands of who is writing."""
        return self.settled(lambda _number, clash: clash.mine)

    def settled(self, settle: Settle) -> str:
        """The whole text, with what ``settle`` says of the clash numbered from 0."""
        clashes = 0
        chosen = []
        for part in self.parts:
            if isinstance(part, Clash):
                chosen.append(settle(clashes, part))
                clashes += 1
            else:
                chosen.append(part)
        return "\n".join(part for part in chosen if part)


def merge(base: str, theirs: str, mine: str) -> Merged:
    """What ``theirs`` and ``mine``, both made from ``base``, are together. All three are clean.

    A block changed by one side is taken from that side; new blocks of both sides are kept, at one place theirs
    first; a list or quotation that both changed is merged item by item. Changed by both in different ways, or changed
    by one and deleted by the other, it is a ``Clash``. Nothing that anybody typed is in neither.
    """
    if theirs in {base, mine}:
        return Merged((mine,))
    if mine == base:
        return Merged((theirs,))
    return Merged(tuple(_merged(split(base), split(theirs), split(mine), Effort())))


@dataclass
class _Side:
    """What one side did to each block of the base, and which blocks it put before each, and behind the last."""

    became: list[Block | None]
    added: list[list[Block]] = field(default_factory=list)


def _merged(base: list[Block], theirs: list[Block], mine: list[Block], effort: Effort) -> list[str | Clash]:
    their_side, my_side = _side(base, theirs, effort), _side(base, mine, effort)
    parts: list[str | Clash] = []
    for place in range(len(base) + 1):
        parts += [block.html for block in _together(their_side.added[place], my_side.added[place], effort)]
        if place < len(base):
            parts += _settled(base[place], their_side.became[place], my_side.became[place], effort)
    return parts


def _side(base: list[Block], changed: list[Block], effort: Effort) -> _Side:
    """Within a rest where nothing is alike, blocks are taken as rewritten one by one, in order."""
    pairs: list[Pair] = []
    alike = paired(base, changed, effort)
    for pair, (gone, come) in zip([*alike, None], between(alike, len(base), len(changed)), strict=True):
        pairs += zip(gone, come, strict=False)
        if pair:
            pairs.append(pair)
    side = _Side([None] * len(base))
    for one, other in pairs:
        side.became[one] = changed[other]
    for gone, come in between(pairs, len(base), len(changed)):
        # Only one of the two holds anything: what was added stands behind what was deleted before it.
        side.added += [[] for _ in range(gone.start, gone.stop)]
        side.added.append([changed[other] for other in come])
    return side


def _together(theirs: list[Block], mine: list[Block], effort: Effort) -> list[Block]:
    """Everything that either side added at one place; what both added is there once."""
    if not theirs or not mine:
        return theirs or mine
    same = aligned([block.key for block in theirs], [block.key for block in mine], effort)
    together: list[Block] = []
    for pair, (before, also) in zip([*same, None], between(same, len(theirs), len(mine)), strict=True):
        together += [theirs[index] for index in before] + [mine[index] for index in also]
        if pair:
            together.append(mine[pair[1]])
    return together


def _settled(base: Block, theirs: Block | None, mine: Block | None, effort: Effort) -> Sequence[str | Clash]:
    if _same(theirs, mine) or _same(theirs, base):
        return [mine.html] if mine else []
    if _same(mine, base):
        return [theirs.html] if theirs else []
    if theirs and mine and base.name in HOLD_ITEMS and base.opening == theirs.opening == mine.opening:
        items = _merged(base.parts, theirs.parts, mine.parts, effort)
        if not any(isinstance(item, Clash) for item in items):
            return [base.opening + "\n".join(str(item) for item in items) + base.closing]
    return [Clash(base.html, theirs.html if theirs else "", mine.html if mine else "")]


def _same(one: Block | None, other: Block | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.key == other.key
