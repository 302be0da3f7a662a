"""A correction or a retraction of a published piece is told to whoever wrote it."""

from datetime import timedelta

import pytest

from articles.kinds import Change
from articles.models import Correction
from articles.notes import Note
from articles.signals import article_changed
from commentary.models import Letter
from tests.commentary.make import make_editor, make_publishable
from tests.make import NOW, make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def make_published():
    editor = make_editor()
    piece = make_publishable(editor=editor)
    piece.article.publish(revision=piece.article.draft, by=editor)
    return piece, editor


def hear(article, verb="published"):
    article_changed.send(sender=type(article), article=article, verb=verb)


def told(piece):
    return list(
        Letter.objects.filter(submission=piece, code__in=["correction", "retraction"]).values_list("code", "to")
    )


def test_a_correction_is_told_to_the_writer_exactly_once():
    piece, editor = make_published()
    piece.article.publish(
        revision=piece.article.draft, by=editor, change=Change.CORRECTION, note=Note("Four years, not five.")
    )

    hear(piece.article)
    hear(piece.article)

    assert told(piece) == [("correction", "gail@example.org")]


def test_a_second_correction_and_a_retraction_are_letters_of_their_own():
    piece, editor = make_published()
    piece.article.publish(revision=piece.article.draft, by=editor, change=Change.CORRECTION, note=Note("First."))
    hear(piece.article)
    piece.article.amend(Correction.objects.get(), note="Second.", by=editor)
    hear(piece.article)
    piece.article.retract(note="None of it is true.", by=editor)
    hear(piece.article)

    assert [code for code, _ in told(piece)] == ["correction", "correction", "retraction"]


def test_both_writers_are_told():
    editor = make_editor()
    piece = make_publishable(editor=editor, **{"cowriter.name": "Otto Other", "cowriter.email": "otto@example.org"})
    piece.article.publish(revision=piece.article.draft, by=editor)
    piece.article.retract(note="None of it is true.", by=editor)

    hear(piece.article)

    assert told(piece) == [("retraction", "gail@example.org"), ("retraction", "otto@example.org")]


def test_an_update_and_a_story_of_our_own_tell_nobody():
    piece, _ = make_published()
    ours = make_article(published_at=piece.article.published_at)

    hear(piece.article)
    hear(ours)

    assert told(piece) == []


def test_a_withdrawal_is_told_with_its_reason_once_each_time():
    piece, editor = make_published()
    for hour, note in enumerate(["The figures are wrong.", "Wrong again."]):
        piece.article.withdraw(note=note, by=editor, at=NOW + timedelta(hours=hour))
        hear(piece.article, "withdrawn")
        hear(piece.article, "withdrawn")
        piece.article.reinstate(by=editor)
        hear(piece.article, "reinstated")

    letters = Letter.objects.filter(submission=piece, code="retraction")
    assert [letter.text.count("figures are wrong") for letter in letters] == [1, 0]
