"""Saving a text: revisions, seals, saves that come too late."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles.models import Article
from articles.models.writing import StaleText, hand_out, resolved
from articles.texts import Credit, TextRefused
from tests.make import make_article, make_author, make_text, make_user


@pytest.mark.django_db
def test_a_draft_may_be_incomplete():
    article = Article.begin(make_text(headline="", summary="", body="", bylines=()), by=make_user())

    assert (str(article), article.state_label) == ("Untitled", "Writing")


@pytest.mark.django_db
def test_a_save_follows_a_sealed_revision():
    editor = make_user()
    article = make_article(by=editor)
    first = article.draft

    second = article.revise(make_text(headline="Second"), revision=first, by=editor)

    assert [second.number, second.base, second.sealed_at is not None] == [first.number + 1, first, True]


@pytest.mark.django_db
def test_autosaves_of_one_person_overwrite_one_unsealed_row():
    editor = make_user()
    article = make_article(by=editor)
    ada = make_author("Ada")
    first = article.revise(make_text(headline="a"), revision=article.draft, by=editor, autosave=True)

    second = article.revise(make_text(headline="ab", bylines=(Credit(ada),)), revision=first, by=editor, autosave=True)

    assert (second.pk, second.saves, second.headline, second.sealed_at) == (first.pk, 2, "ab", None)
    assert [line.author for line in second.bylines.all()] == [ada]


@pytest.mark.django_db
def test_another_persons_save_never_overwrites():
    article = make_article()
    first = article.revise(make_text(headline="a"), revision=article.draft, by=make_user(), autosave=True)

    second = article.revise(make_text(headline="b"), revision=first, by=make_user(), autosave=True)

    first.refresh_from_db()
    assert (second.pk != first.pk, first.headline, first.sealed_at is not None) == (True, "a", True)


@pytest.mark.django_db
def test_saving_the_same_text_again_changes_nothing():
    editor = make_user()
    article = make_article(by=editor)
    first = article.draft
    second = article.revise(make_text(headline="Once"), revision=first, by=editor)

    again = article.revise(make_text(headline="Once"), revision=first, by=editor)

    assert (again, article.revisions.count()) == (second, 2)


def autosaved(article, *, by, sitting, turn, on, **fields):
    return article.revise(make_text(**fields), revision=on, by=by, autosave=True, sitting=sitting, turn=turn)


def paragraphs(*texts):
    return "\n".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.django_db
def test_a_sitting_overwrites_its_own_row_only():
    editor = make_user()
    article = make_article(by=editor)

    first = autosaved(article, by=editor, sitting="one", turn=1, on=article.draft, headline="a")
    second = autosaved(article, by=editor, sitting="one", turn=2, on=first, headline="ab")
    other_tab = autosaved(article, by=editor, sitting="two", turn=1, on=second, headline="abc")

    first.refresh_from_db()
    assert (second.pk, second.saves, second.turn) == (first.pk, 2, 2)
    assert (other_tab.pk != first.pk, other_tab.base, first.headline) == (True, first, "ab")
    assert first.sealed_at is not None


@pytest.mark.django_db
def test_a_manual_save_seals_the_row_of_its_sitting():
    editor = make_user()
    article = make_article(by=editor)
    first = autosaved(article, by=editor, sitting="one", turn=1, on=article.draft, headline="a")

    saved = article.revise(make_text(headline="ab"), revision=first, by=editor, sitting="one", turn=2)

    assert (saved.pk, saved.headline, saved.sealed_at is not None) == (first.pk, "ab", True)


@pytest.mark.django_db
def test_a_save_after_a_lost_answer_is_not_late():
    editor = make_user()
    article = make_article(by=editor)
    opened = article.draft
    autosaved(article, by=editor, sitting="one", turn=1, on=opened, headline="a")

    saved = autosaved(article, by=editor, sitting="one", turn=2, on=opened, headline="ab")

    assert (saved.headline, article.revisions.count()) == ("ab", 2)


@pytest.mark.django_db
def test_a_request_that_arrives_late_changes_nothing():
    editor = make_user()
    article = make_article(by=editor)
    opened = article.draft
    newest = autosaved(article, by=editor, sitting="one", turn=2, on=opened, headline="newest")

    again = autosaved(article, by=editor, sitting="one", turn=2, on=opened, headline="newest")
    late = autosaved(article, by=editor, sitting="one", turn=1, on=opened, headline="older")

    article.refresh_from_db()
    assert {newest.pk, again.pk, late.pk, article.draft_id} == {newest.pk}
    assert (article.draft.headline, article.draft.saves, article.revisions.count()) == ("newest", 1, 2)


@pytest.mark.django_db
def test_a_lost_answer_never_takes_away_what_another_wrote_meanwhile():
    ada, ben = make_user(name="Ada"), make_user(name="Ben")
    article = make_article(body=paragraphs("one", "two"))
    opened = article.draft
    first = autosaved(article, by=ada, sitting="a", turn=1, on=opened, body=paragraphs("one A", "two"))
    autosaved(article, by=ben, sitting="b", turn=1, on=first, body=paragraphs("one A", "two B"))
    sent = paragraphs("one A", "two", "three")
    autosaved(article, by=ada, sitting="a", turn=2, on=first, body=sent)

    answered = autosaved(article, by=ada, sitting="a", turn=2, on=first, body=sent)
    saved = article.revise(
        make_text(body=paragraphs("one A", "two", "three A")),
        revision=answered,
        by=ada,
        autosave=True,
        sitting="a",
        turn=3,
        before=make_text(body=sent),
    )

    assert answered.body == paragraphs("one A", "two B", "three")
    assert (saved.body, saved.conflicted) == (paragraphs("one A", "two B", "three A"), False)


@pytest.mark.django_db
def test_what_two_people_changed_in_different_places_is_brought_together():
    ada, ben = make_user(name="Ada"), make_user(name="Ben")
    article = make_article(body=paragraphs("one", "two"))
    opened = article.draft
    theirs = article.revise(make_text(headline="Ada's", body=paragraphs("one A", "two")), revision=opened, by=ada)

    saved = article.revise(make_text(deck="Ben's", body=paragraphs("one", "two B")), revision=opened, by=ben)

    article.refresh_from_db()
    assert article.draft == saved
    assert (saved.headline, saved.deck, saved.body) == ("Ada's", "Ben's", paragraphs("one A", "two B"))
    assert (saved.base, saved.made_by) == (theirs, ben)
    assert not article.revisions.filter(conflicted=True).exists()


@pytest.mark.django_db
def test_a_text_written_from_one_never_shown_is_merged_from_there():
    """The page could not show what came in, because its person was typing: it says what it wrote from."""
    ada, ben = make_user(name="Ada"), make_user(name="Ben")
    article = make_article(body=paragraphs("one", "two"))
    opened = article.draft
    article.revise(make_text(body=paragraphs("one A", "two")), revision=opened, by=ada)
    sent = make_text(body=paragraphs("one", "two B"))
    merged = article.revise(sent, revision=opened, by=ben, autosave=True, sitting="b", turn=1)

    saved = article.revise(
        make_text(body=paragraphs("one", "two B C")),
        revision=merged,
        by=ben,
        autosave=True,
        sitting="b",
        turn=2,
        before=sent,
    )

    assert (saved.pk, saved.body) == (merged.pk, paragraphs("one A", "two B C"))


@pytest.mark.django_db
@pytest.mark.parametrize("move", ["publish", "schedule", "submit"])
def test_a_move_while_somebody_writes_makes_no_conflict(move):
    editor = make_user()
    article = make_article(by=editor)
    seen = autosaved(article, by=editor, sitting="one", turn=1, on=article.draft, headline="First")
    other = make_user()
    if move == "submit":
        article.submit(by=other)
    else:
        moment = timezone.now() + timedelta(days=1) if move == "schedule" else None
        article.publish(revision=article.draft, by=other, at=moment)

    saved = autosaved(article, by=editor, sitting="one", turn=2, on=seen, headline="Second")

    seen.refresh_from_db()
    assert (saved.headline, saved.base, saved.conflicted) == ("Second", seen, False)
    assert (seen.headline, seen.sealed_at is not None) == ("First", True)


@pytest.mark.django_db
def test_a_planned_update_folded_in_while_somebody_writes_makes_no_conflict():
    editor = make_user()
    article = make_article(by=editor, published_at=timezone.now() - timedelta(days=1))
    seen = autosaved(article, by=editor, sitting="one", turn=1, on=article.draft, headline="Planned")
    article.plan(revision=seen, by=make_user(), at=timezone.now() + timedelta(hours=1), change="update")

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        article.fold(article.planned)
        saved = autosaved(article, by=editor, sitting="one", turn=2, on=seen, headline="Typed on")

    article.refresh_from_db()
    assert (article.live.headline, article.draft, saved.headline) == ("Planned", saved, "Typed on")


@pytest.mark.django_db
def test_a_text_handed_out_is_never_overwritten():
    ada, ben = make_user(name="Ada"), make_user(name="Ben")
    article = make_article(body=paragraphs("one", "two"))
    first = autosaved(article, by=ada, sitting="a", turn=1, on=article.draft, body=paragraphs("one A", "two"))

    bens = hand_out(Article.objects.get(pk=article.pk))
    autosaved(article, by=ada, sitting="a", turn=2, on=first, body=paragraphs("one A A", "two"))
    saved = autosaved(article, by=ben, sitting="b", turn=1, on=bens, body=paragraphs("one A", "two B"))

    assert saved.body == paragraphs("one A A", "two B")


@pytest.mark.django_db
@pytest.mark.parametrize("turn", [1, 2])
def test_a_text_answered_with_is_never_overwritten_by_another(turn):
    ada, ben = make_user(name="Ada"), make_user(name="Ben")
    article = make_article(body=paragraphs("one", "two"))
    bens = autosaved(article, by=ben, sitting="b", turn=1, on=article.draft, body=paragraphs("one", "two B"))
    adas = autosaved(article, by=ada, sitting="a", turn=1, on=bens, body=paragraphs("one A", "two B"))

    answered = autosaved(article, by=ben, sitting="b", turn=turn, on=bens, body=adas.body)
    autosaved(article, by=ada, sitting="a", turn=2, on=adas, body=paragraphs("one A A", "two B"))
    saved = autosaved(article, by=ben, sitting="b", turn=3, on=answered, body=paragraphs("one A", "two B B"))

    assert (answered, saved.body) == (adas, paragraphs("one A A", "two B B"))
    assert article.revisions.get(pk=adas.pk).body == paragraphs("one A", "two B")


@pytest.mark.django_db
def test_a_clash_sent_again_is_kept_once():
    ada, ben = make_user(name="Ada"), make_user(name="Ben")
    article = make_article()
    opened = article.draft
    article.revise(make_text(headline="Ada's"), revision=opened, by=ada)

    for _ in range(2):
        with pytest.raises(StaleText):
            autosaved(article, by=ben, sitting="b", turn=1, on=opened, headline="Ben's")

    assert article.revisions.filter(conflicted=True).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("choice", "third"), [("mine", "three B"), ("theirs", "three A"), ("both", "three A</p>\n<p>three B")]
)
def test_a_clash_is_decided_and_what_was_typed_since_stays(choice, third):
    ada, ben = make_user(name="Ada"), make_user(name="Ben")
    article = make_article(body=paragraphs("one", "two", "three"))
    opened = article.draft
    article.revise(make_text(body=paragraphs("one A", "two", "three A")), revision=opened, by=ada)
    with pytest.raises(StaleText) as stale:
        article.revise(make_text(body=paragraphs("one", "two", "three B")), revision=opened, by=ben)

    text = resolved(
        make_text(body=paragraphs("one", "two typed since", "three B")),
        kept=stale.value.kept,
        current=stale.value.current,
        before=None,
        choices={clash.key: choice for clash in stale.value.merge.clashes},
    )

    assert text.body == paragraphs("one A", "two typed since", third)


@pytest.mark.django_db
def test_a_sitting_begins_one_story():
    editor = make_user()

    first = Article.begin(make_text(), by=editor, autosave=True, sitting="one", turn=1)
    again = Article.begin(make_text(headline="Typed since"), by=editor, autosave=True, sitting="one", turn=2)
    another = Article.begin(make_text(), by=make_user(), autosave=True, sitting="one", turn=1)

    assert (again, another != first) == (first, True)
    assert (first.revisions.count(), first.draft.sealed_at) == (1, None)


@pytest.mark.django_db(transaction=True)
def test_a_stale_save_keeps_both_texts_and_says_whose():
    ada, ben = make_user(name="Ada"), make_user(name="Ben")
    article = make_article()
    seen = article.draft
    article.revise(make_text(headline="Ada's"), revision=seen, by=ada)

    with pytest.raises(StaleText, match="Ada has saved this story since you opened it, and both") as stale:
        article.revise(make_text(headline="Ben's"), revision=seen, by=ben)

    article.refresh_from_db()
    assert article.draft.headline == "Ada's"
    assert (stale.value.current.headline, stale.value.kept.headline) == ("Ada's", "Ben's")
    assert list(article.revisions.filter(conflicted=True).values_list("headline", flat=True)) == ["Ben's"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"headline": "x" * 300}, "The headline is 300 characters long; 250 are possible. Shorten it."),
        ({"summary": "a\0b"}, "The summary holds a character that cannot be stored (NUL)."),
    ],
)
def test_a_text_that_cannot_be_kept_is_refused_with_a_sentence(fields, sentence):
    article = make_article()

    with pytest.raises(TextRefused) as refused:
        article.revise(make_text(**fields), revision=article.draft, by=make_user())

    assert sentence in str(refused.value)
    assert article.revisions.count() == 1


@pytest.mark.django_db
def test_bylines_keep_order_and_roles_and_drop_doubles():
    ada, ben = make_author("Ada"), make_author("Ben")
    lines = (Credit(ben), Credit(ada), Credit(ben), Credit(ben, "photographs"))

    article = Article.begin(make_text(bylines=lines), by=make_user())

    assert [(line.author, line.role) for line in article.draft.bylines.all()] == [
        (ben, "by"),
        (ada, "by"),
        (ben, "photographs"),
    ]
