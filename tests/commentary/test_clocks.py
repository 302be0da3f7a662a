"""Every clock strikes once, when its moment has come and not before, and never against somebody who cannot know."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts.actors import Clock
from articles.kinds import Kind
from commentary import clocks, hearing, posting
from commentary.models import Event, Letter, Office, Submission, Writer, letters
from commentary.models.guidelines import Guidelines
from commentary.states import Status
from heartbeat.beats import registered_beats
from newsroom.roles import REPORTER
from tests.commentary.make import guest, make_editor, make_piece, make_publishable
from tests.make import NOW, TOMORROW, make_article, make_user

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 9, 14, 19, 30, tzinfo=UTC)  # noon in Los Angeles: NOW


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture(autouse=True)
def no_digest(monkeypatch):
    """The morning's letters have tests of their own."""
    monkeypatch.setattr("commentary.digest.MORNING", datetime.max.time())


def leave_all():
    """Every letter that waits has left."""
    Letter.objects.waiting().update(sent_at=timezone.now())


def fresh(piece):
    return Submission.objects.get(pk=piece.pk)


def codes(piece, *, since=None):
    found = Letter.objects.filter(submission=piece, writer__isnull=False)
    return list((found.filter(made_at__gte=since) if since else found).values_list("code", flat=True))


def strike_at(clock, moment):
    clock.move_to(moment)
    for _ in range(3):
        clocks.strike()


def test_the_promise_passes_at_its_hour_and_the_piece_stays_open(clock):
    piece = make_piece()
    leave_all()

    strike_at(clock, piece.promise_at - timedelta(minutes=1))
    before = fresh(piece).released_at
    strike_at(clock, piece.promise_at)

    assert (before, fresh(piece).released_at, fresh(piece).status) == (None, piece.promise_at, Status.RECEIVED)
    assert codes(piece).count("promise_passed") == 1


def test_three_business_days_are_counted_over_a_weekend_a_holiday_and_a_closing_hour():
    Office.objects.update_or_create(pk=1, defaults={"holidays": ["2026-09-15"]})

    with time_machine.travel(datetime(2026, 9, 11, 23, 0, tzinfo=UTC), tick=False):  # Friday, 4 p.m.
        promised = make_piece().promise_at
    with time_machine.travel(datetime(2026, 9, 12, 0, 30, tzinfo=UTC), tick=False):  # Friday, 5:30 p.m.
        late = make_piece(text="Another text.", **{"writer.email": "otto@example.org"}).promise_at

    assert promised == datetime(2026, 9, 18, 0, 0, tzinfo=UTC)  # Monday, Wednesday, Thursday at 5 p.m.
    assert late == datetime(2026, 9, 19, 0, 0, tzinfo=UTC)


def test_a_night_that_is_an_hour_longer_keeps_the_closing_hour():
    """Clocks in Los Angeles go back on the Sunday between."""
    with time_machine.travel(
        datetime(2026, 10, 30, 19, 0, tzinfo=UTC), tick=False
    ) as clock:  # clocks go back on Sunday
        piece = make_piece()
        leave_all()
        assert piece.promise_at == datetime(2026, 11, 5, 1, 0, tzinfo=UTC)  # Wednesday, 5 p.m. PST

        strike_at(clock, datetime(2026, 11, 5, 0, 59, tzinfo=UTC))
        before = fresh(piece).released_at
        strike_at(clock, datetime(2026, 11, 5, 1, 0, tzinfo=UTC))

    assert (before, fresh(piece).released_at is not None) == (None, True)


def test_a_clock_set_back_strikes_nothing_twice(clock):
    piece = make_piece()
    leave_all()
    strike_at(clock, piece.promise_at + timedelta(hours=1))

    strike_at(clock, piece.promise_at - timedelta(hours=5))
    strike_at(clock, piece.promise_at + timedelta(hours=2))

    assert codes(piece).count("promise_passed") == 1


@pytest.mark.parametrize("answered", ["decline", "request_changes", "accept"])
def test_a_promise_that_was_kept_does_not_pass(clock, answered):
    editor = make_editor()
    piece = make_piece(status="in_review", editor=editor)
    arguments = {"decline": ("fit", ""), "request_changes": ("Say how you know.",), "accept": ()}[answered]
    getattr(piece, answered)(*arguments, by=editor)

    strike_at(clock, piece.promise_at + timedelta(days=1))

    assert fresh(piece).released_at is None


