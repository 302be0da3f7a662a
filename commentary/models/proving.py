"""What takes a proof that the writer still has the mailbox: a letter with a link that lives half an hour.

Every function runs inside the verb's transaction, with the row held.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from accounts.actors import Actor
from articles.states import AlreadySo, MoveRefused
from commentary.models import letters
from commentary.models.links import Link, Purpose
from commentary.models.moving import is_kept_from, tell
from commentary.models.thread import Letter
from commentary.models.writers import Writer
from commentary.states import Status

if TYPE_CHECKING:
    from commentary.models.submission import Submission

PAUSE = timedelta(minutes=2)
LETTERS = {
    Purpose.WITHDRAW: "withdraw_link",
    Purpose.ERASE: "erase_link",
    Purpose.ADDRESS: "address_ask",
    Purpose.STATUS: "status_link",
    Purpose.APPROVE: "please_approve",
}


def ask_for(piece: "Submission", purpose: str, writer: Writer, *, by: Actor) -> None:
    """A letter with a fresh link to the address that ``writer`` has."""
    _refuse_stranger(piece, writer, by=by)
    code = LETTERS[Purpose(purpose)]
    _refuse_if_just_written(piece, code, writer.email)
    facts = {}
    if purpose == Purpose.APPROVE:
        newest = piece.snapshots.filter(superseded_at__isnull=True).first()
        if newest is None or piece.status != Status.AWAITING_APPROVAL:
            raise MoveRefused("There is nothing to approve now.")
        facts = {"due": newest.due_at, "mode": newest.mode, "text": newest.note}
    letters.write(piece, code, writer=writer, by=by, **facts)  # type: ignore[arg-type]


def ask_address(piece: "Submission", email: str, writer: Writer, *, by: Actor) -> None:
    """A letter to the address ``writer`` wants to have from now on: nothing changes before it is opened."""
    _refuse_stranger(piece, writer, by=by)
    email = email.strip()[:255]  # one more than fits, which is no address then
    try:
        validate_email(email)
    except ValidationError:
        raise MoveRefused("Write an e-mail address, as in name@example.org.") from None
    if email.casefold() == writer.email.casefold():
        raise AlreadySo("This is the address we write to already.")
    _refuse_if_just_written(piece, "address_link", email)
    letters.write(piece, "address_link", writer=writer, by=by, to=email)


def change_address(piece: "Submission", email: str, writer: Writer, *, by: Actor) -> None:
    """Letters go to ``email``, which has been proved. What the old mailbox holds opens nothing any more."""
    _refuse_stranger(piece, writer, by=by)
    old, now = writer.email, timezone.now()
    if email.casefold() == old.casefold():
        raise AlreadySo("This is the address we write to already.")
    columns = {"email": email, "mail_failed_at": None, "mail_trouble": ""}
    Writer.objects.filter(pk=writer.pk).update(confirmed_at=writer.confirmed_at or now, **columns)
    Link.objects.filter(writer=writer, revoked_at__isnull=True).update(revoked_at=now)
    unsent = Letter.objects.filter(writer=writer, sent_at__isnull=True, cancelled_at__isnull=True, to__iexact=old)
    unsent.update(to=email)
    tell(piece, "changed the address", by=by, writer=writer.position)
    if old:
        letters.write(piece, "address_changed", writer=writer, by=by, to=old)


def _refuse_stranger(piece: "Submission", writer: Writer, *, by: Actor) -> None:
    if writer.submission_id != piece.pk or is_kept_from(piece, by=by):
        raise MoveRefused("This piece is somebody else's.")
    if piece.is_private or piece.status == Status.ERASED:
        raise MoveRefused("There is nothing at the desk that this could be asked for.")


def _refuse_if_just_written(piece: "Submission", code: str, address: str) -> None:
    written = Letter.objects.filter(submission=piece, code=code, to__iexact=address, cancelled_at__isnull=True)
    if written.filter(made_at__gt=timezone.now() - PAUSE).exists():
        raise AlreadySo("A letter has just left. It can take some minutes; look among unwanted mail, too.")
