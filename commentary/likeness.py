"""Finds pieces in the same words: the same text by several writers, and texts that stand in our own archive.

Each text is compared once, by the heartbeat, soon after it arrived; what was found is rows. Nothing is rejected for it.
"""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

import richtext
from accounts.actors import Clock
from articles.models import Article
from commentary import risk
from commentary.models import Likeness, Sketch, Submission, Version
from commentary.models.moving import tell
from commentary.shingles import KEPT, marks, share, shingles, sketch
from commentary.states import Status

NEAR = 50  # per cent of the shorter piece, from which on two are shown side by side
COPIED = 20  # per cent of a piece that stands in a story of ours, from which on that is told
WRITERS = 3  # who send the same words …
WITHIN = timedelta(days=14)  # … within this: a campaign
LONGEST = 5.0  # seconds for one beat
STORIES = 200  # sketched in one beat
_logger = logging.getLogger(__name__)
_LOOKED_AT = 50  # texts that are compared word by word
_PROMISING = 0.6  # of the wanted share, in a sketch, which tells it only roughly
_SHORT = 16  # marks; a sketch with fewer tells nothing but that something is shared
_MOST = 1_000  # pieces of one cluster that are looked through


@dataclass(frozen=True)
class Similar:
    """A text like a piece's: ``version`` of another piece, or ``article``. ``share`` is in per cent."""

    share: int
    version: Version | None
    article: Article | None


def similar(piece: Submission) -> list[Similar]:
    """What the newest text of ``piece`` is like, most alike first: what the desk may read, in one query."""
    newest = piece.version
    rows = (
        Likeness.objects.filter(Q(version=newest) | Q(other=newest))
        .select_related("version__submission", "other__submission", "article__live")
        .order_by("-share", "-pk")
    )
    found = []
    for row in rows:
        other = row.version if row.other_id == newest.pk else row.other
        if other is None or (not other.submission.is_private and other.submission.status != Status.ERASED):
            found.append(Similar(row.share, other, row.article))
    return found


def catch_up() -> None:
    """Compare what has arrived since, the longest waiting first. Cut short, it goes on with the next beat."""
    until = time.monotonic() + LONGEST
    while time.monotonic() < until and (version := _waiting().order_by("pk").first()):
        try:
            compare(version)
        except Exception:
            _logger.exception("Version %s of %s cannot be compared.", version.number, version.submission)
            Version.objects.filter(pk=version.pk).update(compared_at=timezone.now())  # the others must not wait for it


def sketch_archive() -> None:
    """Sketch what readers see of stories, some at a time."""
    stories = Article.objects.published().filter(Q(sketch=None) | ~Q(sketch__revision=F("live_id")))
    for article in stories.select_related("live").order_by("pk")[:STORIES]:
        if article.live is not None:
            drawn = sketch(shingles(_read(article)))
            Sketch.objects.update_or_create(article=article, defaults={"revision": article.live_id, "marks": drawn})


@transaction.atomic
def compare(version: Version) -> None:
    """Find what ``version`` is like, and what follows from it for its piece."""
    if not _waiting().filter(pk=version.pk).update(compared_at=timezone.now()):
        return  # somebody else was faster
    piece = version.submission
    if piece.version.pk != version.pk:
        return
    Sketch.objects.filter(version__submission=piece).delete()
    Likeness.objects.filter(Q(version__submission=piece) | Q(other__submission=piece)).delete()
    runs = shingles(version.text)
    for other, article, per_cent in _found(runs, piece):
        Likeness.objects.create(version=version, other=other, article=article, share=per_cent, found_at=timezone.now())
    Sketch.objects.create(version=version, marks=sketch(runs))
    _conclude(piece)


def _waiting() -> QuerySet[Version]:
    return Version.objects.filter(
        compared_at=None, sealed_at__isnull=False, submission__received_at__isnull=False
    ).exclude(submission__status=Status.ERASED)


