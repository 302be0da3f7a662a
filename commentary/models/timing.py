"""What a moment that has come does to a piece: ``commentary.clocks`` knows when, this knows what.

Every function runs inside the verb's transaction, with the row held as the clock saw it.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.actors import Actor
from commentary.models import editing, leaving, letters
from commentary.models.approvals import Snapshot
from commentary.models.guidelines import SignOff
from commentary.models.moving import move, tell, write
from commentary.models.thread import Letter
from commentary.models.writers import Writer
from commentary.states import Status
from masthead.models import Masthead

if TYPE_CHECKING:
    from commentary.models.submission import Submission

REVISE_AGAIN = 3  # days after the reminder
GRACE = timedelta(days=2)  # where the clocks stood still and the reminder comes late


def pass_promise(piece: "Submission", *, by: Actor) -> None:
    """The first answer is late: the writer is free to go elsewhere, and the piece stays open."""
    write(piece, released_at=timezone.now())
    tell(piece, "let the promise pass", by=by)
    letters.write(piece, "promise_passed", writer=piece.writer, by=by)


def give_back(piece: "Submission", *, by: Actor) -> None:
    """Whoever took it has done nothing with it: somebody else may."""
    move(piece, "release", by=by, note="Nothing was done with it.", columns={"assignee": None, "claimed_at": None})


def end_hold(piece: "Submission", *, by: Actor) -> None:
    write(piece, held_until=None)
    tell(piece, "took up again", by=by)


def remind(piece: "Submission", *, by: Actor) -> None:
    """One reminder before something is due; a clock that stood still gives the writer time after it all the same."""
    code = {
        Status.UNCONFIRMED: "confirm_reminder",
        Status.ACCEPTED: "accept_reminder",
        Status.AWAITING_APPROVAL: "approve_reminder",
    }[Status(piece.status)]
    least = timezone.now() + GRACE / 2
    due = max(piece.due_at or least, least)
    write(piece, reminders=piece.reminders + 1, due_at=due)
    tell(piece, "reminded the writer", by=by)
    for writer in _owing(piece):
        letters.write(piece, code, writer=writer, by=by, due=due)


def end_revision(piece: "Submission", *, by: Actor) -> None:
    """No revised text: a reminder and three days more, then the end."""
    if piece.reminders:
        leaving.lapse(piece, by=by)
        return
    now = timezone.now()
    due = max(piece.due_at or now, now).astimezone(Masthead.current().zone) + timedelta(days=REVISE_AGAIN)
    write(piece, reminders=1, due_at=due)
    tell(piece, "reminded the writer", by=by)
    letters.write(piece, "revise_reminder", writer=piece.writer, by=by, due=due)


def end_waiting(piece: "Submission", *, by: Actor) -> None:
    """An acceptance or an address was not confirmed, in spite of the reminder."""
    leaving.lapse(piece, by=by)


def end_approval(piece: "Submission", *, by: Actor) -> None:
    """Silence is a yes only where the guidelines promised that, and only from writers who surely got the letter."""
    snapshot = piece.snapshots.first()
    if snapshot and snapshot.mode == SignOff.NOTIFY and _heard_nothing(piece, snapshot):
        for writer in _owing(piece):
            editing.approve(piece, snapshot, "", writer, by=by)
        return
    owing = _owing(piece)
    editing.recall(piece, "No approval came in time.", by=by)
    for writer in owing:
        letters.write(piece, "approve_late", writer=writer, by=by)
    if piece.assignee and piece.assignee.is_active:
        letters.tell_editor(piece, "approval_missing", piece.assignee)


HOURS: dict[str, Callable[..., None]] = {
    "promise": pass_promise,
    "idle": give_back,
    "hold": end_hold,
    "reminder": remind,
    "revision": end_revision,
    "waiting": end_waiting,
    "approval": end_approval,
}


def _owing(piece: "Submission") -> list[Writer]:
    """The writers whose word is still missing."""
    if piece.status == Status.UNCONFIRMED:
        return [piece.writer]
    if piece.status == Status.ACCEPTED:
        return [writer for writer in piece.signing if writer.agreed_at is None]
    snapshot = piece.snapshots.first()
    given = set(snapshot.approvals.values_list("writer_id", flat=True)) if snapshot else set()
    return [writer for writer in piece.signing if writer.pk not in given]


def _heard_nothing(piece: "Submission", snapshot: Snapshot) -> bool:
    """Every letter about the text has left, and no writer has said a word since."""
    asked = Letter.objects.filter(submission=piece, code="please_approve", made_at__gte=snapshot.sent_at)
    all_left = asked.exists() and not asked.filter(sent_at__isnull=True).exists()
    reached = all(writer.mail_failed_at is None for writer in piece.signing)
    return all_left and reached and not piece.messages.filter(writer__isnull=False, at__gte=snapshot.sent_at).exists()
