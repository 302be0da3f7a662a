from typing import TYPE_CHECKING

from django.db import models
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.utils import timezone

from commentary.models.versions import Version
from commentary.models.writers import Writer
from commentary.states import CLOSED, OPEN, PRIVATE, Status

if TYPE_CHECKING:
    from accounts.models import User
    from commentary.models.submission import Submission  # noqa: F401 -- named in quotes

MOST_WORDS = 10  # of a search; more are not looked for


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def readable(self) -> "SubmissionQuerySet":
        """What the desk may see at all: confirmed by its writer, not erased. Twin of ``Submission.is_private``."""
        return self.exclude(status__in=[*PRIVATE, Status.ERASED]).filter(received_at__isnull=False)

    def private(self) -> "SubmissionQuerySet":
        """Drafts and what waits for its confirmation: a count, and no more, is the desk's business."""
        return self.filter(status__in=PRIVATE)

    def open(self) -> "SubmissionQuerySet":
        return self.filter(status__in=OPEN)

    def closed(self) -> "SubmissionQuerySet":
        return self.filter(status__in=CLOSED)

    def published(self) -> "SubmissionQuerySet":
        """Readers have seen the article. Twin of ``Submission.is_published``."""
        return self.filter(article__published_at__lte=timezone.now()).exclude(status__in=CLOSED)

    def unpublished(self) -> "SubmissionQuerySet":
        return self.filter(
            Q(article__isnull=True) | Q(article__published_at=None) | Q(article__published_at__gt=timezone.now())
        )

    def undisturbed(self) -> "SubmissionQuerySet":
        """In the ordinary queues: not in quarantine, not under legal hold."""
        return self.filter(quarantined_at__isnull=True, legal_hold_at__isnull=True)

    def overdue(self) -> "SubmissionQuerySet":
        """Twin of ``Submission.is_overdue``."""
        return self.filter(
            status__in=[Status.RECEIVED, Status.IN_REVIEW], answered_at__isnull=True, promise_at__lte=timezone.now()
        )

    def not_recused(self, user: "User") -> "SubmissionQuerySet":
        return self.exclude(recused=user)

    def without_legal_hold(self) -> "SubmissionQuerySet":
        return self.filter(legal_hold_at__isnull=True)

    def of_address(self, address: str) -> "SubmissionQuerySet":
        """With a writer, or co-writer, of this e-mail address, whatever its capitals."""
        return self.filter(pk__in=Writer.objects.filter(email__iexact=address).values("submission"))

    def saying(self, typed: str) -> "SubmissionQuerySet":
        """Whose reference, newest or earlier headline, or writer's name or address has each of the words typed."""
        found = self
        for word in typed.replace("\0", "").split()[:MOST_WORDS]:
            headed = Version.objects.filter(headline__icontains=word).values("submission")
            written = Writer.objects.filter(Q(name__icontains=word) | Q(email__icontains=word)).values("submission")
            found = found.filter(Q(reference__icontains=word) | Q(pk__in=headed) | Q(pk__in=written))
        return found

    def with_newest_words(self) -> "SubmissionQuerySet":
        """``newest_headline``, ``newest_words`` and ``versions_sent``, without the texts themselves."""
        newest = Version.objects.filter(submission=OuterRef("pk")).order_by("-number")
        return self.annotate(
            newest_headline=Subquery(newest.values("headline")[:1]),
            newest_words=Subquery(newest.values("words")[:1]),
            versions_sent=Subquery(newest.values("number")[:1]),
        )

    def with_people(self) -> "SubmissionQuerySet":
        """With writers, assignee, story answered and article, in a constant number of queries."""
        return self.select_related(
            "assignee", "answers__live", "answers__draft", "article", "guidelines"
        ).prefetch_related("writers")

    def with_newest_text(self) -> "SubmissionQuerySet":
        return self.prefetch_related(Prefetch("versions", Version.objects.order_by("-number")))
