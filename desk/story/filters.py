"""Filters of the list of stories that take more than a click: a person by name, days from and to."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, cast

from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format

from accounts.models import User
from articles.models import Article
from articles.models.queries import ArticleQuerySet
from authors.models import Author

# Where a story stands, as lists are asked for it, and in words.
PLACES = (
    ("mine", "Mine"),
    ("writing", "Writing"),
    ("review", "In review"),
    ("ready", "Ready"),
    ("scheduled", "Scheduled"),
    ("live", "Live"),
    ("changed", "Live, with changes"),
    ("withdrawn", "Withdrawn"),
)
MOST_NAMES = 300  # offered while typing; any other name can be typed all the same


class TypedFilter(admin.ListFilter):
    """Shown as a small form in the filter's menu, which keeps what else is asked for."""

    names: ClassVar[tuple[str, ...]]

    def __init__(self, request: HttpRequest, params: dict[str, list[str]], model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        self.typed = {name: params.pop(name)[-1].replace("\0", "")[:120].strip() for name in self.names & params.keys()}
        self.kept: list[tuple[str, str]] = []

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str | None]:
        return list(self.names)

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """What can be chosen with a click; on the way it notes what the form has to carry along."""
        others = changelist.filter_params.items()
        self.kept = [
            (name, value) for name, values in others if name not in {*self.names, PAGE_VAR} for value in values
        ]
        yield {
            "selected": not any(self.typed.values()),
            "query_string": changelist.get_query_string(remove=list(self.names)),
            "display": "All",
        }
        for display, params in self.offers():
            yield {
                "selected": {name: value for name, value in self.typed.items() if value} == params,
                "query_string": changelist.get_query_string(params, remove=list(self.names)),
                "display": display,
            }

    def offers(self) -> list[tuple[str, dict[str, str]]]:
        raise NotImplementedError


class PersonFilter(TypedFilter):
    """Whoever made a story, has it, or stands over it."""

    title = "person"
    template = "desk/story/filter_person.html"
    names = ("person",)

    @property
    def person(self) -> str:
        return self.typed.get("person", "")

    def offers(self) -> list[tuple[str, dict[str, str]]]:
        own = cast("User", self.request.user).name
        chosen = [self.person] if self.person and self.person != own else []
        return [(name, {"person": name}) for name in (own, *chosen) if name]

    def known(self) -> list[str]:
        """Names to choose from while typing: colleagues first."""
        colleagues = User.objects.filter(is_active=True, is_staff=True).order_by("name").values_list("name", flat=True)
        authors = Author.objects.order_by("is_guest", "sort_name").values_list("name", flat=True)
        return list(dict.fromkeys([*colleagues[:MOST_NAMES], *authors[:MOST_NAMES]]))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return cast("ArticleQuerySet", queryset).touched_by(self.person) if self.person else queryset


class DaysFilter(TypedFilter):
    """Days, in the newsroom's zone, on which a story was published, appears, or was changed last."""

    title = "days"
    template = "desk/story/filter_days.html"
    names = ("what", "since", "until")

    @property
    def what(self) -> str:
        return "changed" if self.typed.get("what") == "changed" else "appeared"

    @property
    def since(self) -> date | None:
        return _day(self.typed.get("since", ""))

    @property
    def until(self) -> date | None:
        return _day(self.typed.get("until", ""))

    def said(self) -> str:
        """The chosen days in words, for the menu's label; empty if none are."""
        ends = [("from", self.since), ("to", self.until)]
        days = " ".join(f"{word} {date_format(day, 'M j, Y')}" for word, day in ends if day)
        verb = "Changed" if self.what == "changed" else "Published"
        return f"{verb} {days}" if days else ""

    def offers(self) -> list[tuple[str, dict[str, str]]]:
        today = timezone.localdate()
        week, month = today - timedelta(days=6), today - timedelta(days=29)
        return [
            ("Changed today", {"what": "changed", "since": today.isoformat()}),
            ("Changed in the last 7 days", {"what": "changed", "since": week.isoformat()}),
            ("Published today", {"what": "appeared", "since": today.isoformat(), "until": today.isoformat()}),
            (
                "Published in the last 7 days",
                {"what": "appeared", "since": week.isoformat(), "until": today.isoformat()},
            ),
            (
                "Published in the last 30 days",
                {"what": "appeared", "since": month.isoformat(), "until": today.isoformat()},
            ),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        column = "changed_at" if self.what == "changed" else "published_at"
        ends = {}
        if self.since:
            ends[f"{column}__gte"] = _midnight(self.since)
        if self.until:
            ends[f"{column}__lt"] = _midnight(self.until + timedelta(days=1))
        return queryset.filter(**ends)


def _day(typed: str) -> date | None:
    """A day as a browser sends it; anything else, and years no newsroom has, count as nothing."""
    try:
        day = parse_date(typed)
    except ValueError:
        return None
    return day if day and 1900 <= day.year <= 2200 else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
