"""Who has which story open, and which of them writes. Rows, not a cache: they outlive a restart, and constraints hold.

Nothing here refuses a save. The pen decides what the editor's page offers; texts that cross are merged by saving.
"""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from accounts.activity import record
from accounts.models import User
from articles.models import Article
from desk.receipts import Receipt

__all__ = ["Pen", "Presence", "Receipt"]

# A page tells every 10 seconds that it is open. Three signs in a row may be lost; and whoever waits for a dead browser
# asks every 10 seconds too, so that its pen is free for them within a minute.
PRESENT_FOR = timedelta(seconds=40)
TYPING_FOR = timedelta(seconds=25)
KEPT_FOR = timedelta(days=1)


class PresenceQuerySet(models.QuerySet["Presence"]):
    def present(self, at: datetime | None = None) -> "PresenceQuerySet":
        """Sittings seen lately, of people who may still sign in. Twin of ``Presence.is_present``.

        A sign from a time to come is as worthless as an old one: after a clock was set back by a day it would keep a
        dead browser's pen for a day. So servers that disagree by more than ``PRESENT_FOR`` do not see each other's
        people, and nobody is kept from writing.
        """
        moment = at or timezone.now()
        return self.filter(
            seen_at__gt=moment - PRESENT_FOR,
            seen_at__lt=moment + PRESENT_FOR,
            user__is_active=True,
            user__is_staff=True,
        )

    def shown(self, at: datetime | None = None) -> "PresenceQuerySet":
        """Those present as pages name them: with their people and the pen, the longest here first."""
        return self.present(at).select_related("user", "pen").order_by("opened_at", "pk")


class Presence(models.Model):
    """One opened page of one story: a sitting. Two tabs of a person are two."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="presences")
    sitting = models.UUIDField()
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)
    typed_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True, help_text="When somebody else took the pen from this sitting.")
    taken_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[PresenceQuerySet] = PresenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["article", "user", "sitting"], name="presence_sitting_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.article_id}"

    @classmethod
    def sign(
        cls,
        article: Article,
        sitting: UUID,
        *,
        by: User,
        typed: bool = False,
        after: UUID | None = None,
        at: datetime | None = None,
    ) -> None:
        """The page is open, and has been typed on since its last sign if ``typed``. One UPDATE once it is known.

        ``after`` is the sitting it goes on with, pen and all: that of the page which was sent and answered by this one.
        """
        moment = at or timezone.now()
        if after:
            cls.objects.filter(article=article, user=by, sitting=after).update(sitting=sitting)
        news = {"seen_at": moment} | ({"typed_at": moment} if typed else {})
        if not cls.objects.filter(article=article, user=by, sitting=sitting).update(**news):
            first = cls(article=article, user=by, sitting=sitting, opened_at=moment, **news)
            cls.objects.bulk_create([first], ignore_conflicts=True)

    @classmethod
    def leave(cls, article: Article, sitting: UUID, *, by: User) -> None:
        """The page is closed; the pen, if it had it, is free at once."""
        with transaction.atomic():
            held = cls.hold(cls.objects.filter(article=article, user=by, sitting=sitting))
            cls.objects.filter(pk__in=held).delete()

    @classmethod
    def hold(cls, sittings: PresenceQuerySet) -> list[int]:
        """Keep these rows as they are until the transaction ends; answers with their keys.

        Whoever changes sittings and their pen together holds the sittings first: in any other order two could wait
        for each other, and PostgreSQL would end one of them.
        """
        return list(sittings.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))

    @classmethod
    def tidy(cls) -> None:
        """Forget sittings of long ago, and those a clock that ran ahead has left behind."""
        now = timezone.now()
        cls.objects.exclude(seen_at__range=(now - KEPT_FOR, now + KEPT_FOR)).delete()

    def is_present(self, at: datetime) -> bool:
        """Twin of ``PresenceQuerySet.present``."""
        lately = at - PRESENT_FOR < self.seen_at < at + PRESENT_FOR
        return lately and self.user.is_active and self.user.is_staff

    def is_typing(self, at: datetime) -> bool:
        """Typed a moment ago, as far as signs every 10 seconds can tell."""
        return self.typed_at is not None and at - TYPING_FOR < self.typed_at < at + TYPING_FOR


class Pen(models.Model):
    """The sitting that writes a story; all others read along. A story without a row is free to whoever types first."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="pen")
    presence = models.OneToOneField(Presence, on_delete=models.CASCADE, related_name="pen")
    since = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.presence} since {self.since:%H:%M}"

    @classmethod
    def take_up(cls, presence: Presence, *, by: User, at: datetime | None = None) -> bool:
        """Give ``presence`` the pen if nobody present has it; answers whether it has it now.

        Of several who type first at once exactly one gets it: the article's one row decides.
        """
        moment = at or timezone.now()
        with transaction.atomic():
            Presence.hold(Presence.objects.filter(pk=presence.pk))
            free = Pen(article_id=presence.article_id, presence=presence, since=moment)
            Pen.objects.bulk_create([free], ignore_conflicts=True)
            pen = cls.objects.select_related("presence__user").filter(article=presence.article_id).first()
            if pen is None or pen.presence_id == presence.pk:  # none: whoever had it has just left; ask again
                return pen is not None
            if pen.presence.is_present(moment):
                return False
            return pen._pass_on(presence, by=by, at=moment)

    @classmethod
    def take_over(cls, presence: Presence, holder: int, *, by: User, at: datetime | None = None) -> bool:
        """Give ``presence`` the pen of the sitting ``holder``; answers whether it has it now.

        ``holder`` is whom the person saw writing. If somebody else has been faster the pen stays with them; if it has
        become free meanwhile it is taken up.
        """
        moment = at or timezone.now()
        with transaction.atomic():
            seen = cls.objects.select_related("presence__user").filter(article=presence.article_id, presence=holder)
            pen = seen.first()
            if pen is None or pen.presence_id == presence.pk:
                return cls.take_up(presence, by=by, at=moment)
            if not pen._pass_on(presence, by=by, at=moment):
                return False
            if pen.presence.user_id != by.pk:
                record("took over", presence.article, by=by, at=at, person=pen.presence.user_id)
            return True

    @classmethod
    def lay_down(cls, presence: Presence, *, by: User) -> None:
        """Free the pen of ``by``, if this sitting has it."""
        cls.objects.filter(presence=presence, presence__user=by).delete()

    def _pass_on(self, presence: Presence, *, by: User, at: datetime) -> bool:
        """One guarded UPDATE: only from the sitting that is believed to have the pen."""
        Presence.hold(Presence.objects.filter(pk__in=[self.presence_id, presence.pk]))
        believed = type(self).objects.filter(pk=self.pk, presence=self.presence_id)
        if not believed.update(presence=presence, since=at):
            return False
        Presence.objects.filter(pk=self.presence_id).update(taken_at=at, taken_by=by)
        Presence.objects.filter(pk=presence.pk).update(taken_at=None, taken_by=None)
        return True
