"""Tells the apps above what has changed for readers, once it is committed and whatever process dies meanwhile."""

from typing import TYPE_CHECKING

from django.apps import apps

from articles.signals import article_changed
from heartbeat import retried

if TYPE_CHECKING:
    from articles.models.article import Article


def tell(article: "Article", verb: str) -> None:
    """Have ``article_changed`` sent by a task of this transaction: what is not committed is never told."""
    tell_changed.enqueue(article.pk, verb)


@retried()
def tell_changed(pk: int, verb: str) -> None:
    """Send ``article_changed``. Every listener hears it, also when another fails; then the task is tried again."""
    article = apps.get_model("articles", "Article").objects.filter(pk=pk).first()
    if article is None:
        return
    answers = article_changed.send_robust(sender=type(article), article=article, verb=verb)
    for _, answer in answers:
        if isinstance(answer, Exception):
            raise answer
