"""Where a story stands, read from its columns: what readers see, what can be done next, what the desk calls it."""

from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.models import User
from articles.kinds import GUEST_KINDS, Kind
from articles.states import KEPT_IN_BIN, STAGE_MOVES, STATUS_MOVES, Stage, Status

if TYPE_CHECKING:
    from articles.models.plans import PlannedUpdate
    from articles.models.revision import Revision


class Standing:
    """What holds of an ``Article``; changes nothing and asks the database for no more than bylines."""

    if TYPE_CHECKING:
        kind: str
        status: str
        stage: str
        draft: Revision | None
        draft_id: int | None
        live_id: int | None
        published_at: datetime | None
        unpublish_at: datetime | None
        retracted_at: datetime | None
        spiked_at: datetime | None
        changed_at: datetime
        created_by_id: int | None
        assignee_id: int | None

    def appears_by(self, moment: datetime) -> bool:
        """Readers see it at ``moment``. Twin of ``ArticleQuerySet.appearing_by``."""
        return (
            self.status == Status.PUBLISHED
            and self.published_at is not None
            and self.published_at <= moment
            and (self.unpublish_at is None or self.unpublish_at > moment)
        )

    @property
    def is_public(self) -> bool:
        """Readers see it now. Twin of ``ArticleQuerySet.published``."""
        return self.appears_by(timezone.now())

    @property
    def is_scheduled(self) -> bool:
        """Twin of ``ArticleQuerySet.scheduled``."""
        return self.status == Status.PUBLISHED and self.published_at is not None and self.published_at > timezone.now()

    @property
    def has_appeared(self) -> bool:
        """Readers have seen it at some time: its address is theirs and stays. Twin of ``ArticleQuerySet.appeared``."""
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def has_ended(self) -> bool:
        """Readers saw it until its end. Twin of ``ArticleQuerySet.ended``."""
        return self.status == Status.PUBLISHED and self.unpublish_at is not None and self.unpublish_at <= timezone.now()

    @property
    def is_in_bin(self) -> bool:
        """Spiked: nobody writes in it, and it comes back or goes for good. Twin of ``ArticleQuerySet.in_bin``."""
        return self.status == Status.SPIKED

    @property
    def leaves_bin_at(self) -> datetime | None:
        """When its time in the bin is over, counted from the last words saved. Twin of ``ArticleQuerySet.leaving_bin``.

        Nothing for a story that is not there. One with a named text stays for longer: ``in_bin`` is asked for that.
        """
        return max(self.spiked_at, self.changed_at) + KEPT_IN_BIN if self.is_in_bin and self.spiked_at else None

    @property
    def days_left_in_bin(self) -> int:
        """Days begun until then: 90 for what has just been spiked, 0 for what can go at any moment."""
        left = self.leaves_bin_at - timezone.now() if self.leaves_bin_at else timedelta(0)
        return max(0, ceil(left / timedelta(days=1)))

    @property
    def planned_update(self) -> "PlannedUpdate | None":
        """The text that waits to replace the live one, if there is one."""
        return getattr(self, "planned", None)

    @property
    def headline(self) -> str:
        """As readers know it; the draft's where they have none."""
        shown = getattr(self, "live", None) or self.draft
        return shown.headline if shown else ""

    @property
    def has_changes(self) -> bool:
        """The desk has a newer text than the one readers see or will see."""
        return self.live_id is not None and self.draft_id != self.live_id

    @property
    def is_ready(self) -> bool:
        """An editor has read the working text and has nothing to add. Twin of ``ArticleQuerySet.ready``."""
        return self.stage == Stage.READY

    @property
    def is_settled(self) -> bool:
        """Readers have not seen it, and nobody has to touch the text any more: it is ready, or dated as it is.

        Twin of ``ArticleQuerySet.settled``.
        """
        if self.is_scheduled:
            return self.is_ready or not self.has_changes
        return self.status == Status.UNPUBLISHED and self.is_ready

    @property
    def is_beyond_writing(self) -> bool:
        """Others than its writer may read it. Twin of ``ArticleQuerySet.beyond_writing``."""
        return self.stage != Stage.WRITING or self.live_id is not None

    def can(self, verb: str) -> bool:
        """The table of moves allows ``verb`` from where the story stands."""
        if verb in STAGE_MOVES:
            return self.stage in STAGE_MOVES[verb][0] and self.status != Status.SPIKED
        if verb == "unschedule":
            return self.is_scheduled
        if verb == "unplan":
            return self.planned_update is not None
        if verb in {"withdraw", "retract"} and self.is_scheduled:
            return False
        if verb in {"retract", "reinstate"} and self.retracted_at:
            return False
        return self.status in STATUS_MOVES[verb][0]

    @property
    def standing(self) -> str:
        """One word for where it stands, as lists ask and badges show it. Twin of ``ArticleQuerySet.standing``."""
        if self.status == Status.UNPUBLISHED:
            return self.stage
        if self.status == Status.PUBLISHED:
            return "scheduled" if self.is_scheduled else "ended" if self.has_ended else "live"
        return self.status

    @property
    def state_label(self) -> str:
        """Where the story stands, in the words the desk uses: “Live · changes in review”."""
        stage = Stage(self.stage).label
        if self.status == Status.UNPUBLISHED:
            return stage
        if self.status != Status.PUBLISHED:
            return "Retracted" if self.retracted_at else Status(self.status).label
        place = "Scheduled" if self.is_scheduled else "Ended" if self.has_ended else "Live"
        planned = self.planned_update
        if planned and planned.revision_id == self.draft_id:
            return f"{place} · update planned"
        if not self.has_changes:
            return place
        return f"{place} · {'unpublished changes' if self.stage == Stage.WRITING else f'changes {stage.lower()}'}"

    @property
    def is_commentary(self) -> bool:
        """Written by somebody outside the newsroom, and so always labelled.

        Twin of ``ArticleQuerySet.commentary``.
        """
        return self.kind in GUEST_KINDS

    @property
    def kind_label(self) -> str:
        return Kind(self.kind).label

    def concerns(self, user: User) -> bool:
        """Made by, assigned to or bylined by ``user``. Twin of ``ArticleQuerySet.concerning``."""
        if user.pk in {self.created_by_id, self.assignee_id}:
            return True
        return bool(self.draft and self.draft.bylines.filter(author__user=user).exists())
