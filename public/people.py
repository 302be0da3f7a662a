"""Whose profile readers can open."""

from django.db.models import Q

from articles.models import Article
from authors.models import Author, AuthorQuerySet


def known() -> AuthorQuerySet:
    """The staff, and every guest writer with a published story: a guest in preparation is nobody's business yet."""
    published = Article.objects.published().values("live")
    wrote = Author.objects.filter(bylines__revision__in=published)
    return Author.objects.filter(Q(is_guest=False) | Q(pk__in=wrote.values("pk")))
