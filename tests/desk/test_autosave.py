"""Saving while somebody writes: what the page's own saves keep, join, refuse, and answer."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Activity
from articles.models import Article
from articles.models.announcing import announce
from articles.texts import Credit
from authors.models import Author
from tests.desk.opened import Page
from tests.make import YESTERDAY, make_article, make_author, make_section, make_text, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = make_user(name="Edda")
    client.force_login(user)
    return user


def test_an_autosave_is_one_unsealed_revision_and_says_what_is_stored(client, editor):
    article = make_article(by=editor)
    page = Page(client, article)

    page.saves(headline="The price")
    answer = page.saves(headline="The price is settled")

    article.refresh_from_db()
    draft = article.draft
    assert (draft.headline, draft.saves, draft.sealed_at, article.revisions.count()) == (
        "The price is settled",
        2,
        None,
        2,
    )
    told = {name: answer[name] for name in ("revision", "saves", "label", "words", "problems", "came_in", "news")}
    assert told == {
        "revision": draft.pk,
        "saves": 2,
        "label": "Writing",
        "words": draft.words,
        "problems": {},
        "came_in": {},
        "news": "",
    }


def test_the_first_autosave_begins_one_story_however_often_it_is_sent(client, editor):
    page = Page(client, headline="New")

    page.sends()
    again = page.sends(again=True).json()
    page.saves(headline="New and longer")

    article = Article.objects.get()
    assert again["change"] == reverse("admin:articles_article_change", args=[article.pk])
    assert (article.draft.headline, article.revisions.count()) == ("New and longer", 1)
    assert list(Activity.objects.about(article).values_list("verb", flat=True)) == ["began"]


def test_save_on_the_page_of_a_story_begun_meanwhile_makes_no_second_one(client, editor):
    page = Page(client, headline="New")
    page.sends()

    client.post(
        reverse("admin:articles_article_add"),
        page.typed | {"headline": "New, saved", "sitting": page.sitting, "turn": 2, "do": "save"},
    )

    assert Article.objects.get().draft.headline == "New, saved"


def test_what_another_changed_comes_in_and_is_named(client, editor):
    article = make_article(body="<p>One.</p>\n<p>Two.</p>")
    page = Page(client, article)
    article.revise(
        make_text(headline="Ben's", body="<p>One.</p>\n<p>Two.</p>"), revision=article.draft, by=make_user(name="Ben")
    )

    answer = page.saves(body="<p>One, by Edda.</p>\n<p>Two.</p>")

    article.refresh_from_db()
    assert (article.draft.headline, article.draft.body) == ("Ben's", "<p>One, by Edda.</p>\n<p>Two.</p>")
    assert answer["came_in"] == {"headline": "Ben's"}
    assert answer["news"] == "Ben changed this story meanwhile; that is in it now: headline."


def test_what_a_page_could_not_show_yet_is_not_taken_back_by_its_next_save(client, editor):
    article = make_article(body="<p>One.</p>\n<p>Two.</p>")
    page = Page(client, article)
    article.revise(make_text(body="<p>One, by Ben.</p>\n<p>Two.</p>"), revision=article.draft, by=make_user(name="Ben"))
    sent = {**page.typed, "body": "<p>One.</p>\n<p>Two, by Edda.</p>"}
    page.saves(body=sent["body"])

    page.saves(body="<p>One.</p>\n<p>Two, by Edda, who types on.</p>", before=urlencode(sent))

    article.refresh_from_db()
    assert article.draft.body == "<p>One, by Ben.</p>\n<p>Two, by Edda, who types on.</p>"
    assert not article.revisions.filter(conflicted=True).exists()


def test_a_clash_is_answered_with_a_choice_and_decided_by_the_next_save(client, editor):
    article = make_article(body="<p>One.</p>\n<p>Two.</p>")
    page = Page(client, article)
    article.revise(make_text(body="<p>One, by Ben.</p>\n<p>Two.</p>"), revision=article.draft, by=make_user(name="Ben"))

    response = page.sends(body="<p>One, by Edda.</p>\n<p>Two.</p>")
    answer = response.json()
    kept = article.revisions.get(conflicted=True)
    page.place = {name: answer[name] for name in page.place}
    typed = "<p>One, by Edda.</p>\n<p>Two, typed since.</p>"
    decided = page.saves(**{"kept": kept.pk, "clash-body-1": "both", "body": typed})

    article.refresh_from_db()
    assert (response.status_code, kept.body) == (409, "<p>One, by Edda.</p>\n<p>Two.</p>")
    assert decided["came_in"] == {"body": article.draft.body}
    assert 'name="clash-body-1"' in answer["panel"]
    assert article.draft.body == "<p>One, by Ben.</p>\n<p>One, by Edda.</p>\n<p>Two, typed since.</p>"


def test_a_clash_brought_back_without_a_choice_is_asked_again(client, editor):
    article = make_article()
    page = Page(client, article)
    article.revise(make_text(headline="Ben's"), revision=article.draft, by=make_user(name="Ben"))
    first = page.sends(headline="Edda's").json()
    page.place = {name: first[name] for name in page.place}
    kept = article.revisions.get(conflicted=True)

    again = page.sends(kept=kept.pk, headline="Edda's, typed since")

    article.refresh_from_db()
    assert (again.status_code, again.json()["panel"]) == (409, first["panel"])
    assert (article.draft.headline, article.revisions.filter(conflicted=True).count()) == ("Ben's", 1)


def test_a_page_given_back_as_it_was_sent_takes_nothing_back(client, editor):
    article = make_article(body="<p>One.</p>\n<p>Two.</p>")
    page = Page(client, article)
    article.revise(make_text(body="<p>One, by Ben.</p>\n<p>Two.</p>"), revision=article.draft, by=make_user(name="Ben"))
    article.classify(by=make_user(), section=make_section("Water"))

    refused = page.presses("mark_ready", body="<p>One.</p>\n<p>Two, by Edda.</p>")
    given_back = refused.context["standing"]
    page.place = {name: given_back[name] for name in page.place}
    page.saves(before=given_back["before"], body="<p>One.</p>\n<p>Two, by Edda, who types on.</p>")

    article.refresh_from_db()
    assert article.draft.body == "<p>One, by Ben.</p>\n<p>Two, by Edda, who types on.</p>"
    assert (str(article.section), article.stage) == ("Water", "writing")


def test_a_field_that_cannot_be_kept_says_so_and_all_else_is_saved(client, editor):
    article = make_article()
    page = Page(client, article)

    answer = page.saves(headline="x" * 300, deck="A deck", section="9999", topics=["77"], slug="Not A Slug")

    article.refresh_from_db()
    assert (article.draft.deck, article.draft.headline) == ("A deck", "Hospitals agree on a price")
    assert article.section is not None
    assert set(answer["problems"]) == {"headline", "section", "topics", "slug"}


def test_an_author_removed_meanwhile_leaves_the_bylines_alone_and_saves_the_text(client, editor):
    ben = make_author("Ben")
    article = make_article(bylines=(Credit(make_author("Ada")),))
    page = Page(client, article)
    page.name("Ada", "Ben")
    Author.objects.filter(pk=ben.pk).delete()

    answer = page.saves(headline="Kept")

    article.refresh_from_db()
    assert (article.draft.headline, [line.author.name for line in article.draft.bylines.all()]) == ("Kept", ["Ada"])
    assert list(answer["problems"]) == ["byline-1-name"]


def test_a_page_makes_no_author_by_itself(client, editor):
    article = make_article()
    page = Page(client, article)
    page.name("Ben Newcomer", **{"byline-0-is_new": "on"})
    before = Author.objects.count()

    answer = page.saves()

    assert answer["problems"] == {"byline-0-name": ["“Ben Newcomer” becomes an author when you press Save."]}
    assert Author.objects.count() == before


def test_settings_are_saved_too_and_the_log_tells_of_each_once(client, editor):
    article = make_article()
    told = Activity.objects.about(article).count()
    page = Page(client, article)

    page.saves(slug="a")
    page.saves(slug="a-b")
    page.saves(slug="a-b", kind="analysis", section=make_section("Water").pk)

    article.refresh_from_db()
    rows = Activity.objects.about(article).order_by("pk")[told:]
    assert (article.slug, article.kind, article.section.name) == ("a-b", "analysis", "Water")
    assert [row.details["changed"] for row in rows] == [["slug"], ["kind", "section"]]


def test_what_readers_would_see_at_once_waits_for_save(client, editor):
    article = make_article(published_at=YESTERDAY)
    before = article.section
    page = Page(client, article)

    answer = page.saves(section=make_section("Water").pk, headline="Not yet")

    article.refresh_from_db()
    assert (article.section, article.draft.headline) == (before, "Not yet")
    assert (answer["waiting"], answer["label"]) == (["Section"], "Live · unpublished changes")


def test_whoever_may_not_write_here_any_more_is_told_so(client):
    reporter = make_user(role="Reporter")
    client.force_login(reporter)
    article = make_article(by=reporter, bylines=())
    page = Page(client, article)
    article.classify(assignee=make_user(), by=make_user())
    Article.objects.filter(pk=article.pk).update(created_by=None)

    response = page.sends(headline="Mine still")
    whole = client.post(reverse("admin:articles_article_change", args=[article.pk]), page.typed)

    assert (response.status_code, whole.status_code) == (403, 403)
    assert response.json()["sentence"].startswith("You may not write in this story now")
    assert "Mine still" in whole.content.decode()
    assert article.revisions.count() == 1


def test_another_person_in_the_same_browser_saves_nothing_under_their_name(client, editor):
    article = make_article()
    page = Page(client, article, writer=editor.pk)
    client.force_login(make_user(name="Ben"))

    response = page.sends(headline="Edda's words")
    whole = client.post(reverse("admin:articles_article_change", args=[article.pk]), page.typed | page.place)

    assert (response.status_code, response.json()["sign_in"], whole.status_code) == (401, True, 403)
    assert "Edda&#x27;s words" in whole.content.decode()
    assert article.revisions.count() == 1


def test_refusals_on_the_way_are_json(editor, settings):
    article = make_article()
    signed_out, strict = Client(), Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    address = reverse("admin:articles_article_autosave", args=[article.pk])
    asking = {"headers": {"Accept": "application/json"}}

    session_over = signed_out.post(address, {}, **asking)
    old_key = strict.post(address, {}, **asking)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    own = Client()
    own.force_login(editor)
    too_large = own.post(address, {"body": "x" * 2_000}, **asking)
    unreadable = own.post(address, {}, **asking)

    assert [(r.status_code, sorted(r.json())) for r in (session_over, old_key, too_large, unreadable)] == [
        (401, ["sentence", "sign_in"]),
        (403, ["csrf", "sentence"]),
        (413, ["sentence"]),
        (409, ["lost", "sentence"]),
    ]


def test_a_new_key_is_good_at_once(editor):
    article = make_article()
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    page = Page(client, article)
    client.cookies.pop("csrftoken", None)
    key = page.sends().json()["csrf"]

    page.typed["csrfmiddlewaretoken"] = key
    page.saves(headline="With the new key")

    article.refresh_from_db()
    assert article.draft.headline == "With the new key"


def test_a_section_deleted_meanwhile_is_named_and_all_else_is_saved(client, editor):
    article = make_article(by=editor)
    before, chosen = article.section, make_section("Water")
    page = Page(client, article, section=chosen.pk)
    chosen.delete()

    lacking = page.saves(headline="Typed on")
    chosen_anew = page.saves(section=make_section("Energy").pk)

    kept = [Article.objects.get().draft.headline, list(lacking["problems"]), lacking["came_in"]]
    assert kept == ["Typed on", ["section"], {}]
    assert (before.name, str(Article.objects.get().section), chosen_anew["problems"]) == ("Health", "Energy", {})


@pytest.mark.parametrize("removal", ["deactivated", "no longer staff", "deleted"])
def test_a_person_removed_while_writing_saves_nothing_more(client, editor, removal):
    article = make_article(by=make_user())
    page = Page(client, article)
    page.saves(headline="Before")
    if removal == "deleted":
        editor.delete()
    else:
        setattr(editor, "is_active" if removal == "deactivated" else "is_staff", False)
        editor.save()

    answer = page.sends(headline="After")

    article.refresh_from_db()
    assert answer.status_code in {401, 403}
    assert (article.draft.headline, answer.headers["Content-Type"]) == ("Before", "application/json")


def test_a_story_that_appears_while_it_is_written_on_makes_no_conflict(client, editor):
    article = make_article(by=editor)
    article.publish(revision=article.draft, by=editor, at=timezone.now() + timedelta(hours=1))
    page = Page(client, article)
    page.saves(headline="Typed before it appeared")

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        announce()
        answer = page.saves(headline="Typed on since")

    article.refresh_from_db()
    assert (answer["came_in"], answer["news"], answer["standing"]) == ({}, "", "live")
    assert (article.live.headline, article.draft.headline) == ("Hospitals agree on a price", "Typed on since")


@pytest.mark.parametrize("clock", [-1, 1])
def test_a_clock_that_jumps_loses_no_save(client, editor, clock):
    article = make_article(by=editor)
    page = Page(client, article)
    page.saves(headline="Before")

    with time_machine.travel(timezone.now() + timedelta(days=clock)):
        page.saves(headline="After")

    article.refresh_from_db()
    assert article.draft.headline == "After"


def test_autosave_costs_the_same_for_a_short_and_a_long_history(client, editor):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    article = make_article(by=editor)
    page = Page(client, article)
    page.saves(headline="a")
    with CaptureQueriesContext(connection) as short:
        page.saves(headline="ab")
    for number in range(10):
        article.refresh_from_db()
        article.revise(make_text(headline=str(number)), revision=article.draft, by=editor)
    page = Page(client, Article.objects.get())
    page.saves(headline="abc")

    with CaptureQueriesContext(connection) as long:
        page.saves(headline="abcd")

    assert len(long) == len(short)
