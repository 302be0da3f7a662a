"""Brings together two texts that were both written from a third: what a save that came too late is offered.

Fields that one side left alone are taken from the other; the body is merged block by block, the bylines name by
name, and the lead picture goes with its caption. What both changed in different ways is a ``Clash``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import richtext
from articles.texts import Credit, Text

type Choice = Literal["theirs", "mine", "both"]

PICTURE = ("lead_image", "lead_caption")
WHOLE = (
    "headline",
    "deck",
    "summary",
    "kicker",
    "disclosure",
    "search_title",
    "search_description",
)
LABELS = {
    "headline": "Headline",
    "deck": "Deck",
    "summary": "In summary",
    "body": "Text",
    "bylines": "Bylines",
    "lead_image": "Lead picture and caption",
    "kicker": "Kicker",
    "disclosure": "Disclosure",
    "search_title": "Title for search engines",
    "search_description": "Description for search engines",
}


@dataclass(frozen=True)
class Clash:
    """One place that both changed in different ways.

    ``key`` is its name in a form, the same whenever the same three texts are merged: the field's, for the body with
    a number. The three values are plain text; clean HTML of one block in ``body``, empty where that side deleted
    it; a tuple of ``Credit`` in ``bylines``; ``(image or None, caption)`` in ``lead_image``.
    """

    key: str
    field: str
    base: Any
    theirs: Any
    mine: Any

    @property
    def label(self) -> str:
        return LABELS[self.field]

    @property
    def can_keep_both(self) -> bool:
        """One after the other; elsewhere than in the body that would be no text."""
        return self.field == "body"


@dataclass(frozen=True)
class Merge:
    """The result: ``text`` may be saved as it is if there are no ``clashes``; in each clash it holds mine."""

    text: Text
    clashes: tuple[Clash, ...]
    _body: richtext.Merged = field(repr=False)

    def settled(self, choices: Mapping[str, str]) -> Text:
        """The text with what somebody chose for each clash, by its ``key``; mine where nothing was chosen."""
        columns: dict[str, Any] = {}
        for clash in self.clashes:
            if clash.field != "body" and choices.get(clash.key) == "theirs":
                columns |= _columns(clash.field, clash.theirs)
        body = self._body.settled(lambda number, clash: _chosen(clash, choices.get(f"body-{number + 1}")))
        return replace(self.text, body=body, **columns)


def merge(base: Text, theirs: Text, mine: Text) -> Merge:
    """``theirs`` and ``mine``, both written from ``base``, in one. All three are as stored, or ``normalised``."""
    columns: dict[str, Any] = {}
    clashes: list[Clash] = []
    for name in (*WHOLE, "lead_image", "bylines"):
        ours = _value(base, name), _value(theirs, name), _value(mine, name)
        merged = _bylines(*ours) if name == "bylines" else _whole(*ours)
        columns |= _columns(name, merged.value)
        if merged.clashes:
            clashes.append(Clash(name, name, *ours))
    body = richtext.merge(base.body, theirs.body, mine.body)
    clashes += [
        Clash(f"body-{number}", "body", clash.base, clash.theirs, clash.mine)
        for number, clash in enumerate(body.clashes, 1)
    ]
    order = {name: place for place, name in enumerate(LABELS)}
    clashes.sort(key=lambda clash: order[clash.field])
    return Merge(replace(mine, body=body.html, **columns), tuple(clashes), body)


@dataclass(frozen=True)
class _Field:
    value: Any
    clashes: bool = False


def _value(text: Text, name: str) -> Any:
    return tuple(getattr(text, part) for part in PICTURE) if name == "lead_image" else getattr(text, name)


def _columns(name: str, value: Any) -> dict[str, Any]:
    return dict(zip(PICTURE, value, strict=True)) if name == "lead_image" else {name: value}


def _chosen(clash: richtext.Clash, choice: str | None) -> str:
    sides = {"theirs": clash.theirs, "both": "\n".join(side for side in (clash.theirs, clash.mine) if side)}
    return sides.get(choice or "", clash.mine)


def _whole(base: Any, theirs: Any, mine: Any) -> _Field:
    if theirs in (base, mine):
        return _Field(mine)
    return _Field(theirs) if mine == base else _Field(mine, clashes=True)


def _bylines(base: tuple[Credit, ...], theirs: tuple[Credit, ...], mine: tuple[Credit, ...]) -> _Field:
    """Names added by either side stay, names removed by either go.

    A clash is one author given different parts by both, and two different new orders.
    """
    whole = _whole(base, theirs, mine)
    if not whole.clashes:
        return whole
    people = {line.author for line in (*base, *theirs, *mine)}
    if any(_whole(*(_parts(lines, person) for lines in (base, theirs, mine))).clashes for person in people):
        return whole
    stayed = [line for line in base if line in theirs and line in mine]
    their_order, my_order = _only(theirs, stayed), _only(mine, stayed)
    order = _whole(stayed, their_order, my_order)
    if order.clashes:
        return whole
    first, second = (mine, theirs) if their_order == stayed else (theirs, mine)
    merged = [line for line in first if line in second or line not in base]
    for place, line in enumerate(second):
        if line not in merged and line not in base:
            before = [merged.index(other) for other in second[:place] if other in merged]
            merged.insert(before[-1] + 1 if before else 0, line)
    return _Field(tuple(merged))


def _parts(lines: Sequence[Credit], author: Any) -> frozenset[str]:
    return frozenset(line.role for line in lines if line.author == author)


def _only(lines: Sequence[Credit], wanted: Sequence[Credit]) -> list[Credit]:
    return [line for line in lines if line in wanted]
