"""Every row of the table of moves: who may, who may not, from where."""

import pytest

from accounts.actors import Clock, Guest
from articles.states import MoveRefused
from commentary.models import Submission
from commentary.models.moving import may
from commentary.states import CLOSED, MOVES, PRIVATE, Party, Status
from newsroom.roles import ADMINISTRATOR, COMMENTARY_EDITOR, COPY_EDITOR, EDITOR, PRODUCER, REPORTER
from tests.commentary.make import guest, make_editor, make_piece
from tests.make import make_user

pytestmark = pytest.mark.django_db

SENIORS, EDITORS, NOBODY = (EDITOR, ADMINISTRATOR), (COMMENTARY_EDITOR,), (REPORTER, COPY_EDITOR, PRODUCER)

# Source: the flow of guest commentary. verb: (from, to, parties)
ROWS = {
    "send": ("draft", "unconfirmed", "guest"),
    "confirm": ("unconfirmed", "received", "guest"),
    "claim": ("received", "in_review", "editor senior"),
    "release": ("in_review", "received", "editor senior clock"),
    "request_changes": ("received in_review", "changes_requested", "editor senior"),
    "resubmit": ("changes_requested", "in_review", "guest"),
    "accept": ("received in_review changes_requested", "accepted", "editor senior"),
    "take_reaction": ("received in_review", "editing", "editor senior"),
    "complete": ("accepted", "editing", "guest"),
    "send_for_approval": ("editing approved", "awaiting_approval", "editor senior"),
    "object": ("awaiting_approval", "editing", "guest"),
    "recall": ("awaiting_approval approved", "editing", "editor senior clock"),
    "approve": ("awaiting_approval", "approved", "guest clock"),
    "decline": ("received in_review changes_requested", "declined", "editor senior"),
    "kill": ("accepted editing awaiting_approval approved", "declined", "senior"),
    "withdraw": (
        "unconfirmed received in_review changes_requested accepted editing awaiting_approval approved",
        "withdrawn",
        "guest",
    ),
    "lapse": ("unconfirmed changes_requested accepted", "lapsed", "clock"),
    "reopen": ("lapsed", "received", "guest editor senior"),
    "mark_spam": ("received in_review", "spam", "editor senior"),
    "unmark_spam": ("spam", "received", "editor senior"),
    "erase": ("draft unconfirmed declined withdrawn lapsed spam", "erased", "guest editor senior clock"),
}


def test_the_table_says_what_the_flow_says():
    said = {
        verb: (set(move.origins), str(move.target), {str(party) for party in move.parties})
        for verb, move in MOVES.items()
    }

    assert said == {
        verb: (set(origins.split()), target, set(parties.split())) for verb, (origins, target, parties) in ROWS.items()
    }


def test_every_status_can_be_left_but_the_last():
    left = set().union(*(move.origins for move in MOVES.values()))

    assert set(Status) - left == {Status.ERASED}
    assert set(Status) > PRIVATE | CLOSED


@pytest.mark.parametrize("verb", MOVES)
def test_a_move_is_open_to_whom_the_table_names_and_to_nobody_else(verb):
    piece = Submission(reference="C-AAAA-AAA", pk=0)
    piece.status = next(iter(MOVES[verb].origins))
    actors = [
        (Guest("C-AAAA-AAA"), {Party.GUEST}),
        (Guest("C-BBBB-BBB"), set()),
        (Clock(), {Party.CLOCK}),
        *((make_user(role=role), {Party.EDITOR, Party.SENIOR}) for role in SENIORS),
        *((make_user(role=role), {Party.EDITOR}) for role in EDITORS),
        *((make_user(role=role), set()) for role in NOBODY),
    ]

    for actor, parties in actors:
        assert may(piece, verb, by=actor) == bool(parties & MOVES[verb].parties), actor


