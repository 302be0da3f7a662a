"""Saving a text: revisions, seals, saves that come too late."""

import pytest

from articles.models import Article
from articles.models.writing import StaleText
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


@pytest.mark.django_db(transaction=True)
def test_a_stale_save_keeps_both_texts_and_says_whose():
    ada, ben = make_user(name="Ada"), make_user(name="Ben")
    article = make_article()
    seen = article.draft
    article.revise(make_text(headline="Ada's"), revision=seen, by=ada)

    with pytest.raises(StaleText, match="Ada has saved this story since you opened it") as stale:
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
