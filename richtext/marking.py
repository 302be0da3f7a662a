"""Marks within one block: which words went, which came, and what happened to links and letters."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import groupby, takewhile
from typing import NamedTuple

from richtext.aligning import Effort, Pair, aligned
from richtext.allowed import escaped
from richtext.words import LETTER_OR_DIGIT, UNSPACED, excerpt

# Where a piece of a comparison is shown: in the old text, in the new one, in both in one. Bits.
BEFORE, AFTER, TOGETHER = 1, 2, 4
EVERYWHERE = BEFORE | AFTER | TOGETHER
WHERE_REMOVED = BEFORE | TOGETHER
WHERE_ADDED = AFTER | TOGETHER


class Piece(NamedTuple):
    """A piece of HTML, and in which views it stands."""

    html: str
    views: int = EVERYWHERE


class Word(NamedTuple):
    """A word, a punctuation mark or a line end, as HTML text, with the white space before it and its inlines."""

    value: str
    space: str
    inlines: tuple[str, ...]


class Run(NamedTuple):
    """Words in a row with one fate. The same words on both sides, but not ``same``: only their form changed."""

    before: Sequence[Word]
    after: Sequence[Word]
    same: bool

    @property
    def in_note(self) -> bool:
        """All of it stands in footnotes."""
        return all(any(tag.startswith("<small ") for tag in word.inlines) for word in (*self.before, *self.after))

    @property
    def reformed(self) -> bool:
        return not self.same and bool(self.before) and _values(self.before) == _values(self.after)


@dataclass
class Count:
    """What a comparison has found so far."""

    added: int = 0
    removed: int = 0


PUNCTUATION = r"!-/:-@\[-`{-~\xa1\xab\xbb\xbf\u2010-\u205e\u3000-\u303f"
PART = re.compile(
    r"(?P<tag><(?P<closing>/?)(?P<name>[a-z0-9]+)[^>]*>)|(?P<space>[ \t\n]+)|(?P<word>&[a-z]+;"
    rf"|[{UNSPACED}]|(?:[^\s{PUNCTUATION}{UNSPACED}]++(?:['’\-](?=[^\W_]))?+)++|[^ \t\n<])"
)
# A word so short that stands alone between two changes is easier to read as part of them.
ISLAND = 3
BOTH = 2
SAID = {
    "strong": "bold",
    "em": "italic",
    "s": "struck through",
    "sub": "subscript",
    "sup": "superscript",
    "code": "code",
    "abbr": "an abbreviation",
    "cite": "a cited title",
    "q": "a quotation",
    "time": "a date",
    "small": "a footnote",
}
HREF = re.compile(r'^<a [^>]*?href="([^"]*)"')
LONGEST_QUOTE = 60


def words(inside: str, *, verbatim: bool = False) -> list[Word]:
    """The words of a leaf block's inside; white space counts only where it is ``verbatim``."""
    found: list[Word] = []
    inlines: tuple[str, ...] = ()
    space = ""
    for part in PART.finditer(inside):
        kind = part.lastgroup
        if kind == "word":
            found.append(Word(part[0], space, inlines))
            space = ""
        elif kind == "space":
            if verbatim:
                found.append(Word(part[0], "", inlines))
            else:
                space = " "
        elif part["name"] == "br":
            found.append(Word("<br>", "", inlines))
            space = ""
        elif part["closing"]:
            inlines = inlines[:-1]
        else:
            inlines = (*inlines, part[0])
    if found and not verbatim:
        found[0] = found[0]._replace(space="")
    return found


def runs(before: Sequence[Word], after: Sequence[Word], effort: Effort) -> list[Run]:
    """Both rows of words, cut where their fates differ."""
    pairs = aligned(_values(before), _values(after), effort)

    def fate(numbered: tuple[int, Pair]) -> tuple[int, int, bool]:
        number, (one, other) = numbered
        return one - number, other - number, before[one].inlines == after[other].inlines

    found: list[Run] = []
    i = j = 0
    for (_, _, same), group in groupby(enumerate(pairs), key=fate):
        row = list(group)
        one, other = row[0][1]
        if i < one or j < other:
            found.append(Run(before[i:one], after[j:other], same=False))
        i, j = one + len(row), other + len(row)
        found.append(Run(before[one:i], after[other:j], same))
    if i < len(before) or j < len(after):
        found.append(Run(before[i:], after[j:], same=False))
    return _without_islands(found)


def marked(found: Iterable[Run], count: Count) -> list[Piece]:
    """The runs as HTML in which what went and what came is marked, and said."""
    pieces: list[Piece] = []
    for run in found:
        if run.same:
            if run.before == run.after:
                pieces.append(Piece(_html(run.after)))
            else:  # in white space
                pieces += [Piece(_html(run.before), BEFORE), Piece(_html(run.after), WHERE_ADDED)]
            continue
        if not run.reformed:
            count.removed += _counted(run.before)
            count.added += _counted(run.after)
        pieces += removed(run.before) + added(run.after)
    return pieces