@pytest.mark.parametrize("verb", MOVES)
def test_a_move_is_made_from_where_the_table_says_only(verb):
    piece = Submission(reference="C-AAAA-AAA", pk=0)
    actor = {Party.GUEST: Guest("C-AAAA-AAA"), Party.CLOCK: Clock()}.get(
        next(iter(MOVES[verb].parties - {Party.EDITOR})), make_user(role=EDITOR)
    )

    for status in Status:
        piece.status = status
        assert may(piece, verb, by=actor) == (status in MOVES[verb].origins)


# What each verb of the model does for an actor who may not, with a piece that stands where the verb begins.
DEEDS = {
    "send": lambda piece, by: piece.send(by=by, agreed=True),
    "confirm": lambda piece, by: piece.confirm(by=by),
    "claim": lambda piece, by: piece.claim(by=by, to=make_editor()),
    "release": lambda piece, by: piece.release(by=by),
    "request_changes": lambda piece, by: piece.request_changes("Please.", by=by),
    "resubmit": lambda piece, by: piece.resubmit("Other", "Other words.", by=by),
    "accept": lambda piece, by: piece.accept(by=by),
    "complete": lambda piece, by: piece.complete({"name": "G", "exclusive": True}, writer=piece.writer, by=by),
    "send_for_approval": lambda piece, by: piece.send_for_approval(by=by),
    "object": lambda piece, by: piece.object("No.", snapshot=piece.snapshots.first(), writer=piece.writer, by=by),
    "recall": lambda piece, by: piece.recall(by=by),
    "approve": lambda piece, by: piece.approve(piece.snapshots.first(), "G", writer=piece.writer, by=by),
    "decline": lambda piece, by: piece.decline("fit", "", by=by),
    "kill": lambda piece, by: piece.decline("fit", "We are sorry.", by=by),
    "withdraw": lambda piece, by: piece.withdraw(by=by),
    "lapse": lambda piece, by: piece.lapse(by=by),
    "reopen": lambda piece, by: piece.reopen(by=by),
    "mark_spam": lambda piece, by: piece.mark_spam(by=by),
    "unmark_spam": lambda piece, by: piece.unmark_spam(by=by),
}
BEGINS = {
    "send": "draft", "confirm": "unconfirmed", "claim": "received", "release": "in_review",
    "request_changes": "in_review", "resubmit": "changes_requested", "accept": "in_review", "complete": "accepted",
    "send_for_approval": "editing", "object": "awaiting_approval", "recall": "approved",
    "approve": "awaiting_approval", "decline": "in_review", "kill": "editing", "withdraw": "approved",
    "lapse": "changes_requested", "reopen": "lapsed", "mark_spam": "received", "unmark_spam": "spam",
}  # fmt: skip


@pytest.mark.parametrize("verb", DEEDS)
def test_who_may_not_move_it_changes_nothing(verb):
    piece = make_piece(status=BEGINS[verb])
    before = (piece.status, piece.moves, piece.events.count(), piece.letters.count())
    strangers = [
        Guest("C-BBBB-BBB"),
        make_user(role=REPORTER),
        *([] if Party.GUEST in MOVES[verb].parties else [guest(piece)]),
        *([] if Party.CLOCK in MOVES[verb].parties else [Clock()]),
        *([] if Party.EDITOR in MOVES[verb].parties else [make_editor()]),
    ]

    for stranger in strangers:
        with pytest.raises(MoveRefused):
            DEEDS[verb](piece, stranger)

    piece.refresh_from_db()
    assert (piece.status, piece.moves, piece.events.count(), piece.letters.count()) == before


@pytest.mark.parametrize("verb", DEEDS)
def test_a_move_is_made_once_and_told_with_who_and_when(verb):
    piece = make_piece(status=BEGINS[verb])
    able = {Party.GUEST: guest(piece), Party.SENIOR: make_user(role=EDITOR), Party.CLOCK: Clock()}
    actor = next(actor for party, actor in able.items() if party in MOVES[verb].parties)

    DEEDS[verb](piece, actor)

    moved = piece.events.exclude(after="").last()
    assert (piece.status, moved.after, moved.actor_name) == (MOVES[verb].target, MOVES[verb].target, str(actor))
    assert moved.before == BEGINS[verb]
