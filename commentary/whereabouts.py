"""Where a piece is, as its writer is told: the flow's table of what they read and may do.

A writer never sees scores, notes of the desk, or who has the piece; and a decision that the desk can still take back
is not told before its letter has left.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from commentary import wordings
from commentary.canon import Canon
from commentary.models import Event, Letter, Message, Purpose, Snapshot, Submission, Writer
from commentary.models.deciding import DECISION_LETTERS
from commentary.models.leaving import REOPEN_WITHIN
from commentary.models.making import paragraphs
from commentary.states import TAKEN, UNDOABLE, Status

SAME_MOMENT = timedelta(seconds=5)  # between a decision and its letter, which are written in one transaction
TELLS = {"accept": "accepted", "take_reaction": "in_editing", "decline": "declined", "kill": "killed"}

MAY: dict[str, frozenset[str]] = {
    "received": frozenset({"replace", "say", "withdraw"}),
    "in_review": frozenset({"say", "withdraw"}),
    "changes_requested": frozenset({"revise", "say", "withdraw"}),
    "accepted": frozenset({"complete", "withdraw"}),
    "editing": frozenset({"say", "withdraw"}),
    "awaiting_approval": frozenset({"read", "withdraw"}),
    "approved": frozenset({"read", "withdraw"}),
    "published": frozenset({"read", "report"}),
    "declined": frozenset({"erase"}),
    "withdrawn": frozenset({"erase"}),
    "lapsed": frozenset({"reopen", "erase"}),
    "spam": frozenset({"erase"}),
}
HEADINGS = {
    "received": "Received",
    "in_review": "Being considered",
    "changes_requested": "We need something from you",
    "accepted": "Accepted: action needed",
    "editing": "Being edited",
    "awaiting_approval": "Your approval is needed",
    "approved": "Approved",
    "published": "Published",
    "declined": "Not taken",
    "withdrawn": "Withdrawn",
    "lapsed": "Closed without a reply",
    "spam": "Not taken",
}

# How the thread tells a move; what is not here is the desk's own business.
STEPS = {
    "send": "Sent by you",
    "confirm": "You confirmed your address, and we received the piece",
    "request_changes": "We asked you for changes",
    "resubmit": "You sent a revised text",
    "accept": "Accepted",
    "take_reaction": "Accepted: it is being edited",
    "complete": "You confirmed the terms",
    "send_for_approval": "The edited text was sent to you",
    "object": "You asked for changes to the edit",
    "recall": "We took the text back for editing",
    "approve": "The edited text was approved",
    "decline": "Not taken",
    "kill": "Will not run",
    "withdraw": "Withdrawn by you",
    "lapse": "Closed without a reply",
    "reopen": "Reopened",
}


def standing_told(piece: Submission) -> str:
    """``piece.standing``, as its writers know it: an untold decision of the desk has not happened yet."""
    standing = piece.standing
    if standing == "published":
        return standing
    for event in _moves(piece).order_by("-at", "-pk"):
        if not _is_untold(piece, event):
            break
        standing = event.before
    return standing


def heading(piece: Submission, writer: Writer) -> str:
    """What the piece's page is called for ``writer``."""
    standing = standing_told(piece)
    if standing == "accepted" and writer.agreed_at:
        return "Accepted"
    if (
        standing == "awaiting_approval"
        and piece.snapshots.filter(approvals__writer=writer, superseded_at=None).exists()
    ):
        return "Approved by you"
    if standing == "declined" and _moves(piece).filter(details__verb="kill").exists():
        return "Will not run"
    return HEADINGS.get(standing, "Your piece")


def is_taken(piece: Submission) -> bool:
    """Accepted, as far as its writer knows: what ends it from here on needs a fresh link."""
    return standing_told(piece) in TAKEN


def may(piece: Submission, deed: str) -> bool:
    """The table lets the writer do ``deed`` now: one of the words in ``MAY``."""
    if deed not in MAY.get(standing_told(piece), frozenset()):
        return False
    if deed == "replace":
        return piece.status == Status.RECEIVED and piece.assignee_id is None
    if deed == "reopen":
        in_time = piece.closed_at is not None and timezone.now() <= piece.closed_at + REOPEN_WITHIN
        return in_time and piece.received_at is not None
    return True


def deeds(piece: Submission) -> frozenset[str]:
    """All that the writer may do now."""
    return frozenset(deed for deed in MAY.get(standing_told(piece), frozenset()) if may(piece, deed))


