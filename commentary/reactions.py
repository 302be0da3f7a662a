"""Which stories readers may react to: those they can read, while the guidelines say so and nobody closed it."""

from datetime import timedelta

from django.utils import timezone

from articles.models import Article
from commentary.models import Guidelines, Office, Submission

MOST_DIGITS = 18
CHOICE = 10  # stories


def story_for(key: str) -> Article | None:
    """The story that ``key`` names, if a reaction to it can be begun now; with its live text.

    Of a story that readers cannot read, nothing is told here, not even that there is one.
    """
    if not key.isascii() or not key.isdigit() or len(key) > MOST_DIGITS:
        return None
    story = Article.objects.published().select_related("live", "section").filter(pk=int(key)).first()
    return story if story and would_be_open(story, Office.current()) else None


def answered_by(piece: Submission) -> Article | None:
    """The story that a draft answers, while readers can read it."""
    found = Article.objects.published().filter(responses=piece)
    return found.select_related("live", "section").first()


def stories_to_choose() -> list[Article]:
    """The newest stories that can be reacted to."""
    office = Office.current()
    if not office.takes_pieces:
        return []
    since = timezone.now() - timedelta(days=Guidelines.current().reaction_window)
    found = Article.objects.published().filter(published_at__gt=since, closed_to_reactions=False).with_cards()
    if not office.is_unset:
        found = found.exclude(section__in=office.closed_sections.all())
    return list(found[:CHOICE])


def would_be_open(story: Article, office: Office) -> bool:
    """``story`` invites reactions, once readers have it: a look ahead shows what they will see."""
    if not office.takes_pieces or story.closed_to_reactions:
        return False
    since = story.published_at or timezone.now()
    if timezone.now() >= since + timedelta(days=Guidelines.current().reaction_window):
        return False
    if office.is_unset or not story.section_id:
        return True
    return not office.closed_sections.filter(pk=story.section_id).exists()
