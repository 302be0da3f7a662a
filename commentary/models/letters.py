"""Writes a letter as a row, in the transaction of the move it tells of."""

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from accounts.actors import Actor
from commentary.models.thread import Letter

if TYPE_CHECKING:
    from accounts.models import User
    from commentary.models.submission import Submission
    from commentary.models.writers import Writer

UNDO = timedelta(minutes=10)  # how long accept and decline letters wait


def write(
    piece: "Submission",
    code: str,
    *,
    writer: "Writer",
    by: Actor,
    text: str = "",
    delay: timedelta = timedelta(0),
    **facts: Any,
) -> Letter:
    """Write the letter ``code`` to ``writer``; ``text`` is what an editor wrote, ``facts`` fill further places."""
    now = timezone.now()
    return Letter.objects.create(
        submission=piece,
        writer=writer,
        code=code,
        to=writer.email,
        subject=f"{code} [{piece.reference}]",
        text=text,
        made_at=now,
        send_after=now + delay,
        message_id=message_id(),
    )


def cancel(piece: "Submission", *codes: str) -> int:
    """Hold back unsent letters of these kinds; answers how many there were."""
    waiting = Letter.objects.filter(
        submission=piece, code__in=codes, claimed_at__isnull=True, sent_at__isnull=True, cancelled_at__isnull=True
    )
    return waiting.update(cancelled_at=timezone.now())


def tell_editor(piece: "Submission", code: str, editor: "User") -> Letter:
    """A letter to a colleague, with the address of the piece's page and no word of its writer's."""
    now = timezone.now()
    return Letter.objects.create(
        submission=piece,
        reader=editor,
        code=code,
        to=editor.email,
        subject=f"{code} [{piece.reference}]",
        text="",
        made_at=now,
        send_after=now,
        message_id=message_id(),
    )


def message_id() -> str:
    """A stable one: a letter sent twice by accident is one letter to the reader's mail program."""
    return f"<{uuid.uuid4().hex}@{urlsplit(settings.SITE_ADDRESS).hostname}>"
