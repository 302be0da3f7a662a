"""What waits for whoever has just come in. Each list is a named queryset of ``articles``; nothing is decided here."""

from typing import NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import User
from articles.models import Article
from desk.story.presence import with_people

SHOWN = 8


class Pile(NamedTuple):
    title: str
    stories: QuerySet[Article]
    empty: str


def waiting(user: User) -> int:
    """How many stories wait for ``user`` to read them: those in review, for somebody who can publish them."""
    return Article.objects.in_review().count() if user.has_perm("articles.publish_article") else 0


def piles(request: HttpRequest) -> list[Pile]:
    """The person's own stories, the queues for those who publish, and what readers got last."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("articles.view_article"):
        return []
    stories = with_people(Article.objects.with_desk())
    mine = Pile(
        "Mine",
        stories.concerning(user)[:SHOWN],
        "Stories you write, are bylined on or have been given. Begin one with Write.",
    )
    live = Pile("Lately live", stories.published()[:SHOWN], "Nothing is published yet.")
    if not user.has_perm("articles.publish_article"):
        return [mine, live]
    return [
        Pile("In review", stories.in_review()[:SHOWN], "No story waits for an editor."),
        mine,
        Pile(
            "Scheduled",
            stories.scheduled()[:SHOWN],
            "Nothing is dated ahead. A story that is ready can be given a date when it is published.",
        ),
        live,
    ]
