"""How revisions come to be: the rows behind ``Article.begin`` and ``Article.revise``.

What a save that comes too late raises stands here too. Every function runs inside the verb's transaction, with the
article's row held.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F

from accounts.actors import Actor, person
from articles.models.revision import Revision, stored
from articles.states import MoveRefused
from articles.texts import Text

if TYPE_CHECKING:
    from articles.models.article import Article


class StaleText(MoveRefused):
    """A save came too late: ``kept`` is the text that was sent, ``current`` the one now in its place."""

    def __init__(self, *, kept: Revision, current: Revision) -> None:
        super().__init__(
            f"{current.made_by_name} has saved this story since you opened it. Your text is kept in its history; "
            "nothing is lost."
        )
        self.kept = kept
        self.current = current


def write(
    article: "Article",
    text: Text,
    *,
    by: Actor,
    at: datetime,
    sealed: bool,
    base: Revision | None = None,
    conflicted: bool = False,
) -> Revision:
    """A further revision of ``article``."""
    newest = article.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    revision = article.revisions.create(
        **stored(text),
        number=newest + 1,
        base=base,
        conflicted=conflicted,
        made_by=person(by),
        made_by_name=str(by)[:200],
        made_at=at,
        saved_at=at,
        sealed_at=at if sealed else None,
    )
    revision.set_bylines(text.bylines)
    return revision


def keep(article: "Article", text: Text, *, by: Actor, at: datetime, base: Revision) -> Revision:
    """The text of a save that came too late, kept beside the draft."""
    return write(article, text, by=by, at=at, sealed=True, base=base, conflicted=True)


def replace(article: "Article", draft: Revision, text: Text, *, by: Actor, at: datetime, sealed: bool) -> Revision:
    """The draft after another ``text`` was saved: itself where it may be overwritten, else a new one."""
    own = draft.made_by_id is not None and draft.made_by == person(by)
    if draft.sealed_at or not own:
        seal(draft, at)
        return write(article, text, by=by, at=at, sealed=sealed, base=draft)
    Revision.objects.filter(pk=draft.pk, saves=draft.saves, sealed_at__isnull=True).update(
        **stored(text), saved_at=at, saves=F("saves") + 1, sealed_at=at if sealed else None
    )
    draft.set_bylines(text.bylines)
    return Revision.objects.get(pk=draft.pk)


def seal(revision: Revision, moment: datetime) -> Revision:
    """From now on this row never changes."""
    if revision.sealed_at is None:
        Revision.objects.filter(pk=revision.pk, sealed_at__isnull=True).update(sealed_at=moment)
        revision.sealed_at = moment
    return revision
