"""How a piece ends without being published, and how it comes back.

Every function runs inside the verb's transaction, with the row held.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.actors import Actor
from articles.states import MoveRefused
from commentary.models import letters, making
from commentary.models.moving import move
from commentary.states import TAKEN, Status

if TYPE_CHECKING:
    from commentary.models.submission import Submission

REOPEN_WITHIN = timedelta(days=30)


def withdraw(piece: "Submission", note: str, *, by: Actor) -> None:
    """The writer's right until readers have the text: a story that waits for its date is unscheduled here and now."""
    if piece.is_published:
        raise MoveRefused("Readers have this piece already. Write to the desk: it can correct or withdraw the story.")
    was, received = piece.status, piece.received_at
    move(piece, "withdraw", by=by, note=note, columns={"reason": "writer"})
    piece.snapshots.filter(superseded_at__isnull=True).update(superseded_at=timezone.now())
    making.let_go(piece, by=by)
    letters.cancel(piece, *letters.ASKING)
    if received:
        for writer in piece.signing:
            if writer.confirmed_at:
                letters.write(piece, "withdrawn", writer=writer, by=by)
    if was in TAKEN and piece.assignee:
        letters.tell_editor(piece, "withdrawn_after_acceptance", piece.assignee)


def reopen(piece: "Submission", *, by: Actor) -> None:
    """Back to the inbox; what was never confirmed has to be sent anew."""
    if piece.status == Status.LAPSED and piece.received_at is None:
        raise MoveRefused("This was never confirmed. Send it anew.")
    if piece.closed_at and timezone.now() > piece.closed_at + REOPEN_WITHIN:
        raise MoveRefused("This was closed more than 30 days ago. Send it anew.")
    move(piece, "reopen", by=by, columns={"reason": "", "assignee": None, "spoke_last": "writer"})
    letters.write(piece, "reopened", writer=piece.writer, by=by)


def lapse(piece: "Submission", *, by: Actor) -> None:
    """Nobody answered in time."""
    move(piece, "lapse", by=by, columns={"reason": "no answer"})
    letters.cancel(piece, *letters.ASKING)
    if piece.received_at:
        letters.write(piece, "closed_without_reply", writer=piece.writer, by=by)


def mark_spam(piece: "Submission", *, by: Actor) -> None:
    move(piece, "mark_spam", by=by, columns={"reason": "spam"})


def unmark_spam(piece: "Submission", *, by: Actor) -> None:
    move(piece, "unmark_spam", by=by, columns={"reason": "", "quarantined_at": None})
