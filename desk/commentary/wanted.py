"""What stands between a guest's text and readers, and which of its words are locked: for both of its pages."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from articles.checklist import Case
from articles.models import Article
from commentary import guard
from commentary.canon import canon
from commentary.models import Submission
from desk import permissions


@dataclass(frozen=True)
class Line:
    """What the pages of a story say of the piece it was made of; ``piece`` only for whoever may open that."""

    reference: str
    state: str
    piece: Submission | None
    is_locked: bool
    is_approved: bool
    wanted: list[str]


def wanted(piece: Submission) -> list[str]:
    """What the guard still asks, as sentences; nothing before there is a story."""
    article = piece.article
    if article is None or article.draft is None or piece.is_closed:
        return []
    return [finding.sentence for finding in guard.findings(Case(article, article.draft, timezone.now()))]


def line(article: Article, user: User) -> Line | None:
    """Nothing for a story that no guest sent."""
    if not article.is_commentary:
        return None
    piece = Submission.objects.with_people().filter(article=article).first()
    if piece is None:
        return None
    frozen = piece.snapshots.first()
    locked = frozen is not None and frozen.superseded_at is None
    approved = article.draft is not None and guard.is_approved(piece, canon(article.draft).digest)
    mine = permissions.works_on_pieces(user) and permissions.pieces(user).filter(pk=piece.pk).exists()
    return Line(piece.reference, piece.state_label, piece if mine else None, locked, approved, wanted(piece))
