"""Stories and the pieces that answer them, as far as readers may know of both."""

from articles.models import Article
from articles.models.queries import ArticleQuerySet


def responses_to(story: Article) -> ArticleQuerySet:
    """Published pieces that answer ``story``, newest first."""
    return Article.objects.published().filter(submission__answers=story)


def answered_by(response: Article) -> Article | None:
    """The story that ``response`` answers, while readers can open it: of any other not even the headline is told."""
    found = Article.objects.published().filter(responses__article=response)
    return found.select_related("live").defer("live__body").first()
