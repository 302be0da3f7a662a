"""Where a piece can be and which moves exist: the one table that every verb of the guest desk obeys.

Scheduled and published are no statuses: they are read from the article. Source: the flow of guest commentary.
"""

from dataclasses import dataclass

from django.db.models import TextChoices

from articles.states import MoveRefused


class Status(TextChoices):
    DRAFT = "draft", "Draft"
    UNCONFIRMED = "unconfirmed", "Waiting for confirmation"
    RECEIVED = "received", "Received"
    IN_REVIEW = "in_review", "In review"
    CHANGES_REQUESTED = "changes_requested", "Changes requested"
    ACCEPTED = "accepted", "Accepted"
    EDITING = "editing", "Editing"
    AWAITING_APPROVAL = "awaiting_approval", "Awaiting approval"
    APPROVED = "approved", "Approved"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    LAPSED = "lapsed", "Lapsed"
    SPAM = "spam", "Spam"
    ERASED = "erased", "Erased"


PRIVATE = frozenset({Status.DRAFT, Status.UNCONFIRMED})  # no editor, search or interface reads these
CLOSED = frozenset({Status.DECLINED, Status.WITHDRAWN, Status.LAPSED, Status.SPAM, Status.ERASED})
UNDECIDED = frozenset({Status.RECEIVED, Status.IN_REVIEW, Status.CHANGES_REQUESTED})
TAKEN = frozenset({Status.ACCEPTED, Status.EDITING, Status.AWAITING_APPROVAL, Status.APPROVED})
OPEN = UNDECIDED | TAKEN


class Party(TextChoices):
    """Who may make a move. What a right means for one person is asked by the surfaces."""

    GUEST = "guest", "The writer"
    EDITOR = "editor", "An editor"
    SENIOR = "senior", "A senior editor"
    CLOCK = "clock", "The clock"


@dataclass(frozen=True)
class Move:
    """From any of ``origins`` to ``target``, by one of ``parties``; ``told`` is how the history says it."""

    origins: frozenset[Status]
    target: Status
    parties: frozenset[Party]
    told: str


def _move(origins: frozenset[Status] | Status, target: Status, told: str, *parties: Party) -> Move:
    return Move(frozenset({origins}) if isinstance(origins, Status) else origins, target, frozenset(parties), told)


_G, _E, _S, _C = Party.GUEST, Party.EDITOR, Party.SENIOR, Party.CLOCK

MOVES: dict[str, Move] = {
    "send": _move(Status.DRAFT, Status.UNCONFIRMED, "sent", _G),
    "confirm": _move(Status.UNCONFIRMED, Status.RECEIVED, "confirmed the address", _G),
    "claim": _move(Status.RECEIVED, Status.IN_REVIEW, "took the piece", _E, _S),
    "release": _move(Status.IN_REVIEW, Status.RECEIVED, "put the piece back", _E, _S, _C),
    "request_changes": _move(
        frozenset({Status.RECEIVED, Status.IN_REVIEW}), Status.CHANGES_REQUESTED, "asked for changes", _E, _S
    ),
    "resubmit": _move(Status.CHANGES_REQUESTED, Status.IN_REVIEW, "sent a revised text", _G),
    "accept": _move(UNDECIDED, Status.ACCEPTED, "accepted", _E, _S),
    "take_reaction": _move(frozenset({Status.RECEIVED, Status.IN_REVIEW}), Status.EDITING, "took up", _E, _S),
    "complete": _move(Status.ACCEPTED, Status.EDITING, "confirmed the acceptance", _G),
    "send_for_approval": _move(
        frozenset({Status.EDITING, Status.APPROVED}), Status.AWAITING_APPROVAL, "sent for approval", _E, _S
    ),
    "object": _move(Status.AWAITING_APPROVAL, Status.EDITING, "asked for changes to the edit", _G),
    "recall": _move(
        frozenset({Status.AWAITING_APPROVAL, Status.APPROVED}), Status.EDITING, "took back for editing", _E, _S, _C
    ),
    "approve": _move(Status.AWAITING_APPROVAL, Status.APPROVED, "approved the text", _G, _C),
    "decline": _move(UNDECIDED, Status.DECLINED, "declined", _E, _S),
    "kill": _move(TAKEN, Status.DECLINED, "declined after acceptance", _S),
    "withdraw": _move(frozenset({Status.UNCONFIRMED}) | OPEN, Status.WITHDRAWN, "withdrew", _G),
    "lapse": _move(
        frozenset({Status.UNCONFIRMED, Status.CHANGES_REQUESTED, Status.ACCEPTED}), Status.LAPSED, "lapsed", _C
    ),
    "reopen": _move(Status.LAPSED, Status.RECEIVED, "reopened", _G, _E, _S),
    "mark_spam": _move(frozenset({Status.RECEIVED, Status.IN_REVIEW}), Status.SPAM, "marked as spam", _E, _S),
    "unmark_spam": _move(Status.SPAM, Status.RECEIVED, "took out of spam", _E, _S),
    "erase": _move(CLOSED - {Status.ERASED} | PRIVATE, Status.ERASED, "erased", _G, _E, _S, _C),
}

# Decisions whose letter waits a little: until it has left, the decision can be taken back.
UNDOABLE = frozenset({"accept", "take_reaction", "decline", "kill"})


class ChangedMeanwhile(MoveRefused):
    """Somebody else moved the piece after the page was opened. Nothing was done."""

    def __init__(self) -> None:
        super().__init__("This changed since you opened it. Nothing was done. Look at it again, then decide.")