def test_a_held_piece_is_told_of_its_promise_when_the_hold_is_over(clock):
    editor = make_editor()
    piece = make_piece(status="in_review", editor=editor)
    until = NOW + timedelta(days=20)
    piece.hold(until, by=editor)
    leave_all()

    strike_at(clock, until - timedelta(minutes=1))
    during = (fresh(piece).released_at, fresh(piece).status)
    strike_at(clock, until)

    assert during == (None, Status.IN_REVIEW)
    assert (fresh(piece).held_until, fresh(piece).released_at) == (None, until)


def test_an_idle_claim_goes_back_into_the_inbox(clock):
    editor = make_editor()
    piece = make_piece(status="in_review", editor=editor)

    strike_at(clock, datetime(2026, 9, 16, 23, 59, tzinfo=UTC))
    before = fresh(piece).assignee
    strike_at(clock, datetime(2026, 9, 17, 0, 0, tzinfo=UTC))  # Wednesday, 5 p.m.

    assert (before, fresh(piece).assignee, fresh(piece).status) == (editor, None, Status.RECEIVED)


def test_a_note_by_whoever_has_it_keeps_a_claim(clock):
    editor = make_editor()
    piece = make_piece(status="in_review", editor=editor)
    clock.move_to(NOW + timedelta(days=2))
    piece.note("I wait for a call.", by=editor)

    strike_at(clock, NOW + timedelta(days=3))

    assert fresh(piece).assignee == editor


def test_a_revised_text_gives_its_editor_two_days(clock):
    editor = make_editor()
    piece = make_piece(status="changes_requested", editor=editor)
    clock.move_to(NOW + timedelta(days=6))
    piece.resubmit("A headline", "A better text.", by=guest(piece))

    strike_at(clock, NOW + timedelta(days=6, hours=1))

    assert fresh(piece).assignee == editor


def test_a_revision_is_asked_for_again_then_the_piece_lapses(clock):
    piece = make_piece(status="changes_requested")
    leave_all()
    due = piece.due_at

    strike_at(clock, due)
    reminded = fresh(piece)
    leave_all()
    strike_at(clock, reminded.due_at - timedelta(minutes=1))
    before = fresh(piece).status
    strike_at(clock, reminded.due_at)

    assert reminded.due_at - due == timedelta(days=3)
    assert (before, fresh(piece).status) == (Status.CHANGES_REQUESTED, Status.LAPSED)
    assert codes(piece)[-2:] == ["revise_reminder", "closed_without_reply"]


def test_a_writer_who_answered_without_a_new_text_does_not_lapse(clock):
    piece = make_piece(status="changes_requested")
    leave_all()
    clock.shift(timedelta(days=1))
    piece.say("Which paragraph do you mean?", by=guest(piece))

    strike_at(clock, NOW + timedelta(days=60))

    assert (fresh(piece).status, codes(piece).count("revise_reminder")) == (Status.CHANGES_REQUESTED, 0)


def test_an_acceptance_is_reminded_of_then_lapses(clock):
    piece = make_piece(status="accepted")
    leave_all()

    strike_at(clock, piece.due_at - timedelta(days=2))
    reminded = codes(piece).count("accept_reminder")
    leave_all()
    strike_at(clock, fresh(piece).due_at)

    assert (reminded, fresh(piece).status) == (1, Status.LAPSED)


def test_a_heartbeat_that_stood_still_reminds_before_it_ends_anything(clock):
    piece = make_piece(status="accepted")
    leave_all()

    strike_at(clock, piece.due_at + timedelta(days=30))

    assert (fresh(piece).status, codes(piece).count("accept_reminder")) == (Status.ACCEPTED, 1)
    assert fresh(piece).due_at >= timezone.now() + timedelta(hours=24)


def test_no_answer_to_the_edit_brings_it_back_to_the_desk_and_approves_nothing(clock):
    editor = make_editor()
    piece = make_piece(status="awaiting_approval", editor=editor)
    leave_all()
    due = piece.due_at

    strike_at(clock, due - timedelta(hours=24))
    reminded = codes(piece).count("approve_reminder")
    leave_all()
    strike_at(clock, fresh(piece).due_at)

    assert (reminded, fresh(piece).status) == (1, Status.EDITING)
    assert codes(piece)[-1] == "approve_late"
    assert Letter.objects.get(code="approval_missing").reader == editor
    assert not piece.snapshots.first().approvals.exists()


