from datetime import datetime
from typing import Any, ClassVar, Never, Self

from django.apps import apps
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property


class UserManager(BaseUserManager["User"]):
    """Makes people who sign in with their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person who works here and signs in with an e-mail address."""

    username = None  # type: ignore[assignment] # people here are known by name and e-mail
    first_name = None  # type: ignore[assignment] # a name is one text: not every name has two parts
    last_name = None  # type: ignore[assignment]
    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=120)
    is_sample = models.BooleanField(
        default=False,
        editable=False,
        help_text="Made by the sample newsroom, with a password everybody can read: never in production.",
    )

    endings = models.PositiveIntegerField(
        default=0, editable=False, help_text="How often all sessions of this person were ended at once."
    )

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "account"

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    @cached_property
    def has_second_factor(self) -> bool:
        """An app or a passkey; recovery codes alone are none. Asked once a request. Twin of ``factors.secured``."""
        factors = apps.get_model("mfa", "Authenticator")._default_manager.filter(user=self)
        return bool(factors.exclude(type="recovery_codes").exists())

    @property
    def is_invited(self) -> bool:
        """Has been sent a letter and has not chosen a password yet."""
        return not self.has_usable_password()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What every session of this person carries: it ends with a new password and with ``endings``."""
        told = f"{self.password}{self.endings or ''}"
        return salted_hmac("accounts.User.session", told, secret=secret, algorithm="sha256").hexdigest()


class ActivityIsKept(RuntimeError):  # noqa: N818 -- named as it reads where it is raised
    """The log is written once. Raised where code would change it or take from it."""

    def __init__(self) -> None:
        super().__init__("The log of who did what is never changed. Personal text leaves it by accounts.erasure alone.")


class ActivityQuerySet(models.QuerySet["Activity"]):
    def about(self, subject: models.Model) -> Self:
        """What was done to ``subject``, newest first."""
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)

    def done_by(self, user: User) -> Self:
        """What a person did, newest first."""
        return self.filter(actor=user)

    def sealed(self) -> Self:
        return self.filter(position__isnull=False)

    def waiting(self) -> Self:
        """Committed, and not sealed yet."""
        return self.filter(position__isnull=True)

    def update(self, **fields: Any) -> Never:
        raise ActivityIsKept

    def bulk_update(self, *args: Any, **options: Any) -> Never:
        raise ActivityIsKept

    def delete(self) -> Never:
        raise ActivityIsKept


class Activity(models.Model):
    """Somebody did something: written once by ``accounts.activity.record``, sealed by ``accounts.sealing``.

    ``actor_name`` and ``subject_name`` are as they were at that moment, so that the log still reads well after
    a person has left; ``actor`` keeps its number even then. These two and ``note`` are all the text a person
    may have erased; the seal covers them through ``digest``, salted, so that erasing them breaks no seal.
    """

    at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    verb = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=20)
    actor_name = models.CharField(max_length=200)
    actor = models.ForeignKey(
        User, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="activity"
    )
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    subject_name = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    details = models.JSONField(default=dict)

    position = models.PositiveBigIntegerField(null=True, editable=False, unique=True)
    salt = models.CharField(max_length=32, blank=True, default="", editable=False)
    digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    seal = models.CharField(max_length=64, blank=True, default="", editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "activity"
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-at"], name="activity_subject"),
            models.Index(fields=["actor", "-at"], name="activity_actor"),
            models.Index(fields=["verb", "-at"], name="activity_verb"),
            models.Index(fields=["id"], condition=models.Q(position__isnull=True), name="activity_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(position__isnull=True, salt="", digest="", seal="")
                | (models.Q(position__gte=1) & ~models.Q(digest="") & ~models.Q(seal="")),
                name="activity_sealed_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.verb}: {self.subject_name}"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise ActivityIsKept
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> Never:
        raise ActivityIsKept

    @property
    def is_erased(self) -> bool:
        """Whether personal text left the row after it was sealed."""
        return self.position is not None and not self.salt


class ActivityHead(models.Model):
    """Where the chain of seals ends. One row: who seals or erases holds it locked meanwhile."""

    position = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="activity_one_head")]

    def __str__(self) -> str:
        return f"{self.position}:{self.seal}"

    @classmethod
    def locked(cls) -> Self:
        """The head, until the end of the transaction nobody else's to move."""
        cls.objects.bulk_create([cls(pk=1)], ignore_conflicts=True)
        return cls.objects.select_for_update().get(pk=1)

    @classmethod
    def current(cls) -> Self:
        return cls.objects.filter(pk=1).first() or cls(pk=1)


class Tally(models.Model):
    """How often something was done within one stretch of time: what limits and replay guards count by.

    A row and not a cache entry, so that it holds for every process and is not thrown out early. ``key`` is a
    digest: whom or which address it counts cannot be read from it.
    """

    action = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    until = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "key", "until"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.action}: {self.count} until {self.until}"

    @staticmethod
    def take(action: str, key: str, *, most: int, until: datetime) -> bool:
        """Count once more if ``most`` is not reached; of any number at once, exactly ``most`` succeed.

        One conditional UPDATE decides. The queries are the same for the first and the tenth.
        """
        row = Tally.objects.filter(action=action, key=key, until=until)
        Tally.objects.bulk_create([Tally(action=action, key=key, until=until)], ignore_conflicts=True)
        return bool(row.filter(count__lt=most).update(count=F("count") + 1))

    @staticmethod
    def give_back(action: str, key: str, *, until: datetime) -> None:
        """What was taken turned out not to count."""
        Tally.objects.filter(action=action, key=key, until=until, count__gt=0).update(count=F("count") - 1)


class Invitation(models.Model):
    """The one key with which somebody new chooses their password. Only its digest is kept; a new one replaces it."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="invitation")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user} until {self.expires_at}"
