from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils import timezone


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


class ActivityQuerySet(models.QuerySet["Activity"]):
    def about(self, subject: models.Model) -> "ActivityQuerySet":
        """What was done to ``subject``, newest first."""
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)


class Activity(models.Model):
    """Somebody did something: written once by ``accounts.activity.record``, never changed.

    ``actor_name`` and ``subject_name`` are as they were at that moment, so that the log still reads well
    after a person has left. ``note`` alone holds personal text.
    """

    at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    verb = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=20)
    actor_name = models.CharField(max_length=200)
    actor = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="activity")
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    subject_name = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    details = models.JSONField(default=dict)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "activity"
        indexes = [models.Index(fields=["subject_kind", "subject_id", "-at"], name="activity_subject")]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.verb}: {self.subject_name}"