def reaction(clock, **fields):
    answers = make_article(published_at=NOW - timedelta(days=1))
    return make_piece(status="awaiting_approval", kind=Kind.REACTION, answers=answers, **fields)


def test_a_reaction_is_approved_by_silence_where_the_guidelines_promised_it(clock):
    piece = reaction(clock)
    leave_all()

    strike_at(clock, piece.due_at - timedelta(minutes=1))
    before = fresh(piece).status
    leave_all()
    strike_at(clock, fresh(piece).due_at)

    approval = piece.snapshots.first().approvals.get()
    assert (before, fresh(piece).status, approval.silent) == (Status.AWAITING_APPROVAL, Status.APPROVED, True)


@pytest.mark.parametrize("why", ["unsent", "bounced", "spoke", "required"])
def test_silence_is_no_yes(clock, why):
    """The letter has not left, or came back; the writer has written; or the guidelines never promised it."""
    if why == "required":
        Guidelines(reaction_sign_off="required").issue(by=make_editor())
    piece = reaction(clock)
    if why != "unsent":
        leave_all()
    if why == "bounced":
        Writer.objects.update(mail_failed_at=timezone.now())
    if why == "spoke":
        clock.shift(timedelta(minutes=1))
        piece.say("I am not sure about the second paragraph.", by=guest(piece))

    for _ in range(3):
        strike_at(clock, fresh(piece).due_at or timezone.now() + timedelta(days=1))
        if why != "unsent":
            leave_all()

    assert fresh(piece).status == (Status.AWAITING_APPROVAL if why == "unsent" else Status.EDITING)
    assert not piece.snapshots.first().approvals.exists()


def test_an_unconfirmed_piece_gets_one_reminder_and_lapses_after_72_hours(clock):
    piece = make_piece(status="unconfirmed")
    leave_all()

    strike_at(clock, NOW + timedelta(hours=48))
    reminded = codes(piece)
    leave_all()
    strike_at(clock, NOW + timedelta(hours=72) - timedelta(minutes=1))
    before = fresh(piece).status
    strike_at(clock, NOW + timedelta(hours=72))

    assert (reminded, before) == (["confirm", "confirm_reminder"], Status.UNCONFIRMED)
    assert (fresh(piece).status, codes(piece)) == (Status.LAPSED, reminded)


def test_the_time_to_confirm_stands_still_while_mail_is_away(clock):
    piece = make_piece(status="unconfirmed")

    strike_at(clock, NOW + timedelta(days=9))

    assert (fresh(piece).status, codes(piece)) == (Status.UNCONFIRMED, ["confirm"])


def test_an_address_many_pieces_wait_for_is_not_reminded(clock):
    for number in range(3):
        make_piece(status="unconfirmed", text=f"Text number {number}.")
    leave_all()

    strike_at(clock, NOW + timedelta(hours=48))

    assert not Letter.objects.filter(code="confirm_reminder").exists()


@pytest.mark.django_db(transaction=True)
def test_two_heartbeats_at_once_strike_once(clock):
    pieces = [
        make_piece(text=f"Text number {number}.", **{"writer.email": f"w{number}@example.org"}) for number in range(4)
    ]
    leave_all()
    clock.move_to(pieces[0].promise_at)

    def beat(_):
        try:
            clocks.strike()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as hearts:
        list(hearts.map(beat, range(4)))

    assert [codes(piece).count("promise_passed") for piece in pieces] == [1] * 4
    assert Event.objects.filter(verb="let the promise pass").count() == 4


def test_whoever_answered_meanwhile_is_not_struck(clock):
    piece = make_piece(status="changes_requested")
    leave_all()
    clock.move_to(piece.due_at)
    seen = fresh(piece)
    piece.resubmit("A headline", "A better text.", by=guest(piece))

    clocks._strike(seen, "revision")

    assert (fresh(piece).status, codes(piece).count("revise_reminder")) == (Status.IN_REVIEW, 0)


