from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser

from accounts.models import User


class PeopleBackend(ModelBackend):
    """Lets people in by e-mail address and password; in production never one of the sample newsroom."""

    def user_can_authenticate(self, user: User | AnonymousUser | None) -> bool:
        """Also asked, on each request, about everybody already signed in."""
        return super().user_can_authenticate(user) and not (settings.PRODUCTION and getattr(user, "is_sample", False))


def may_enter(user: User | None) -> bool:
    """Whether this person may sign in at all: the one rule for every door, whatever key they hold.

    Password, passkey, code, invitation and the letter with a new password all ask it.
    """
    return user is not None and user.is_staff and PeopleBackend().user_can_authenticate(user)
