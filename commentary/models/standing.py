"""Where a piece stands, read from its columns and its article: what its writer may do, what the desk calls it."""

from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.actors import Guest
from commentary.states import CLOSED, MOVES, OPEN, PRIVATE, TAKEN, Status

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from articles.models import Article
    from commentary.models.versions import Version
    from commentary.models.writers import Writer


class Standing:
    """What holds of a ``Submission``."""

    if TYPE_CHECKING:
        reference: str
        status: str
        kind: str
        article: Article | None
        article_id: int | None
        writers: Any
        versions: Any
        held_until: datetime | None
        promise_at: datetime | None
        answered_at: datetime | None
        quarantined_at: datetime | None

    @property
    def guest(self) -> Guest:
        """Whoever acts for this piece from outside: ``by=`` of all that its writers do."""
        return Guest(self.reference)

    @property
    def version(self) -> "Version":
        """The newest text the writer sent."""
        return self.versions.first()  # type: ignore[no-any-return]

    @property
    def writer(self) -> "Writer":
        """Who sent it."""
        return next(writer for writer in self.writers.all() if writer.position == 1)  # type: ignore[no-any-return]

    @property
    def cowriter(self) -> "Writer | None":
        return next((writer for writer in self.writers.all() if writer.position == 2), None)

    @property
    def signing(self) -> "list[Writer]":
        """Whose word is needed: all writers but a co-writer who says they had no part."""
        return [writer for writer in self.writers.all() if writer.refused_at is None]

    @property
    def is_private(self) -> bool:
        """Nobody at the desk reads it. Twin of ``SubmissionQuerySet.readable``."""
        return self.status in PRIVATE

    def can(self, verb: str) -> bool:
        """The table allows ``verb`` from where the piece stands, by somebody."""
        return self.status in MOVES[verb].origins

    @property
    def is_taken(self) -> bool:
        """Accepted, and not ended: readers have it or may get it."""
        return self.status in TAKEN

    @property
    def can_be_written(self) -> bool:
        """It is a draft still."""
        return self.status == Status.DRAFT

    @property
    def is_unconfirmed(self) -> bool:
        """Sent, and its writer has not yet proved the address."""
        return self.status == Status.UNCONFIRMED

    @property
    def was_withdrawn(self) -> bool:
        return self.status == Status.WITHDRAWN

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED

    @property
    def is_published(self) -> bool:
        """Readers have seen it, whatever has become of the article since."""
        return self.article is not None and self.article.has_appeared

    @property
    def is_scheduled(self) -> bool:
        return self.article is not None and self.article.is_scheduled

    @property
    def is_overdue(self) -> bool:
        """The promised first answer is late. Twin of ``SubmissionQuerySet.overdue``."""
        late = self.promise_at is not None and self.promise_at <= timezone.now()
        return late and self.answered_at is None and self.status in {Status.RECEIVED, Status.IN_REVIEW}

    @property
    def is_held(self) -> bool:
        return self.held_until is not None and self.held_until > timezone.now()

    @property
    def is_in_quarantine(self) -> bool:
        return self.quarantined_at is not None

    @property
    def standing(self) -> str:
        """One word: the status, or ``published``."""
        return "published" if self.is_published and not self.is_closed else self.status

    @property
    def state_label(self) -> str:
        if self.is_published and not self.is_closed:
            return "Published"
        return f"{Status(self.status).label}{' · scheduled' if self.is_scheduled else ''}"
