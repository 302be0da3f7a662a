"""What a search finds: words, phrases and the lack of words, in the newest text and in the one readers see."""

import pytest

from articles.models import Article, Wording
from articles.models.wordings import MOST_TERMS, Asked, understood
from articles.texts import Credit
from richtext import folded
from tests.make import NOW, make_article, make_author, make_section, make_text, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("", Asked()),
        ("  – ! -  ", Asked()),
        ("Hospital  price", Asked((" hospital", " price"))),
        ("“one price” -beds", Asked((" one price",), (" beds ",))),
        ('-"four years"', Asked((), (" four years ",))),
        ("co-op", Asked((" co op",))),
        ("ÜBUNG", Asked((" ubung",))),
        ('"never closed', Asked((" never", " closed"))),
        ("東京", Asked(("東京",))),
        ("https://news.example.org/2026/09/14/one-price/", Asked((" one price",))),
        ("a\0b", Asked((" a", " b"))),
    ],
)
def test_a_query_is_understood(typed, asked):
    assert understood(typed) == asked


def test_a_query_of_any_length_is_cut_to_terms_that_can_be_looked_up():
    assert len(understood("word " * 5_000).wanted) == 1
    assert len(understood(" ".join(f"w{number}" for number in range(500))).wanted) == MOST_TERMS


def found(typed, **how):
    return {str(article) for article in Article.objects.saying(typed, **how)}


@pytest.fixture
def stories():
    ada, jose = Credit(make_author("Ada Writer")), Credit(make_author("José Núñez"))
    plain = {"summary": "", "body": ""}
    bedstead = "<p>A <em>bed</em>stead costs&nbsp;more. The Übung ends.</p>"
    make_article(headline="Hospitals agree", bylines=(ada,), **plain | {"body": bedstead})
    make_article(headline="Schools open", bylines=(jose,), **plain)
    make_article(headline="Markets close", bylines=(ada,), slug="one-long-day", deck="100% of a bed", **plain)


@pytest.mark.parametrize(
    ("typed", "headlines"),
    [
        ("", {"Hospitals agree", "Schools open", "Markets close"}),
        ("HOSPITAL", {"Hospitals agree"}),
        ("ospital", set()),
        ("bedstead", {"Hospitals agree"}),
        ("costs more", {"Hospitals agree"}),
        ('"costs more"', {"Hospitals agree"}),
        ('"more costs"', set()),
        ("übung", {"Hospitals agree"}),
        ("em", set()),
        ("nunez", {"Schools open"}),
        ("“josé núñez” open", {"Schools open"}),
        ("ada", {"Hospitals agree", "Markets close"}),
        ("agree -markets", {"Hospitals agree"}),
        ("-ada", {"Schools open"}),
        ("bed", {"Hospitals agree", "Markets close"}),
        ("-bed", {"Hospitals agree", "Schools open"}),
        ("-bedstead", {"Schools open", "Markets close"}),
        ("long-day", {"Markets close"}),
        ("100%", {"Markets close"}),
        ("%", {"Hospitals agree", "Schools open", "Markets close"}),
        ("_", set()),
    ],
)
def test_a_search_finds_what_was_meant(stories, typed, headlines):
    assert found(typed) == headlines


def test_a_search_within_headlines_leaves_the_text_out(stories):
    assert found("agree", within="headline") == {"Hospitals agree"}
    assert found("bedstead", within="headline") == set()


def test_a_search_reads_the_draft_and_the_live_text_and_nothing_older():
    article = make_article(headline="First words", published_at=NOW)
    article.revise(make_text(headline="Second words"), revision=article.draft, by=make_user())
    article.revise(make_text(headline="Third words"), revision=article.draft, by=make_user())

    hits = {word: Article.objects.saying(word).count() for word in ("first", "second", "third")}

    assert hits == {"first": 1, "second": 0, "third": 1}


def test_a_story_in_both_texts_is_found_once():
    article = make_article(headline="Same words", published_at=NOW)
    article.revise(make_text(headline="Same words, newer"), revision=article.draft, by=make_user())

    assert list(Article.objects.saying("same words")) == [article]


def test_an_autosave_changes_the_words_with_the_text():
    editor = make_user()
    article = make_article(headline="Before", by=editor)
    article.revise(make_text(headline="Between"), revision=article.draft, by=editor, autosave=True)
    article.revise(make_text(headline="After"), revision=article.draft, by=editor, autosave=True)

    assert [found(word) for word in ("between", "after")] == [set(), {"After"}]


def test_the_words_were_filled_for_texts_that_were_there_before():
    from importlib import import_module

    from django.apps import apps

    make_article(headline="Ünder <Way>", body="<p>One<strong>two</strong></p><p>three &amp; four</p>")
    kept = Wording.objects.values().get()
    Wording.objects.all().delete()

    import_module("articles.migrations.0006_fill_wordings").fill(apps, None)

    assert Wording.objects.values().get() == kept


def test_folding_is_the_same_twice():
    assert folded(folded("Ça va? Straße—İstanbul")) == folded("Ça va? Straße—İstanbul")


def test_touched_by_names_makers_holders_and_bylines():
    jose = make_user(name="José Núñez")
    made = make_article(headline="Made", by=jose)
    given = make_article(headline="Given", section=make_section("Culture"))
    given.classify(assignee=jose, by=make_user())
    author = make_author("Josefa Other")
    bylined = make_article(headline="Bylined", bylines=(Credit(author),))
    make_article(headline="Another's", by=make_user(name="Ben"), bylines=(Credit(make_author("Ada")),))

    assert set(Article.objects.touched_by("jose nunez")) == {made, given}
    assert set(Article.objects.touched_by("JOSE")) == {made, given, bylined}
    assert set(Article.objects.touched_by(" - ")) == set()
