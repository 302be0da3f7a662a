"""Erases what has been kept as long as it may be: every night, by the periods of ``commentary.privacy``."""

import ipaddress
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.actors import Clock
from articles.states import MoveRefused
from commentary import erasure, privacy
from commentary.forgetting import forget, holding
from commentary.models import Bucket, Letter, Submission
from commentary.models.queries import SubmissionQuerySet
from commentary.privacy import Rule
from commentary.states import CLOSED, Status
from heartbeat import retried

AT_ONCE = 2_000  # pieces in one night and for one period
EVERYTHING, NETWORK, LETTER = "everything", "the address of the connection", "the last letter"

_logger = logging.getLogger(__name__)
_WHOLE_NETWORK = {4: 24, 6: 48}  # bits that are kept


@dataclass(frozen=True)
class Step:
    """Something that is over: ``what`` of which piece, and why; by ``rules``, or everything."""

    reference: str
    what: str
    why: str
    pk: int
    rules: tuple[Rule, ...] = ()

    def __str__(self) -> str:
        return f"{self.reference}: {self.what} ({self.why})"


def due() -> list[Step]:
    """Exactly what ``keep_no_longer`` would do now, in its order."""
    now, found, over = timezone.now(), [], set()
    for step in _whole(now):
        if step.pk not in over:
            over.add(step.pk)
            found.append(step)
    found += [step for step in _parts(now) if step.pk not in over]
    found += [step for step in _networks(now) if step.pk not in over]
    return found + list(_letters())


def keep_no_longer() -> list[Step]:
    """Erase it; answers with what was done. Cut short, it goes on the next night."""
    done = []
    for step in due():
        try:
            _take(step)
        except MoveRefused as refused:
            _logger.warning("%s is kept longer than it may be: %s", step, refused)
        else:
            done.append(step)
    Bucket.forget_full()
    if done:
        erasure.have_space_freed()
    return done


def have_kept_no_longer() -> None:
    """The beat: the work itself is a task's."""
    keep_no_longer_tonight.enqueue()


@retried(attempts=3)
def keep_no_longer_tonight() -> None:
    for step in keep_no_longer():
        _logger.info("Erased %s", step)


def _whole(now: datetime) -> Iterator[Step]:
    """Pieces of which nothing more may be kept but numbers."""
    pieces = Submission.objects.exclude(status=Status.ERASED).filter(legal_hold_at=None).order_by("pk")
    closed = pieces.filter(status__in=CLOSED)
    name = Rule.NAME.value.unpublished or timedelta(0)
    for rows, why in [
        (pieces.filter(status=Status.DRAFT, changed_at__lte=now - privacy.IDLE_DRAFT), "a draft nobody went on with"),
        (closed.filter(received_at=None, sent_at__lte=now - privacy.UNCONFIRMED), "never confirmed"),
        (closed.filter(status=Status.SPAM, status_at__lte=now - privacy.SPAM), "spam"),
        (closed.filter(closed_at__lte=now - name), "closed a year ago"),
    ]:
        for pk, reference in rows.values_list("pk", "reference")[:AT_ONCE]:
            yield Step(reference, EVERYTHING, why, pk)


def _parts(now: datetime) -> Iterator[Step]:
    """What is over of pieces of which the rest is kept."""
    pieces = Submission.objects.filter(legal_hold_at=None).order_by("pk")
    for rule, what in [
        (Rule.PHONE, "the phone number"),
        (Rule.PHOTO, "the portrait"),
        (Rule.TEXT, "text, letters and messages"),
        (Rule.AGREED, "what was agreed and approved"),
        (Rule.NAME, "name and address"),
    ]:
        unpublished, published = rule.value.unpublished, rule.value.published
        if unpublished is not None and rule is not Rule.NAME:  # that is everything
            rows = pieces.filter(status__in=CLOSED - {Status.ERASED}, closed_at__lte=now - unpublished)
            yield from _steps(rows, rule, what, f"closed {unpublished.days} days ago")
        if published is not None:
            rows = pieces.published().filter(article__published_at__lte=now - published)
            yield from _steps(rows, rule, what, f"published {published.days} days ago")


def _steps(rows: SubmissionQuerySet, rule: Rule, what: str, why: str) -> Iterator[Step]:
    for pk, reference in holding(rows, rule).values_list("pk", "reference")[:AT_ONCE]:
        yield Step(reference, what, why, pk, (rule,))


def _networks(now: datetime) -> Iterator[Step]:
    """Addresses that are not a network yet."""
    days = Rule.NETWORK.value.unpublished or timedelta(0)
    rows = Submission.objects.filter(sent_at__lte=now - days).exclude(network="").order_by("pk")
    rows = rows.exclude(Q(network__endswith="/24") | Q(network__endswith="/48") | Q(status=Status.ERASED))
    for pk, reference in rows.values_list("pk", "reference")[:AT_ONCE]:
        yield Step(reference, NETWORK, f"sent {days.days} days ago", pk)


def _letters() -> Iterator[Step]:
    """The letters that said that everything is erased, and have left or never will."""
    rows = Letter.objects.filter(submission=None, reader=None, code=erasure.LAST)
    over = rows.filter(Q(sent_at__isnull=False) | Q(failed_at__isnull=False) | Q(cancelled_at__isnull=False))
    for pk in over.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]:
        yield Step("A piece that is erased", LETTER, "it has left", pk)


def _take(step: Step) -> None:
    if step.what == EVERYTHING:
        erasure.erase(Submission.objects.get(pk=step.pk), by=Clock(), tell=False)
    elif step.what == LETTER:
        erasure.overwrite()
        Letter.objects.filter(pk=step.pk).delete()
    elif step.what == NETWORK:
        _truncate(step.pk)
    else:
        erasure.overwrite()
        with transaction.atomic():
            forget(Submission.objects.get(pk=step.pk), *step.rules, by=Clock())


def _truncate(pk: int) -> None:
    told = Submission.objects.values_list("network", flat=True).get(pk=pk)
    try:
        known = ipaddress.ip_network(told, strict=False)
    except ValueError:
        wider = ""
    else:
        bits = min(_WHOLE_NETWORK[known.version], known.prefixlen)
        wider = str(ipaddress.ip_network((known.network_address, bits), strict=False))
    erasure.overwrite()
    Submission.objects.filter(pk=pk, network=told).update(network=wider)
