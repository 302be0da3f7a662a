"""One text on its way to becoming a revision: whether it is late, whether it stands on the newest, what it becomes."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from accounts.actors import Actor, person
from articles.merging import Merge, merge
from articles.models.revision import Revision
from articles.texts import Text

if TYPE_CHECKING:
    from articles.models.article import Article


@dataclass(frozen=True)
class Save:
    """A text sent to be kept, with what it was written on.

    ``revision`` is the text its writer was shown, as they saw it; ``before`` the text they really wrote from, where
    that differs. ``turn`` counts the saves of a ``sitting`` from 1; 0 counts nothing. ``sent`` is the save as it
    came, ``merged`` what it and a newer draft are together, once they have been brought together.
    """

    text: Text
    revision: Revision
    by: Actor
    at: datetime
    sealed: bool
    sitting: str = ""
    turn: int = 0
    before: Text | None = None
    sent: "Save | None" = None
    merged: Merge | None = None

    def is_late(self, article: "Article") -> bool:
        """The sitting has saved this text, or a newer one, already: an answer was lost, or a request was slow."""
        if not (self.sitting and self.turn):
            return False
        newer = Q(turn__gt=self.turn) | Q(turn=self.turn, conflicted=False)
        return self.of_sitting(article).filter(newer).exists()

    def stands_on(self, article: "Article", draft: Revision) -> bool:
        """Nothing was saved since that its writer does not know of."""
        if self.before is not None:
            return self.before == draft.text
        return draft.is_as_in(self.revision) or self._goes_on(article, draft)

    def joined_with(self, draft: Revision) -> "Save":
        """The same save, brought together with ``draft``, which was saved meanwhile."""
        sent = self.sent or self
        merged = merge(sent._base(), draft.text, sent.text)
        return replace(self, text=merged.text, revision=draft, before=None, sent=sent, merged=merged)

    def may_overwrite(self, draft: Revision) -> bool:
        """Only the sitting's own row, and only until it is sealed."""
        return draft.sealed_at is None and draft.made_by_id is not None and self._wrote(draft)

    def of_sitting(self, article: "Article") -> "QuerySet[Revision]":
        return article.revisions.filter(sitting=self.sitting, made_by=person(self.by))

    def _goes_on(self, article: "Article", draft: Revision) -> bool:
        """The draft is the sitting's own, from a save whose answer was lost, and nobody else wrote in between."""
        if not self.sitting or not self._wrote(draft) or self.turn <= draft.turn:
            return False
        seen = article.revisions.get(pk=self.revision.pk)
        since = article.revisions.filter(number__gt=seen.number, number__lte=draft.number, conflicted=False)
        alone = not since.exclude(sitting=self.sitting, made_by=person(self.by)).exists()
        return alone and self._knows(seen)

    def _base(self) -> Text:
        """The text it was written from; where another sitting has overwritten that, the one before."""
        if self.before is not None:
            return self.before
        seen = Revision.objects.select_related("base").get(pk=self.revision.pk)
        return seen.text if self._knows(seen) or seen.base is None else seen.base.text

    def _knows(self, seen: Revision) -> bool:
        """The row still says what the writer was shown, or says what this sitting wrote on it."""
        return seen.is_as_in(self.revision) or self._wrote(seen)

    def _wrote(self, row: Revision) -> bool:
        return row.sitting == self.sitting and row.made_by == person(self.by)
