"""Who can have a piece, and who can see what is under legal hold."""

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from accounts.models import User


def editors() -> QuerySet[User]:
    """Everybody of the commentary desk who may sign in, by name."""
    return _entitled("change_submission")


def holders() -> QuerySet[User]:
    """Whoever may lift a legal hold, by name."""
    return _entitled("hold_submission")


def _entitled(codename: str) -> QuerySet[User]:
    right = Permission.objects.filter(content_type__app_label="commentary", codename=codename)
    entitled = Q(is_superuser=True) | Q(groups__permissions__in=right) | Q(user_permissions__in=right)
    having = User.objects.filter(entitled).order_by().values("pk")
    return User.objects.filter(pk__in=having, is_active=True, is_staff=True).order_by("name", "pk")
