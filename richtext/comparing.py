"""Two texts side by side: blocks first, then the words inside the blocks that changed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Literal

from django.utils.safestring import SafeString

from richtext.aligning import Effort, Pair, between
from richtext.blocks import LEAVES, Block, paired, split
from richtext.marking import (
    AFTER,
    BEFORE,
    TOGETHER,
    WHERE_ADDED,
    WHERE_REMOVED,
    Count,
    Piece,
    Run,
    mark,
    marked,
    notes,
    quoted,
    runs,
    words,
)
from richtext.naming import attributes_told, capital, continues, kind_of, name_of, quote_of, with_article
from richtext.rendering import render_marked
from richtext.sanitiser import clean
from richtext.words import word_count

type Kind = Literal["same", "changed", "added", "removed"]

# Marked inside, because only these may stand directly in their parents.
MARKED_INSIDE = frozenset(("li", "td", "th", "caption", "figcaption"))
MARKED_BY_PARTS = frozenset(("tr", "thead", "tbody", "tfoot"))
MOST_CLAUSES = 4


@dataclass(frozen=True)
class Change:
    """A block that differs, or a row of blocks that do not.

    ``before`` marks what went, ``after`` what came, ``together`` both in one text. ``sentences`` say it in plain
    text (escape them); a row that is the same has none. ``blocks`` is how many it holds.
    """

    kind: Kind
    before: SafeString
    after: SafeString
    together: SafeString
    sentences: tuple[str, ...] = ()
    blocks: int = 1


@dataclass(frozen=True)
class Comparison:
    """All of both texts, in order."""

    changes: tuple[Change, ...]
    words_added: int
    words_removed: int

    @property
    def is_same(self) -> bool:
        """They differ in nothing that readers see."""
        return all(change.kind == "same" for change in self.changes)

    @property
    def sentences(self) -> list[str]:
        return [sentence for change in self.changes for sentence in change.sentences]


def compare(before: str, after: str) -> Comparison:
    """Two bodies. Both are cleaned once more, as ``render`` does; the result is trusted HTML.

    The time grows with the length, not with its square: in a text made to be hard to compare, what is too much to
    search is shown as replaced.
    """
    return _compared(before, after, _Comparing())


def compare_plain(before: str, after: str, *, noun: str = "paragraph") -> Comparison:
    """Two plain texts, in which a blank line ends a paragraph; ``noun`` is what sentences call one: “headline”."""
    return _compared(_as_html(before), _as_html(after), _Comparing(noun))


def _compared(before: str, after: str, comparing: "_Comparing") -> Comparison:
    drafts = list(comparing.changes(split(clean(before)), split(clean(after))))
    shown = iter(render_marked([html for draft in drafts for html in draft.views]))
    changes = []
    for draft in drafts:
        views = [next(shown) for _ in draft.views]
        old, new, together = views if len(views) > 1 else views * 3
        changes.append(Change(draft.kind, old, new, together, tuple(draft.sentences), draft.blocks))
    return Comparison(tuple(changes), comparing.count.added, comparing.count.removed)


@dataclass
class _Draft:
    """A ``Change`` before it is trusted: the HTML of its views, which is one where all are the same."""

    kind: Kind
    views: list[str]
    sentences: list[str] = field(default_factory=list)
    blocks: int = 1


@dataclass
class _Comparing:
    noun: str = "paragraph"
    effort: Effort = field(default_factory=Effort)
    count: Count = field(default_factory=Count)
    clauses: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def changes(self, before: Sequence[Block], after: Sequence[Block]) -> Iterator[_Draft]:
        same: list[Block] = []
        pairs = paired(before, after, self.effort)
        if len(before) == len(after) == 1:
            pairs = [(0, 0)]  # the only one follows the only one, however little stayed
        for one, other in _steps(before, after, pairs):
            if one and other and one.key == other.key:
                same.append(other)
                continue
            if same:
                yield _unchanged(same)
                same = []
            yield self._change(one, other)
        if same:
            yield _unchanged(same)

    def _change(self, one: Block | None, other: Block | None) -> _Draft:
        self.clauses, self.notes = [], []
        pieces = list(self._pieces(one, other))
        views = ["".join(piece.html for piece in pieces if piece.views & view) for view in (BEFORE, AFTER, TOGETHER)]
        if one and other:
            return _Draft("changed", views, self._sentences(one, other))
        said = _sentence(f"{capital(self._fate(one, other))}{_quote(one or other)}")
        return _Draft("removed" if one else "added", views, [said])

    def _sentences(self, one: Block, other: Block) -> list[str]:
        name = capital(self._name(other))
        if not continues(one, other):
            if self._name(one) != self._name(other):
                became = with_article(self._name(other))
                return [_sentence(f"{capital(self._name(one))} became {became}{_quote(other)}")]
            return [_sentence(f"{name} replaced{_quote(other)}")]
        clauses = self.clauses[:MOST_CLAUSES]
        if more := len(self.clauses) - len(clauses):
            clauses.append("one more change" if more == 1 else f"{more} more changes")
        said = [_sentence(f"{name} changed: {'; '.join(clauses)}")] if clauses else []
        return [*said, *dict.fromkeys(self.notes)] or [f"{name} changed."]

    def _pieces(self, one: Block | None, other: Block | None) -> Iterable[Piece]:
        if one and other:
            if one.key == other.key:
                return [Piece(other.html)]
            if continues(one, other):
                return self._inside(one, other)
        pieces = []
        if one:
            self.count.removed += word_count(one.html)
            pieces.append(Piece(self._whole(one, "del", "removed"), WHERE_REMOVED))
        if other:
            self.count.added += word_count(other.html)
            pieces.append(Piece(self._whole(other, "ins", "added"), WHERE_ADDED))
        return pieces

    def _inside(self, one: Block, other: Block) -> Iterator[Piece]:
        """What changed within a block that stayed."""
        if one.opening == other.opening:
            yield Piece(other.opening)
        else:
            yield from (Piece(one.opening, BEFORE), Piece(other.opening, WHERE_ADDED))
        if other.name in LEAVES:
            verbatim = other.name == "pre"
            found = runs(words(one.inside, verbatim=verbatim), words(other.inside, verbatim=verbatim), self.effort)
            yield from marked(found, self.count)
            yield from self._noted(found)
        else:
            for part, counterpart in _steps(one.parts, other.parts, self._parts(one, other)):
                if part is None or counterpart is None:
                    self.clauses.append(self._fate(part, counterpart) + _quote(part or counterpart))
                yield from self._pieces(part, counterpart)
        yield Piece(other.closing)
        yield from self._said(list(attributes_told(one, other)))

    def _parts(self, one: Block, other: Block) -> list[Pair]:
        """Cells keep their columns; everything else is found by what it says."""
        if one.name == "tr" and len(one.parts) == len(other.parts):
            return [(place, place) for place in range(len(one.parts))]
        return paired(one.parts, other.parts, self.effort)

    def _whole(self, block: Block, name: str, said: str) -> str:
        """A block that went or came, marked where its parent lets marks stand."""
        if block.name in MARKED_BY_PARTS:
            return block.opening + "".join(self._whole(part, name, said) for part in block.parts) + block.closing
        label = f"{self._name(block)} {said}"
        if block.name in MARKED_INSIDE:
            opening = f'{block.opening[:-1]} class="{said}">' if block.name == "li" else block.opening
            inside = mark(name, label, block.inside) if block.inside else ""
            return opening + inside + block.closing
        number = f'<span class="change-note">{escape(capital(self._name(block)))}</span>' if kind_of(block) else ""
        return mark(name, label, number + block.html)

    def _fate(self, one: Block | None, other: Block | None) -> str:
        return f"{self._name(one or other)} {'removed' if one else 'added'}"

    def _name(self, block: Block | None) -> str:
        """What people call it."""
        return name_of(block, self.noun) if block else self.noun

    def _noted(self, found: Sequence[Run]) -> Iterator[Piece]:
        self.clauses += [_told(run) for run in found if not run.same and not run.reformed]
        yield from self._said(notes(found))

    def _said(self, said: Sequence[str]) -> Iterator[Piece]:
        self.notes += said
        for note in said:
            yield Piece(f' <span class="change-note">{escape(note)}</span>', WHERE_ADDED)


def _steps(
    before: Sequence[Block], after: Sequence[Block], pairs: Sequence[Pair]
) -> Iterator[tuple[Block | None, Block | None]]:
    """Every block of both, in order: what went first, then what came, then what stayed."""
    for pair, (gone, come) in zip([*pairs, None], between(pairs, len(before), len(after)), strict=True):
        yield from ((before[one], None) for one in gone)
        yield from ((None, after[other]) for other in come)
        if pair:
            yield before[pair[0]], after[pair[1]]


def _unchanged(blocks: list[Block]) -> _Draft:
    return _Draft("same", ["\n".join(block.html for block in blocks)], blocks=len(blocks))


def _told(run: Run) -> str:
    where = "in a footnote, " if run.in_note else ""
    if not run.before:
        return f"{where}“{quoted(run.after)}” was added"
    if not run.after:
        return f"{where}“{quoted(run.before)}” was removed"
    return f"{where}“{quoted(run.before)}” became “{quoted(run.after)}”"


def _sentence(words: str) -> str:
    """With a full stop, unless a quotation at its end has one."""
    return words if words.endswith((".”", "!”", "?”", "…”")) else f"{words}."


def _quote(block: Block | None) -> str:
    said = quote_of(block) if block else ""
    return f": “{said}”" if said else ""


def _as_html(plain: str) -> str:
    paragraphs = (part.strip("\n") for part in plain.replace("\r\n", "\n").split("\n\n"))
    return "".join(f"<p>{escape(part).replace('\n', '<br>')}</p>" for part in paragraphs if part.strip())
