"""The page before publishing: checklist, what a change is, when."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from accounts.models import Activity
from articles.models import Correction, PlannedUpdate
from tests.make import NOW, TOMORROW, YESTERDAY, make_article, make_text, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

ANSWERS = {"when": "now", "change": "update", "severity": "minor"}


def address(article):
    return reverse("admin:articles_article_publish", args=[article.pk])


def posted(article, **answers):
    article.refresh_from_db()
    return ANSWERS | {"revision": article.draft.pk, "saves": article.draft.saves} | answers


def live(**fields):
    article = make_article(published_at=YESTERDAY, body="<p>Five years it took. They agree.</p>")
    fields = {"body": "<p>Four years it took. They agree.</p>"} | fields
    article.revise(make_text(**fields), revision=article.draft, by=make_user())
    return article


def test_publish_now(client, editor):
    article = make_article()

    response = client.post(address(article), posted(article), follow=True)

    article.refresh_from_db()
    assert (article.is_public, "Published. Readers see it now." in response.content.decode()) == (True, True)


def test_a_moment_to_come_schedules_in_the_newsrooms_time(client, editor):
    article = make_article()

    response = client.post(address(article), posted(article, when="later", publish_at="2026-09-15T12:30"), follow=True)

    article.refresh_from_db()
    assert (article.is_scheduled, article.published_at) == (True, TOMORROW)
    assert "Scheduled for Tuesday, Sept. 15, 12:30 p.m." in response.content.decode()


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"when": "later", "publish_at": "2026-09-13T09:00"}, "That moment has passed."),
        ({"when": "later"}, "Choose the date and time."),
        ({"when": "later", "publish_at": "soon"}, "Enter a valid date/time."),
        ({"when": "later", "publish_at": "0001-01-01T00:00"}, "Enter a valid date/time."),
        ({"when": "later", "publish_at": "9999-12-31T23:59"}, "Enter a valid date/time."),
        ({"when": "later", "publish_at": "2026-09-15T12:30+02:00"}, "Enter a valid date/time."),
        ({"when": "never"}, "Select a valid choice."),
        ({"until": "2026-09-01T09:00"}, "A story ends after it has appeared"),
        ({"change": "lie"}, "Select a valid choice."),
        ({"despite": ["anything"]}, "Select a valid choice."),
        ({"revision": "x"}, "Enter a whole number."),
        ({"revision": "999999"}, "lost track of which text"),
        ({"revision": "9" * 40}, ""),
        ({"saves": "7"}, "has saved a newer text"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_happens(client, editor, answers, sentence):
    article = make_article()

    response = client.post(address(article), posted(article, **answers))

    article.refresh_from_db()
    assert (response.status_code, sentence in response.content.decode()) == (200, True)
    assert article.status == "unpublished"


@pytest.mark.parametrize(
    ("typed", "which", "moment", "sentence"),
    [
        ("2027-03-14T02:30", "", None, "there is no 2:30 a.m."),
        ("2026-11-01T01:30", "", None, "1:30 a.m. comes twice"),
        ("2026-11-01T01:30", "first", datetime(2026, 11, 1, 8, 30, tzinfo=UTC), ""),
        ("2026-11-01T01:30", "second", datetime(2026, 11, 1, 9, 30, tzinfo=UTC), ""),
        ("2026-11-01T00:30", "second", datetime(2026, 11, 1, 7, 30, tzinfo=UTC), ""),
    ],
)
def test_a_time_that_is_missing_or_comes_twice_when_clocks_change(client, editor, typed, which, moment, sentence):
    article = make_article()

    response = client.post(address(article), posted(article, when="later", publish_at=typed, publish_at_which=which))

    article.refresh_from_db()
    assert article.published_at == moment
    if sentence:
        page = response.content.decode()
        assert sentence in page
        which_is_hidden = " hidden" in re.search(r'<select name="publish_at_which"[^>]*>', page)[0]
        assert which_is_hidden == ("comes twice" not in sentence)


def test_the_page_names_everything_that_blocks_and_asks(client, editor):
    article = make_article(summary="", headline="x" * 120)

    page = client.get(address(article)).content.decode()

    assert "The story has no summary." in page
    assert "The headline has 120 characters." in page
    assert f'href="{reverse("admin:articles_article_change", args=[article.pk])}#id_summary"' in page


def test_what_is_asked_must_be_answered(client, editor):
    article = make_article(headline="x" * 120)

    asked = client.post(address(article), posted(article))
    answered = client.post(address(article), posted(article, despite=["long_headline"]))

    article.refresh_from_db()
    assert "tick each that is fine" in asked.content.decode()
    assert (answered.status_code, article.is_public) == (302, True)


def test_a_missing_summary_may_be_passed_with_a_reason(client, editor):
    article = make_article(summary="")

    client.post(address(article), posted(article, without_summary="Breaking"))

    article.refresh_from_db()
    assert article.is_public


def test_a_correction_begins_with_what_was_and_what_is(client, editor):
    form = client.get(address(live())).context["form"]

    assert (form["before"].value(), form["after"].value()) == ("Five years it took.", "Four years it took.")


def test_a_correction_is_told_to_readers(client, editor):
    article = live()
    said = {
        "change": "correction",
        "note": "It took four years.",
        "severity": "major",
        "before": "Five",
        "after": "Four",
    }

    client.post(address(article), posted(article, **said))

    assert Correction.objects.values_list("kind", "note", "severity", "before", "after").get() == (
        "correction",
        "It took four years.",
        "major",
        "Five",
        "Four",
    )


def test_a_correction_that_says_nothing_is_refused_at_its_field(client, editor):
    article = live()

    response = client.post(address(article), posted(article, change="correction"))

    assert response.context["form"].errors["note"] == ["Readers need to be told what was wrong. Write the note."]
    assert Correction.objects.count() == 0


def test_an_update_of_a_live_story_is_planned_for_later(client, editor):
    article = live(headline="At nine")

    response = client.post(address(article), posted(article, when="later", publish_at="2026-09-15T12:30"), follow=True)

    planned = PlannedUpdate.objects.get()
    assert (planned.revision, planned.at, planned.change) == (article.draft, TOMORROW, "update")
    assert "Planned: readers get this text on Tuesday, Sept. 15" in response.content.decode()
    again = client.get(address(article)).context["form"]
    assert (again["when"].value(), again["publish_at"].value()) == ("later", TOMORROW)


def test_an_end_alone_can_be_set_and_taken_away(client, editor):
    article = make_article(published_at=YESTERDAY)

    client.post(address(article), posted(article, until="2026-09-15T12:30"))
    article.refresh_from_db()
    ends = article.unpublish_at
    client.post(address(article), posted(article, until=""))

    article.refresh_from_db()
    assert (ends, article.unpublish_at) == (TOMORROW, None)


def test_an_embargo_offers_its_end_and_not_now(client, editor):
    article = make_article()
    article.classify(embargo_until=TOMORROW, by=editor)

    response = client.get(address(article))
    refused = client.post(address(article), posted(article))

    form = response.context["form"]
    assert (form["when"].value(), form["publish_at"].value()) == ("later", TOMORROW)
    assert 'value="now"' not in response.content.decode()
    assert "under embargo" in refused.content.decode()


def test_fifty_identical_clicks_publish_once(client, editor):
    article = make_article()
    sent = posted(article)

    answers = {client.post(address(article), sent).status_code for _ in range(50)}

    assert answers == {302}
    assert Activity.objects.about(article).filter(verb="published").count() == 1
    assert article.revisions.count() == 1


def test_a_correction_sent_twice_is_told_once(client, editor):
    article = live()
    sent = posted(article, change="correction", note="It took four years.")

    for _ in range(3):
        client.post(address(article), sent)

    assert Correction.objects.count() == 1


def test_nobody_publishes_without_the_right(client):
    reporter = make_user(role="Reporter")
    client.force_login(reporter)
    article = make_article(by=reporter)

    answers = [client.get(address(article)).status_code, client.post(address(article), posted(article)).status_code]

    article.refresh_from_db()
    assert (answers, article.status) == ([403, 403], "unpublished")


def test_a_spiked_story_has_nothing_to_publish(client, editor):
    article = make_article()
    article.spike(by=editor)

    response = client.get(address(article), follow=True)

    assert "It cannot be published from there." in response.content.decode()


def test_a_schedule_can_be_moved(client, editor):
    article = make_article(published_at=TOMORROW)

    client.post(address(article), posted(article, when="later", publish_at="2026-09-16T12:30"))

    article.refresh_from_db()
    assert article.published_at == TOMORROW + timedelta(days=1)
    assert article.published_at > NOW
