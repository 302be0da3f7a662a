"""The way in: who is being let in, what is still missing, and how long ago they proved who they are."""

import time
from datetime import timedelta
from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from accounts import limits
from accounts.backends import may_enter
from accounts.models import User

_BACKEND = "accounts.backends.PeopleBackend"
_WAITING = "accounts.waiting"
_PROVED = "accounts.proved_at"
WAITS_FOR = timedelta(minutes=10)
FRESH_FOR = timedelta(minutes=5)


def begin(request: HttpRequest, user: User, *, next_page: str = "") -> bool:
    """The password was right. Whether that was all; otherwise ``waiting`` knows who has a second factor to show."""
    if not user.has_second_factor:
        enter(request, user, proved=True)
        return True
    request.session[_WAITING] = {
        "person": user.pk,
        "at": time.time(),
        "next": next_page,
        "signed": user.get_session_auth_hash(),
    }
    return False


def waiting(request: HttpRequest) -> User | None:
    """Whose password was right a moment ago, and is still the same."""
    kept = request.session.get(_WAITING)
    if not isinstance(kept, dict) or time.time() - kept["at"] > WAITS_FOR.total_seconds():
        return None
    user = User.objects.filter(pk=kept["person"]).first()
    if user is None or not may_enter(user) or not constant_time_compare(kept["signed"], user.get_session_auth_hash()):
        return None
    return user


def next_page(request: HttpRequest) -> str:
    kept: dict[str, Any] = request.session.get(_WAITING) or {}
    return str(kept.get("next", ""))


def enter(request: HttpRequest, user: User, *, proved: bool) -> None:
    """Open the session. ``proved``: the password was typed on the way, so it need not be asked again at once."""
    request.session.pop(_WAITING, None)
    login(request, user, backend=_BACKEND)
    request.session.pop(_WAITING, None)
    if proved:
        request.session[_PROVED] = time.time()


def is_fresh(request: HttpRequest) -> bool:
    """Whether the password was typed in this session within the last minutes."""
    age = time.time() - float(request.session.get(_PROVED, 0))
    return 0 <= age <= FRESH_FOR.total_seconds()


def prove(request: HttpRequest, user: User, password: str) -> bool | None:
    """Whether this is the password of who is signed in; ``None`` if it was tried too often."""
    attempt = limits.proof(request, user.pk)
    if not attempt.begin():
        return None
    if not user.check_password(password):
        return False
    attempt.succeed()
    request.session[_PROVED] = time.time()
    return True
