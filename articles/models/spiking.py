"""The bin: what is spiked can be brought back for ``KEPT_IN_BIN``, and is then deleted, as nothing else ever is.

The verbs run inside the transaction of ``Article``, with the article's row held. No story that readers have ever seen
comes in here: it can be withdrawn, not thrown away.
"""

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from accounts.activity import record
from accounts.actors import Actor, Clock
from articles.models.moves import move
from articles.states import AlreadySo, MoveRefused, Stage

if TYPE_CHECKING:
    from articles.models.article import Article

logger = logging.getLogger(__name__)

GONE = "This story is deleted: its time in the bin was over."
AT_ONCE = 50  # stories in one beat; each is deleted in a transaction of its own, so that nobody waits for all


def spike(article: "Article", *, by: Actor, at: datetime | None) -> None:
    """Put a story that readers have never seen into the bin."""
    if refusal := _refusal(article):
        raise refusal
    moment = at or timezone.now()
    move(article, "spike", by=by, at=at, columns={"spiked_at": moment, "changed_at": moment})


def restore(article: "Article", *, by: Actor) -> None:
    """Bring a story back to where it stood.

    Only if somebody's last words were saved after it was spiked, it comes back as being written: nobody has read them.
    """
    if not article.is_in_bin:
        raise AlreadySo("This story is not in the bin. Nothing is to be brought back.")
    columns: dict[str, object] = {"spiked_at": None}
    if article.spiked_at and article.current_draft().saved_at > article.spiked_at:
        columns["stage"] = Stage.WRITING
    move(article, "restore", by=by, columns=columns)


def refuse_in_bin(article: "Article") -> None:
    """Nothing is done to a story in the bin but bringing it back."""
    if article.is_in_bin:
        raise MoveRefused("This story is in the bin. Bring it back first.")


def empty() -> None:
    """Delete what has been in the bin for its time, oldest first; a beat cut short goes on with the next one.

    Any number of heartbeats delete a story once, and none that is brought back at this moment.
    """
    moment = timezone.now()
    stories = apps.get_model("articles", "Article").objects
    for pk in list(stories.leaving_bin(moment).order_by("spiked_at", "pk").values_list("pk", flat=True)[:AT_ONCE]):
        try:
            _throw_away(pk, moment)
        except (models.ProtectedError, models.RestrictedError):
            logger.exception("The story %s cannot leave the bin: something holds on to it.", pk)


@transaction.atomic
def _throw_away(pk: int, moment: datetime) -> None:
    """The story with every text and all that hangs on it; the log tells of it, and outlives it."""
    stories = apps.get_model("articles", "Article").objects
    article = stories.leaving_bin(moment).select_for_update(of=("self",)).filter(pk=pk).first()
    if article is None or article.spiked_at is None:
        return
    # Asked once more, now that nobody else can name a text or bring the story back.
    still = stories.leaving_bin(moment).filter(pk=pk, spiked_at=article.spiked_at, draft=article.draft_id)
    if not still.update(draft=None):
        return
    record("deleted", article, by=Clock(), spiked=article.spiked_at.isoformat(), texts=article.revisions.count())
    # The one way past Article.delete and ArticleQuerySet.delete, which refuse.
    models.QuerySet(type(article)).filter(pk=pk).delete()


def forget(article: "Article", *, by: Actor) -> None:
    """Delete a story in the bin at once, on the wish of whoever wrote it. Runs inside the verb's transaction.

    Raises ``MoveRefused`` where it is not in the bin, or something holds on to it.
    """
    every: models.QuerySet[Article] = models.QuerySet(type(article))
    stories = every.filter(pk=article.pk, spiked_at__isnull=False, live__isnull=True)
    if not stories.update(draft=None):
        raise MoveRefused("Only a story in the bin can be deleted.")
    record("deleted", article, by=by)
    try:
        stories.delete()
    except (models.ProtectedError, models.RestrictedError) as held:
        raise MoveRefused("Something holds on to the story. It cannot be deleted.") from held


def _refusal(article: "Article") -> MoveRefused | None:
    """Why a story cannot go into the bin, for the person who wants it there."""
    if article.is_in_bin:
        return AlreadySo("This story is in the bin already.")
    if article.is_scheduled:
        return MoveRefused("This story is scheduled. Unschedule it first.")
    if article.live_id:
        shown = "Readers see this story. Withdraw it instead" if article.is_public else "Readers have seen this story"
        return MoveRefused(f"{shown}: what was published is never thrown away.")
    if article.was_seen_by_readers():
        return MoveRefused("Readers have seen this story: what was published is never thrown away.")
    return None
