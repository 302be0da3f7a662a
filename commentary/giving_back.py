"""The pieces of an editor who leaves: back where somebody else finds them."""

from typing import Any

from django.db import transaction

from accounts.actors import Actor, Clock
from accounts.models import User
from commentary.models import Submission
from commentary.models.moving import EDITS


def give_back(user: User, *, by: Actor) -> int:
    """Put back every open piece of ``user``, in one transaction; answers how many there were."""
    with transaction.atomic():
        having = list(Submission.objects.open().filter(assignee=user))
        for piece in having:
            piece.give_back(by=by)
    return len(having)


def on_rights_lost(sender: type[User], user: User, **signal: Any) -> None:
    """Whoever may not work on pieces any more has none."""
    if not user.is_active or not user.has_perm(EDITS):
        give_back(user, by=Clock())


def on_deletion(sender: type[User], instance: User, **signal: Any) -> None:
    """The account is about to be deleted: the column would be emptied, and the piece stay in review by nobody."""
    give_back(instance, by=Clock())
