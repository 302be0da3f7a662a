"""No text that its writer has not approved reaches readers, whichever way somebody tries."""

from dataclasses import replace
from datetime import timedelta

import pytest

from articles.models import Article
from articles.states import NotReady
from articles.texts import Credit
from authors.models import Author
from commentary.canon import canon
from heartbeat.beats import registered_beats
from newsroom.roles import EDITOR
from tests.commentary.make import guest, make_editor, make_piece, make_publishable
from tests.make import NOW, TOMORROW, make_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_user(role=EDITOR)


@pytest.fixture
def piece(now, editor):
    return make_publishable(editor=editor)


@pytest.fixture
def live(piece, editor):
    """The approved text, with readers."""
    piece.article.publish(revision=piece.article.draft, by=editor)
    return piece


def revised(article, editor, **changes):
    """The draft after an edit of one character in each of ``changes``, or of the body."""
    text = article.draft.text
    changes = changes or {"body": text.body.replace("dry", "drr")}
    article.revise(replace(text, **changes), revision=article.draft, by=editor)
    article.refresh_from_db()
    return article.draft


def readers_get():
    story = Article.objects.published().first()
    return canon(story.live).digest if story else None


@pytest.mark.parametrize("field", ["headline", "deck", "summary", "body", "lead_caption", "disclosure"])
def test_publishing_is_refused_for_one_character_in_any_field(piece, editor, field):
    text = piece.article.draft.text
    words = getattr(text, field)
    changed = words.replace("</p>", ".</p>", 1) if field == "body" else f"{words}."
    draft = revised(piece.article, editor, **{field: changed})

    with pytest.raises(NotReady, match="differs from the one its writer approved"):
        piece.article.publish(revision=draft, by=editor)

    assert readers_get() is None


def test_publishing_is_refused_for_another_byline(piece, editor):
    draft = revised(piece.article, editor, bylines=(Credit(Author.objects.create(name="Somebody Else")),))

    with pytest.raises(NotReady, match="differs"):
        piece.article.publish(revision=draft, by=editor)


def test_scheduling_is_refused(piece, editor):
    draft = revised(piece.article, editor)

    with pytest.raises(NotReady):
        piece.article.publish(revision=draft, by=editor, at=TOMORROW)


def test_whatever_an_editor_answers_it_is_refused(piece, editor):
    draft = revised(piece.article, editor)

    with pytest.raises(NotReady):
        piece.article.publish(revision=draft, by=editor, despite=["approval"], without_summary="Short.", change="typo")


def test_a_pinned_update_is_refused(live, editor):
    draft = revised(live.article, editor)

    with pytest.raises(NotReady):
        live.article.plan(revision=draft, by=editor, at=TOMORROW, change="typo")


@pytest.mark.parametrize("is_still_approved", [True, False])
def test_a_pinned_update_appears_only_if_it_is_still_approved(live, editor, time_machine_at, is_still_approved):
    approved = readers_get()
    draft = revised(live.article, editor)
    approve_again(live, editor)
    live.article.plan(revision=draft, by=editor, at=TOMORROW, change="typo")
    if not is_still_approved:
        live.recall(by=editor)

    time_machine_at(TOMORROW + timedelta(minutes=1))
    next(beat for beat in registered_beats() if beat.name == "articles.announce").function()

    assert readers_get() == (canon(draft).digest if is_still_approved else approved)


def approve_again(piece, editor):
    piece.send_for_approval(by=editor)
    piece.approve(piece.snapshots.first(), "Gail Guest", writer=piece.writer, by=guest(piece))


def test_an_update_of_a_live_piece_is_refused_until_it_is_approved(live, editor):
    approved = readers_get()
    draft = revised(live.article, editor)
    with pytest.raises(NotReady):
        live.article.publish(revision=draft, by=editor, change="typo")
    assert readers_get() == approved

    approve_again(live, editor)
    live.article.publish(revision=draft, by=editor, change="typo")

    assert readers_get() == canon(draft).digest


def test_bringing_back_an_older_text_does_not_pass(piece, editor):
    first = piece.article.revisions.last()
    piece.article.restore_revision(first, draft=piece.article.draft, by=editor)
    piece.article.refresh_from_db()

    with pytest.raises(NotReady):
        piece.article.publish(revision=piece.article.draft, by=editor, without_summary="Short.")


def test_another_kind_of_story_does_not_pass(piece, editor):
    draft = revised(piece.article, editor)
    piece.article.classify(kind="news", by=editor)

    with pytest.raises(NotReady):
        piece.article.publish(revision=draft, by=editor)


@pytest.mark.parametrize("status", ["editing", "awaiting_approval"])
def test_a_piece_that_is_not_approved_is_refused(now, editor, status):
    piece = make_piece(status=status, editor=make_editor())

    with pytest.raises(NotReady, match="is “"):
        piece.article.publish(revision=piece.article.draft, by=editor, without_summary="Short.")


@pytest.mark.parametrize(
    ("breaking", "sentence"),
    [
        (lambda piece, editor: piece.check_identity(piece.writer, "", by=editor), "who the writer is"),
        (lambda piece, editor: piece.set_legal_hold(held=True, by=editor), "legal hold"),
        (lambda piece, editor: piece.recall(by=editor), "Editing"),
        (lambda piece, editor: piece.withdraw(by=guest(piece)), None),
        (lambda piece, editor: piece.decline("facts", "We are sorry.", by=editor), None),
        (lambda piece, editor: rename(piece), "differs"),
        (lambda piece, editor: rename(piece, biography="Sells almonds."), "differs"),
    ],
    ids=["identity", "legal hold", "recall", "withdrawal", "killed", "name", "biography"],
)
def test_what_breaks_the_guard_later_unschedules_in_the_same_moment(piece, editor, breaking, sentence):
    piece.article.publish(revision=piece.article.draft, by=editor, at=TOMORROW)

    breaking(piece, editor)

    article = Article.objects.get(pk=piece.article_id)
    assert (article.live_id, article.published_at) == (None, None)
    if sentence:
        with pytest.raises(NotReady, match=sentence):
            article.publish(revision=article.draft, by=editor)


def rename(piece, **fields):
    author = piece.writer.author
    for name, value in (fields or {"name": "Gail M. Guest"}).items():
        setattr(author, name, value)
    author.save()


def test_a_profile_nobody_changed_breaks_nothing(piece, editor):
    piece.article.publish(revision=piece.article.draft, by=editor, at=TOMORROW)

    piece.writer.author.save()

    assert Article.objects.get(pk=piece.article_id).is_scheduled


def test_a_withdrawn_story_under_legal_hold_is_not_reinstated(live, editor):
    live.article.withdraw(by=editor, note="A complaint.")
    live.set_legal_hold(held=True, by=editor)

    with pytest.raises(NotReady, match="legal hold"):
        live.article.reinstate(by=editor)

    live.set_legal_hold(held=False, by=editor)
    live.article.reinstate(by=editor)
    assert readers_get()


def test_stories_of_the_newsroom_are_not_asked(now, editor):
    make_article(published_at=NOW, by=editor)

    assert readers_get()
