"""Publish receipts: what readers got, on every surface of a story, when the site was read again after a change."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from accounts.models import Activity
from articles import rereading, surfaces
from articles.models import Article
from articles.models.queries import ArticleQuerySet
from articles.states import TELLING
from articles.surfaces import Surface
from heartbeat import retried

KEPT = 10  # receipts of one story
NEWS = timedelta(days=1)
PATIENCE = timedelta(minutes=5)  # after which nobody believes any more that the pages are just being read


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def newest(self) -> "ReceiptQuerySet":
        """The last receipt of each story, newest first."""
        last = Receipt.objects.order_by().values("article").annotate(last=Max("pk")).values("last")
        return self.filter(pk__in=last)


class Receipt(models.Model):
    """One reading of all surfaces of a story.

    ``heard`` is the newest ``Activity`` about the story when the reading began: a receipt tells nothing of what came
    later. ``surfaces`` is a list of objects with ``name``, ``path``, ``says`` (expected, in words) and ``trouble``
    (found, in words; empty where all is well).
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="receipts")
    verb = models.CharField(max_length=60)
    read_at = models.DateTimeField(default=timezone.now, db_index=True)
    heard = models.BigIntegerField()
    surfaces = models.JSONField(default=list)
    is_well = models.BooleanField()

    objects: ClassVar[ReceiptQuerySet] = ReceiptQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.article_id}: {'well' if self.is_well else 'not well'}, {self.read_at}"

    @property
    def troubles(self) -> list[dict[str, Any]]:
        return [surface for surface in self.surfaces if surface["trouble"]]

    @property
    def well(self) -> list[dict[str, Any]]:
        return [surface for surface in self.surfaces if not surface["trouble"]]


@dataclass(frozen=True)
class Reading:
    """What the desk can say of a story's surfaces: the last receipt, and whether a newer one is due.

    Late is one that should long be there: no worker runs, or it has given up.
    """

    receipt: Receipt | None
    is_awaited: bool = False
    is_late: bool = False

    @property
    def is_news(self) -> bool:
        """Worth a line in the editor: something is wrong, or has just been found to be well."""
        if self.receipt is None or self.is_awaited or self.is_late or not self.receipt.is_well:
            return True
        return self.receipt.read_at > timezone.now() - PATIENCE


def reading_of(article: Article) -> Reading | None:
    """The state of ``article``'s receipt; nothing for a story that has none and needs none."""
    if not article.get_absolute_url():
        return None
    receipt = Receipt.objects.filter(article=article).first()
    told = _told(article.pk, after=receipt.heard if receipt else 0)
    return _reading(receipt, told) if receipt or told else None


@dataclass(frozen=True)
class News:
    """The last thing that changed for readers of a story, and what they get of it."""

    article: Article
    told: Activity
    reading: Reading


def news(stories: ArticleQuerySet, *, most: int) -> list[News]:
    """What changed for readers within ``NEWS``, newest first; each of ``stories`` once. Three queries."""
    later = _telling().filter(subject_id=OuterRef("subject_id"), pk__gt=OuterRef("pk"))
    shown = stories.appeared().order_by().filter(pk=OuterRef("subject_id"))
    lately = _telling().filter(Exists(shown), ~Exists(later), at__gt=timezone.now() - NEWS)
    rows = list(lately.order_by("-pk")[:most])
    keys = [row.subject_id for row in rows]
    articles = Article.objects.with_state().in_bulk(keys)
    receipts = {receipt.article_id: receipt for receipt in Receipt.objects.filter(pk__in=_newest_of(keys))}
    return [News(articles[row.subject_id], row, _reading(receipts.get(row.subject_id), row)) for row in rows]


def hear(article: Article, verb: str, **signal: Any) -> None:
    """Listens to ``article_changed``: the reading is a task of its own, after everybody else has heard.

    Not for what is entered with moments long past, the sample and imports: nobody waits for their receipts.
    """
    if _told(article.pk, after=0):
        reread.enqueue(article.pk, verb)


def _told(pk: int, *, after: int) -> Activity | None:
    """The last thing that was told of a story since the ``Activity`` numbered ``after``, if it is news at all."""
    last = _telling().filter(pk__gt=after, subject_id=pk).order_by("-pk").first()
    return last if last and last.at > timezone.now() - NEWS else None


def _telling() -> models.QuerySet[Activity]:
    return Activity.objects.filter(verb__in=TELLING, subject_kind=Article._meta.label_lower)


def _newest_of(keys: list[int]) -> models.QuerySet[Receipt, int]:
    receipts = Receipt.objects.filter(article__in=keys).order_by()
    return receipts.values("article").annotate(last=Max("pk")).values_list("last", flat=True)


def _reading(receipt: Receipt | None, told: Activity | None) -> Reading:
    """``told`` is the last thing that was told of the story; a receipt that heard of it needs no newer one."""
    if told is None or (receipt and receipt.heard >= told.pk):
        return Reading(receipt)
    late = told.at < timezone.now() - PATIENCE
    return Reading(receipt, is_awaited=not late, is_late=late)


@retried(attempts=4, first_wait=timedelta(seconds=5))
def reread(pk: int, verb: str) -> None:
    """Read every surface of a story as readers get it, and keep what was found."""
    heard = Activity.objects.filter(subject_kind=Article._meta.label_lower, subject_id=pk).aggregate(last=Max("pk"))
    article = Article.objects.filter(pk=pk).first()
    if article is None:
        return
    found = _read(article)
    if any(row["trouble"] for row in found):
        found = _read(Article.objects.get(pk=pk))  # it may have changed between the expectation and the reading
    if not found:
        return
    is_well = not any(row["trouble"] for row in found)
    Receipt.objects.create(article=article, verb=verb, heard=heard["last"] or 0, surfaces=found, is_well=is_well)
    outdated = Receipt.objects.filter(article=article).values_list("pk", flat=True)[KEPT:]
    Receipt.objects.filter(pk__in=list(outdated)).delete()


def _read(article: Article) -> list[dict[str, str]]:
    return [_row(surface) for surface in surfaces.of(article)]


def _row(surface: Surface) -> dict[str, str]:
    trouble = surface.trouble(rereading.answer(surface.path))
    return {"name": surface.name, "path": surface.path, "says": surface.says, "trouble": trouble}