def removed(gone: Sequence[Word]) -> list[Piece]:
    return _mark("del", "removed", gone, WHERE_REMOVED)


def added(come: Sequence[Word]) -> list[Piece]:
    return _mark("ins", "added", come, WHERE_ADDED)


def notes(found: Sequence[Run]) -> list[str]:
    """What marks alone do not show, as sentences in plain text: where links lead, and a change of form."""
    changed = [run for run in found if not run.same]
    before = dict.fromkeys(link for run in changed for link in _links(run.before))
    after = dict.fromkeys(link for run in changed for link in _links(run.after))
    gone, come = [link for link in before if link not in after], [link for link in after if link not in before]
    said = [f"The link leads to {new} instead of {old}." for old, new in zip(gone, come, strict=False)]
    said += [f"A link to {link} was removed." for link in gone[len(come) :]]
    said += [f"A link to {link} was added." for link in come[len(gone) :]]
    for run in changed:
        if run.reformed:
            said += _reformed(run)
    return said


def mark(name: str, said: str, inside: str) -> str:
    """``inside`` as an insertion or deletion, said in words to those who hear the page."""
    return f"<{name}>{hidden(f'[{said}: ')}{inside}{hidden(']')}</{name}>"


def hidden(plain: str) -> str:
    """Words for those who hear a page and for those who copy from it."""
    return f'<span class="visually-hidden">{escaped(plain)}</span>'


def quoted(row: Sequence[Word]) -> str:
    """``row`` in plain text, cut to the length of a quotation in a sentence."""
    return excerpt(plain(row), LONGEST_QUOTE)


def plain(row: Sequence[Word]) -> str:
    return "".join(word.space + (" " if word.value == "<br>" else unescape(word.value)) for word in row).strip()


def _values(row: Sequence[Word]) -> list[str]:
    return [word.value for word in row]


def _counted(row: Sequence[Word]) -> int:
    """Counted as ``word_count`` does: by the spaces between them."""
    return sum(1 for word in plain(row).split() if LETTER_OR_DIGIT.search(word))


def _without_islands(found: list[Run]) -> list[Run]:
    """Two replacements with next to nothing between them are one."""
    joined: list[Run] = []
    place = 0
    while place < len(found):
        run = found[place]
        around = [*joined[-1:], *found[place + 1 : place + 2]]
        if run.same and len(plain(run.after)) <= ISLAND and len(around) == BOTH and all(map(_replaced, around)):
            last, follows = around
            before = [*last.before, *run.before, *follows.before]
            joined[-1] = Run(before, [*last.after, *run.after, *follows.after], same=False)
            place += 1
        else:
            joined.append(run)
        place += 1
    return joined


def _replaced(run: Run) -> bool:
    return not run.same and not run.reformed and bool(run.before) and bool(run.after)


def _mark(name: str, said: str, row: Sequence[Word], views: int) -> list[Piece]:
    if not row:
        return []
    inside = _html([row[0]._replace(space=""), *row[1:]])
    return [Piece(row[0].space + mark(name, said, inside), views)]


def _html(row: Sequence[Word]) -> str:
    parts: list[str] = []
    inlines: tuple[str, ...] = ()
    for word in row:
        if word.inlines != inlines:
            shared = sum(
                1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(inlines, word.inlines, strict=False))
            )
            parts += map(_closing, reversed(inlines[shared:]))
            parts += [word.space, *word.inlines[shared:]]
            inlines = word.inlines
        else:
            parts.append(word.space)
        parts.append(word.value)
    return "".join([*parts, *map(_closing, reversed(inlines))])


def _closing(opening: str) -> str:
    return f"</{_name(opening)}>"


def _name(opening: str) -> str:
    return re.split("[ >]", opening[1:], maxsplit=1)[0]


def _links(row: Sequence[Word]) -> list[str]:
    found = (HREF.match(tag) for word in row for tag in word.inlines)
    return [unescape(link[1]) for link in found if link]


def _reformed(run: Run) -> Iterator[str]:
    for form, group in groupby(zip(run.before, run.after, strict=True), key=_form):
        words = quoted([after for _, after in group])
        come, gone, other = form
        yield from (f"“{words}” is now {SAID[name]}." for name in come)
        yield from (f"“{words}” is no longer {SAID[name]}." for name in gone)
        if other:
            yield f"“{words}” is marked up in another way."


def _form(pair: tuple[Word, Word]) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """What a word's form gained and lost, and whether it changed in a way that has no name; links have their own."""
    before, after = ({_name(tag) for tag in word.inlines} for word in pair)
    come, gone = tuple(sorted(after - before - {"a"})), tuple(sorted(before - after - {"a"}))
    other = pair[0].inlines != pair[1].inlines and before == after and _links(pair[:1]) == _links(pair[1:])
    return come, gone, other
