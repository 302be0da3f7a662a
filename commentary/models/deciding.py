"""What editors decide about a piece, each with its letter to the writer.

Every function runs inside the verb's transaction, with the row held.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from accounts.actors import Actor, person
from accounts.models import User
from articles.kinds import Kind
from articles.states import MoveRefused
from commentary import words
from commentary.models import letters, making
from commentary.models.moving import (
    DECIDES,
    move,
    refuse_unless_editor,
    refuse_unless_may,
    tell,
    write,
)  # fmt: skip
from commentary.models.office import Office
from commentary.models.thread import Letter
from commentary.states import TAKEN, UNDOABLE, ChangedMeanwhile, Status

if TYPE_CHECKING:
    from commentary.models.submission import Submission

COMPLETE_WITHIN = timedelta(days=5)
LONGEST_REVISION = 14  # days
_ONE_MOVE = timedelta(seconds=5)  # what one move writes bears moments a little apart
LONGEST_LETTER = 20_000
DECISION_LETTERS = ("accepted", "in_editing", "declined", "killed")
REASONS = {
    "fit": "Not for us at present",
    "similar": "We have published something close to it",
    "length": "Too long, or too short",
    "facts": "We cannot stand behind the facts",
    "promotion": "Promotes a product, a campaign or a candidate",
    "exclusive": "Published elsewhere",
    "late": "The moment has passed",
    "form_letter": "Sent by several people in the same words",
    "other": "Another reason",
}


def missed(model: "type[models.Model]", pk: int) -> MoveRefused:
    """Why a row could not be held: changed since it was read, or gone."""
    if model._default_manager.filter(pk=pk).exists():
        return ChangedMeanwhile()
    return MoveRefused("This piece is not here any more.")


def claim(piece: "Submission", to: User | None, *, by: Actor) -> None:
    """Take it, or give it to ``to``; beyond the inbox only the assignee changes."""
    holder = to or person(by)
    if holder is None or not holder.has_perm("commentary.change_submission"):
        raise MoveRefused("Only somebody of the commentary desk can have a piece.")
    if piece.recused.filter(pk=holder.pk).exists():
        raise MoveRefused(f"{holder} has stepped back from this piece. Give it to somebody else.")
    columns = {"assignee": holder, "claimed_at": timezone.now()}
    if piece.status == Status.RECEIVED:
        due = piece.due_at
        move(piece, "claim", by=by, columns=columns | {"due_at": due})
    else:
        refuse_unless_editor(piece, by=by)
        if not piece.is_open:
            raise MoveRefused("The piece is closed. Reopen it first.")
        write(piece, **columns)
        tell(piece, "assigned", by=by)
    if holder != person(by):
        letters.tell_editor(piece, "assigned", holder)


def release(piece: "Submission", *, by: Actor) -> None:
    move(piece, "release", by=by, columns={"assignee": None, "claimed_at": None})


def give_back(piece: "Submission", *, by: Actor) -> None:
    """Its editor has left: to the inbox where nothing was decided, else to whoever takes it."""
    if piece.status == Status.IN_REVIEW:
        release(piece, by=by)
    elif piece.assignee_id:
        write(piece, assignee=None, claimed_at=None)
        tell(piece, "lost its editor", by=by)


def request_changes(piece: "Submission", text: str, *, days: int, by: Actor) -> None:
    """Ask for a revised text or an answer, ``days`` from now."""
    _refuse_unless_decides(piece, by=by)
    if not words.is_visible(text):
        raise MoveRefused("Say what you need from the writer.")
    if not 1 <= days <= LONGEST_REVISION:
        raise MoveRefused(f"Give the writer between 1 and {LONGEST_REVISION} days.")
    due = Office.current().due(timezone.now(), 0) + timedelta(days=days)
    move(piece, "request_changes", by=by, columns=_answered(piece) | {"due_at": due})
    letters.write(piece, "please_revise", writer=piece.writer, by=by, text=text, due=due)


def accept(piece: "Submission", text: str, *, by: Actor) -> None:
    """Offer to publish it; what the writer still has to do is on their status page."""
    _refuse_unless_decides(piece, by=by)
    letters.cancel(piece, *DECISION_LETTERS)
    if piece.kind == Kind.REACTION and piece.status != Status.CHANGES_REQUESTED:
        refuse_unless_may(piece, "take_reaction", by=by)
        article = making.article_of(piece, by=by)
        move(piece, "take_reaction", by=by, columns=_answered(piece) | {"article": article})
        letters.write(piece, "in_editing", writer=piece.writer, by=by, text=text, delay=letters.UNDO)
        return
    due = timezone.now() + COMPLETE_WITHIN
    move(piece, "accept", by=by, columns=_answered(piece) | {"due_at": due})
    for writer in piece.signing:
        letters.write(piece, "accepted", writer=writer, by=by, text=text, delay=letters.UNDO, due=due)


def decline(piece: "Submission", reason: str, text: str, *, by: Actor) -> None:
    """Say no. After acceptance that is a broken promise: a senior editor's, and in words of their own."""
    _refuse_unless_decides(piece, by=by)
    if reason not in REASONS:
        raise MoveRefused("Choose a reason from the list.")
    after_acceptance = piece.status in TAKEN
    if after_acceptance and not words.is_visible(text):
        raise MoveRefused("It was accepted. Write to its writer yourself why it will not run.")
    if piece.is_published:
        raise MoveRefused("Readers have this piece. Withdraw the story instead.")
    letters.cancel(piece, *DECISION_LETTERS)
    verb, code = ("kill", "killed") if after_acceptance else ("decline", "declined")
    move(piece, verb, by=by, columns=_answered(piece) | {"reason": reason})
    making.let_go(piece, by=by)
    for writer in piece.signing:
        letters.write(piece, code, writer=writer, by=by, text=text, delay=letters.UNDO, reason=reason)


