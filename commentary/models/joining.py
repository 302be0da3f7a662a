"""Whether somebody who was named as the second writer is one.

Every function runs inside the verb's transaction, with the row held.
"""

from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.actors import Actor, Clock
from articles.states import AlreadySo, MoveRefused
from commentary.models.editing import supersede
from commentary.models.links import Link, Purpose
from commentary.models.moving import is_kept_from, move, tell, write
from commentary.models.thread import Message
from commentary.models.writers import Writer
from commentary.states import Status

if TYPE_CHECKING:
    from commentary.models.submission import Submission


def join(piece: "Submission", writer: Writer, *, by: Actor) -> None:
    """``writer`` says that they wrote it too."""
    _refuse_unless_named(piece, writer, by=by)
    if writer.confirmed_at:
        raise AlreadySo("You have confirmed this already.")
    Writer.objects.filter(pk=writer.pk).update(confirmed_at=timezone.now())
    tell(piece, "confirmed to be a co-writer", by=by, writer=writer.position)


def refuse_part(piece: "Submission", writer: Writer, *, by: Actor) -> None:
    """``writer`` had no part in it: nothing runs under their name, and what was approved with it is void."""
    _refuse_unless_named(piece, writer, by=by)
    if piece.is_published:
        raise MoveRefused("Readers have this piece already. Write to the desk at once: it can correct the story.")
    now = timezone.now()
    Writer.objects.filter(pk=writer.pk).update(refused_at=now)
    others = Link.objects.filter(writer=writer, revoked_at__isnull=True).exclude(purpose=Purpose.COWRITER)
    others.update(revoked_at=now)  # whoever has no part in it has no say in it either
    Message.objects.create(
        submission=piece, kind=Message.Kind.WRITER, writer=writer, by_name=writer.name[:200], at=now,
        text="I had no part in this piece. Please take my name away.",
    )  # fmt: skip
    write(piece, spoke_last="writer", spoke_at=now)
    tell(piece, "said to be no co-writer", by=by, writer=writer.position)
    if piece.status in {Status.AWAITING_APPROVAL, Status.APPROVED}:
        supersede(piece)
        move(piece, "recall", by=Clock(), note="The second writer says they had no part in it.")
        if piece.article:
            piece.article.recheck(by=by)


def _refuse_unless_named(piece: "Submission", writer: Writer, *, by: Actor) -> None:
    if writer.submission_id != piece.pk or writer.position == 1 or is_kept_from(piece, by=by):
        raise MoveRefused("This piece is somebody else's.")
    if writer.refused_at:
        raise AlreadySo("You have told us already that you had no part in this.")
    if not piece.is_open:
        raise MoveRefused("This piece is closed. Nothing appears under your name.")
