"""Which pictures the library shows; pickers ask here too."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from accounts.models import User
from desk.shelves import Asked, Menu, Shelf
from images.models import Image

PAGE = 60
MOST_PEOPLE = 300
KNOWN = ("used", "needs", "again", "rights", "person", "view")
NEEDS = {"alt": "Alt text", "credit": "Credit"}
NOT_KNOWN = "unknown"


@dataclass(frozen=True)
class Pictures(Shelf):
    """A page of pictures, each with its renditions; ``view`` is “grid” or “list”."""

    @property
    def view(self) -> str:
        return self.asked.one_of("view", ["list"]) or "grid"

    @property
    def grid_query(self) -> str:
        return self.asked.query(view="")

    @property
    def list_query(self) -> str:
        return self.asked.query(view="list")


@dataclass(frozen=True)
class Wanting:
    """How many pictures lack something, and the address that lists them."""

    label: str
    count: int
    query: str


def listed(request: HttpRequest, *, size: int = PAGE) -> Pictures:
    """The pictures that an address asks for, newest first, searched, filtered and turned into pages.

    ``?q=`` words, ``used=yes|no``, ``needs=alt|credit``, ``again=yes|no`` (may be republished), ``rights=`` (a value
    of ``Image.Rights``, or “unknown”), ``person=`` (who sent it), ``since=`` and ``until=`` (days), ``page=``,
    ``view=list``. The same number of queries whatever is asked.
    """
    asked = Asked(request.GET, KNOWN)
    people = _senders()
    found = _filtered(asked, asked.within_days(Image.objects.search(asked["q"])), dict(people))
    shown = found.select_related("created_by").with_renditions()
    return Pictures(asked, asked.page_of(shown, size), _menus(asked, people))


def wanting(asked: Asked) -> list[Wanting]:
    """What stories could not use as it is."""
    pictures = Image.objects
    counts = {"alt": pictures.without_alt().count(), "credit": pictures.without_credit().count()}
    labels = {"alt": "without alt text", "credit": "without credit"}
    view = {"view": asked.one_of("view", ["list"])}
    return [Wanting(labels[need], count, _only(needs=need, **view)) for need, count in counts.items() if count]


def _only(**asking: str) -> str:
    return "?" + "&".join(f"{name}={value}" for name, value in asking.items() if value)


def _menus(asked: Asked, people: list[tuple[str, str]]) -> list[Menu]:
    rights = [(value or NOT_KNOWN, label) for value, label in Image.Rights.choices]
    return [
        asked.menu("Use", "used", [("yes", "Used"), ("no", "Not used")]),
        asked.menu("Missing", "needs", NEEDS.items(), everything="Anything or nothing"),
        asked.menu("Rights", "rights", rights),
        asked.menu("Republishing", "again", [("yes", "Allowed"), ("no", "Not allowed")]),
        asked.menu("Person", "person", people, everything="Everybody"),
        asked.days_menu("Added"),
    ]


def _filtered(asked: Asked, found: Any, people: dict[str, str]) -> Any:
    if used := asked.one_of("used", ["yes", "no"]):
        found = found.used() if used == "yes" else found.unused()
    if need := asked.one_of("needs", NEEDS):
        found = found.without_alt() if need == "alt" else found.without_credit()
    if again := asked.one_of("again", ["yes", "no"]):
        found = found.filter(may_redistribute=again == "yes")
    if rights := asked.one_of("rights", [*Image.Rights.values, NOT_KNOWN]):
        found = found.filter(rights="" if rights == NOT_KNOWN else rights)
    if person := asked.one_of("person", people):
        found = found.filter(created_by=int(person))
    return found


def _senders() -> list[tuple[str, str]]:
    """Whoever has sent a picture, by name."""
    sent = Image.objects.order_by().values("created_by")
    found = User.objects.filter(pk__in=sent).order_by("name", "pk").values_list("pk", "name")[:MOST_PEOPLE]
    return [(str(pk), name) for pk, name in found]
