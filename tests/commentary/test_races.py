"""Two people at one piece at once: threads with connections of their own, on whatever database the tests run on."""

import pytest

from articles.models import Article
from articles.states import AlreadySo, MoveRefused
from commentary import starting
from commentary.models import Approval, Event, Letter, Submission
from commentary.states import ChangedMeanwhile, Status
from newsroom.roles import EDITOR
from tests.articles.test_races import at_once
from tests.commentary.make import guest, make_draft, make_editor, make_piece, make_publishable
from tests.make import make_user

pytestmark = pytest.mark.django_db(transaction=True)


def again(piece):
    return Submission.objects.get(pk=piece.pk)


def test_of_two_editors_deciding_at_once_the_second_is_told():
    editors = [make_editor(name="Rita"), make_editor(name="Ruben")]
    piece = make_piece(status="in_review", editor=editors[0])
    seen = piece.moves

    results = at_once(
        lambda: again(piece).accept(by=editors[0], seen=seen),
        lambda: again(piece).decline("fit", "", by=editors[1], seen=seen),
    )

    assert sorted(type(result).__name__ for result in results) == ["ChangedMeanwhile", "NoneType"]
    assert isinstance(next(result for result in results if result), ChangedMeanwhile)
    assert Letter.objects.filter(code__in=["accepted", "declined"], cancelled_at__isnull=True).count() == 1


def test_a_withdrawal_and_a_publication_at_once_never_both_succeed():
    for _ in range(5):
        Article.objects.published().update(unpublish_at=None)
        editor = make_user(role=EDITOR)
        piece = make_publishable(editor=editor, text=f"Words of writer {editor.pk}.")
        draft = piece.article.draft

        withdrawn, published = at_once(
            lambda piece=piece: again(piece).withdraw(by=guest(piece)),
            lambda piece=piece, draft=draft, editor=editor: Article.objects.get(pk=piece.article_id).publish(
                revision=draft, by=editor
            ),
        )

        piece.refresh_from_db()
        assert isinstance(withdrawn, MoveRefused) != isinstance(published, MoveRefused)
        assert piece.is_published == (piece.status == Status.APPROVED)


def test_a_confirmation_opened_twice_at_once_is_one():
    piece = make_piece(status="unconfirmed")

    results = at_once(*[lambda: again(piece).confirm(by=guest(piece))] * 4)

    assert sorted(type(result).__name__ for result in results) == ["AlreadySo"] * 3 + ["NoneType"]
    assert Letter.objects.filter(code="received").count() == 1


def test_a_double_click_and_back_and_resend_are_one_piece():
    piece = make_draft()

    results = at_once(*[lambda: again(piece).send(by=guest(piece), agreed=True)] * 4)

    assert [type(result) for result in results].count(AlreadySo) == 3
    assert Letter.objects.filter(code="confirm").count() == 1


def test_fifty_identical_pieces_sent_at_once_are_one():
    drafts = [make_draft() for _ in range(50)]

    at_once(*[lambda draft=draft: again(draft).send(by=guest(draft), agreed=True) for draft in drafts])

    assert Submission.objects.filter(status=Status.UNCONFIRMED).count() == 1
    assert Letter.objects.filter(code="confirm").count() == 1


def test_two_writers_approving_at_once_approve():
    piece = make_piece(status="accepted", **{"cowriter.name": "Otto Other", "cowriter.email": "otto@example.org"})
    for writer in piece.signing:
        piece.complete({"name": writer.name, "exclusive": True}, writer=writer, by=guest(piece))
    piece.send_for_approval(by=make_editor())
    snapshot = piece.snapshots.first()

    at_once(
        *[
            lambda writer=writer: again(piece).approve(snapshot, writer.name, writer=writer, by=guest(piece))
            for writer in piece.signing
        ]
    )

    assert again(piece).status == Status.APPROVED
    assert (Approval.objects.count(), Event.objects.filter(after=Status.APPROVED).count()) == (2, 1)


def test_an_acceptance_confirmed_by_both_writers_at_once_makes_one_story():
    piece = make_piece(status="accepted", **{"cowriter.name": "Otto Other", "cowriter.email": "otto@example.org"})

    at_once(
        *[
            lambda writer=writer: again(piece).complete(
                {"name": writer.name, "exclusive": True}, writer=writer, by=guest(piece)
            )
            for writer in piece.signing
        ]
    )

    assert (Article.objects.count(), again(piece).status) == (1, Status.EDITING)


def test_a_double_click_on_the_first_page_begins_one_draft():
    results = at_once(*[lambda: starting.begin("commentary", "one ticket", answers=None, language="en")] * 4)

    assert sorted(begun for _, begun in results) == [False, False, False, True]
    assert len({link.pk for link, _ in results}) == 1
    assert Submission.objects.count() == 1


def test_of_two_tabs_that_save_at_once_the_second_is_refused():
    piece = make_draft()
    seen = piece.version

    results = at_once(
        *[lambda text=text: again(piece).write({"text": text}, version=seen, by=guest(piece)) for text in ("a", "b")]
    )

    assert sorted(type(result).__name__ for result in results) == ["StaleDraft", "Version"]
