"""What stands where on the front page: by time for now, an editor's choice later."""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from articles.models import Article, Section

ABOVE = 14  # the newest, of which the lead, the second row and the list of times are made
SECOND_ROW = 3
RECENT = 6
IN_BAND = 4
SHAPES = ("leading", "beside", "across")


@dataclass(frozen=True)
class Band:
    """A section on the front page; ``shape`` decides how its stories stand."""

    section: Section
    shape: str
    stories: list[Article]


@dataclass(frozen=True)
class FrontPage:
    lead: Article | None
    second_row: list[Article]
    recent: list[Article]
    bands: list[Band]
    commentary: list[Article]


def compose() -> FrontPage:
    """The front page of this moment, in a number of queries that does not grow with the stories."""
    newest = list(Article.objects.published().with_cards()[:ABOVE])
    ours = [story for story in newest if not story.is_commentary] or newest
    top = ours[: 1 + SECOND_ROW]
    below = list(_newest_of_each_section(but=top))
    commentary = [story for story in below if story.is_commentary][:IN_BAND]
    return FrontPage(
        lead=top[0] if top else None,
        second_row=top[1:],
        recent=[story for story in newest if story not in top][:RECENT],
        bands=_bands([story for story in below if not story.is_commentary]),
        commentary=commentary,
    )


def _newest_of_each_section(*, but: list[Article]) -> "list[Article]":
    rank = Window(RowNumber(), partition_by=F("section"), order_by=(F("published_at").desc(), F("pk").desc()))
    stories = Article.objects.published().with_cards().exclude(pk__in=[story.pk for story in but])
    ranked = stories.annotate(place=rank).filter(place__lte=IN_BAND)
    return list(ranked.order_by("section__position", "section__name", "section", "-published_at", "-pk"))


def _bands(stories: list[Article]) -> list[Band]:
    grouped = [(section, list(those)) for section, those in groupby(stories, key=attrgetter("section"))]
    return [Band(section, SHAPES[number % len(SHAPES)], those) for number, (section, those) in enumerate(grouped)]
