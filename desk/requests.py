from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User


class StaffRequest(HttpRequest):
    """A request that has passed ``AdminSite.admin_view``: somebody of the newsroom is behind it."""

    user: User


def key(typed: str) -> int | None:
    """A row's key as an address or a form names it; nothing for what no database takes for one."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None


def person(request: HttpRequest) -> User:
    """Who is signed in. For views that ``AdminSite.admin_view`` has let somebody through to."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
