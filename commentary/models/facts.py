"""Facts beside the status: what was said, found, held or set apart; who and when stands in the history.

Every function runs inside the verb's transaction, with the row held.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.actors import Actor, person
from accounts.models import User
from articles.states import MoveRefused
from commentary import words
from commentary.models import letters
from commentary.models.moving import is_kept_from, refuse_unless_editor, tell, write
from commentary.models.office import Office
from commentary.models.thread import Message
from commentary.models.writers import Writer
from commentary.states import Status

if TYPE_CHECKING:
    from commentary.models.submission import Submission

LONGEST_HOLD = timedelta(days=30)
LONGEST_MESSAGE = 20_000
MOST_MESSAGES = 20  # of a piece's writers in an hour, on its page
HOLDS = "commentary.hold_submission"


def say(piece: "Submission", text: str, *, by: Actor, mail_id: str, quoted: str, writer: Writer | None = None) -> None:
    """A message of ``writer``, the sender unless said otherwise. The same mail fetched twice is one message."""
    writer = writer or piece.writer
    if piece.is_private or piece.status == Status.ERASED or is_kept_from(piece, by=by):
        raise MoveRefused("Nobody at the desk would read this now.")
    if mail_id and piece.messages.filter(mail_id=mail_id).exists():
        return
    now = timezone.now()
    lately = piece.messages.filter(kind=Message.Kind.WRITER, mail_id="", at__gt=now - timedelta(hours=1))
    if not mail_id and lately.count() >= MOST_MESSAGES:
        raise MoveRefused("We have twenty messages of yours from this hour, and read them all. Write again later.")
    Message.objects.create(
        submission=piece, kind=Message.Kind.WRITER, text=_checked(text), quoted=quoted[:LONGEST_MESSAGE],
        writer=writer, by_name=writer.name[:200], at=now, mail_id=mail_id[:300],
    )  # fmt: skip
    write(piece, spoke_last="writer", spoke_at=now)
    tell(piece, "wrote to the desk", by=by)


def note(piece: "Submission", text: str, *, by: Actor) -> None:
    """A word to colleagues."""
    refuse_unless_editor(piece, by=by)
    kind = Message.Kind.NOTE
    user = person(by)
    Message.objects.create(
        submission=piece, kind=kind, text=_checked(text), by=user, by_name=str(by)[:200], at=timezone.now()
    )
    tell(piece, "left a note", by=by)


def hold(piece: "Submission", until: datetime | None, *, by: Actor) -> None:
    """Lay it aside, for 30 days at most."""
    refuse_unless_editor(piece, by=by)
    if until and not timezone.now() < until <= timezone.now() + LONGEST_HOLD:
        raise MoveRefused("Hold a piece until a day to come, 30 days from now at most.")
    if not piece.is_open:
        raise MoveRefused("The piece is closed.")
    write(piece, held_until=until)
    tell(piece, "held" if until else "took up again", by=by, **({"until": until.isoformat()} if until else {}))
    if until:
        letters.write(piece, "still_considering", writer=piece.writer, by=by, until=until)


def recuse(piece: "Submission", *, by: User) -> None:
    refuse_unless_editor(piece, by=by)
    piece.recused.add(by)
    if piece.assignee_id == by.pk:
        write(piece, assignee=None, claimed_at=None)
        if piece.status == Status.IN_REVIEW:
            write(piece, status=Status.RECEIVED, status_at=timezone.now())
    tell(piece, "stepped back", by=by)


def mark_urgent(piece: "Submission", *, urgent: bool, by: Actor) -> None:
    """Time-sensitive: the shorter promise holds where nothing was answered yet."""
    refuse_unless_editor(piece, by=by)
    columns: dict[str, object] = {"is_urgent": urgent}
    if piece.received_at and piece.answered_at is None:
        days = piece.guidelines.urgent_answer_days if urgent else piece.guidelines.answer_days
        columns["promise_at"] = Office.current().due(piece.received_at, days)
    write(piece, **columns)
    if urgent and piece.answered_at is None:
        for editor in Office.people():
            if editor != by:
                letters.tell_editor(piece, "time_sensitive", editor)
    tell(piece, "marked as time-sensitive" if urgent else "took the time-sensitive mark away", by=by)


def quarantine(piece: "Submission", *, aside: bool, by: Actor) -> None:
    refuse_unless_editor(piece, by=by)
    write(piece, quarantined_at=timezone.now() if aside else None)
    tell(piece, "put into quarantine" if aside else "let out of quarantine", by=by)


def set_apart(piece: "Submission", why: str, *, by: Actor) -> None:
    """Into quarantine by a rule and not by a person: nothing is refused, an editor looks at it."""
    write(piece, quarantined_at=piece.quarantined_at or timezone.now())
    tell(piece, "put into quarantine", by=by, note=why)


def mail_failed(piece: "Submission", writer: Writer, trouble: str, *, by: Actor) -> None:
    """A letter to ``writer`` cannot arrive. The desk is told, once until the address changes."""
    rows = Writer.objects.filter(pk=writer.pk, mail_failed_at__isnull=True)
    if not rows.update(mail_failed_at=timezone.now(), mail_trouble=trouble[:300]):
        return
    tell(piece, "could not be reached by mail", by=by, writer=writer.position)
    if piece.assignee and piece.assignee.is_active and piece.received_at:
        letters.tell_editor(piece, "bounced", piece.assignee, trouble=trouble)


def check_identity(piece: "Submission", writer: Writer, how: str, *, by: Actor) -> None:
    """``how`` an editor made sure who ``writer`` is; empty takes it back, and what is scheduled is unscheduled."""
    refuse_unless_editor(piece, by=by)
    if writer.submission_id != piece.pk or (how and how not in Writer.Check.values):
        raise MoveRefused("Say how you made sure, from the list.")
    now = timezone.now() if how else None
    Writer.objects.filter(pk=writer.pk).update(checked_at=now, checked_by=person(by) if how else None, checked_how=how)
    tell(piece, "checked who the writer is" if how else "took the check of the writer back", by=by, how=how)
    _ask_guard(piece, by=by)


def review_disclosure(piece: "Submission", line: str, *, by: Actor) -> None:
    """The line readers see; it goes into the story's draft, and so into the next approval."""
    refuse_unless_editor(piece, by=by)
    line = " ".join(line.replace("\0", "").split())
    if len(line) > 600:
        raise MoveRefused("A disclosure of more than 600 characters does not fit. Shorten it.")
    write(piece, disclosure=line, disclosure_reviewed_at=timezone.now())
    tell(piece, "reviewed the disclosure", by=by)
    if piece.article and not piece.article.is_in_bin:
        draft = piece.article.current_draft()
        if draft.disclosure != line:
            piece.article.revise(replace(draft.text, disclosure=line), revision=draft, by=by)


def set_legal_hold(piece: "Submission", note: str, *, held: bool, by: Actor) -> None:
    """Hidden from ordinary queues, and readers cannot get it; the named people are told."""
    refuse_unless_editor(piece, by=by)
    if isinstance(by, User) and not held and not by.has_perm(HOLDS):
        raise MoveRefused("Only a senior editor lifts a legal hold.")
    write(piece, legal_hold_at=timezone.now() if held else None)
    tell(piece, "put under legal hold" if held else "lifted the legal hold", by=by, note=note)
    _ask_guard(piece, by=by)
    if held:
        for editor in Office.current().told_of_threats.filter(is_active=True):
            letters.tell_editor(piece, "legal_hold", editor)


def _ask_guard(piece: "Submission", *, by: Actor) -> None:
    """Whatever breaks the guard unschedules the story in this transaction."""
    if piece.article:
        piece.article.recheck(by=by)


def _checked(text: str) -> str:
    text = text.replace("\0", "").replace("\r\n", "\n").strip()
    if not words.is_visible(text):
        raise MoveRefused("Write something first.")
    if len(text) > LONGEST_MESSAGE:
        raise MoveRefused(f"This is {len(text):,} characters long; {LONGEST_MESSAGE:,} fit. Shorten it.")
    return text
