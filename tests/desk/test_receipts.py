"""After a change the site is read again as readers get it, and the desk says what was found."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import surfaces
from articles.kinds import Change
from articles.models import Article, Topic
from articles.notes import Note
from articles.surfaces import Answer, Surface
from desk.receipts import KEPT, Receipt, reading_of, reread
from masthead.models import Masthead
from newsroom.roles import REPORTER
from tests.desk.conftest import signed_in
from tests.make import NOW, TOMORROW, YESTERDAY, make_article, make_author, make_text, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "at_once")]

PLACES = [
    "Story page",
    "Front page",
    "Section Health",
    "Topic Beds",
    "Author Ada Writer",
    "Feed",
    "Feed of Health",
    "Feed of Ada Writer",
    "Sitemap",
]
TRICKY = {
    "headline": "Prices & “beds” <up>",
    "deck": "Nobody's   deck",
    "summary": "First line.\n\nSecond & last.",
    "body": "<p>One <em>two</em>&nbsp;three &amp; <a href='/x'>four</a>.</p><h2>Five</h2><ul><li>Six</li></ul>",
}


def published(**fields):
    topic, _ = Topic.objects.get_or_create(name="Beds", slug="beds")
    return make_article(published_at=NOW, topics=[topic], **fields)


def found(article):
    """What the last receipt of a story says of each place."""
    return {row["name"]: row["trouble"] for row in Receipt.objects.filter(article=article).first().surfaces}


@pytest.fixture
def stale(monkeypatch):
    """Readers get stored copies of these paths, as a cache that nobody told would answer."""
    from articles import rereading

    copies = {}
    fresh = rereading.answer
    monkeypatch.setattr(rereading, "answer", lambda path: copies.get(path) or fresh(path))
    return copies


def test_a_published_story_is_found_in_every_place():
    article = published(**TRICKY)

    receipt = Receipt.objects.get()
    assert (receipt.article, receipt.verb, receipt.is_well) == (article, "published", True)
    assert found(article) == dict.fromkeys(PLACES, "")


def test_a_withdrawn_story_is_gone_from_every_place():
    article = published()

    article.withdraw(by=make_user(), note="It was wrong.\n\nWe are sorry & ashamed.")

    receipt = Receipt.objects.first()
    assert (receipt.verb, receipt.is_well) == ("withdrew", True)
    assert found(article) == dict.fromkeys(PLACES, "")
    assert receipt.surfaces[0]["says"] == "A notice in the story's place"


def test_a_guests_page_goes_with_their_only_story():
    from articles.texts import Credit

    guest = make_author("Gus Guest", is_guest=True)
    article = published(kind="commentary", bylines=(Credit(guest),))
    assert found(article)["Author Gus Guest"] == ""

    article.withdraw(by=make_user(), note="At the writer's wish.")

    assert set(found(article).values()) == {""}


@pytest.mark.parametrize("stays", [True, False])
def test_a_retraction_stands_where_the_masthead_says(stays):
    Masthead(retractions_stay=stays).save()
    article = published()

    article.retract(by=make_user(), note="None of it was true.")
    reread.call(article.pk, "retracted")  # the tasks of these tests run before the transaction has ended

    assert found(article) == dict.fromkeys([*PLACES[:5], "Corrections page", *PLACES[5:]], "")


def test_a_correction_is_found_beside_the_story_and_on_its_page():
    article = published()
    article.revise(make_text(body="<p>Four years.</p>"), revision=article.draft, by=make_user())

    article.publish(revision=article.draft, by=make_user(), change=Change.CORRECTION, note=Note("It said five years."))
    reread.call(article.pk, "published")  # as above

    assert found(article)["Corrections page"] == ""
    assert Receipt.objects.first().is_well


def test_a_scheduled_story_is_nowhere_and_then_everywhere():
    from articles.models.announcing import announce

    article = make_article(by=make_user())
    article.publish(revision=article.draft, by=make_user(), at=TOMORROW)
    early = Receipt.objects.first()
    with time_machine.travel(TOMORROW + timedelta(minutes=1), tick=False):
        announce()
        late = Receipt.objects.first()

    assert (early.verb, early.surfaces[0]["says"], early.is_well) == ("published", "Not there before its moment", True)
    assert (late.verb, late.surfaces[0]["says"], late.is_well) == (
        "appeared",
        "The whole text, as it was published",
        True,
    )


def test_a_reinstated_story_is_read_again():
    article = published()
    article.withdraw(by=make_user(), note="Wait.")

    article.reinstate(by=make_user())

    assert (Receipt.objects.first().verb, Receipt.objects.first().is_well) == ("reinstated", True)


def test_a_stored_copy_of_the_old_text_is_named(stale):
    article = published(headline="Old words", body="<p>The first paragraph.</p>")
    stale[article.get_absolute_url()] = Answer(200, "<h1>Old words</h1><p>The first paragraph.</p>")
    stale["/"] = Answer(200, "<p>Nothing here</p>")
    stale["/feed/"] = Answer(500, "")
    text = make_text(headline="Old words", body="<p>The first paragraph.</p><p>And the second.</p>", summary="")
    article.revise(text, revision=article.draft, by=make_user())

    article.publish(revision=article.draft, by=make_user(), without_summary="Short", despite=["summary"])

    assert not Receipt.objects.first().is_well
    assert {name: trouble for name, trouble in found(article).items() if trouble} == {
        "Story page": "The page does not say “And the second.”.",
        "Front page": "The story is not there.",
        "Feed": "The address answers 500 instead of 200.",
    }


def test_a_withdrawn_story_that_is_still_listed_is_named(stale):
    from articles import rereading

    article = published()
    stale["/health/"] = rereading.answer("/health/")
    stale["/sitemap.xml"] = rereading.answer("/sitemap.xml")

    article.withdraw(by=make_user(), note="Wrong.")

    assert {name for name, trouble in found(article).items() if trouble == "The story is still there."} == {
        "Section Health",
        "Sitemap",
    }


def test_a_page_that_breaks_is_told_and_ends_nothing(monkeypatch):
    article = published()
    monkeypatch.setattr("public.machines.MOST_ADDRESSES", "no number")

    reread.call(article.pk, "checked again")

    troubles = {name: trouble for name, trouble in found(article).items() if trouble}
    assert troubles == {"Sitemap": "The address answers 500 instead of 200."}


def test_readings_carry_no_cookie_and_write_no_session():
    from articles import rereading

    article = published()
    with CaptureQueriesContext(connection) as queries:
        answer = rereading.answer(article.get_absolute_url())

    assert answer.status == 200
    assert [query["sql"] for query in queries if "session" in query["sql"]] == []
    assert rereading.answer("/nowhere/").status == 404


def test_a_place_is_told_once_by_each_app():
    before = list(surfaces._listers)
    surfaces.register(before[0])

    assert surfaces._listers == before


def test_words_that_wrap_or_break_are_still_found():
    surface = Surface("Page", "/", "x", holds=("one  two\nthree",))

    assert surface.trouble(Answer(200, "<p>one <b>two</b>\n   three four</p>")) == ""
    assert surface.trouble(Answer(200, "<p>one two</p>")) == "The page does not say “one two three”."


def test_only_the_last_receipts_of_a_story_are_kept():
    article = published()

    for _ in range(KEPT + 3):
        reread.enqueue(article.pk, "checked again")

    assert Receipt.objects.filter(article=article).count() == KEPT


def test_old_stories_of_an_import_get_no_receipt():
    article = make_article(published_at=YESTERDAY - timedelta(days=400))

    assert (Receipt.objects.count(), reading_of(article)) == (0, None)


def test_a_reading_is_awaited_then_late(settings):
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    article = published()
    article.refresh_from_db()

    at_first = reading_of(article)
    with time_machine.travel(NOW + timedelta(minutes=6), tick=False):
        later = reading_of(article)

    assert (at_first.is_awaited, at_first.is_late, at_first.is_news) == (True, False, True)
    assert (later.is_awaited, later.is_late, later.is_news) == (False, True, True)


def test_the_editor_shows_a_receipt_while_it_is_news(client, editor, monkeypatch):
    article = published()
    address = f"/admin/articles/article/{article.pk}/change/"

    fresh = client.get(address).content.decode()
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        client.force_login(editor)
        old = client.get(address).content.decode()
        Receipt.objects.update(is_well=False)
        bad = client.get(address).content.decode()

    assert ("All well" in fresh, "All well" in old, "Not all well" in bad) == (True, False, True)


def test_the_receipts_page_names_expectation_and_finding(client, editor, stale):
    stale["/health/"] = Answer(200, "")
    article = published()

    page = client.get(f"/admin/articles/article/{article.pk}/receipt/").content.decode()
    part = client.get(f"/admin/articles/article/{article.pk}/receipt/?part").content.decode()

    assert "The story under its headline" in page
    assert "The story is not there." in page
    assert '<a href="/health/">Section Health</a>: The story is not there.' in part
    assert "<html" not in part


def test_somebody_who_edits_has_it_read_again(client, editor):
    article = published()

    response = client.post(f"/admin/articles/article/{article.pk}/receipt/again/")

    assert response.status_code == 302
    assert Receipt.objects.first().verb == "checked again"
    assert Article.objects.get() == article


def test_a_reporter_reads_a_receipt_and_asks_for_none(client):
    signed_in(client, REPORTER)
    article = published()
    hidden = make_article(headline="Draft")

    assert client.get(f"/admin/articles/article/{article.pk}/receipt/").status_code == 200
    assert client.post(f"/admin/articles/article/{article.pk}/receipt/again/").status_code == 403
    assert client.get(f"/admin/articles/article/{hidden.pk}/receipt/").status_code == 403
    assert client.get(f"/admin/articles/article/{article.pk}/receipt/again/").status_code == 405


def test_a_draft_has_no_receipt(client, editor):
    article = make_article()

    page = client.get(f"/admin/articles/article/{article.pk}/receipt/").content.decode()

    assert "Readers have not seen this story." in page
    assert "Check again" not in page


def test_a_story_from_before_receipts_can_be_read_now(client, editor):
    article = make_article(published_at=YESTERDAY - timedelta(days=30))

    page = client.get(reverse("admin:articles_article_receipt", args=[article.pk])).content.decode()
    client.post(reverse("admin:articles_article_receipt_again", args=[article.pk]))

    assert "The site has not been read for this story." in page
    assert "Check now" in page
    assert Receipt.objects.get(article=article).is_well
