"""How the guest desk keeps its word: by month, in numbers that name nobody."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from statistics import mean, median

from django.db.models import Count
from django.utils import timezone

from commentary.models import Letter, Submission, Writer
from commentary.models.deciding import REASONS
from commentary.queues import ON_WRITER
from commentary.states import OPEN, TAKEN, Status

MONTHS = 12


@dataclass
class Month:
    """What came in during one month, and what became of it so far."""

    first: date
    received: int = 0
    accepted: int = 0
    declined: int = 0
    waits: list[timedelta] = field(default_factory=list)
    kept: int = 0
    broken: int = 0

    @property
    def median(self) -> timedelta | None:
        return timedelta(seconds=median(wait.total_seconds() for wait in self.waits)) if self.waits else None

    @property
    def p90(self) -> timedelta | None:
        """Nine of ten were answered within it."""
        ordered = sorted(self.waits)
        return ordered[math.ceil(len(ordered) * 0.9) - 1] if ordered else None

    @property
    def kept_share(self) -> int | None:
        """Of all promises that came due, how many of a hundred were kept."""
        due = self.kept + self.broken
        return round(100 * self.kept / due) if due else None


@dataclass(frozen=True)
class Numbers:
    """``reasons`` are labels with how often each was why a piece was declined, most often first."""

    months: Sequence[Month]
    reasons: Sequence[tuple[str, int]]
    on_us: int
    on_writers: int
    rounds: float | None
    mail_troubles: int
    letters: int


def numbers() -> Numbers:
    """Of the last twelve months. Six queries, however much there is."""
    since = _months()[0]
    begin = timezone.make_aware(datetime.combine(since, time.min))
    pieces = Submission.objects.readable().filter(received_at__gte=begin).order_by()
    rows = list(pieces.values_list("received_at", "answered_at", "promise_at", "status", "reason"))
    counted = pieces.filter(snapshots__isnull=False).annotate(rounds=Count("snapshots"))
    rounds = list(counted.values_list("rounds", flat=True))
    now = Counter(Submission.objects.readable().order_by().unpublished().values_list("status", flat=True))
    letters = Letter.objects.filter(made_at__gte=begin, reader__isnull=True)
    return Numbers(
        months=_by_month(rows),
        reasons=_reasons(reason for *_, status, reason in rows if status == Status.DECLINED),
        on_us=sum(now[status] for status in OPEN - ON_WRITER),
        on_writers=sum(now[status] for status in ON_WRITER),
        rounds=mean(rounds) if rounds else None,
        mail_troubles=letters.filter(failed_at__isnull=False).count()
        + Writer.objects.filter(submission__in=pieces.values("pk"), mail_failed_at__gte=begin).count(),
        letters=letters.count(),
    )


def _by_month(rows: Iterable[tuple[datetime | None, datetime | None, datetime | None, str, str]]) -> list[Month]:
    months = {first: Month(first) for first in _months()}
    moment = timezone.now()
    for received, answered, promised, status, _ in rows:
        month = months.get(timezone.localtime(received).date().replace(day=1)) if received else None
        if received is None or month is None:
            continue
        month.received += 1
        month.accepted += status in TAKEN
        month.declined += status == Status.DECLINED
        if answered:
            month.waits.append(max(answered - received, timedelta(0)))
        if promised and (answered or promised <= moment):
            kept = answered is not None and answered <= promised
            month.kept += kept
            month.broken += not kept
    return list(reversed(months.values()))


def _reasons(reasons: Iterable[str]) -> list[tuple[str, int]]:
    return [(REASONS.get(reason, reason or "No reason"), number) for reason, number in Counter(reasons).most_common()]


def _months() -> list[date]:
    """The firsts of the last twelve months in the newsroom's zone, oldest first."""
    today = timezone.localdate()
    count = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(count - MONTHS + 1, count + 1)]
