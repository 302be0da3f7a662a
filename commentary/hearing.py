"""What the guest desk does when a story changes for its readers."""

from typing import Any

from accounts.actors import Clock
from articles.models import Article
from commentary.models import Submission, aftermath


def hear(sender: type[Article], article: Article, verb: str, **signal: Any) -> None:
    """Listens to ``article_changed``: the writers are told of what became of their piece, however often it is heard."""
    piece = Submission.objects.filter(article=article).first()
    if piece is None:
        return
    if aftermath.news(piece)[0]:
        piece.tell_of_appearing(by=Clock())
    told = set(piece.events.filter(details__has_key="correction").values_list("details__correction", flat=True))
    for correction in article.corrections.all():
        if correction.pk not in told:
            piece.tell_of_correction(correction, by=Clock())
    if article.withdrawn_at and not article.retracted_at:
        piece.tell_of_withdrawal(article.withdrawal_note, article.withdrawn_at, by=Clock())
