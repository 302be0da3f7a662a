"""New letters for writers who have lost theirs. What is sent depends on the piece; nobody but its writer learns it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from articles.states import MoveRefused
from commentary import limits
from commentary.models import Bucket, Letter, Link, Purpose, Submission, Writer, letters
from commentary.states import Status

PAUSE = timedelta(minutes=10)  # between two letters with the same link
MOST_RESUMES = 3  # letters to go on with one draft in a day
MOST = 5  # pieces of one address that get a letter at once
FRESH = frozenset({Purpose.WITHDRAW, Purpose.ERASE, Purpose.ADDRESS})  # asked for anew on the piece's own page


def can_renew(link: Link) -> bool:
    """A new letter may take the place of the one that held this key."""
    piece = link.submission
    if link.purpose == Purpose.CONFIRM:
        return piece.is_unconfirmed
    if link.purpose == Purpose.RESUME:
        return piece.can_be_written
    return not piece.is_private and piece.status != Status.ERASED


def renew(link: Link) -> None:
    """Send the letter anew that held this key, to the address the piece has now; nothing where none is due."""
    if can_renew(link):
        _write(link.submission, link.writer or link.submission.writer)


def write_to(address: str) -> int:
    """Send the newest pieces of ``address`` a letter each with the link that fits; how many were written."""
    writers = Writer.objects.filter(email__iexact=address, refused_at__isnull=True).select_related("submission")
    known = [one for one in writers.order_by("-submission__changed_at")[: 4 * MOST] if _has_page(one)]
    return sum(_write(writer.submission, writer) for writer in known[:MOST])


def write_resume(piece: Submission, address: str) -> bool:
    """Send ``address`` a link to go on with a draft; false where one more could only tease somebody."""
    since = timezone.now() - timedelta(days=1)
    with transaction.atomic():
        told = Letter.objects.filter(submission=piece, code="resume", made_at__gt=since)
        if told.count() >= MOST_RESUMES or Bucket.take(limits.ADDRESS, address.casefold()) != timedelta(0):
            return False
        Writer.objects.filter(submission=piece, position=1, email="").update(email=address)
        letters.write(piece, "resume", writer=piece.writer, by=piece.guest, to=address)
    return True


def _has_page(writer: Writer) -> bool:
    piece = writer.submission
    if piece.is_private:
        return writer.position == 1
    return piece.status not in {Status.ERASED, Status.SPAM} and bool(piece.received_at)


def _write(piece: Submission, writer: Writer) -> bool:
    try:
        if piece.is_unconfirmed:
            piece.ask_again(by=piece.guest)
        else:
            code = "resume" if piece.can_be_written else "status_link"
            return _write_unless_told(piece, code, writer)
    except MoveRefused:
        return False
    return True


def _write_unless_told(piece: Submission, code: str, writer: Writer) -> bool:
    """Nobody's mailbox is filled by somebody else who asks again and again."""
    told = Letter.objects.filter(writer=writer, code=code, made_at__gt=timezone.now() - PAUSE)
    with transaction.atomic():
        if told.exists() or Bucket.take(limits.LINKS, writer.email.casefold()) != timedelta(0):
            return False
        letters.write(piece, code, writer=writer, by=piece.guest)
    return True
