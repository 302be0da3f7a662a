"""What waits for whoever has just come in. Each list is a named queryset of ``articles``; nothing is decided here."""

from typing import NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import User
from articles.models import Article
from desk import permissions
from desk.story.presence import with_people

SHOWN = 8


class Pile(NamedTuple):
    title: str
    stories: QuerySet[Article]
    empty: str


def waiting(user: User) -> int:
    """How many stories wait for ``user`` to read them and to take them further."""
    return permissions.awaiting(user).count()


def piles(request: HttpRequest) -> list[Pile]:
    """The person's own stories, the queues for those who publish, and what readers got last."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("articles.view_article"):
        return []
    stories = with_people(permissions.visible(user).with_desk())
    mine = Pile(
        "Mine",
        stories.concerning(user)[:SHOWN],
        "Stories you write, are bylined on or have been given. Begin one with Write.",
    )
    shown = [mine] if permissions.may_write(user) else []
    if permissions.reviews(user):
        shown.insert(
            0, Pile("In review", permissions.awaiting(user).with_desk()[:SHOWN], "No story waits for an editor.")
        )
    elif permissions.dates(user):
        shown.insert(0, Pile("Ready", stories.standing("ready")[:SHOWN], "No story is ready to be given a date."))
    if permissions.dates(user):
        dated = "Nothing is dated ahead. A story that is ready can be given a date when it is published."
        shown.append(Pile("Scheduled", stories.scheduled()[:SHOWN], dated))
    return [*shown, Pile("Lately live", stories.published()[:SHOWN], "Nothing is published yet.")]