@dataclass(frozen=True)
class Entry:
    """A line of the thread. ``kind`` is step, letter, message, objection or version; ``text`` is plain."""

    at: datetime
    kind: str
    title: str
    text: str = ""
    number: int = 0


def thread(piece: Submission, writer: Writer) -> list[Entry]:
    """All that ``writer`` and the desk have said to one another, and what became of the piece; oldest first."""
    found = [*_steps(piece), *_letters(piece, writer), *_messages(piece), *_versions(piece)]
    order = ("version", "step", "message", "objection", "letter")
    return sorted(found, key=lambda entry: (entry.at, order.index(entry.kind)))


def letters_told(piece: Submission, writer: Writer) -> QuerySet[Letter]:
    """The letters to ``writer`` that have left or are leaving; a decision's counts only once it has left."""
    written = Letter.objects.filter(submission=piece, writer=writer, cancelled_at__isnull=True)
    leaving = Q(send_after__lte=timezone.now()) & ~Q(code__in=DECISION_LETTERS)
    return written.filter(Q(claimed_at__isnull=False) | leaving).order_by("made_at", "pk")


def last_seen(piece: Submission, snapshot: Snapshot, writer: Writer) -> Snapshot | None:
    """The newest earlier round whose text ``writer`` was shown: they opened its link, approved it or objected."""
    later = snapshot.sent_at
    for earlier in piece.snapshots.filter(number__lt=snapshot.number):
        if _has_seen(piece, earlier, writer, later):
            return earlier
        later = earlier.sent_at
    return None


def _has_seen(piece: Submission, snapshot: Snapshot, writer: Writer, until: datetime) -> bool:
    opened = piece.links.filter(writer=writer, used_at__gte=snapshot.sent_at, used_at__lt=until)
    objected = piece.messages.filter(writer=writer, at__gte=snapshot.sent_at, at__lt=until)
    return (
        opened.filter(purpose=Purpose.APPROVE).exists()
        or objected.filter(kind=Message.Kind.OBJECTION).exists()
        or snapshot.approvals.filter(writer=writer, silent=False).exists()
    )


def as_submitted(piece: Submission) -> Canon:
    """What the writers sent last, in the shape of what readers will see."""
    version, writers = piece.version, piece.signing
    return Canon(
        headline=version.headline,
        deck="",
        summary="",
        body=paragraphs(version.text),
        lead_caption="",
        byline=", ".join(writer.name for writer in writers),
        biography="\n\n".join(f"{writer.name}: {writer.about}" for writer in writers),
        disclosure="",
    )


def _moves(piece: Submission) -> QuerySet[Event]:
    return piece.events.exclude(after="")


def _is_untold(piece: Submission, event: Event) -> bool:
    """A decision that the desk can take back, or has taken back, without anybody having heard of it."""
    verb = event.details.get("verb")
    if verb not in UNDOABLE:
        return False
    near = (event.at - SAME_MOMENT, event.at + SAME_MOMENT)
    told = Letter.objects.filter(submission=piece, code=TELLS[verb], made_at__range=near)
    return not told.filter(claimed_at__isnull=False).exists()


def _steps(piece: Submission) -> Iterator[Entry]:
    for event in _moves(piece):
        verb = event.details.get("verb", "")
        if verb in STEPS and not _is_untold(piece, event):
            yield Entry(event.at, "step", STEPS[verb])
    if piece.is_published and piece.article and piece.article.published_at:
        yield Entry(piece.article.published_at, "step", "Published")


def _letters(piece: Submission, writer: Writer) -> Iterator[Entry]:
    for letter in letters_told(piece, writer):
        subject = letter.subject.removesuffix(f" [{piece.reference}]")
        yield Entry(letter.made_at, "letter", subject, wordings.without_links(letter.text), letter.pk)


def _messages(piece: Submission) -> Iterator[Entry]:
    for message in piece.messages.exclude(kind=Message.Kind.NOTE):
        objects = message.kind == Message.Kind.OBJECTION
        yield Entry(message.at, "objection" if objects else "message", message.by_name, message.text, message.pk)


def _versions(piece: Submission) -> Iterator[Entry]:
    for version in piece.versions.filter(sealed_at__isnull=False):
        yield Entry(version.sealed_at or version.saved_at, "version", version.headline, version.note, version.number)