def _found(runs: frozenset[int], piece: Submission) -> Iterator[tuple[Version | None, Article | None, int]]:
    """Every text that shares enough with ``runs``, with how much."""
    versions, articles = _promising(frozenset(run for run in runs if run % KEPT == 0), piece)
    for version in Version.objects.filter(pk__in=versions).select_related("submission"):
        theirs = shingles(version.text)
        per_cent = share(runs, theirs, of=min(len(runs), len(theirs)))
        if per_cent >= NEAR:
            yield version, None, per_cent
    for article in Article.objects.published().filter(pk__in=articles).select_related("live"):
        per_cent = share(runs, shingles(_read(article)), of=len(runs))
        if per_cent >= COPIED:
            yield None, article, per_cent


def _promising(mine: frozenset[int], piece: Submission) -> tuple[list[int], list[int]]:
    """Numbers of versions and of stories that are worth reading, by their sketches: the most alike of each."""
    versions: list[tuple[float, int]] = []
    articles: list[tuple[float, int]] = []
    rows = Sketch.objects.exclude(version__submission=piece)
    if piece.article_id:
        rows = rows.exclude(article=piece.article_id)
    for marked, version, article in rows.values_list("marks", "version_id", "article_id").iterator(chunk_size=2_000):
        theirs = marks(marked)
        common = len(mine.intersection(theirs))
        of = min(len(mine), len(theirs)) if version else len(mine)
        wanted = _PROMISING * (NEAR if version else COPIED) / 100
        if common and (of < _SHORT or common >= wanted * of):
            (versions if version else articles).append((common / of, version or article))
        elif not mine and not theirs:  # so short that not even one run was drawn
            versions += [(0.0, version)] if version else []
    versions.sort(reverse=True)
    articles.sort(reverse=True)
    return [number for _, number in versions[:_LOOKED_AT]], [number for _, number in articles[:_LOOKED_AT]]


def _read(article: Article) -> str:
    return richtext.text(article.live.body) if article.live else ""


def _conclude(piece: Submission) -> None:
    """Write down how alike, which campaign, and how much caution follows."""
    _join(piece)
    alike = max((found.share for found in similar(piece)), default=0)
    for one in [piece, *_others(piece)]:
        one.refresh_from_db()
        score, signals = risk.assess(one)
        columns: dict[str, object] = {"risk": score, "signals": signals}
        columns["likeness"] = alike if one.pk == piece.pk else max((found.share for found in similar(one)), default=0)
        Submission.objects.filter(pk=one.pk).update(**columns)
        _set_aside(one, score)


def _set_aside(piece: Submission, score: int) -> None:
    """Into quarantine, unless somebody has the piece or has let it out before."""
    if score <= risk.QUARANTINE or piece.events.filter(verb="let out of quarantine").exists():
        return
    rows = Submission.objects.filter(pk=piece.pk, status=Status.RECEIVED, assignee=None, quarantined_at=None)
    if rows.update(quarantined_at=timezone.now()):
        tell(piece, "put into quarantine", by=Clock())


def _others(piece: Submission) -> list[Submission]:
    """The pieces that ``piece`` was just found to be like."""
    return [found.version.submission for found in similar(piece) if found.version]


def _join(piece: Submission) -> None:
    """Name the campaign where enough writers have sent the same words, on every piece of it."""
    members = _connected(piece)
    known = sorted({member.cluster for member in members if member.cluster})
    since = (piece.received_at or timezone.now()) - WITHIN
    lately = {
        member.writer.email.casefold() for member in members if member.received_at and member.received_at >= since
    }
    if not known and len(lately) < WRITERS:
        return
    name = known[0] if known else f"L-{min(member.pk for member in members)}"  # no reference: one may be erased
    for member in members:
        if member.cluster != name:
            Submission.objects.filter(pk=member.pk).update(cluster=name)
            tell(member, "found in the same words as other pieces", by=Clock())


def _connected(piece: Submission) -> list[Submission]:
    """``piece``, what it is like, what that is like, and so on."""
    found, edge = {piece.pk}, {piece.pk}
    while edge and len(found) < _MOST:
        rows = Likeness.objects.filter(other__isnull=False).filter(
            Q(version__submission__in=edge) | Q(other__submission__in=edge)
        )
        pairs = rows.values_list("version__submission", "other__submission")
        edge = {number for pair in pairs for number in pair} - found
        found |= edge
    return list(Submission.objects.filter(pk__in=found).prefetch_related("writers"))
