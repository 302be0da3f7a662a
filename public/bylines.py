"""Who stands over a story, as readers see it: grouped by their part in it."""

from dataclasses import dataclass

from articles.models import Byline, Revision
from authors.models import Author


@dataclass(frozen=True)
class Line:
    """One part of the byline: “By” Ana Ruiz and Tom Lee."""

    role: str
    label: str
    authors: list[Author]


def lines(revision: Revision) -> list[Line]:
    """The byline's parts in the order readers know: by, with, photographs, translation."""
    order = (Byline.Role.BY, Byline.Role.WITH, Byline.Role.PHOTOGRAPHS, Byline.Role.TRANSLATED)
    rows = list(revision.bylines.all())
    found = [Line(role, role.label, [row.author for row in rows if row.role == role]) for role in order]
    return [line for line in found if line.authors]


def writers(revision: Revision) -> list[Author]:
    """Those who wrote it, each once, in order; all who are named if nobody is said to have."""
    rows = list(revision.bylines.all())
    wrote = dict.fromkeys(row.author for row in rows if row.role in {Byline.Role.BY, Byline.Role.WITH})
    return list(wrote) or everybody(revision)


def everybody(revision: Revision) -> list[Author]:
    """Each author once, whatever their parts."""
    return list(dict.fromkeys(row.author for row in revision.bylines.all()))
