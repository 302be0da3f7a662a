"""What stands between a guest's text and readers, whichever way somebody tries to publish it.

Registered with ``articles.checklist`` and so asked by every publication, schedule and planned update, under the lock
of the story's row.
"""

from collections.abc import Iterator
from typing import Any

from accounts.actors import Clock
from articles.checklist import Case, Finding
from articles.models import Article
from authors.models import Author
from commentary.canon import canon
from commentary.models import Submission
from commentary.states import Status


def findings(case: Case) -> Iterator[Finding]:
    """Nothing for a story that no guest sent. Nothing here can be answered away: all of it blocks."""
    piece = Submission.objects.filter(article=case.article).first()
    if piece is None:
        return
    if piece.status != Status.APPROVED:
        yield Finding("approval", f"The piece {piece.reference} is “{piece.get_status_display()}”: {_ASK}")
    elif not is_approved(piece, canon(case.revision).digest):
        yield Finding("approval", f"The text differs from the one its writer approved: {_ASK}")
    if any(writer.checked_at is None for writer in piece.signing):
        yield Finding("identity", "Nobody has made sure yet who the writer is. Do so on the piece's page.")
    if piece.disclosure_reviewed_at is None:
        yield Finding("disclosure", "Nobody has looked at what the writer disclosed yet. Do so on the piece's page.")
    if piece.legal_hold_at is not None:
        yield Finding("legal_hold", "The piece is under legal hold. A senior editor can lift it.")


_ASK = "send the text for approval from the piece's page, and publish it when the approval is there."


def is_approved(piece: Submission, digest: str) -> bool:
    """Every writer has said yes to exactly this text, in the newest round."""
    newest = piece.snapshots.first()
    if newest is None or newest.superseded_at is not None or newest.digest != digest:
        return False
    given = set(newest.approvals.filter(digest=digest).values_list("writer_id", flat=True))
    return {writer.pk for writer in piece.signing} <= given


def profile_changed(sender: type[Author], instance: Author, **signal: Any) -> None:
    """A guest's name or biography may have changed: what is scheduled under it is asked again."""
    waiting = Article.objects.scheduled().filter(live__bylines__author=instance, submission__isnull=False)
    for article in waiting.distinct():
        article.recheck(by=Clock())
