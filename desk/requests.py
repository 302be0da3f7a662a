from django.http import HttpRequest

from accounts.models import User


class StaffRequest(HttpRequest):
    """A request that has passed ``AdminSite.admin_view``: somebody of the newsroom is behind it."""

    user: User