def undoable_until(piece: "Submission") -> datetime | None:
    """Until when the last decision can be taken back: when its letter leaves. ``undo`` decides anew under lock."""
    last = piece.events.exclude(before="").last()
    if last is None or last.details.get("verb") not in UNDOABLE:
        return None
    told = Letter.objects.filter(submission=piece, made_at__gte=last.at - _ONE_MOVE, code__in=DECISION_LETTERS)
    if told.filter(claimed_at__isnull=False).exists():
        return None
    waiting = told.filter(cancelled_at__isnull=True).order_by("send_after").first()
    return waiting.send_after if waiting else None


def answer(piece: "Submission", text: str, *, by: Actor) -> None:
    """A letter to the writers that decides nothing."""
    refuse_unless_editor(piece, by=by)
    if piece.is_private or piece.status in {Status.SPAM, Status.ERASED}:
        raise MoveRefused(f"The piece is “{Status(piece.status).label}”. Nobody is written to about it.")
    if not words.is_visible(text):
        raise MoveRefused("Write something first.")
    if len(text) > LONGEST_LETTER:
        raise MoveRefused(f"This is {len(text):,} characters long; {LONGEST_LETTER:,} fit. Shorten it.")
    write(piece, **_answered(piece))
    tell(piece, "wrote to the writer", by=by)
    for writer in piece.signing:
        letters.write(piece, "message", writer=writer, by=by, text=text)


def undo(piece: "Submission", *, by: Actor) -> None:
    """Back to where it was before a decision whose letter has not left."""
    refuse_unless_editor(piece, by=by)
    last = piece.events.exclude(before="").last()
    if last is None or last.details.get("verb") not in UNDOABLE:
        raise MoveRefused("There is no decision to take back.")
    told = Letter.objects.filter(submission=piece, made_at__gte=last.at - _ONE_MOVE, code__in=DECISION_LETTERS)
    if told.filter(claimed_at__isnull=False).exists():
        raise MoveRefused("The letter has left. Write to the writer, or decide anew.")
    letters.cancel(piece, *DECISION_LETTERS)
    article = piece.article if last.details["verb"] == "take_reaction" else None
    before = Status(last.before)
    now = timezone.now()
    columns = {"status": before, "status_at": now, "closed_at": None, "reason": "", "due_at": None}
    if piece.answered_at and piece.answered_at >= last.at - _ONE_MOVE:
        columns["answered_at"] = None  # nobody has been answered
    write(piece, **columns | ({"article": None} if article else {}))
    if article:
        article.spike(by=by)
    elif piece.article and piece.article.is_in_bin:
        piece.article.restore(by=by)
    tell(piece, "took the decision back", by=by, before=last.after, after=before)


def _answered(piece: "Submission") -> dict[str, object]:
    """The columns that a person's answer sets, the first one for good."""
    now = timezone.now()
    return {"answered_at": piece.answered_at or now, "spoke_last": "desk", "spoke_at": now, "claimed_at": now}


def _refuse_unless_decides(piece: "Submission", *, by: Actor) -> None:
    refuse_unless_editor(piece, by=by)
    if isinstance(by, User) and not by.has_perm(DECIDES):
        raise MoveRefused("Accepting and declining takes somebody who may decide about pieces.")
