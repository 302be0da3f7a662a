from datetime import datetime
from typing import TYPE_CHECKING, Never

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Activity, User
from articles.kinds import GUEST_KINDS
from articles.models import wordings
from articles.models.addresses import PastAddress
from articles.models.corrections import Correction
from articles.models.revision import Byline, Revision
from articles.states import KEPT_IN_BIN, STAGE_MOVES, TOLD, Stage, Status, StoryIsKept
from authors.models import Author

if TYPE_CHECKING:
    from articles.models.article import Article
    from articles.models.subjects import Section, Topic


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> "ArticleQuerySet":
        """What readers see now, newest first: the only way reader-facing code reaches a story.

        Twin of ``Article.is_public``.
        """
        return self.appearing_by(timezone.now()).order_by("-published_at", "-pk")

    def appearing_by(self, moment: datetime) -> "ArticleQuerySet":
        """Published by ``moment``, including those dated ahead. Twin of ``Article.appears_by``."""
        return self.filter(status=Status.PUBLISHED, published_at__lte=moment).filter(
            Q(unpublish_at__isnull=True) | Q(unpublish_at__gt=moment)
        )

    def withdrawn(self) -> "ArticleQuerySet":
        """Once public, now answered with 410 and a note."""
        return self.filter(status=Status.WITHDRAWN)

    def retracted(self) -> "ArticleQuerySet":
        """Withdrawn for good: readers are told so at their address and among the corrections."""
        return self.withdrawn().filter(retracted_at__isnull=False)

    def scheduled(self) -> "ArticleQuerySet":
        """Published with a date to come, soonest first."""
        return self.filter(status=Status.PUBLISHED, published_at__gt=timezone.now()).order_by("published_at")

    def unannounced(self, moment: datetime) -> "ArticleQuerySet":
        """Appeared by ``moment``, and nobody has told; oldest first."""
        untold = self.filter(status=Status.PUBLISHED, announced_at__isnull=True, published_at__lte=moment)
        return untold.order_by("published_at", "pk")

    def unended(self, moment: datetime) -> "ArticleQuerySet":
        """Ended by ``moment``, and nobody has told; oldest first."""
        untold = self.filter(status=Status.PUBLISHED, ended_at__isnull=True, unpublish_at__lte=moment)
        return untold.order_by("unpublish_at", "pk")

    def ended(self) -> "ArticleQuerySet":
        """Once public, now past their end: not withdrawn, no longer offered. Twin of ``Article.has_ended``."""
        return self.filter(status=Status.PUBLISHED, unpublish_at__lte=timezone.now())

    def coming(self) -> "ArticleQuerySet":
        """Readers will see something new by itself, soonest first: scheduled stories and planned updates.

        Each with ``due_at``, the moment of it.
        """
        scheduled = Q(status=Status.PUBLISHED, published_at__gt=timezone.now())
        due = Case(When(scheduled, then=F("published_at")), default=F("planned__at"))
        return self.filter(scheduled | Q(planned__isnull=False)).annotate(due_at=due).order_by("due_at", "pk")

    def appeared(self) -> "ArticleQuerySet":
        """Readers have seen them at some time. Twin of ``Article.has_appeared``."""
        return self.filter(published_at__lte=timezone.now())

    def in_bin(self) -> "ArticleQuerySet":
        """Spiked, the last one first; each with who put it there as ``spiked_by``, and whether it ``has_a_name``.

        A named text is kept for ever, so its story does not leave the bin. Twin of ``Article.is_in_bin``.
        """
        told = Activity.objects.filter(verb=TOLD["spike"], subject_kind=self.model._meta.label_lower)
        who = told.filter(subject_id=OuterRef("pk")).order_by("-pk").values("actor_name")[:1]
        binned = self.filter(status=Status.SPIKED).annotate(spiked_by=Subquery(who), has_a_name=Exists(_named()))
        return binned.order_by("-spiked_at", "-pk")

    def leaving_bin(self, moment: datetime) -> "ArticleQuerySet":
        """What is deleted at ``moment``: ``KEPT_IN_BIN`` there by then, never seen by readers, held by nothing.

        Not by a named text, nor by a row that one day points at a story and restricts its removal. Twin of
        ``Article.leaves_bin_at``.
        """
        over = moment - KEPT_IN_BIN
        going = self.filter(~Exists(_named()), status=Status.SPIKED, spiked_at__lte=over, changed_at__lte=over)
        for relation in self.model._meta.get_fields(include_hidden=True):
            if isinstance(relation, models.ManyToOneRel) and relation.on_delete in {models.RESTRICT, models.PROTECT}:
                holders = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
                going = going.filter(~Exists(holders))
        return going.filter(~_seen())

    def seen_by_readers(self) -> "ArticleQuerySet":
        """Published at some time, whatever became of them. Twin of ``Article.was_seen_by_readers``."""
        return self.filter(_seen())

    def delete(self) -> Never:
        """Refuses: ``articles.models.spiking`` alone deletes, and only what its time in the bin is over for."""
        raise StoryIsKept

    def in_review(self) -> "ArticleQuerySet":
        """Waiting for an editor, longest first: each with ``submitted_at``, when it was last handed in."""
        handed_in = _last_told([TOLD["submit"]]).values("at")[:1]
        waiting = self.unspiked().filter(stage=Stage.REVIEW)
        return waiting.annotate(submitted_at=Coalesce(Subquery(handed_in), F("changed_at"))).order_by("submitted_at")

    def ready(self) -> "ArticleQuerySet":
        """Only publishing is left, of the story or of its changes. Twin of ``Article.is_ready``, without the bin."""
        return self.unspiked().filter(stage=Stage.READY)

    def settled(self) -> "ArticleQuerySet":
        """Nobody has to touch them any more before readers see them. Twin of ``Article.is_settled``."""
        dated = Q(status=Status.PUBLISHED, published_at__gt=timezone.now()) & (
            Q(stage=Stage.READY) | Q(draft=F("live"))
        )
        return self.filter(Q(status=Status.UNPUBLISHED, stage=Stage.READY) | dated)

    def sent_back(self) -> "ArticleQuerySet":
        """Given back to their writers, who have not handed them in again."""
        moves = [TOLD[verb] for verb in (*STAGE_MOVES, "publish")]
        last = _last_told(moves).values("verb")[:1]
        writing = self.unfinished().filter(stage=Stage.WRITING)
        return writing.alias(last_move=Subquery(last)).filter(last_move=TOLD["send_back"])

    def unfinished(self) -> "ArticleQuerySet":
        """There is a text that readers have not been shown, and it is not in the bin."""
        return self.filter(_unfinished())

    def unfinished_first(self) -> "ArticleQuerySet":
        """What is left to be done, then the rest; each changed last first."""
        is_left = Case(When(_unfinished(), then=Value(0)), default=Value(1))
        return self.order_by(is_left, "-changed_at", "-pk")

    def unspiked(self) -> "ArticleQuerySet":
        return self.exclude(status=Status.SPIKED)

    def beyond_writing(self) -> "ArticleQuerySet":
        """Others than their writers may read them. Twin of ``Article.is_beyond_writing``."""
        return self.filter(Q(live__isnull=False) | ~Q(stage=Stage.WRITING))

    def commentary(self) -> "ArticleQuerySet":
        """Written by people outside the newsroom. Twin of ``Article.is_commentary``."""
        return self.filter(kind__in=GUEST_KINDS)

    def given_to(self, user: User) -> "ArticleQuerySet":
        return self.filter(assignee=user)

    def concerning(self, user: User) -> "ArticleQuerySet":
        """Made by, assigned to or bylined by ``user``. Twin of ``Article.concerns``."""
        return self.filter(
            Q(created_by=user)
            | Q(assignee=user)
            | Q(
                pk__in=Byline.objects.filter(author__user=user, revision=F("revision__article__draft")).values(
                    "revision__article"
                )
            )
        )

    def standing(self, where: str) -> "ArticleQuerySet":
        """By the word a list asks with; unknown words find nothing. Twin of ``Article.standing``."""
        now = timezone.now()
        unpublished = Q(status=Status.UNPUBLISHED)
        unended = Q(unpublish_at__isnull=True) | Q(unpublish_at__gt=now)
        shown = Q(status=Status.PUBLISHED, published_at__lte=now) & unended
        places = {
            "writing": unpublished & Q(stage=Stage.WRITING),
            "review": unpublished & Q(stage=Stage.REVIEW),
            "ready": unpublished & Q(stage=Stage.READY),
            "scheduled": Q(status=Status.PUBLISHED, published_at__gt=now),
            "live": shown,
            "changed": shown & ~Q(draft=F("live")),
            "ended": Q(status=Status.PUBLISHED, unpublish_at__lte=now),
            "withdrawn": Q(status=Status.WITHDRAWN),
            "spiked": Q(status=Status.SPIKED),
        }
        return self.filter(places[where]) if where in places else self.none()

    def saying(self, typed: str, *, within: str = "words") -> "ArticleQuerySet":
        """What ``typed`` looks for, in the newest text or the one readers see, in names over either, in the address.

        ``within`` is “words”, or “headline” for headlines and addresses alone. A query of signs alone finds everything.
        """
        asked = wordings.understood(typed)
        authors = asked.authors() if within == "words" else {}
        found = self
        for term in asked.wanted:
            found = found.filter(wordings.says(term, authors.get(term, []), within))
        for term in asked.unwanted:
            found = found.exclude(wordings.says(term, authors.get(term, []), within))
        return found

    def touched_by(self, name: str) -> "ArticleQuerySet":
        """Made by, assigned to, or in its newest or live text bylined by, somebody who is called ``name``."""
        people, authors = wordings.called(User, name), wordings.called(Author, name)
        lines = Byline.objects.filter(wordings.current(), author__in=authors)
        return self.filter(Q(created_by__in=people) | Q(assignee__in=people) | Q(Exists(lines)))

    def in_section(self, section: "Section") -> "ArticleQuerySet":
        return self.filter(section=section)

    def about(self, topic: "Topic") -> "ArticleQuerySet":
        return self.filter(topics=topic)

    def by_author(self, author: "Author") -> "ArticleQuerySet":
        """Stories whose live text names ``author`` in any role."""
        return self.filter(live__in=Byline.objects.filter(author=author).values("revision"))

    def related_to(self, article: "Article") -> "ArticleQuerySet":
        """Most shared topics first, then the same section, then the newest. Never ``article`` itself."""
        shared = Count("topics", filter=Q(topics__in=article.topics.all()), distinct=True)
        return (
            self.exclude(pk=article.pk)
            .annotate(shared_topics=shared)
            .filter(Q(shared_topics__gt=0) | Q(section=article.section_id))
            .order_by("-shared_topics", "-published_at", "-pk")
        )

    def with_cards(self) -> "ArticleQuerySet":
        """Everything a list shows of a story, in a constant number of queries."""
        return (
            self.select_related("section", "live", "live__lead_image")
            .defer("live__body")
            .prefetch_related("live__lead_image__renditions", _bylines("live"))
        )

    def with_page(self) -> "ArticleQuerySet":
        """Everything a story's own page shows, in a constant number of queries."""
        return self.select_related("section", "live", "live__lead_image").prefetch_related(*page_lookups())

    def with_state(self) -> "ArticleQuerySet":
        """What a line about a story says of it: headline, state, section, who has it."""
        return self.select_related("section", "draft", "assignee", "created_by", "planned").defer("draft__body")

    def with_desk(self) -> "ArticleQuerySet":
        """Everything the desk's lists show of a story, in a constant number of queries."""
        return self.with_state().prefetch_related(_bylines("draft"))


