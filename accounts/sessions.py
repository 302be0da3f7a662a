"""Where somebody is signed in: listed, and ended.

A session is ended by deleting it; all of a person's sessions by counting up ``User.endings`` too, which each of them
is signed with, so that none is missed.
"""

import re
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from accounts import client
from accounts.activity import record
from accounts.actors import Actor
from accounts.models import User

_SEEN = "accounts.seen_at"
_SEEN_EVERY = timedelta(minutes=5)
_NOWHERE = "0.0.0.0"  # noqa: S104 -- kept where the address is unknown, never listened on

_BROWSERS = (
    ("Edge", r"\bEdgA?/"),
    ("Opera", r"\bOPR/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\b(Firefox|FxiOS)/"),
    ("Chrome", r"\b(Chrome|CriOS|Chromium|HeadlessChrome)/"),
    ("Safari", r"\bSafari/"),
)
_SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("Mac", r"Mac OS X|Macintosh"),
    ("ChromeOS", r"\bCrOS\b"),
    ("Linux", r"Linux"),
)


@dataclass(frozen=True)
class OpenSession:
    """One place where a person is signed in."""

    pk: int
    device: str
    address: str
    since: datetime
    seen: datetime
    is_here: bool


def opened(*, request: HttpRequest, user: User, **signal: Any) -> None:
    """Note a new session. Listens to ``user_logged_in``, so that no way of signing in is left out."""
    if not request.session.session_key:
        request.session.save()
    _note(request, user)


def seen(request: HttpRequest, user: User) -> None:
    """The session is in use: kept to within some minutes, without a query on most requests."""
    if time.time() - request.session.get(_SEEN, 0) > _SEEN_EVERY.total_seconds():
        _note(request, user)


def of(user: User, *, here: str | None) -> list[OpenSession]:
    """Where ``user`` is signed in, last used first; ``here`` is the key of the session that asks."""
    rows = sorted(UserSession.objects.purge_and_list(user), key=lambda row: row.last_seen_at, reverse=True)
    return [
        OpenSession(
            pk=row.pk,
            device=device(row.user_agent),
            address="" if row.ip == _NOWHERE else row.ip,
            since=row.created_at,
            seen=row.last_seen_at,
            is_here=row.session_key == here,
        )
        for row in rows
    ]


@transaction.atomic
def end(user: User, pk: int, *, by: Actor) -> bool:
    """End one session; whether it was one of ``user``'s and still there."""
    row = UserSession.objects.filter(user=user, pk=pk).first()
    if row is None:
        return False
    row.end()
    record("sessions ended", user, by=by, count=1)
    return True


@transaction.atomic
def end_all(user: User, *, by: Actor, but: str | None = None) -> int:
    """End every session of ``user``, but leave the rows of the one with the key ``but``; how many were listed.

    That one ends with its next request too unless ``end_others`` signs it anew.
    """
    User.objects.filter(pk=user.pk).update(endings=F("endings") + 1)
    user.refresh_from_db(fields=["endings"])
    rows = UserSession.objects.filter(user=user).exclude(session_key=but or "")
    ended = [row.end() for row in rows]
    if ended:
        record("sessions ended", user, by=by, count=len(ended))
    return len(ended)


def end_others(request: HttpRequest, user: User, *, by: Actor) -> int:
    """End every session of ``user`` except this one; how many there were."""
    ended = end_all(user, by=by, but=request.session.session_key)
    keep(request, user)
    return ended


def keep(request: HttpRequest, user: User) -> None:
    """Let this session outlive what ends the others: a new password, ``end_all``."""
    before = request.session.session_key
    request.user = user
    update_session_auth_hash(request, user)
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def device(user_agent: str) -> str:
    """A browser's own description in a few words: “Firefox on Windows”. It is what the browser claims, no more."""
    browser = next((name for name, sign in _BROWSERS if re.search(sign, user_agent)), "")
    system = next((name for name, sign in _SYSTEMS if re.search(sign, user_agent)), "")
    return " on ".join(part for part in (browser, system) if part) or "Unknown device"


def forget_ended() -> None:
    """Delete the sessions whose time is over, and what was noted about them."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    old = UserSession.objects.filter(last_seen_at__lt=timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE))
    for row in old:
        row.purge()


def _note(request: HttpRequest, user: User) -> None:
    UserSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user,
            "ip": str(client.address(request) or _NOWHERE),
            "user_agent": request.META.get("HTTP_USER_AGENT", "").replace("\0", "")[:200],
            "last_seen_at": timezone.now(),
        },
    )
    request.session[_SEEN] = time.time()
