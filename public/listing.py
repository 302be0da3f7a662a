"""Long lists of stories, a page at a time, newest first."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q
from django.http import Http404, HttpRequest

from articles.models import Article
from articles.models.queries import ArticleQuerySet

LENGTH = 30
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Listing:
    """One page: ``before`` is where it began (empty on the first), ``older`` where the next begins (empty on the last).

    Both are places between two stories, so that a page keeps its stories however many are added in front.
    """

    stories: list[Article]
    before: str
    older: str


def listing(stories: ArticleQuerySet, request: HttpRequest) -> Listing:
    """The page of ``stories`` that ``?before=`` asks for; 404 where it names no place."""
    before = request.GET.get("before", "")
    if before:
        moment, pk = place(before)
        stories = stories.filter(Q(published_at__lt=moment) | Q(published_at=moment, pk__lt=pk))
    found = list(stories.with_cards()[: LENGTH + 1])
    more = len(found) > LENGTH
    shown = found[:LENGTH]
    last = shown[-1] if more else None
    return Listing(shown, before, place_after(last.published_at, last.pk) if last and last.published_at else "")


def place_after(moment: datetime, pk: int) -> str:
    """Where a page that ends with the row of ``moment`` and ``pk`` is continued."""
    return f"{(moment - EPOCH) // timedelta(microseconds=1)}-{pk}"


def place(before: str) -> tuple[datetime, int]:
    """The place that ``place_after`` wrote; 404 for anything else."""
    found = re.fullmatch(r"([0-9]{1,18})-([0-9]{1,18})", before, re.ASCII)
    if found is None:
        raise Http404("There is no such place in the list.")
    try:
        return EPOCH + timedelta(microseconds=int(found[1])), int(found[2])
    except OverflowError as too_far:
        raise Http404("There is no such place in the list.") from too_far
