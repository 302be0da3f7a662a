"""Which documents a list shows."""

from django.http import HttpRequest

from accounts.models import User
from desk.shelves import Asked, Shelf
from documents.models import Document

PAGE = 50
KNOWN = ("kind", "used", "person")
MOST_PEOPLE = 300


def listed(request: HttpRequest, *, size: int = PAGE) -> Shelf:
    """The documents that ``?q=``, ``kind=``, ``used=``, ``person=``, ``since=``, ``until=`` and ``page=`` ask for."""
    asked = Asked(request.GET, KNOWN)
    people = list(_senders())
    menus = [
        asked.menu("Kind", "kind", Document.Kind.choices),
        asked.menu("Use", "used", [("yes", "In a story"), ("no", "Not used")]),
        asked.menu("Person", "person", people, everything="Everybody"),
        asked.days_menu("Added"),
    ]
    found = Document.objects.select_related("created_by").search(asked["q"])
    if kind := asked.one_of("kind", Document.Kind.values):
        found = found.filter(kind=kind)
    if used := asked.one_of("used", ["yes", "no"]):
        found = found.used() if used == "yes" else found.unused()
    if person := asked.one_of("person", dict(people)):
        found = found.filter(created_by=int(person))
    return Shelf(asked, asked.page_of(asked.within_days(found), size), menus)


def _senders() -> list[tuple[str, str]]:
    """Whoever has sent a document, by name."""
    sent = Document.objects.order_by().values("created_by")
    found = User.objects.filter(pk__in=sent).order_by("name", "pk").values_list("pk", "name")[:MOST_PEOPLE]
    return [(str(pk), name) for pk, name in found]
