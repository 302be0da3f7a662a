"""What the lists of pictures and of documents share: filters that are links, days, pages, and what an address asks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format

LONGEST = 200  # characters of anything an address asks
MOST_PAGES = 10_000
DAYS = ("since", "until")


@dataclass(frozen=True)
class Choice:
    """One link of a filter."""

    label: str
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Menu:
    """A filter: its name and its choices, the first of which asks nothing; ``days`` are those typed, if it has any."""

    title: str
    choices: Sequence[Choice]
    days: Mapping[str, str] | None = None
    said: str = ""
    carried: Sequence[tuple[str, str]] = field(default=())

    @property
    def shown(self) -> str:
        return self.said or next((choice.label for choice in self.choices if choice.is_chosen), "")

    @property
    def is_all(self) -> bool:
        return not self.said and bool(self.choices) and self.choices[0].is_chosen


class Asked:
    """What the address of a list asks, as far as the list knows it: everything else is ``strange``."""

    def __init__(self, given: QueryDict, known: Iterable[str]) -> None:
        names = (*known, "q", "page", "e", *DAYS)
        typed = {name: str(given.get(name, "")).replace("\0", "")[:LONGEST].strip() for name in names}
        self._given = {name: value for name, value in typed.items() if value}
        self.is_strange = bool(set(given) - set(names))

    def __getitem__(self, name: str) -> str:
        return self._given.get(name, "")

    def one_of(self, name: str, allowed: Iterable[str]) -> str:
        """What is asked of ``name`` if that is possible, else nothing."""
        return self[name] if self[name] in set(allowed) else ""

    def day(self, name: str) -> date | None:
        """A day as a browser sends it; anything else, and years no newsroom has, count as nothing."""
        try:
            day = parse_date(self[name])
        except ValueError:
            return None
        return day if day and 1900 <= day.year <= 2200 else None

    def query(self, **changed: str) -> str:
        """The address that asks this too, from its first page on; an empty value asks it no more."""
        asked = QueryDict(mutable=True)
        asked.update({name: value for name, value in (self._given | {"page": "", "e": ""} | changed).items() if value})
        return f"?{asked.urlencode()}"

    def kept_only(self, *names: str) -> str:
        """The address that asks nothing but ``names``."""
        return self.query(**{name: "" for name in self._given if name not in names})

    def others(self, *names: str) -> list[tuple[str, str]]:
        """What a form that asks ``names`` has to carry along."""
        return [(name, value) for name, value in self._given.items() if name not in {*names, "page", "e"}]

    def menu(self, title: str, name: str, choices: Iterable[tuple[str, str]], *, everything: str = "All") -> Menu:
        """A filter with a link for each of ``choices``, as value and label."""
        known = dict(choices)
        now = self.one_of(name, known)
        links = [Choice(everything, self.query(**{name: ""}), not now)]
        links += [Choice(label, self.query(**{name: value}), now == value) for value, label in known.items()]
        return Menu(title, links)

    def days_menu(self, title: str) -> Menu:
        today = timezone.localdate()
        offers = {
            "Any day": {"since": "", "until": ""},
            "Today": {"since": today.isoformat(), "until": ""},
            "Last 7 days": {"since": (today - timedelta(days=6)).isoformat(), "until": ""},
            "Last 30 days": {"since": (today - timedelta(days=29)).isoformat(), "until": ""},
        }
        typed = {name: self[name] if self.day(name) else "" for name in DAYS}
        links = [Choice(label, self.query(**days), days == typed) for label, days in offers.items()]
        said = "" if any(link.is_chosen for link in links) else self._said()
        return Menu(title, links, typed, said, self.others(*DAYS))

    def within_days[M: Model](self, found: QuerySet[M], column: str = "created_at") -> QuerySet[M]:
        """Only what is of the days asked for, both included, in the newsroom's zone."""
        since, until = self.day("since"), self.day("until")
        if since:
            found = found.filter(**{f"{column}__gte": _midnight(since)})
        if until:
            found = found.filter(**{f"{column}__lt": _midnight(until + timedelta(days=1))})
        return found

    def page_of(self, found: QuerySet[Any], size: int) -> Page[Any]:
        """The page asked for, or the nearest there is."""
        pages = Paginator(found, size)
        number = int(self["page"]) if self["page"].isascii() and self["page"].isdigit() else 1
        try:
            return pages.page(min(max(number, 1), MOST_PAGES))
        except EmptyPage:
            return pages.page(pages.num_pages)

    def _said(self) -> str:
        ends = [("from", self.day("since")), ("to", self.day("until"))]
        return " ".join(f"{word} {date_format(day, 'M j, Y')}" for word, day in ends if day)


@dataclass(frozen=True)
class Shelf:
    """A page of a list, with what narrows it and the addresses of its neighbours."""

    asked: Asked
    page: Page[Any]
    menus: Sequence[Menu]

    @property
    def typed(self) -> str:
        return self.asked["q"]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What the search carries along."""
        return self.asked.others("q")

    @property
    def is_narrowed(self) -> bool:
        return bool(self.typed) or any(not menu.is_all for menu in self.menus)

    @property
    def all_query(self) -> str:
        return self.asked.kept_only("view")

    @property
    def next_query(self) -> str:
        return self.asked.query(page=str(self.page.number + 1))

    @property
    def previous_query(self) -> str:
        return self.asked.query(page=str(self.page.number - 1))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
