"""Who may do what with a story. The model says what is possible; these say for whom.

Every function answers for one user and one story; ``visible`` is the same rule as ``may_read`` for lists.
"""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from accounts.models import User
from articles.models import Article
from articles.models.queries import ArticleQuerySet


def may_write(user: User | AnonymousUser) -> bool:
    """May begin a story of one's own."""
    return user.has_perm("articles.add_article")


def may_edit(user: User, article: Article) -> bool:
    """One's own story, or any with the right to edit others'."""
    if not user.has_perm("articles.change_article"):
        return False
    return user.has_perm("articles.edit_any_article") or article.concerns(user)


def may_read(user: User, article: Article) -> bool:
    """What one may edit, and others' stories from review on. Twin of ``visible``."""
    if not user.has_perm("articles.view_article"):
        return False
    return article.is_beyond_writing or may_edit(user, article)


def visible(user: User) -> ArticleQuerySet:
    """The stories ``user`` may read. Twin of ``may_read``."""
    if not user.has_perm("articles.view_article"):
        return Article.objects.none()
    if user.has_perm("articles.change_article") and user.has_perm("articles.edit_any_article"):
        return Article.objects.all()
    readable = Q(pk__in=Article.objects.beyond_writing().values("pk"))
    if user.has_perm("articles.change_article"):
        readable |= Q(pk__in=Article.objects.concerning(user).values("pk"))
    return Article.objects.filter(readable)


def may_mark_ready(user: User, article: Article) -> bool:
    """Say that a text needs nothing more: anybody who may edit others' stories."""
    return user.has_perm("articles.edit_any_article") and may_edit(user, article)


def may_publish(user: User, article: Article) -> bool:
    """Publish, schedule, withdraw, reinstate: everything that changes what readers see."""
    return user.has_perm("articles.publish_article") and may_edit(user, article)


def may_classify(user: User, article: Article) -> bool:
    """Section, topics, kind, address: readers see these at once on a story that is out."""
    return may_publish(user, article) if article.live_id else may_edit(user, article)


def may_share(user: User, article: Article) -> bool:
    """Show a text to people without an account, and end that: whoever may read it and work on it."""
    return may_read(user, article) and may_edit(user, article)