def hear(piece):
    """The story's changes are told, twice, as the tasks may."""
    for _ in range(2):
        piece.article.refresh_from_db()
        hearing.hear(type(piece.article), piece.article, "published")


def test_the_writer_is_told_of_the_date_of_a_new_one_and_of_none(clock):
    editor = make_editor()
    piece = make_publishable(editor=editor)
    piece.article.publish(revision=piece.article.draft, by=editor, at=TOMORROW)
    hear(piece)
    piece.article.unschedule(by=editor)
    piece.article.publish(revision=piece.article.draft, by=editor, at=TOMORROW + timedelta(hours=3))
    hear(piece)
    piece.article.unschedule(by=editor)
    hear(piece)

    told = [code for code in codes(piece) if code.startswith("date")]
    assert told == ["date_set", "date_moved", "date_off"]
    assert letters.moment(TOMORROW) in Letter.objects.get(code="date_set").text
    assert Letter.objects.filter(code="unscheduled").count() == 1


def test_the_writer_is_told_once_that_it_is_live_with_its_address(clock):
    editor = make_editor()
    piece = make_publishable(editor=editor)
    piece.article.publish(revision=piece.article.draft, by=editor)

    hear(piece)
    hear(piece)

    told = Letter.objects.get(code="live")
    assert piece.article.get_absolute_url() in told.text


def test_a_withdrawal_is_not_told_as_a_date_that_is_off(clock):
    editor = make_editor()
    piece = make_publishable(editor=editor)
    piece.article.publish(revision=piece.article.draft, by=editor, at=TOMORROW)
    hear(piece)
    piece.withdraw(by=guest(piece))

    hear(piece)

    assert "date_off" not in codes(piece)


def test_a_change_of_no_date_leaves_the_piece_as_its_editor_saw_it(clock):
    piece = make_publishable()
    seen = fresh(piece).moves

    hear(piece)

    assert fresh(piece).moves == seen


def test_the_desk_gets_one_letter_each_working_morning(clock, monkeypatch):
    monkeypatch.setattr("commentary.digest.MORNING", datetime.min.time().replace(hour=7))
    editor, reporter = make_editor(), make_user(role=REPORTER)
    clock.move_to(datetime(2026, 9, 11, 13, 0, tzinfo=UTC))  # Friday, 6 a.m.
    make_piece(editor=editor, headline="Canary")

    told = []
    for hours in (0, 1, 2, 24, 48, 73, 74):
        strike_at(clock, datetime(2026, 9, 11, 13, 0, tzinfo=UTC) + timedelta(hours=hours))
        told.append(Letter.objects.filter(code="digest").count())

    assert told == [0, 1, 1, 1, 1, 2, 2]
    first = Letter.objects.filter(code="digest").first()
    assert (first.reader, "Inbox: 1" in first.text, "Canary" in first.text) == (editor, True, False)
    assert not Letter.objects.filter(code="digest", reader=reporter).exists()


def test_an_empty_desk_gets_no_letter(clock, monkeypatch):
    monkeypatch.setattr("commentary.digest.MORNING", datetime.min.time())
    make_editor()

    strike_at(clock, NOW)

    assert not Letter.objects.exists()


def test_a_time_sensitive_piece_is_told_at_once_without_the_writers_words(clock):
    editor = make_editor()
    make_piece(editor=editor, why_urgent="Canary: the vote is tomorrow.")

    told = Letter.objects.get(code="time_sensitive")
    assert (told.reader, "Canary" in told.text) == (editor, False)


def test_a_letter_that_came_back_is_told_at_once(clock):
    editor = make_editor()
    piece = make_piece(status="in_review", editor=editor)

    for _ in range(2):
        posting.fail(Letter.objects.filter(submission=piece).latest("pk"), "550 No such user")

    assert Letter.objects.filter(code="bounced", reader=editor).count() == 1


def test_the_heartbeat_knows_the_clocks_and_the_post():
    every = {beat.name: beat.every for beat in registered_beats()}

    assert (every["commentary.post"], every["commentary.clocks"]) == (timedelta(seconds=2), timedelta(minutes=1))


def test_every_hour_that_is_due_is_known():
    from commentary.models import timing

    assert {hour for hour, _ in clocks._due(timezone.now())} == set(timing.HOURS)
    assert str(Clock()) == "The clock"
