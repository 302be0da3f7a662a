"""Which pieces a queue shows, as its address asks: the queue, filters, words, page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.db.models import F, Q
from django.http import HttpRequest

from accounts.models import User
from articles.kinds import GUEST_KINDS, Kind
from commentary import risk
from commentary.models.queries import SubmissionQuerySet
from commentary.queues import QUEUES, Queue, Tally, tallies
from desk import permissions
from desk.commentary.rows import Row, rows
from desk.requests import person
from desk.shelves import Asked, Shelf

PAGE = 50
KNOWN = ("queue", "kind", "who", "flag", "standing")
ALL = "all"
FLAGS = {
    "urgent": ("Time-sensitive", Q(is_urgent=True)),
    "ai": ("AI was used", Q(ai="yes")),
    "help": ("Somebody helped", Q(helped="yes")),
    "interest": ("Interest declared", Q(interests="yes")),
    "elsewhere": ("Offered elsewhere", Q(elsewhere="yes")),
    "similar": ("Similar text", Q(likeness__gt=0)),
    "caution": ("Caution", Q(risk__gte=risk.BADGE)),
    "held": ("Held", Q(held_until__isnull=False)),
}
NOBODY = "nobody"


@dataclass(frozen=True)
class Pieces(Shelf):
    """A page of a queue; ``here`` is the queue, nothing where all pieces are searched."""

    here: Queue | None = None
    tallies: Sequence[Tally] = field(default=())
    rows: Sequence[Row] = field(default=())

    @property
    def name(self) -> str:
        return self.here.name if self.here else ALL

    @property
    def all_query(self) -> str:
        return self.asked.kept_only("queue")

    @property
    def carried(self) -> list[tuple[str, str]]:
        """A search looks into all pieces: the queue is left behind."""
        return [("queue", ALL), *self.asked.others("q", "queue")]

    def query_of(self, queue: str) -> str:
        return f"?queue={queue}"


def queues_for(user: User) -> dict[str, Queue]:
    """Those this person may see."""
    return {name: queue for name, queue in QUEUES.items() if not queue.guarded or permissions.may_lift_hold(user)}


def listed(request: HttpRequest, *, size: int = PAGE) -> Pieces:
    """What an address asks for. The same number of queries whatever is asked and however many pieces there are."""
    user = person(request)
    asked, known = Asked(request.GET, KNOWN), queues_for(user)
    here = known.get(_named(asked, known))
    people = _editors(user)
    page = asked.page_of(selected(asked, user).with_people().with_newest_words(), size)
    page.object_list = list(page.object_list)
    visible = permissions.pieces(user)
    return Pieces(
        asked, page, _menus(asked, people), here, tallies(visible, user, known), rows(page.object_list, visible)
    )


def selected(asked: Asked, user: User) -> SubmissionQuerySet:
    """The pieces an address asks for, in the order of its queue."""
    found = permissions.pieces(user).saying(asked["q"])
    if kind := asked.one_of("kind", GUEST_KINDS):
        found = found.filter(kind=kind)
    if who := asked["who"]:
        found = found.filter(**_of(who, user))
    if flag := asked.one_of("flag", FLAGS):
        found = found.filter(FLAGS[flag][1])
    found = cast("SubmissionQuerySet", asked.within_days(found, "received_at"))
    known = queues_for(user)
    here = known.get(_named(asked, known))
    return here.of(found, user) if here else found.order_by(F("changed_at").desc(), F("pk").desc())


def _named(asked: Asked, known: dict[str, Queue]) -> str:
    """The queue an address names: without one the inbox, or everything where words are looked for."""
    if asked["queue"] == ALL or (asked["q"] and not asked["queue"]):
        return ""
    return asked.one_of("queue", known) or "inbox"


def _of(who: str, user: User) -> dict[str, Any]:
    if who == NOBODY:
        return {"assignee__isnull": True}
    if who == "me":
        return {"assignee": user}
    return {"assignee": int(who)} if who.isascii() and who.isdigit() and len(who) < 19 else {}


def _menus(asked: Asked, people: list[tuple[str, str]]) -> list[Any]:
    kinds = [(kind.value, str(kind.label)) for kind in (Kind.COMMENTARY, Kind.REACTION)]
    return [
        asked.menu("Kind", "kind", kinds),
        asked.menu("Editor", "who", people, everything="Anybody"),
        asked.menu("Flag", "flag", [(name, label) for name, (label, _) in FLAGS.items()], everything="Any"),
        asked.days_menu("Received"),
    ]


def _editors(user: User) -> list[tuple[str, str]]:
    """Whoever has a piece now, the person who looks and nobody first."""
    having = permissions.pieces(user).order_by().values("assignee")
    others = User.objects.filter(pk__in=having).exclude(pk=user.pk).order_by("name", "pk").values_list("pk", "name")
    return [("me", "You"), (NOBODY, "Nobody"), *((str(pk), name) for pk, name in others[:300])]
