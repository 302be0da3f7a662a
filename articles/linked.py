"""Links from one story to another, which follow its headline and its address."""

from collections.abc import Iterable

from articles.models import Article


def linked(keys: Iterable[int]) -> dict[int, Article]:
    """Those stories that readers can read now, as richtext asks for them: nobody learns of any other."""
    stories = Article.objects.published().filter(pk__in=list(keys)).select_related("live").defer("live__body")
    return {story.pk: story for story in stories}
