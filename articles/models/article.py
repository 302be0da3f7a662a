from datetime import datetime
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.activity import record
from accounts.actors import Actor, person
from accounts.models import User
from articles import guards
from articles.kinds import Change, Kind
from articles.models import identity, slugs, writing
from articles.models.queries import ArticleQuerySet
from articles.models.revision import Revision
from articles.models.standing import Standing
from articles.models.subjects import Section, Topic
from articles.models.writing import StaleText
from articles.states import STAGE_MOVES, STATUS_MOVES, TOLD, MoveRefused, NotReady, Stage, Status
from articles.texts import Text
from masthead.models import Masthead

JUST_MOVED = "Somebody else has just changed this story. Reload to see where it is."


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
            models.Index(
                fields=["published_at"],
                condition=Q(announced_at__isnull=True, status=Status.PUBLISHED),
                name="article_unannounced",
            ),
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
        ]

    def __str__(self) -> str:
        return self.draft.headline if self.draft and self.draft.headline else "Untitled"

    def get_absolute_url(self) -> str:
        """Where readers find it; empty for a story that has no address yet."""
        return slugs.path(self.first_published_on, self.slug) if self.first_published_on else ""

    # Writing

    @classmethod
    def begin(cls, text: Text, *, by: Actor, kind: str = Kind.NEWS, at: datetime | None = None) -> "Article":
        """A new story with its first revision."""
        text = text.normalised()
        moment = at or timezone.now()
        with transaction.atomic():
            article = cls.objects.create(
                kind=kind, created_by=person(by), assignee=person(by), created_at=moment, changed_at=moment
            )
            draft = writing.write(article, text, by=by, at=moment, sealed=True)
            cls.objects.filter(pk=article.pk).update(draft=draft)
            article.draft = draft
            record("began", article, by=by)
        return article

    def revise(
        self, text: Text, *, revision: Revision, by: Actor, autosave: bool = False, at: datetime | None = None
    ) -> Revision:
        """Save ``text``, which somebody wrote starting from ``revision``; answers with the new draft.

        An unsealed draft of the same person is overwritten, anything else is followed by a new revision; all
        but an autosave seals. Saving what is already there changes nothing, so a repeated click does no harm.
        If the draft has moved since ``revision`` the text is kept as a conflicted revision, committed, and
        ``StaleText`` raised: call this outside any transaction of your own.
        """
        text = text.normalised()
        moment = at or timezone.now()
        with transaction.atomic():
            draft = self._locked()._current_draft()
            unchanged = draft.text == text
            stale = not unchanged and not draft.is_as_in(revision)
            if unchanged:
                saved = draft if autosave else writing.seal(draft, moment)
            elif stale:
                saved = writing.keep(self, text, by=by, at=moment, base=revision)
            else:
                saved = writing.replace(self, draft, text, by=by, at=moment, sealed=not autosave)
                Article.objects.filter(pk=self.pk).exclude(draft=saved).update(draft=saved, changed_at=moment)
        self.refresh_from_db()
        if stale:
            raise StaleText(kept=saved, current=draft)
        return saved

    # Where the working text stands

    def submit(self, *, by: Actor) -> None:
        """Hand the text to the editors."""
        self._advance("submit", by=by)

    def send_back(self, *, by: Actor, note: str) -> None:
        """Give the text back to its writer; ``note`` says what is to be done."""
        self._advance("send_back", by=by, note=note)

    def mark_ready(self, *, by: Actor) -> None:
        """Ready to print; only publishing is left."""
        self._advance("mark_ready", by=by)

    # What readers may see

    def publish(
        self,
        *,
        revision: Revision,
        by: Actor,
        at: datetime | None = None,
        change: str = Change.UPDATE,
        without_summary: str = "",
    ) -> None:
        """Show readers ``revision``, the text ``by`` has seen: now, or from ``at`` on.

        On a live story ``change`` says what the new text is to readers; it is shown at once, whatever ``at``.
        ``without_summary`` is the reason an editor gives for a story with no summary. Raises ``NotReady``
        with every problem, ``MoveRefused`` if the draft has moved since or is already what readers (will) see.
        """
        moment = at or timezone.now()
        with slugs.one_address(), transaction.atomic():
            now = self._locked()
            draft = now._current_draft()
            if not draft.is_as_in(revision):
                raise MoveRefused(f"{draft.made_by_name} has saved a newer text. Read it, then publish.")
            if now.live_id == draft.pk and (now.has_appeared or now.published_at == moment):
                raise MoveRefused("This text is already published.")
            if problems := guards.problems(now, draft, summary_waived=bool(without_summary.strip())):
                raise NotReady(problems)
            columns = now._dates(moment, Change(change)) | {"live": draft, "stage": Stage.WRITING}
            writing.seal(draft, timezone.now())
            now._move(
                "publish", by=by, note=without_summary, columns=columns, change=str(change), revision=draft.number
            )
        self.refresh_from_db()

    def unschedule(self, *, by: Actor) -> None:
        """Take back a date to come; the text stays ready."""
        with transaction.atomic():
            now = self._locked()
            if not now.is_scheduled:
                raise MoveRefused("This story is not scheduled: readers already see it, or no date is set.")
            now._move(
                "unschedule",
                by=by,
                columns={"live": None, "published_at": None, "first_published_on": None, "stage": Stage.READY},
            )
        self.refresh_from_db()

    def withdraw(self, *, by: Actor, note: str, at: datetime | None = None) -> None:
        """Take a story from readers; its address answers 410 with ``note``, which says why."""
        if not note.strip():
            raise MoveRefused("Readers who follow a link need to know why the story is gone. Write a note.")
        with transaction.atomic():
            now = self._locked()
            if now.is_scheduled:
                raise MoveRefused("Readers have not seen this story yet. Unschedule it instead.")
            columns = {"withdrawal_note": note.strip(), "withdrawn_at": at or timezone.now()}
            now._move("withdraw", by=by, note=note, columns=columns)
        self.refresh_from_db()

    def reinstate(self, *, by: Actor) -> None:
        """Undo a withdrawal: the same text at the same address with the same dates."""
        with transaction.atomic():
            self._locked()._move("reinstate", by=by, columns={"withdrawal_note": "", "withdrawn_at": None})
        self.refresh_from_db()

    def spike(self, *, by: Actor) -> None:
        """Put an unpublished story into the bin."""
        with transaction.atomic():
            self._locked()._move("spike", by=by)
        self.refresh_from_db()

    def restore(self, *, by: Actor) -> None:
        """Take a story out of the bin, as it was."""
        with transaction.atomic():
            self._locked()._move("restore", by=by)
        self.refresh_from_db()

    # What the identity says

    def classify(self, *, by: Actor, **changes: Any) -> None:
        """Set any of ``section``, ``topics``, ``kind``, ``language``, ``slug``, ``assignee`` and ``embargo_until``.

        Readers see these at once on a live story, so the surface asks for the right to publish there. A new
        slug leaves a redirect behind only where readers knew the old one.
        """
        with slugs.one_address(), transaction.atomic():
            now = self._locked()
            if named := identity.apply(now, changes):
                record("classified", now, by=by, changed=named)
        self.refresh_from_db()

    # How a verb holds, moves and lets go

    def _locked(self) -> "Article":
        """The row as it is now, held to the end of the transaction (SQLite holds the whole file)."""
        return Article.objects.select_for_update().get(pk=self.pk)

    def _current_draft(self) -> Revision:
        """The newest text of a row just read; every story has one from the moment it is begun."""
        if self.draft is None:
            raise MoveRefused("This story has no text yet. Write one first.")
        return self.draft

    def _advance(self, verb: str, *, by: Actor, note: str = "") -> None:
        _, stage = STAGE_MOVES[verb]
        with transaction.atomic():
            now = self._locked()
            if not now.can(verb):
                raise MoveRefused(f"The text is “{now.state_label}” now. Reload to see where it is.")
            writing.seal(now._current_draft(), timezone.now())
            moved = Article.objects.filter(pk=now.pk, stage=now.stage, status=now.status)
            if not moved.update(stage=stage, changed_at=timezone.now()):
                raise MoveRefused(JUST_MOVED)
            record(TOLD[verb], now, by=by, note=note)
        self.refresh_from_db()

    def _move(
        self, verb: str, *, by: Actor, note: str = "", columns: dict[str, Any] | None = None, **details: Any
    ) -> None:
        """One guarded UPDATE from the status this row was read with, and its ``Activity``."""
        _, status = STATUS_MOVES[verb]
        if not self.can(verb):
            raise MoveRefused(f"The story is “{self.state_label}” now. Reload to see where it is.")
        moved = Article.objects.filter(
            pk=self.pk, status=self.status, draft=self.draft_id, live=self.live_id, published_at=self.published_at
        ).update(status=status, **{"changed_at": timezone.now()} | (columns or {}))
        if not moved:
            raise MoveRefused(JUST_MOVED)
        record(TOLD[verb], self, by=by, note=note, **details)

    def _dates(self, moment: datetime, change: Change) -> dict[str, Any]:
        """The columns that publishing at ``moment`` sets: dates and, until readers know it, the address."""
        if self.has_appeared:
            return {"updated_at": timezone.now()} if change == Change.UPDATE else {}
        if self.embargo_until and moment < self.embargo_until:
            raise NotReady(["The story is under embargo until then. Publish it later, or lift the embargo."])
        day = moment.astimezone(Masthead.current().zone).date()
        wanted = self.slug or slugs.from_headline(self._current_draft().headline)
        return {
            "published_at": moment,
            "first_published_on": day,
            "slug": slugs.free(self, wanted, day),
            "updated_at": None,
        }
