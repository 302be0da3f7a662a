"""Corrections as readers see them: beside their story, and all of them on one page."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest

from articles.models import Article, Correction
from public.listing import place, place_after

LENGTH = 50


@dataclass(frozen=True)
class Corrections:
    """One page of them: ``before`` is where it began (empty on the first), ``older`` where the next begins."""

    rows: list[Correction]
    before: str
    older: str


def of(story: Article) -> dict[str, list[Correction]]:
    """Those of a story loaded with them: serious ones stand above it, the others at its foot, oldest first."""
    rows = list(story.corrections.all())
    major = [row for row in rows if row.severity == Correction.Severity.MAJOR]
    return {"above": major, "below": [row for row in rows if row not in major]}


def listing(request: HttpRequest) -> Corrections:
    """The page of all that ``?before=`` asks for; 404 where it names no place."""
    rows = Correction.objects.public().select_related("article", "article__live")
    before = request.GET.get("before", "")
    if before:
        moment, pk = place(before)
        rows = rows.filter(Q(made_at__lt=moment) | Q(made_at=moment, pk__lt=pk))
    found = list(rows[: LENGTH + 1])
    shown = found[:LENGTH]
    older = place_after(shown[-1].made_at, shown[-1].pk) if len(found) > LENGTH else ""
    return Corrections(shown, before, older)
