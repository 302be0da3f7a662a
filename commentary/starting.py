"""How a draft comes to be, once, however often its first page arrives."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from articles.models import Article
from commentary import keys
from commentary.models import Link, Purpose, Submission

KEPT = timedelta(days=180)  # a draft is erased long before, when nobody has written in it


def begin(kind: str, ticket: str, *, answers: Article | None, language: str) -> tuple[Link, bool]:
    """The key to the draft that the page with ``ticket`` began, and whether this began it.

    The ticket is secret to one page in one browser, as a key is; it opens that draft.
    """
    if found := _begun(ticket):
        return found, False
    try:
        with transaction.atomic():
            piece = Submission.begin(kind, answers=answers, language=language)
            link = keys.open_to(
                piece, Purpose.RESUME, writer=piece.writer, lasts=KEPT, known_as=keys.digest(ticket)
            )  # fmt: skip
    except IntegrityError:  # the same page arrived twice at once
        if found := _begun(ticket):
            return found, False
        raise
    return link, True


def _begun(ticket: str) -> Link | None:
    link = keys.find(ticket)
    return link if link is not None and link.purpose == Purpose.RESUME and link.revoked_at is None else None
