"""A look at a text for people without an account: bound to a story, expiring, revocable, counted."""

import re
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.activity import record
from accounts.actors import Actor, person
from accounts.models import User
from articles.models import writing
from articles.models.revision import Revision
from articles.states import MoveRefused, Status

if TYPE_CHECKING:
    from articles.models.article import Article

TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")
LONGEST_LABEL = 120


class Lasts(models.TextChoices):
    """How long a shared preview can be opened."""

    HOUR = "hour", "1 hour"
    DAY = "day", "1 day"
    WEEK = "week", "1 week"

    @property
    def time(self) -> timedelta:
        return {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}[self.value]


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def usable(self) -> Self:
        """Links that show their text now. Twin of ``PreviewLink.is_usable``."""
        return (
            self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())
            .exclude(article__status=Status.SPIKED)
            .filter(Q(article__withdrawn_at__isnull=True) | Q(made_at__gte=F("article__withdrawn_at")))
        )

    def for_token(self, token: str) -> "PreviewLink | None":
        """The link somebody holds, whether it still shows anything or not."""
        if not TOKEN.fullmatch(token):
            return None
        return self.select_related("article").filter(token=token).first()


class PreviewLink(models.Model):
    """Whoever has the address sees ``revision``, or the newest text where it is empty, until the link ends.

    It ends at ``expires_at`` or when it is revoked. While the story is in the bin no link of it shows anything, and
    withdrawing a story ends the links made before, until the story is reinstated.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="preview_links")
    revision = models.ForeignKey(Revision, null=True, blank=True, on_delete=models.RESTRICT, related_name="+")
    token = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=LONGEST_LABEL, blank=True, help_text="For whom it was made.")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    openings = models.PositiveIntegerField(default=0)
    last_opened_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_by_name = models.CharField(max_length=200)

    objects: ClassVar[PreviewLinkQuerySet] = PreviewLinkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(token=""), name="preview_link_has_a_token"),
        ]

    def __str__(self) -> str:
        return f"Preview of {self.article}"

    def get_absolute_url(self) -> str:
        return reverse("public:preview", args=[self.token])

    @classmethod
    def make(
        cls, article: "Article", *, revision: Revision | None, lasts: str, by: Actor, label: str = ""
    ) -> "PreviewLink":
        """A link to ``revision`` as ``by`` has seen it, which is sealed, or to whatever text is the newest.

        ``lasts`` is a value of ``Lasts``; ``label`` says for whom. Raises ``MoveRefused`` for a story in the bin, a
        text that has been written over since, and a label that cannot be kept.
        """
        label = _tidied(label)
        moment = timezone.now()
        with transaction.atomic():
            now = type(article).objects.select_for_update().get(pk=article.pk)
            if now.status == Status.SPIKED:
                raise MoveRefused("This story is in the bin. Bring it back, then share it.")
            if revision:
                _seal_as_seen(now, revision)
            link = cls.objects.create(
                article=now,
                revision=revision,
                token=secrets.token_urlsafe(32),
                label=label,
                expires_at=moment + Lasts(lasts).time,
                made_at=moment,
                made_by=person(by),
                made_by_name=str(by)[:200],
            )
            record("shared", now, by=by, note=label, lasts=lasts, revision=revision.number if revision else None)
        return link

    def revoke(self, *, by: Actor) -> None:
        """From now on the link shows nothing. Repeating it is refused, so the log tells of it once."""
        moment = timezone.now()
        with transaction.atomic():
            open_still = PreviewLink.objects.filter(pk=self.pk, revoked_at__isnull=True, expires_at__gt=moment)
            if not open_still.update(revoked_at=moment):
                raise MoveRefused("This link has already ended. Nobody can open it.")
            record("revoked a shared preview of", self.article, by=by, note=self.label)
        self.refresh_from_db(fields=["revoked_at"])

    def opened(self) -> bool:
        """Count that somebody looks; false where the link has ended meanwhile, and then nothing may be shown."""
        still = PreviewLink.objects.usable().filter(pk=self.pk)
        return bool(still.update(openings=F("openings") + 1, last_opened_at=timezone.now()))

    @property
    def is_usable(self) -> bool:
        """It shows its text now. Twin of ``PreviewLinkQuerySet.usable``."""
        return not self.has_ended and not self.is_held

    @property
    def has_ended(self) -> bool:
        """Revoked or expired: it will never show anything again."""
        return self.revoked_at is not None or self.expires_at <= timezone.now()

    @property
    def is_held(self) -> bool:
        """Shows nothing for now, because the story is in the bin or was withdrawn after the link was made."""
        withdrawn_at = self.article.withdrawn_at
        return self.article.status == Status.SPIKED or (withdrawn_at is not None and withdrawn_at > self.made_at)


def _tidied(label: str) -> str:
    tidy = " ".join(label.split())
    if "\0" in tidy:
        raise MoveRefused("“For whom” holds a character that cannot be stored (NUL). Type it again.")
    if len(tidy) > LONGEST_LABEL:
        raise MoveRefused(f"“For whom” is {len(tidy)} characters long; {LONGEST_LABEL} are possible. Shorten it.")
    return tidy


def _seal_as_seen(article: "Article", seen: Revision) -> None:
    """The text that is shared never changes; it is the one the person saw, or nothing is shared."""
    stored = article.revisions.filter(pk=seen.pk).first()
    if stored is None:
        raise MoveRefused("This text belongs to another story. Open the story's own page and share it there.")
    if not stored.is_as_in(seen):
        raise MoveRefused(f"{stored.made_by_name} has saved a newer text. Read it, then share it.")
    writing.seal(stored, timezone.now())
