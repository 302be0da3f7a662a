"""How the identity of a story changes: section, topics, kind, language, slug, assignee, embargo.

Runs inside ``Article.classify``'s transaction, with the article's row held.
"""

from typing import TYPE_CHECKING, Any

from django.conf import settings

from accounts.actors import Actor, person
from accounts.models import Activity
from articles.kinds import Kind
from articles.models import slugs
from articles.models.addresses import PastAddress
from articles.states import MoveRefused, Status
from articles.texts import TextRefused

if TYPE_CHECKING:
    from articles.models.article import Article

COLUMNS = frozenset({"section", "kind", "language", "slug", "assignee", "embargo_until", "closed_to_reactions"})


def apply(article: "Article", changes: dict[str, Any]) -> list[str]:
    """Write what differs from the row and answer with its names. ``TextRefused`` names the field that cannot be."""
    if unknown := changes.keys() - COLUMNS - {"topics"}:
        raise TypeError(f"A story has no {', '.join(sorted(unknown))} to classify.")
    columns = {name: value for name, value in changes.items() if name in COLUMNS and getattr(article, name) != value}
    _check(article, columns)
    if "slug" in columns:
        columns["slug"] = _readdress(article, slugs.checked(columns["slug"]))
    named = sorted(columns)
    if "topics" in changes and set(article.topics.all()) != set(changes["topics"]):
        article.topics.set(changes["topics"])
        named.append("topics")
    if columns:
        type(article).objects.filter(pk=article.pk).update(**columns)
    return named


def untold(article: "Article", named: list[str], *, by: Actor, sitting: str) -> list[str]:
    """Those of ``named`` that the log does not tell of yet: autosaves of one sitting tell of each only once."""
    if not sitting:
        return named
    rows = Activity.objects.about(article).filter(verb="classified", actor=person(by), details__sitting=sitting)
    told = {name for details in rows.values_list("details", flat=True) for name in details["changed"]}
    return [name for name in named if name not in told]


def _check(article: "Article", columns: dict[str, Any]) -> None:
    if "kind" in columns and columns["kind"] not in Kind.values:
        raise TextRefused({"kind": "There is no such kind of story. Choose one from the list."})
    if "language" in columns and columns["language"] not in dict(settings.LANGUAGES):
        raise TextRefused({"language": "There is no such language. Choose one from the list."})
    if "section" in columns and columns["section"] is None and article.live_id:
        raise TextRefused({"section": "A published story is in a section. Choose one."})
    embargo = columns.get("embargo_until")
    if embargo and article.has_appeared:
        raise TextRefused({"embargo_until": "Readers have seen this story: it can be under no embargo any more."})
    if embargo and article.published_at and embargo > article.published_at:
        raise MoveRefused("The story is published, or scheduled, before that embargo ends. Unschedule it first.")


def _readdress(article: "Article", slug: str) -> str:
    """The slug to store; where readers knew the old address, it redirects from now on."""
    if article.status in {Status.UNPUBLISHED, Status.SPIKED} or article.first_published_on is None:
        return slug
    if not slug:
        raise TextRefused({"slug": "A published story has an address. Write one."})
    slug = slugs.free(article, slug, article.first_published_on)
    PastAddress.objects.filter(article=article, path=slugs.path(article.first_published_on, slug)).delete()
    if article.has_appeared:
        PastAddress.objects.get_or_create(path=article.get_absolute_url(), defaults={"article": article})
    return slug
