"""What a queue shows of a piece: everything an editor decides by, without opening it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import CharField
from django.db.models.functions import Lower
from django.utils import timezone

from commentary import risk
from commentary.models import Submission, Writer
from commentary.models.queries import SubmissionQuerySet

SOON = timedelta(hours=8)  # a promise nearer than this stands out


@dataclass(frozen=True)
class Flag:
    """A word beside a piece; ``is_warning`` ones ask for a second look."""

    label: str
    told: str = ""
    is_warning: bool = False


@dataclass
class Known:
    """What we had from an address before."""

    earlier: int = 0
    published_at: datetime | None = None

    @property
    def words(self) -> str:
        if self.published_at:
            days = (timezone.now() - self.published_at).days
            return "published today" if days < 1 else f"published {days} day{'s' if days != 1 else ''} ago"
        if self.earlier:
            return f"{self.earlier} earlier, none published"
        return "first time"

    @property
    def is_new(self) -> bool:
        return not self.earlier


@dataclass(frozen=True)
class Row:
    """One line of a queue. ``newest_headline`` and the like come with ``with_newest_words``."""

    piece: Submission
    known: Known
    flags: Sequence[Flag] = field(default=())

    @property
    def title(self) -> str:
        return getattr(self.piece, "newest_headline", "") or "Untitled"

    @property
    def words(self) -> int:
        return getattr(self.piece, "newest_words", 0) or 0

    @property
    def target(self) -> int:
        return self.piece.guidelines.words(self.piece.kind)

    @property
    def over(self) -> int:
        return max(self.words - self.target, 0)

    @property
    def promise(self) -> datetime | None:
        """When the first answer is due, while it is still owed."""
        owed = self.piece.answered_at is None and self.piece.is_open
        return self.piece.promise_at if owed else None

    @property
    def due(self) -> datetime | None:
        """What is due next: our first answer, else what we wait for."""
        return self.promise or (self.piece.due_at if self.piece.is_open and not self.piece.is_published else None)

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due <= timezone.now()

    @property
    def is_soon(self) -> bool:
        return self.due is not None and not self.is_late and self.due <= timezone.now() + SOON

    @property
    def spoke(self) -> str:
        return {"writer": "Writer", "desk": "We"}.get(self.piece.spoke_last, "")


def rows(pieces: Iterable[Submission], visible: SubmissionQuerySet) -> list[Row]:
    """The lines for ``pieces``; of earlier pieces only the ``visible`` ones are counted. One query for all."""
    pieces = list(pieces)
    known = _known(pieces, visible)
    return [Row(piece, known[piece.pk], flags(piece)) for piece in pieces]


def flags(piece: Submission) -> list[Flag]:
    """What was declared or found about a piece, in a few words each."""
    signals = " ".join(map(str, piece.signals))
    possible = (
        (piece.is_urgent, Flag("Time-sensitive", piece.why_urgent, is_warning=True)),
        (piece.ai == "yes", Flag("AI", piece.ai_how)),
        (piece.helped == "yes", Flag("Help", piece.helped_by)),
        (piece.interests == "yes", Flag("Interest", piece.interests_which)),
        (piece.elsewhere == "yes", Flag("Elsewhere", piece.elsewhere_where, is_warning=True)),
        (
            piece.likeness,
            Flag(f"Similar {piece.likeness} %", "To another piece, or to a story of ours", is_warning=True),
        ),
        (piece.risk >= risk.BADGE, Flag(f"Caution {piece.risk}", signals, is_warning=True)),
        (piece.is_in_quarantine, Flag("Quarantine", is_warning=True)),
        (piece.legal_hold_at, Flag("Legal hold", is_warning=True)),
        (piece.is_held, Flag("Held")),
        (any(writer.mail_failed_at for writer in piece.writers.all()), Flag("Mail failed", is_warning=True)),
    )
    return [flag for holds, flag in possible if holds]


def _known(pieces: Sequence[Submission], visible: SubmissionQuerySet) -> dict[int, Known]:
    addresses = {piece.pk: piece.writer.email.lower() for piece in pieces}
    lower = Writer.objects.annotate(address=Lower("email", output_field=CharField()))
    sent = lower.filter(address__in=set(addresses.values()), submission__in=visible.order_by().values("pk"))
    told = list(sent.values_list("address", "submission_id", "submission__article__published_at"))
    found = {}
    for pk, address in addresses.items():
        known = Known()
        for whose, other, published_at in told:
            if whose != address or other == pk:
                continue
            known.earlier += 1
            if published_at and published_at <= timezone.now():
                known.published_at = max(known.published_at or published_at, published_at)
        found[pk] = known
    return found
