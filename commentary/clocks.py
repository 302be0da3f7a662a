"""Every clock of the guest desk, run by one beat. Each strikes once, however many heartbeats there are.

What has been kept long enough, idle drafts among it, is ``commentary.retention``'s to erase.

A verb is told the ``moves`` the clock saw and refuses where the row has changed since: of two heartbeats one gets
through, and whoever has just answered is not reminded. Moments are stored absolutely; business days are counted in
the newsroom's zone when a moment is set, so a night that an hour is missing from changes nothing.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, F, Q
from django.utils import timezone

from accounts.actors import Clock
from articles.states import MoveRefused
from commentary import digest
from commentary.models import Letter, Office, Submission, letters
from commentary.models.queries import SubmissionQuerySet
from commentary.states import Status

logger = logging.getLogger(__name__)

AT_ONCE = 200  # pieces of one clock in one round
IDLE_DAYS = 2  # business days
BEFORE = {
    Status.UNCONFIRMED: timedelta(hours=24),
    Status.ACCEPTED: timedelta(days=2),
    Status.AWAITING_APPROVAL: timedelta(hours=24),
}


def strike() -> None:
    """One round of all clocks."""
    now = timezone.now()
    for hour, pieces in _due(now):
        for piece in pieces[:AT_ONCE]:
            if hour != "idle" or _is_idle(piece, now):
                _strike(piece, hour)
    digest.write(now)


def _strike(piece: Submission, hour: str) -> None:
    try:
        piece.strike(hour, by=Clock(), seen=piece.moves)
    except MoveRefused as refused:
        logger.info("The clock “%s” of %s did not strike: %s", hour, piece, refused)


def _due(now: datetime) -> Iterator[tuple[str, SubmissionQuerySet]]:
    pieces = Submission.objects.order_by("pk")
    held = Q(held_until__gt=now)
    yield "hold", pieces.open().filter(held_until__lte=now)
    yield "promise", pieces.overdue().filter(released_at__isnull=True).exclude(held)
    yield "idle", pieces.filter(status=Status.IN_REVIEW, claimed_at__lte=now - timedelta(hours=46)).exclude(held)
    patient = _told(pieces)
    for status, before in BEFORE.items():
        soon = patient.filter(status=status, due_at__lte=now + before, reminders=0)
        yield "reminder", _asked_once(soon, now) if status == Status.UNCONFIRMED else soon
    yield "revision", patient.filter(status=Status.CHANGES_REQUESTED, due_at__lte=now)
    yield "waiting", patient.filter(status=Status.ACCEPTED, due_at__lte=now, reminders__gt=0)
    yield "waiting", patient.filter(status=Status.UNCONFIRMED, due_at__lte=now)
    yield "approval", _told(pieces, also_answered=True).filter(status=Status.AWAITING_APPROVAL, due_at__lte=now)


def _told(pieces: SubmissionQuerySet, *, also_answered: bool = False) -> SubmissionQuerySet:
    """Those whose writers have our letters: no clock runs against somebody while mail is away.

    Nor against whoever has written to the desk since: it is the desk's turn then, whatever was due.
    """
    away = Letter.objects.waiting().filter(code__in=letters.ASKING)
    told = pieces.exclude(pk__in=away.values("submission"))
    return told if also_answered else told.exclude(spoke_last="writer", spoke_at__gt=F("status_at"))


def _asked_once(pieces: SubmissionQuerySet, now: datetime) -> SubmissionQuerySet:
    """Those whose first letter has left a while ago, to an address that several pieces do not wait for."""
    first = Letter.objects.filter(code="confirm", sent_at__lte=now - timedelta(hours=24))
    waiting = Submission.objects.filter(status=Status.UNCONFIRMED).values("writers__email")
    several = waiting.filter(writers__position=1).annotate(number=Count("pk")).filter(number__gt=1)
    return pieces.filter(pk__in=first.values("submission")).exclude(
        writers__position=1, writers__email__in=several.values("writers__email")
    )


def _is_idle(piece: Submission, now: datetime) -> bool:
    """Nothing was done with it by whoever has it for two business days."""
    last = piece.events.filter(actor=piece.assignee).order_by("at").last()
    done = max(moment for moment in (piece.claimed_at, piece.status_at, last and last.at) if moment)
    return Office.current().due(done, IDLE_DAYS) <= now
