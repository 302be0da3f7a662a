from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar, Never

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.activity import record
from accounts.actors import Actor, person
from accounts.models import User
from articles.kinds import Kind
from articles.models import identity, keeping, moves, publishing, slugs, spiking, taking_back, writing
from articles.models.corrections import Correction
from articles.models.plans import PlannedUpdate
from articles.models.queries import ArticleQuerySet
from articles.models.revision import Revision
from articles.models.save import Save
from articles.models.standing import Standing
from articles.models.subjects import Section, Topic
from articles.models.telling import tell
from articles.models.writing import StaleText
from articles.states import MoveRefused, Stage, Status, StoryIsKept
from articles.texts import Text


class Article(Standing, models.Model):
    """The identity of a story: where it stands and where it is found. Its words are ``Revision`` rows.

    Every change is a verb with ``by=``; ``at=`` is the moment a verb counts from, now where it is left out.
    A verb either does all it says, in one transaction with its ``Activity`` row, or raises ``MoveRefused``
    and does nothing.
    """

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.NEWS)
    status = models.CharField(max_length=12, choices=Status, default=Status.UNPUBLISHED)
    stage = models.CharField(max_length=8, choices=Stage, default=Stage.WRITING)
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.PROTECT, related_name="articles")
    topics = models.ManyToManyField(Topic, blank=True, related_name="articles")
    language = models.CharField(max_length=12, default="en")
    slug = models.CharField(max_length=slugs.LONGEST + 10, blank=True)
    draft = models.ForeignKey(Revision, null=True, on_delete=models.RESTRICT, related_name="+")
    live = models.ForeignKey(Revision, null=True, on_delete=models.RESTRICT, related_name="+")

    published_at = models.DateTimeField(null=True, blank=True)
    first_published_on = models.DateField(null=True, blank=True)
    updated_at = models.DateTimeField(null=True, blank=True)
    unpublish_at = models.DateTimeField(null=True, blank=True)
    embargo_until = models.DateTimeField(null=True, blank=True)
    closed_to_reactions = models.BooleanField(default=False, help_text="Its foot does not invite to answer it.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_note = models.TextField(blank=True, max_length=1_000)
    retracted_at = models.DateTimeField(null=True, blank=True)
    spiked_at = models.DateTimeField(null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    assignee = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="assignments")
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[ArticleQuerySet] = ArticleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-changed_at", "-pk"]
        verbose_name = "story"
        verbose_name_plural = "stories"
        permissions = [
            ("edit_any_article", "Can edit stories of others"),
            ("publish_article", "Can publish, withdraw and reinstate stories"),
            ("ready_article", "Can mark stories ready and send them back"),
            ("schedule_article", "Can set when stories that are ready appear"),
            ("edit_commentary_article", "Can edit and publish guest commentary"),
        ]
        indexes = [
            models.Index(fields=["status", "-published_at", "-id"], name="article_newest"),
            models.Index(fields=["section", "status", "-published_at"], name="article_newest_in_section"),
            models.Index(fields=["-changed_at", "-id"], name="article_changed"),
            models.Index(fields=["stage", "status"], name="article_stage"),
            models.Index(
                fields=["published_at"],
                condition=Q(announced_at__isnull=True, status=Status.PUBLISHED),
                name="article_unannounced",
            ),
            models.Index(fields=["spiked_at"], condition=Q(status=Status.SPIKED), name="article_in_bin"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["first_published_on", "slug"], name="article_address_once"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="article_status_known"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="article_stage_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="article_kind_known"),
            models.CheckConstraint(
                condition=Q(status__in=[Status.UNPUBLISHED, Status.SPIKED])
                | Q(
                    live__isnull=False,
                    section__isnull=False,
                    published_at__isnull=False,
                    first_published_on__isnull=False,
                )
                & ~Q(slug=""),
                name="article_public_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.PUBLISHED, Status.WITHDRAWN]) | Q(live__isnull=True),
                name="article_unpublished_has_no_live_text",
            ),
            models.CheckConstraint(
                condition=Q(embargo_until__isnull=True)
                | Q(published_at__isnull=True)
                | Q(published_at__gte=F("embargo_until")),
                name="article_keeps_embargo",
            ),
            models.CheckConstraint(
                condition=Q(retracted_at__isnull=True) | Q(status=Status.WITHDRAWN),
                name="article_retracted_is_withdrawn",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.SPIKED) & Q(spiked_at__isnull=True)
                | Q(
                    status=Status.SPIKED,
                    spiked_at__isnull=False,
                    published_at__isnull=True,
                    announced_at__isnull=True,
                    first_published_on__isnull=True,
                ),
                name="article_bin_never_public",
            ),
        ]

    def __str__(self) -> str:
        return self.draft.headline if self.draft and self.draft.headline else "Untitled"

    def get_absolute_url(self) -> str:
        """Where readers find it; empty for a story that has no address yet."""
        return slugs.path(self.first_published_on, self.slug) if self.first_published_on else ""

    # Writing

    @classmethod
    def begin(
        cls,
        text: Text,
        *,
        by: Actor,
        kind: str = Kind.NEWS,
        autosave: bool = False,
        sitting: str = "",
        turn: int = 0,
        at: datetime | None = None,
    ) -> "Article":
        """A new story with its first revision; one story only for each ``sitting`` of one person."""
        moment = at or timezone.now()
        # No revision stands before the first one: nothing asks for what this save was written on.
        save = Save(text.normalised(), Revision(), by, moment, sealed=not autosave, sitting=sitting, turn=turn)
        try:
            with transaction.atomic():
                article = cls.objects.create(
                    kind=kind, created_by=person(by), assignee=person(by), created_at=moment, changed_at=moment
                )
                draft = writing.start(article, save)
                cls.objects.filter(pk=article.pk).update(draft=draft)
                article.draft = draft
                record("began", article, by=by)
        except IntegrityError:
            if already := cls.begun_in(sitting, by=by):
                return already
            raise
        return article

    @classmethod
    def begun_in(cls, sitting: str, *, by: Actor) -> "Article | None":
        """The story that ``by`` began in this sitting, if there is one: its answer may have been lost."""
        if not sitting or person(by) is None:
            return None
        first = Revision.objects.filter(number=1, sitting=sitting, made_by=person(by))
        return cls.objects.filter(pk__in=first.values("article")).first()

    def revise(
        self,
        text: Text,
        *,
        revision: Revision,
        by: Actor,
        autosave: bool = False,
        sitting: str = "",
        turn: int = 0,
        before: Text | None = None,
        at: datetime | None = None,
    ) -> Revision:
        """Save ``text``, which somebody wrote starting from ``revision``; answers with the new draft.

        The unsealed draft of the same ``sitting`` (an opened editor) is overwritten, anything else is followed by
        a new revision; all but an autosave seals. Saving what is already there changes nothing, nor does a
        ``turn`` that the sitting has saved already. If the draft has moved since ``revision``, both texts are
        brought together: the answer then says more than ``text``. Where both changed the same words, the text is
        kept as a conflicted revision, committed, and ``StaleText`` raised: call this outside any transaction of
        your own. ``before`` is the text it was written from, where that is not the one of ``revision``.
        """
        before = before.normalised() if before else None
        save = Save(
            text.normalised(),
            revision,
            by,
            at or timezone.now(),
            not autosave,
            sitting=sitting,
            turn=turn,
            before=before,
        )
        saved: Revision | None = None
        tries = 0
        while saved is None:
            tries += 1
            with transaction.atomic():
                now = self._locked()
                draft = now.current_draft()
                saved = writing.settle(now, draft, save)
                if saved is None and tries == writing.TRIES:
                    save = save.joined_with(draft)
                    saved = writing.settle(now, draft, save)
                if saved and not saved.conflicted:
                    Article.objects.filter(pk=self.pk).exclude(draft=saved).update(draft=saved, changed_at=save.at)
            save = save if saved else save.joined_with(draft)
        self.refresh_from_db()
        if saved.conflicted and save.merged:
            raise StaleText(kept=saved, current=draft, merge=save.merged)
        return saved

    def restore_revision(
        self, revision: Revision, *, draft: Revision, by: Actor, at: datetime | None = None
    ) -> Revision:
        """A new revision that says what ``revision`` says; the others stay as they are.

        ``draft`` is the newest text as ``by`` saw it (``as_seen``). Raises ``MoveRefused`` if it has moved since,
        or says the same already.
        """
        with self._held() as now:
            spiking.refuse_in_bin(now)
            return keeping.restore(now, revision, draft, by=by, at=at)

    def name_revision(self, revision: Revision, name: str, *, by: Actor) -> None:
        """Call a text “as sent to the lawyer”: it never changes from now on, and is never pruned."""
        with self._held() as now:
            keeping.name(now, revision, name, by=by)

    def unname_revision(self, revision: Revision, *, by: Actor) -> None:
        """Take the name off a text, which is then kept as long as any other."""
        with self._held() as now:
            keeping.unname(now, revision, by=by)

    # Where the working text stands

    def submit(self, *, by: Actor, at: datetime | None = None) -> None:
        """Hand the text to the editors."""
        with self._held() as now:
            moves.advance(now, "submit", by=by, at=at)

    def send_back(self, *, by: Actor, note: str, at: datetime | None = None) -> None:
        """Give the text back to its writer; ``note`` says what is to be done."""
        with self._held() as now:
            moves.advance(now, "send_back", by=by, note=note, at=at)

    def mark_ready(self, *, by: Actor, at: datetime | None = None) -> None:
        """Ready to print; only publishing is left."""
        with self._held() as now:
            moves.advance(now, "mark_ready", by=by, at=at)

    # What readers may see

    def publish(self, *, revision: Revision, by: Actor, at: datetime | None = None, **answers: Any) -> None:
        """Show readers ``revision``, the text ``by`` has seen: now, or from ``at`` on.

        ``answers`` as in ``publishing.Answers``: ``change`` and ``note`` for a live story, ``without_summary``,
        ``despite``. Raises ``NotReady`` with all that the checklist holds against it, ``NotConfirmed`` with what it
        asks, ``TextRefused`` for a note, ``MoveRefused`` if the draft has moved since or is already published.
        """
        with slugs.one_address(), self._held() as now:
            publishing.publish(now, revision, publishing.Answers(**answers), by=by, at=at)

    def plan(self, *, revision: Revision, by: Actor, at: datetime, **answers: Any) -> None:
        """Replace what readers see by exactly ``revision`` at ``at``, a moment to come. Otherwise as ``publish``."""
        with self._held() as now:
            publishing.plan(now, revision, publishing.Answers(**answers), by=by, at=at)

    def unplan(self, *, by: Actor) -> None:
        """Drop the planned update."""
        with self._held() as now:
            publishing.unplan(now, by=by)

    def fold(self, planned: PlannedUpdate) -> None:
        """The moment of ``planned`` has come; however often this is called, it is done once."""
        with self._held() as now:
            publishing.fold(now, planned)

    def limit(self, *, until: datetime | None, by: Actor) -> None:
        """Let the story end at ``until``; ``None`` lets it stay, and come back if it had ended."""
        with self._held() as now:
            publishing.limit(now, until, by=by)

    def unschedule(self, *, by: Actor, note: str = "") -> None:
        """Take back a date to come; the text stays ready."""
        with self._held() as now:
            taking_back.unschedule(now, by=by, note=note)

    def recheck(self, *, by: Actor) -> None:
        """Unschedule a story whose text could not be published any more as it stands."""
        with self._held() as now:
            taking_back.recheck(now, by=by)

    def withdraw(self, *, by: Actor, note: str, at: datetime | None = None) -> None:
        """Take a story from readers; its address answers 410 with ``note``, which says why."""
        with self._held() as now:
            taking_back.withdraw(now, note, by=by, at=at)

    def retract(self, *, by: Actor, note: str, at: datetime | None = None) -> None:
        """Withdraw a story for good: ``note`` stands at its address and among the corrections."""
        with self._held() as now:
            taking_back.retract(now, note, by=by, at=at)

    def reinstate(self, *, by: Actor) -> None:
        """Undo a withdrawal, never a retraction: the same text at the same address with the same dates."""
        with self._held() as now:
            taking_back.reinstate(now, by=by)

    def amend(self, correction: Correction, *, note: str, by: Actor, at: datetime | None = None) -> Correction:
        """Say more about an earlier correction, which stays as it was."""
        with self._held() as now:
            return taking_back.amend(now, correction, note, by=by, at=at)

    def spike(self, *, by: Actor, at: datetime | None = None) -> None:
        """Put a story that readers have never seen into the bin, where it is kept for ``KEPT_IN_BIN``."""
        with self._held() as now:
            spiking.spike(now, by=by, at=at)

    def restore(self, *, by: Actor) -> None:
        """Bring a story back out of the bin, as it was."""
        with self._held() as now:
            spiking.restore(now, by=by)

    def was_seen_by_readers(self) -> bool:
        """Whatever its columns say now. Twin of ``ArticleQuerySet.seen_by_readers``."""
        return Article.objects.seen_by_readers().filter(pk=self.pk).exists()

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        """Refuses: ``articles.models.spiking`` alone deletes, and only what its time in the bin is over for."""
        raise StoryIsKept

    # What the identity says

    def classify(self, *, by: Actor, sitting: str = "", at: datetime | None = None, **changes: Any) -> None:
        """Set any of the identity: section, topics, kind, language, slug, assignee, embargo, closed to reactions.

        Readers see these at once on a live story, so the surface asks for the right to publish there. A new
        slug leaves a redirect behind only where readers knew the old one. What an editor saves by itself names
        its ``sitting``: the log then tells once of each field.
        """
        with slugs.one_address(), self._held() as now:
            if named := identity.apply(now, changes):
                if untold := identity.untold(now, named, by=by, sitting=sitting):
                    record("classified", now, by=by, at=at, changed=untold, **({"sitting": sitting} if sitting else {}))
                if now.live_id:
                    tell(now, "classified")

    # How a verb holds and lets go

    @contextmanager
    def _held(self) -> Iterator["Article"]:
        """The row as it is now, in a transaction (SQLite holds the whole file); afterwards ``self`` is read anew."""
        with transaction.atomic():
            yield self._locked()
        self.refresh_from_db()

    def _locked(self) -> "Article":
        now = Article.objects.select_for_update().filter(pk=self.pk).first()
        if now is None:
            raise MoveRefused(spiking.GONE)
        return now

    def current_draft(self) -> Revision:
        """The newest text of a row just read; every story has one from the moment it is begun."""
        if self.draft is None:
            raise MoveRefused("This story has no text yet. Write one first.")
        return self.draft
