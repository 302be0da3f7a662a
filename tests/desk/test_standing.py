"""Above its text a story says what happens to it next, and offers the way to undo it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from newsroom.roles import REPORTER
from tests.make import make_article, make_text, make_user

pytestmark = pytest.mark.django_db


def told(client, article, *, view="change"):
    """The sentences above the text, and the moves offered there."""
    page = client.get(reverse(f"admin:articles_article_{view}", args=[article.pk])).content.decode()
    listed = re.search(r'<ul class="standing".*?</ul>', page, re.DOTALL)
    shown = re.findall(r"<li(?: data-readers-have=\"\d+\")?>.*?</li>", listed[0]) if listed else []
    return [" ".join(strip_tags(item).split()) for item in shown]


def test_a_draft_says_nothing(client, editor):
    assert told(client, make_article(by=editor)) == []


def test_a_scheduled_story_says_when_and_that_later_changes_wait(client, editor):
    article = make_article(by=editor)
    article.publish(revision=article.draft, by=editor, at=timezone.now() + timedelta(days=2))
    on_time = told(client, article)
    article.revise(make_text(headline="Later"), revision=article.draft, by=editor)

    assert on_time[0].startswith("Appears ")
    assert on_time[1:] == ["Unschedule …"]
    assert "with the text it was scheduled with" in told(client, article)[0]


def test_a_live_story_says_that_readers_lack_the_newest_text(client, editor):
    article = make_article(published_at=timezone.now() - timedelta(days=1))
    as_published = told(client, article)
    article.revise(make_text(headline="Newer"), revision=article.draft, by=editor)

    assert as_published == []
    assert told(client, article) == ["Readers do not see the newest text · What differs"]


def test_a_planned_update_and_an_end_are_announced(client, editor):
    article = make_article(published_at=timezone.now() - timedelta(days=1))
    article.limit(until=timezone.now() + timedelta(days=9), by=editor)
    article.revise(make_text(headline="Newer"), revision=article.draft, by=editor)
    article.plan(revision=article.draft, by=editor, at=timezone.now() + timedelta(days=1))

    newest, planned, end, undo = told(client, article)

    assert newest.startswith("Readers do not see the newest text")
    assert planned.startswith("Text 2 replaces what readers see ")
    assert planned.endswith("planned by Edda Editor")
    assert end.startswith("Ends ")
    assert undo == "Drop the planned update …"


def test_an_embargo_is_named_until_it_has_passed(client, editor):
    article = make_article(by=editor)
    article.classify(embargo_until=timezone.now() + timedelta(hours=3), by=editor)

    assert [sentence[:19] for sentence in told(client, article)] == ["Under embargo until"]


def test_what_was_taken_back_shows_its_note(client, editor):
    article = make_article(published_at=timezone.now() - timedelta(days=1))
    article.withdraw(by=editor, note="We are looking <into> it.")
    withdrawn = told(client, article)
    article.retract(by=editor, note="It was not so.")
    retracted = told(client, article)

    assert withdrawn[0].startswith("Withdrawn ")
    assert withdrawn[0].endswith("Its address says: “We are looking &lt;into&gt; it.”")
    assert withdrawn[1:] == ["Reinstate …"]
    assert retracted[0].startswith("Retracted for good ")
    assert len(retracted) == 1


def test_a_reader_of_the_desk_is_told_and_offered_nothing(client):
    article = make_article(published_at=timezone.now() - timedelta(days=1))
    article.withdraw(by=make_user(), note="We are looking into it.")
    client.force_login(make_user(role=REPORTER))

    assert [sentence[:9] for sentence in told(client, article, view="read")] == ["Withdrawn"]
