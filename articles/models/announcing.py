"""What has appeared, ended or come due by the clock alone is told exactly once, by any number of heartbeats.

Readers never wait for this: what they see follows from the dates. Only caches, mail and the log do.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.activity import record
from accounts.actors import Clock
from articles.models.article import Article
from articles.models.plans import PlannedUpdate
from articles.models.revision import Revision
from articles.models.telling import tell

AT_ONCE = 200  # stories in one round, so that a heartbeat never holds on to one for long
OVERDUE = timedelta(minutes=1)


def announce() -> None:
    """One round: fold in planned updates, then tell what has appeared and what has ended."""
    moment = timezone.now()
    for planned in PlannedUpdate.objects.filter(at__lte=moment).select_related("article")[:AT_ONCE]:
        planned.article.fold(planned)
    for article in Article.objects.unannounced(moment)[:AT_ONCE]:
        _appeared(article)
    for article in Article.objects.unended(moment)[:AT_ONCE]:
        _ended(article)


def recheck_schedules() -> None:
    """Unschedule what must not appear as it stands: something its text needs has changed since it was scheduled."""
    for article in Article.objects.scheduled():
        article.recheck(by=Clock())


def overdue() -> list[str]:
    """Sentences for the operator: announcements that no heartbeat has made in time."""
    late = timezone.now() - OVERDUE
    counts = {
        "Stories that have appeared": Article.objects.unannounced(late).count(),
        "Stories that have ended": Article.objects.unended(late).count(),
        "Planned updates that are due": PlannedUpdate.objects.filter(at__lte=late).count(),
    }
    return [f"{what}: {count}. No heartbeat has dealt with them." for what, count in counts.items() if count]


def _appeared(article: Article) -> None:
    with transaction.atomic():
        first = _untold(article, "announced_at")
        if first and article.live_id:
            shown = Revision.objects.filter(pk=article.live_id, went_live_at__isnull=True)
            shown.update(went_live_at=article.published_at)
            record("appeared", article, by=Clock(), at=article.published_at)
            tell(article, "appeared")


def _ended(article: Article) -> None:
    with transaction.atomic():
        if _untold(article, "ended_at"):
            record("ended", article, by=Clock(), at=article.unpublish_at)
            tell(article, "ended")


def _untold(article: Article, column: str) -> bool:
    """This call is the one that tells: the row still is as it was read, and nobody has told before."""
    still = Article.objects.filter(
        pk=article.pk,
        status=article.status,
        live=article.live_id,
        published_at=article.published_at,
        unpublish_at=article.unpublish_at,
        **{f"{column}__isnull": True},
    )
    return bool(still.update(**{column: timezone.now()}))
