"""Cuts the keys that stand in letters, and finds what a key opens. Only the SHA-256 of a key is ever kept.

A key opens one thing of one piece for one of its writers; what that is stays in its row, never in the key.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.utils import timezone

from commentary.models import Link, Purpose, Submission, Writer

BYTES = 32
LASTS = {
    Purpose.RESUME: timedelta(days=30),
    Purpose.CONFIRM: timedelta(hours=72),
    Purpose.STATUS: timedelta(days=180),
    Purpose.APPROVE: timedelta(days=14),  # after the day the approval is due
    Purpose.COWRITER: timedelta(days=14),
    Purpose.WITHDRAW: timedelta(minutes=30),
    Purpose.ERASE: timedelta(minutes=30),
    Purpose.ADDRESS: timedelta(minutes=30),
}
LONGEST = 100  # characters looked at: ours have 43


def cut(
    piece: Submission, purpose: str, *, writer: Writer | None, lasts: timedelta | None = None, fact: str = ""
) -> str:
    """A new key to ``piece`` for ``writer``, safe to stand in an address; ``fact`` is what it is to bring about."""
    token = secrets.token_urlsafe(BYTES)
    open_to(piece, purpose, writer=writer, lasts=lasts, fact=fact, known_as=digest(token))
    return token


def open_to(
    piece: Submission,
    purpose: str,
    *,
    writer: Writer | None,
    lasts: timedelta | None = None,
    fact: str = "",
    known_as: str = "",
) -> Link:
    """The row of a key that is ``known_as`` this digest.

    Without one nobody can hold the key: the row is for the browser that is let in by it.
    """
    now = timezone.now()
    return Link.objects.create(
        digest=known_as or digest(secrets.token_urlsafe(BYTES)),
        purpose=purpose,
        submission=piece,
        writer=writer,
        made_at=now,
        expires_at=_begins(piece, purpose) + (lasts or LASTS[Purpose(purpose)]),
        fact=fact,
    )


def find(token: str) -> Link | None:
    """The row of a key, whatever has become of it: ask ``is_good`` before anything is opened."""
    if not 0 < len(token) <= LONGEST:
        return None
    return Link.objects.select_related("submission", "writer").filter(digest=digest(token)).first()


def use(link: Link) -> bool:
    """Write down that a key was used. False where it was used before."""
    return bool(Link.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=timezone.now()))


def revoke(piece: Submission, *purposes: str, writer: Writer | None = None) -> int:
    """End keys of a piece: those for ``purposes``, or all; those of ``writer``, or everybody's. How many ended."""
    links = Link.objects.filter(submission=piece, revoked_at__isnull=True)
    if purposes:
        links = links.filter(purpose__in=purposes)
    if writer is not None:
        links = links.filter(writer=writer)
    return links.update(revoked_at=timezone.now())


def digest(token: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _begins(piece: Submission, purpose: str) -> datetime:
    """From when the life of a key counts."""
    now = timezone.now()
    if purpose != Purpose.APPROVE:
        return now
    newest = piece.snapshots.first()
    return max(now, newest.due_at) if newest else now
