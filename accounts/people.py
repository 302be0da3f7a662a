"""What happens to a person's account: invited, given roles, shut out, a new password. Each is told in ``Activity``."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from accounts import sessions
from accounts.activity import record
from accounts.actors import Actor
from accounts.backends import may_enter
from accounts.models import Invitation, User
from accounts.signals import rights_lost

INVITED_FOR = timedelta(days=7)


class KeyRefused(Exception):  # noqa: N818 -- named as it reads where it is raised
    """An invitation's key is wrong, used, replaced or too old."""


def cut_key(user: User) -> str:
    """A new key to choose a password with, in place of the old one: this is the only time it can be read."""
    key = secrets.token_urlsafe(32)
    values = {"digest": _digest(key), "expires_at": timezone.now() + INVITED_FOR}
    Invitation.objects.update_or_create(user=user, defaults=values)
    return key


def invited_with(key: str) -> User | None:
    """Whom this key lets choose a password now. ``accept`` asks the same in its guard."""
    found = Invitation.objects.filter(digest=_digest(key), expires_at__gt=timezone.now()).select_related("user").first()
    return found.user if found and may_enter(found.user) else None


@transaction.atomic
def accept(key: str, password: str) -> User:
    """Set the invited person's first password and throw the key away, in one transaction.

    Of two at once, the one whose DELETE finds the row goes on; the other gets ``KeyRefused``.
    """
    user = invited_with(key)
    taken, _ = Invitation.objects.filter(digest=_digest(key), expires_at__gt=timezone.now()).delete()
    if user is None or not taken:
        raise KeyRefused
    change_password(user, password, by=user)
    return user


@transaction.atomic
def change_password(user: User, password: str, *, by: Actor, but: str | None = None) -> None:
    """Ends every session, invitation and unfinished sign-in. ``but``: as in ``sessions.end_all``."""
    user.set_password(password)
    user.save(update_fields=["password"])
    Invitation.objects.filter(user=user).delete()
    record("password changed", user, by=by)
    sessions.end_all(user, by=by, but=but)


@transaction.atomic
def change_roles(user: User, roles: Iterable[Group], *, by: Actor, but: str | None = None) -> bool:
    """Give exactly these roles. Whoever was signed in as something else signs in again; whether anything changed."""
    before = set(user.groups.all())
    after = set(roles)
    if before == after:
        return False
    user.groups.set(after)
    gained, lost = _names(after - before), _names(before - after)
    record("role changed", user, by=by, gained=gained, lost=lost)
    rights_lost.send(User, user=User.objects.get(pk=user.pk), by=by)
    sessions.end_all(user, by=by, but=but)
    return True


@transaction.atomic
def rename(user: User, name: str, *, by: Actor) -> None:
    User.objects.filter(pk=user.pk).update(name=name)
    user.name = name
    record("renamed", user, by=by)


@transaction.atomic
def change_address(user: User, email: str, *, by: Actor) -> None:
    """Sign-in from now on by ``email``. Letters to the old address open nothing any more."""
    User.objects.filter(pk=user.pk).update(email=email)
    user.email = email
    Invitation.objects.filter(user=user).delete()
    record("address changed", user, by=by)


@transaction.atomic
def shut_out(user: User, *, by: Actor) -> None:
    """May not sign in any more, wherever they are signed in now."""
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        user.is_active = False
        record("shut out", user, by=by)
        rights_lost.send(User, user=User.objects.get(pk=user.pk), by=by)
        sessions.end_all(user, by=by)


@transaction.atomic
def let_in(user: User, *, by: Actor) -> None:
    """May sign in again."""
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        user.is_active = True
        record("let in", user, by=by)


def _names(groups: set[Group]) -> list[str]:
    return sorted(group.name for group in groups)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