def page_lookups() -> "tuple[str | Prefetch[str], ...]":
    """What a story's own page shows of other tables, to be prefetched for a story whose ``live`` is known."""
    return ("topics", "live__lead_image__renditions", _bylines("live"))


def _seen() -> Q:
    """Columns say so, or what publishing leaves behind: no clock that was set back takes all of it away."""
    shown = Revision.objects.filter(article=OuterRef("pk"), went_live_at__isnull=False)
    left = PastAddress.objects.filter(article=OuterRef("pk"))
    corrected = Correction.objects.filter(article=OuterRef("pk"))
    known = Q(live__isnull=False, published_at__lte=timezone.now()) | Q(announced_at__isnull=False)
    return known | Q(Exists(shown)) | Q(Exists(left)) | Q(Exists(corrected))


def _named() -> "models.QuerySet[Revision]":
    return Revision.objects.filter(article=OuterRef("pk")).exclude(name="")


def _bylines(revision: str) -> "Prefetch[str]":
    lines = Byline.objects.select_related("author", "author__portrait").prefetch_related("author__portrait__renditions")
    return Prefetch(f"{revision}__bylines", queryset=lines)


def _unfinished() -> Q:
    return Q(status=Status.UNPUBLISHED) | (Q(status=Status.PUBLISHED) & ~Q(draft=F("live")))


def _last_told(verbs: list[str]) -> models.QuerySet[Activity]:
    """What the log tells last of the outer query's story, of these verbs."""
    told = Activity.objects.filter(subject_kind="articles.article", subject_id=OuterRef("pk"), verb__in=verbs)
    return told.order_by("-at", "-pk")
