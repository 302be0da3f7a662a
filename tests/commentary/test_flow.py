import dataclasses

import pytest

from articles.models import Article
from articles.states import AlreadySo, MoveRefused, NotReady
from commentary.models import Event, Letter, Submission, Unfinished
from commentary.states import Status
from tests.commentary.make import guest, make_draft, make_editor, make_piece, make_publishable
from tests.make import TOMORROW

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
