"""Which stories use a picture or a document, for the libraries of both."""

from collections.abc import Iterable

from django.urls import reverse

from articles.models.article import Article
from articles.models.uses import DocumentUse, PictureUse
from documents.models import Document
from images.models import Image
from images.uses import Use


def stories_showing(image: Image) -> list[Use]:
    """Every story one of whose texts shows ``image``, once, as its most public text does."""
    return _uses(PictureUse.objects.filter(image=image).values_list("revision__article", "revision"))


def stories_offering(document: Document) -> list[Use]:
    """Every story one of whose texts offers ``document``, once, as its most public text does."""
    return _uses(DocumentUse.objects.filter(document=document).values_list("revision__article", "revision"))


def _uses(rows: Iterable[tuple[int, int]]) -> list[Use]:
    holding: dict[int, set[int]] = {}
    for article_id, revision_id in rows:
        holding.setdefault(article_id, set()).add(revision_id)
    stories = Article.objects.filter(pk__in=holding).select_related("draft", "live")
    return [
        Use(
            story.headline or "Untitled",
            reverse("admin:articles_article_change", args=[story.pk]),
            _standing(story, holding[story.pk]),
            story,
        )
        for story in stories
    ]


def _standing(story: Article, texts: set[int]) -> str:
    if story.live_id in texts:
        return story.standing
    return "draft" if story.draft_id in texts else "earlier text"
