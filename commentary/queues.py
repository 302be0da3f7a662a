"""The desk's queues: which pieces stand in each, since when, and which come first.

A piece may stand in several at once. Only pieces that ``SubmissionQuerySet.readable`` gives may be asked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Min, OrderBy, Q
from django.utils import timezone

from accounts.models import User
from commentary.models import Letter, Writer
from commentary.models.queries import SubmissionQuerySet
from commentary.states import CLOSED, OPEN, UNDECIDED, Status

ON_WRITER = frozenset({Status.CHANGES_REQUESTED, Status.ACCEPTED, Status.AWAITING_APPROVAL})


@dataclass(frozen=True)
class Queue:
    """``holds`` says which pieces are in it for a person, ``since`` is the column its age counts from.

    ``empty`` is what it says when nothing waits. ``guarded`` ones are for whoever may lift a legal hold.
    """

    name: str
    label: str
    empty: str
    holds: Callable[[User], Q]
    since: str = "status_at"
    newest_first: bool = False
    guarded: bool = False

    def of(self, pieces: SubmissionQuerySet, user: User) -> SubmissionQuerySet:
        """What of ``pieces`` stands in it, in its order."""
        return pieces.filter(self.holds(user)).order_by(*self._order())

    def _order(self) -> list[OrderBy]:
        if self.newest_first:
            return [F(self.since).desc(nulls_last=True), F("pk").desc()]
        urgent_first = [F("is_urgent").desc()] if self.since in {"received_at", "promise_at"} else []
        return [*urgent_first, F(self.since).asc(nulls_last=True), F("pk").asc()]


@dataclass(frozen=True)
class Tally:
    """How many pieces a queue has, and since when the longest has waited."""

    queue: Queue
    count: int
    oldest: datetime | None


def tallies(pieces: SubmissionQuerySet, user: User, queues: Mapping[str, Queue]) -> list[Tally]:
    """All counts in one query."""
    asked: dict[str, Count | Min] = {}
    for name, queue in queues.items():
        holds = queue.holds(user)
        asked[f"{name}_count"] = Count("pk", filter=holds)
        asked[f"{name}_oldest"] = Min(queue.since, filter=holds)
    found = pieces.order_by().aggregate(**asked)
    return [Tally(queue, found[f"{name}_count"], found[f"{name}_oldest"]) for name, queue in queues.items()]


def waiting(pieces: SubmissionQuerySet, user: User) -> int:
    """What this person should turn to: the inbox, and of their own what was answered or is late."""
    return turned_to(pieces, user).count()


def turned_to(pieces: SubmissionQuerySet, user: User) -> SubmissionQuerySet:
    """What ``waiting`` counts: what was promised first comes first."""
    own = Q(assignee=user) & (_answered(user) | _late())
    return pieces.filter(_inbox(user) | own).order_by(F("promise_at").asc(nulls_last=True), "pk")


def _undisturbed() -> Q:
    """Twin of ``SubmissionQuerySet.undisturbed``."""
    return Q(quarantined_at__isnull=True, legal_hold_at__isnull=True)


def _held() -> Q:
    return Q(held_until__gt=timezone.now(), status__in=OPEN)


def _late() -> Q:
    """Twin of ``SubmissionQuerySet.overdue``, of what stands in ordinary queues."""
    late = Q(promise_at__lte=timezone.now(), answered_at__isnull=True)
    return late & Q(status__in=[Status.RECEIVED, Status.IN_REVIEW]) & _undisturbed()


def _is_form_letter() -> Q:
    """Of a campaign: ``commentary.likeness`` names one where enough writers have sent the same words."""
    return ~Q(cluster="")


def _published() -> Q:
    """Twin of ``SubmissionQuerySet.published``."""
    return Q(article__published_at__lte=timezone.now()) & ~Q(status__in=CLOSED)


def _inbox(user: User) -> Q:
    """Taken by nobody. What is in review without an editor lost its editor, and is there again."""
    nobodys = Q(status=Status.RECEIVED) | Q(status=Status.IN_REVIEW, assignee__isnull=True)
    return nobodys & _undisturbed() & ~_held() & ~_is_form_letter()


def _answered(user: User) -> Q:
    """The writer spoke last, and more than to send the piece; what they approved stands in *Ready*."""
    begun = Q(status__in=OPEN - {Status.APPROVED}, spoke_at__gt=F("received_at"))
    return Q(spoke_last="writer") & begun & _undisturbed() & ~_published()


def _mail_trouble(user: User) -> Q:
    """An address or a letter failed, and the piece is still open."""
    addresses = Writer.objects.filter(mail_failed_at__isnull=False).values("submission")
    letters = Letter.objects.filter(failed_at__isnull=False, submission__isnull=False).values("submission")
    return Q(status__in=OPEN) & (Q(pk__in=addresses) | Q(pk__in=letters))


QUEUES: dict[str, Queue] = {
    queue.name: queue
    for queue in (
        Queue("inbox", "Inbox", "Nothing waits to be read.", _inbox, "received_at"),
        Queue(
            "mine",
            "Mine",
            "You have no piece. Take one from the inbox.",
            lambda user: Q(assignee=user, status__in=OPEN) & ~_published(),
        ),
        Queue("overdue", "Overdue", "No promise is late.", lambda user: _late(), "promise_at"),
        Queue(
            "urgent",
            "Time-sensitive",
            "Nothing that cannot wait.",
            lambda user: Q(is_urgent=True, status__in=UNDECIDED) & _undisturbed(),
            "promise_at",
        ),
        Queue(
            "waiting",
            "Waiting on writer",
            "No writer owes us anything.",
            lambda user: Q(status__in=ON_WRITER) & _undisturbed(),
        ),
        Queue("answered", "Writer answered", "Every writer has our answer.", _answered, "spoke_at"),
        Queue("held", "Held", "Nothing is laid aside.", lambda user: _held() & _undisturbed(), "held_until"),
        Queue(
            "editing",
            "Editing",
            "Nothing is being edited.",
            lambda user: Q(status=Status.EDITING) & _undisturbed() & ~_published(),
        ),
        Queue(
            "ready",
            "Ready",
            "No approved text waits for its day.",
            lambda user: Q(status=Status.APPROVED) & ~_published(),
        ),
        Queue(
            "published",
            "Published",
            "Nothing has been published yet.",
            lambda user: _published(),
            "article__published_at",
            newest_first=True,
        ),
        Queue(
            "quarantine",
            "Quarantine",
            "Nothing is set apart.",
            lambda user: Q(quarantined_at__isnull=False, legal_hold_at__isnull=True, status__in=UNDECIDED),
            "received_at",
        ),
        Queue(
            "form_letters",
            "Form letters",
            "No text comes from several people at once.",
            lambda user: Q(status__in=UNDECIDED) & _is_form_letter() & Q(legal_hold_at__isnull=True),
            "received_at",
        ),
        Queue(
            "closed",
            "Closed",
            "Nothing is closed yet.",
            lambda user: Q(status__in=CLOSED),
            "closed_at",
            newest_first=True,
        ),
        Queue("mail", "Mail problems", "Every letter has left.", _mail_trouble),
        Queue(
            "legal_hold",
            "Legal hold",
            "Nothing is under legal hold.",
            lambda user: Q(legal_hold_at__isnull=False),
            "legal_hold_at",
            guarded=True,
        ),
    )
}
