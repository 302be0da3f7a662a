"""Asking an address whether a piece is really its owner's: again, or at another address.

Every function runs inside the verb's transaction, with the row held.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from accounts.actors import Actor
from articles.states import AlreadySo, MoveRefused
from commentary.models import confirming, letters
from commentary.models.drafting import CONFIRM_WITHIN, key_of, merge
from commentary.models.links import Link, Purpose
from commentary.models.moving import is_kept_from, tell, write
from commentary.models.thread import Letter
from commentary.models.writers import Writer
from commentary.states import Status

if TYPE_CHECKING:
    from commentary.models.submission import Submission

MOST_LETTERS = 3  # to one address for one piece
MOST_CORRECTIONS = 2
PAUSE = timedelta(minutes=2)
ENOUGH = "We have written to this address three times. If nothing arrives, correct the address, or write to us."


def ask_again(piece: "Submission", *, by: Actor) -> None:
    """Write the letter once more; the time to confirm begins anew."""
    _refuse_unless_asking(piece, by=by)
    asked = Letter.objects.filter(submission=piece, code="confirm", to=piece.writer.email, cancelled_at__isnull=True)
    if asked.filter(made_at__gt=timezone.now() - PAUSE).exists():
        raise AlreadySo("A letter has just left. It can take some minutes; look among unwanted mail, too.")
    if asked.count() >= MOST_LETTERS:
        raise MoveRefused(ENOUGH)
    write(piece, due_at=timezone.now() + CONFIRM_WITHIN)
    tell(piece, "asked for the letter again", by=by)
    if not confirming.ask(piece, by=by):
        raise MoveRefused(ENOUGH)


def correct_address(piece: "Submission", email: str, *, by: Actor) -> None:
    """Ask another address instead. The letter to the first one opens nothing any more."""
    _refuse_unless_asking(piece, by=by)
    email = _checked(email)
    if email.casefold() == piece.writer.email.casefold():
        raise AlreadySo("This is the address we have written to.")
    if piece.address_changes >= MOST_CORRECTIONS:
        raise MoveRefused("The address was corrected twice already. Delete this piece and send it anew.")
    now = timezone.now()
    letters.cancel(piece, "confirm", "confirm_reminder")
    Link.objects.filter(submission=piece, purpose=Purpose.CONFIRM, revoked_at__isnull=True).update(revoked_at=now)
    Writer.objects.filter(submission=piece, position=1).update(email=email, mail_failed_at=None, mail_trouble="")
    piece = type(piece).objects.get(pk=piece.pk)
    key = key_of(piece)
    first = type(piece).objects.filter(open_key=key).exclude(pk=piece.pk).first()
    tell(piece, "corrected the address", by=by)
    if first is not None:
        merge(piece, first, by=by)
        return
    changes = piece.address_changes + 1
    write(piece, address_changes=changes, open_key=key, due_at=now + CONFIRM_WITHIN, reminders=0)
    confirming.ask(piece, by=by)


def _refuse_unless_asking(piece: "Submission", *, by: Actor) -> None:
    if piece.status != Status.UNCONFIRMED or is_kept_from(piece, by=by):
        raise MoveRefused("This piece does not wait for a confirmation any more.")


def _checked(email: str) -> str:
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError:
        raise MoveRefused("Write an e-mail address, as in name@example.org.") from None
    return email
