"""What is said of a story in the bin, wherever one is met."""

from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Article


def found(article: Article) -> Article | None:
    """The story as the bin knows it, if it is there still."""
    return Article.objects.in_bin().filter(pk=article.pk).first()


def put_there(article: Article) -> str:
    """Who put a story into the bin and when, in a sentence."""
    binned = found(article)
    if binned is None or binned.spiked_at is None:
        return "This story was in the bin, and is not there any more."
    moment = timezone.localtime(binned.spiked_at)
    when = date_format(moment, "P" if moment.date() == timezone.localdate() else "N j, P")
    return f"{binned.spiked_by or 'Somebody'} put this story into the bin ({when})."  # type: ignore[attr-defined]
