"""New letters for writers who have lost theirs. What is sent depends on the piece; nobody but its writer learns it."""

from django.db import transaction

from articles.states import MoveRefused
from commentary.models import Link, Purpose, Submission, Writer, letters
from commentary.states import Status

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
            with transaction.atomic():
                code = "resume" if piece.can_be_written else "status_link"
                letters.write(piece, code, writer=writer, by=piece.guest)
    except MoveRefused:
        return False
    return True
