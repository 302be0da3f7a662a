import dataclasses
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from articles.models import Article
from articles.states import AlreadySo, MoveRefused, NotReady
from commentary.models import Event, Letter, Office, Submission, Unfinished
from commentary.states import Status
from tests.commentary.make import guest, make_draft, make_editor, make_piece, make_publishable
from tests.make import NOW, TOMORROW, make_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "status", [status for status in Status.values if status not in {"withdrawn", "lapsed", "spam", "erased"}]
)
def test_a_piece_is_brought_to_every_status_by_verbs(status):
    piece = make_piece(status=status)

    moved = piece.events.exclude(after="").last()
    assert (moved.after if moved else "draft") == status


def test_publishing_shows_the_approved_text(now):
    editor = make_editor()
    piece = make_publishable(editor=editor)

    piece.article.publish(revision=piece.article.draft, by=editor)

    assert Article.objects.published().get().live.headline == "Who drinks the river"
    piece.refresh_from_db()
    assert piece.standing == "published"


def test_a_text_that_differs_by_one_character_is_refused(now):
    editor = make_editor()
    piece = make_publishable(editor=editor)
    text = piece.article.draft.text
    piece.article.revise(
        dataclasses.replace(text, body=text.body.replace("dry", "dri")), revision=piece.article.draft, by=editor
    )

    with pytest.raises(NotReady, match="differs from the one its writer approved"):
        piece.article.publish(revision=piece.article.draft, by=editor)


def test_the_same_text_from_the_same_address_is_one_piece():
    first, second = make_draft(), make_draft()
    first.send(by=guest(first), agreed=True)

    second.send(by=guest(second), agreed=True)

    assert (second.status, second.duplicate_of) == (Status.WITHDRAWN, first)
    assert Letter.objects.filter(code="confirm").count() == 1
    with pytest.raises(AlreadySo):
        first.send(by=guest(first), agreed=True)


def test_what_is_missing_is_said_for_each_field():
    piece = make_draft(headline=" \u200b ", ai="", **{"writer.email": "nowhere"})

    with pytest.raises(Unfinished) as refused:
        piece.send(by=guest(piece), agreed=False)

    assert set(refused.value.problems) == {"headline", "writer.email", "ai", "agreed"}


def test_a_withdrawal_unschedules_the_story(now):
    editor = make_editor()
    piece = make_publishable(editor=editor)
    piece.article.publish(revision=piece.article.draft, by=editor, at=TOMORROW)

    piece.withdraw(by=guest(piece))

    piece.article.refresh_from_db()
    assert (piece.status, piece.article.live_id) == (Status.WITHDRAWN, None)


def test_another_guest_may_not_touch_it():
    piece, other = (
        make_piece(),
        make_piece(text="Another text of another writer.", **{"writer.email": "otto@example.org"}),
    )

    with pytest.raises(MoveRefused):
        piece.withdraw(by=guest(other))
    assert Submission.objects.get(pk=piece.pk).status == Status.RECEIVED
    assert not Event.objects.filter(submission=piece, verb="withdrew").exists()


@pytest.mark.parametrize("decide", ["accept", "decline"])
def test_a_decision_taken_back_leaves_nobody_answered(decide):
    editor = make_editor()
    piece = make_piece(status="in_review", editor=editor)
    due = piece.promise_at
    piece.accept(by=editor) if decide == "accept" else piece.decline("fit", "", by=editor)

    piece.undo(by=editor)

    assert (piece.status, piece.closed_at, piece.answered_at, piece.promise_at) == ("in_review", None, None, due)
    assert not piece.letters.filter(code__in=["accepted", "declined"], cancelled_at__isnull=True).exists()


def test_a_decision_whose_letter_has_left_stands():
    editor = make_editor()
    piece = make_piece(status="declined", editor=editor)
    piece.letters.filter(code="declined").update(claimed_at=piece.changed_at)

    with pytest.raises(MoveRefused, match="has left"):
        piece.undo(by=editor)


def test_accepting_a_reaction_can_be_taken_back():
    editor = make_editor()
    story = make_article(published_at=NOW)
    piece = make_piece(status="editing", editor=editor, kind="reaction", answers=story)
    article = piece.article

    piece.undo(by=editor)

    article.refresh_from_db()
    assert (piece.status, piece.article, article.is_in_bin) == ("in_review", None, True)


def test_a_promise_counts_business_days_in_the_newsrooms_zone():
    zone = ZoneInfo("America/Los_Angeles")
    said = {
        datetime(2026, 9, 14, 9, tzinfo=zone): datetime(2026, 9, 17, 17, tzinfo=zone),  # Monday morning
        datetime(2026, 9, 14, 18, tzinfo=zone): datetime(2026, 9, 18, 17, tzinfo=zone),  # after closing
        datetime(2026, 9, 12, 12, tzinfo=zone): datetime(2026, 9, 17, 17, tzinfo=zone),  # Saturday
        datetime(2026, 10, 30, 9, tzinfo=zone): datetime(2026, 11, 4, 17, tzinfo=zone),  # over the end of summer time
        datetime(2026, 11, 25, 9, tzinfo=zone): datetime(2026, 12, 1, 17, tzinfo=zone),  # over a holiday
    }
    office = Office(holidays=["2026-11-26"])

    assert {start: office.due(start, 3) for start in said} == said
