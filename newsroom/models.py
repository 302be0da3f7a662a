import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.models import Group
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.activity import record
from accounts.models import User
from newsroom.roles import ADMINISTRATOR


class KeyRefused(Exception):  # noqa: N818 -- named as it reads where it is raised
    """The key to the first administrator's page does not fit any more."""


class FirstKey(models.Model):
    """The one key to the page on which an empty newsroom gets its first administrator.

    Only a digest is kept. A new key replaces the old one, and the key is gone once it has been used.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()

    LASTS = timedelta(hours=24)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="first_key_is_one_row")]

    def __str__(self) -> str:
        return f"until {self.expires_at}"

    @classmethod
    def is_needed(cls) -> bool:
        """Whether nobody here can administer yet."""
        return not User.objects.filter(Q(is_superuser=True) | Q(groups__name=ADMINISTRATOR)).exists()

    @classmethod
    def cut(cls) -> str:
        """Make the key anew and return it: this is the only time it can be read."""
        key = secrets.token_urlsafe(32)
        values = {"digest": _digest(key), "expires_at": timezone.now() + cls.LASTS}
        cls.objects.update_or_create(id=1, defaults=values)
        return key

    @classmethod
    def fits(cls, key: str) -> bool:
        """Whether this key opens the page now. The guard of ``use`` asks the same."""
        return cls.objects.filter(digest=_digest(key), expires_at__gt=timezone.now()).exists() and cls.is_needed()

    @classmethod
    @transaction.atomic
    def use(cls, key: str, *, email: str, name: str, password: str) -> User:
        """Make the administrator and throw the key away, in one transaction.

        Of two people at once, the one whose DELETE finds the row goes on; the other gets ``KeyRefused``.
        """
        taken, _ = cls.objects.filter(digest=_digest(key), expires_at__gt=timezone.now()).delete()
        if not taken or not cls.is_needed():
            raise KeyRefused
        user = User.objects.create_superuser(email, password, name=name)
        user.groups.add(Group.objects.get_or_create(name=ADMINISTRATOR)[0])
        record("became the first administrator", user, by=user)
        return user


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
