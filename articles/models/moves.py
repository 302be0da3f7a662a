"""How a verb moves a story: one guarded UPDATE, its ``Activity``, and the word to whom it concerns.

Every function runs inside the verb's transaction, with the article's row held.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts.activity import record
from accounts.actors import Actor
from articles.models import writing
from articles.models.telling import tell
from articles.states import STAGE_MOVES, STATUS_MOVES, TOLD, MoveRefused

if TYPE_CHECKING:
    from articles.models.article import Article

JUST_MOVED = "Somebody else has just changed this story. Reload to see where it is."


def advance(article: "Article", verb: str, *, by: Actor, note: str = "", at: datetime | None = None) -> None:
    """Move the stage of the working text, which is sealed by it."""
    _, stage = STAGE_MOVES[verb]
    if not article.can(verb):
        raise MoveRefused(f"The text is “{article.state_label}” now. Reload to see where it is.")
    moment = at or timezone.now()
    writing.seal(article.current_draft(), moment)
    held = type(article).objects.filter(pk=article.pk, stage=article.stage, status=article.status)
    if not held.update(stage=stage, changed_at=moment):
        raise MoveRefused(JUST_MOVED)
    record(TOLD[verb], article, by=by, note=note, at=at)


def move(
    article: "Article",
    verb: str,
    *,
    by: Actor,
    note: str = "",
    at: datetime | None = None,
    columns: dict[str, Any] | None = None,
    **details: Any,
) -> None:
    """Move the status from where the row was read, with the columns that go with it."""
    _, status = STATUS_MOVES[verb]
    if not article.can(verb):
        raise MoveRefused(f"The story is “{article.state_label}” now. Reload to see where it is.")
    held = type(article).objects.filter(
        pk=article.pk,
        status=article.status,
        draft=article.draft_id,
        live=article.live_id,
        published_at=article.published_at,
    )
    if not held.update(status=status, **{"changed_at": at or timezone.now()} | (columns or {})):
        raise MoveRefused(JUST_MOVED)
    record(TOLD[verb], article, by=by, note=note, at=at, **details)
    tell(article, TOLD[verb])
