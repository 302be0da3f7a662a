"""How a verb moves a piece: the table is asked, the columns are written, the history told, in one transaction.

Every function runs inside the verb's transaction, with the row held (``Submission._held``).
"""

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts.activity import record
from accounts.actors import Actor, Clock, Guest, person
from accounts.models import User
from articles.states import MoveRefused
from commentary.models.thread import Event
from commentary.states import CLOSED, MOVES, Party, Status

if TYPE_CHECKING:
    from commentary.models.submission import Submission

SENIOR = "commentary.kill_submission"
EDITS = "commentary.change_submission"
DECIDES = "commentary.decide_submission"


def parties(*, by: Actor) -> frozenset[Party]:
    """What ``by`` is to a piece. Whoever fills the sample or repairs by a command may be anybody."""
    if isinstance(by, Guest):
        return frozenset({Party.GUEST})
    if isinstance(by, Clock):
        return frozenset({Party.CLOCK})
    if isinstance(by, User):
        if by.has_perm(SENIOR):
            return frozenset({Party.EDITOR, Party.SENIOR})
        return frozenset({Party.EDITOR}) if by.has_perm(EDITS) else frozenset()
    return frozenset(Party)


def may(piece: "Submission", verb: str, *, by: Actor) -> bool:
    """The table allows ``verb`` from where the piece stands, by ``by``."""
    move = MOVES[verb]
    return piece.status in move.origins and bool(move.parties & parties(by=by)) and not is_kept_from(piece, by=by)


def is_kept_from(piece: "Submission", *, by: Actor) -> bool:
    """A guest moves only their own piece; whoever has recused themselves stays out."""
    if isinstance(by, Guest):
        return by.reference != piece.reference
    return isinstance(by, User) and piece.recused.filter(pk=by.pk).exists()


def move(
    piece: "Submission", verb: str, *, by: Actor, note: str = "", columns: dict[str, Any] | None = None, **details: Any
) -> Event:
    """Make the move ``verb`` with the columns that go with it; ``details`` name nobody."""
    target = MOVES[verb].target
    refuse_unless_may(piece, verb, by=by)
    now, before = timezone.now(), piece.status
    wanted = {"status": target, "status_at": now, "due_at": None, "reminders": 0}
    wanted |= {"closed_at": now, "open_key": ""} if target in CLOSED else {"closed_at": None}
    wanted |= columns or {}
    write(piece, **wanted)
    return tell(piece, MOVES[verb].told, by=by, note=note, before=before, after=target, verb=verb, **details)


def refuse_unless_may(piece: "Submission", verb: str, *, by: Actor) -> None:
    if may(piece, verb, by=by):
        return
    if piece.status not in MOVES[verb].origins:
        raise MoveRefused(f"The piece is “{Status(piece.status).label}” now. Look at it again.")
    raise MoveRefused("You may not do this with this piece. A senior editor may.")


def refuse_unless_editor(piece: "Submission", *, by: Actor) -> None:
    """For facts that are set beside the status."""
    if not parties(by=by) & {Party.EDITOR, Party.SENIOR} or is_kept_from(piece, by=by):
        raise MoveRefused("You may not do this with this piece. Somebody of the commentary desk may.")


def write(piece: "Submission", **columns: Any) -> None:
    """Set columns of the held row."""
    type(piece).objects.filter(pk=piece.pk).update(**columns)
    for name, value in columns.items():
        setattr(piece, name, value)


def tell(
    piece: "Submission", told: str, *, by: Actor, note: str = "", before: str = "", after: str = "", **details: Any
) -> Event:
    """One row of the piece's history, and one without its words in the log of the whole desk."""
    by_parties = parties(by=by)
    party = Party.GUEST if isinstance(by, Guest) else Party.CLOCK if isinstance(by, Clock) else Party.EDITOR
    if Party.SENIOR in by_parties and isinstance(by, User):
        party = Party.SENIOR
    moved: dict[str, Any] = {"from": str(before), "to": str(after)} if after else {}
    record(told, piece, by=by, **moved)
    return Event.objects.create(
        submission=piece,
        at=timezone.now(),
        verb=told,
        before=before,
        after=after,
        party=party,
        actor=person(by),
        actor_name=str(by)[:200],
        note=note,
        details=details,
    )
