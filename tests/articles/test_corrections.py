"""What readers are told about mistakes: append-only, dated, beside the story for ever."""

import pytest

from accounts.models import Activity
from articles.kinds import Change
from articles.models import Article, Correction
from articles.notes import Note
from articles.states import MoveRefused, StoryIsKept
from articles.texts import TextRefused
from tests.make import NOW, TOMORROW, YESTERDAY, make_article, make_text, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

NOTE = Note("The dispute lasted four years, not five.", "major", before="five years", after="four years")


def changed(**fields):
    """A live story with a newer text."""
    article = make_article(published_at=YESTERDAY)
    article.revise(
        make_text(body="<p>It ends a dispute of four years.</p>") if not fields else make_text(**fields),
        revision=article.draft,
        by=make_user(),
    )
    return article


def rows():
    return list(Correction.objects.values_list("kind", "severity", "note", "before", "after", "made_at", "amends"))


@pytest.mark.parametrize("change", [Change.CLARIFICATION, Change.CORRECTION])
def test_a_correcting_change_tells_readers_and_moves_the_date(change):
    article, editor = changed(), make_user(name="Edda Editor")

    article.publish(revision=article.draft, by=editor, change=change, note=NOTE)

    assert rows() == [(change, "major", NOTE.text, "five years", "four years", NOW, None)]
    correction = Correction.objects.get()
    assert (correction.revision, correction.made_by_name, article.updated_at) == (article.live, "Edda Editor", NOW)


@pytest.mark.parametrize("change", [Change.TYPO, Change.UPDATE])
def test_other_changes_open_no_correction(change):
    article = changed()

    article.publish(revision=article.draft, by=make_user(), change=change, note=NOTE)

    assert rows() == []


@pytest.mark.parametrize("note", [None, Note(""), Note(" "), Note("x\0"), Note("x" * 2_001), Note("x", "grave")])
def test_a_correction_that_says_nothing_or_cannot_be_kept_is_refused(note):
    article = changed()
    live = article.live

    with pytest.raises(TextRefused):
        article.publish(revision=article.draft, by=make_user(), change=Change.CORRECTION, note=note)

    article.refresh_from_db()
    assert (rows(), article.live) == ([], live)


def test_a_correction_needs_no_new_text():
    article = make_article(published_at=YESTERDAY)

    article.publish(revision=article.draft, by=make_user(), change=Change.CORRECTION, note=NOTE)

    assert (len(rows()), article.live) == (1, article.draft)


def test_a_story_not_yet_seen_is_published_without_one():
    article = make_article()

    article.publish(revision=article.draft, by=make_user(), change=Change.CORRECTION, note=NOTE)

    assert rows() == []


def test_corrections_are_amended_by_a_further_one_and_never_changed():
    article, editor = changed(), make_user()
    article.publish(revision=article.draft, by=editor, change=Change.CORRECTION, note=NOTE)
    first = Correction.objects.get()

    second = article.amend(first, note="It was three years and a half.", by=editor)
    first.note = "Nothing was wrong."

    for attempt in (
        first.save,
        first.delete,
        Correction.objects.all().delete,
        lambda: Correction.objects.update(note="x"),
    ):
        with pytest.raises(TypeError, match="further one"):
            attempt()
    assert rows() == [
        ("correction", "major", NOTE.text, "five years", "four years", NOW, None),
        ("correction", "major", "It was three years and a half.", "", "", NOW, first.pk),
    ]
    assert (second.amends, Activity.objects.about(article).first().verb) == (first, "amended a correction")


def test_amending_belongs_to_the_story_and_says_something():
    article, editor = changed(), make_user()
    article.publish(revision=article.draft, by=editor, change=Change.CORRECTION, note=NOTE)
    first = Correction.objects.get()

    with pytest.raises(MoveRefused, match="another story"):
        make_article(published_at=YESTERDAY).amend(first, note="x", by=editor)
    with pytest.raises(TextRefused):
        article.amend(first, note=" ", by=editor)


def test_a_story_with_corrections_cannot_vanish():
    article = changed()
    article.publish(revision=article.draft, by=make_user(), change=Change.CORRECTION, note=NOTE)

    with pytest.raises(StoryIsKept):
        article.delete()


def test_retract_takes_the_story_away_for_good_and_says_so():
    article, editor = make_article(published_at=YESTERDAY), make_user()

    article.retract(note="The records were forged.", by=editor)

    assert (article.status, article.state_label, article.retracted_at, article.withdrawal_note) == (
        "withdrawn",
        "Retracted",
        NOW,
        "The records were forged.",
    )
    assert list(Article.objects.published()) == []
    assert rows() == [("retraction", "major", "The records were forged.", "", "", NOW, None)]
    with pytest.raises(MoveRefused, match="A retraction stands"):
        article.reinstate(by=editor)


def test_a_withdrawn_story_can_still_be_retracted():
    article = make_article(published_at=YESTERDAY)
    article.withdraw(note="We are checking.", by=make_user())

    article.retract(note="It was wrong.", by=make_user())

    assert (article.withdrawal_note, article.can("reinstate"), article.can("retract")) == (
        "It was wrong.",
        False,
        False,
    )


def test_a_scheduled_story_is_not_retracted():
    article = make_article(published_at=TOMORROW)

    with pytest.raises(MoveRefused, match="Unschedule it instead"):
        article.retract(note="x", by=make_user())
