"""What guest writers are told before they write, at one address, in one place."""

import importlib

import pytest
from django.apps import apps

from accounts.actors import Sample
from commentary.models import Guidelines, Office
from masthead.models import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

move = importlib.import_module("commentary.migrations.0004_guidelines_page").move


def test_guidelines_say_what_the_form_holds_writers_to(client):
    Guidelines(
        number=0, body="<p>Write well.</p>", commentary_words=700, reaction_words=120, answer_days=4, most_writers=2,
        reaction_window=14, licence="You keep it.\nWe print it.", keeps="Your name.",
    ).issue(by=Sample())  # fmt: skip

    page = client.get("/commentary/guidelines/").text

    for said in (
        "Write well.", "about 700 words", "about 120 words", "within 4 working days", "within 14 days",
        "one writer or 2", "You keep it.", "We print it.", "Your name.", 'href="/commentary/submit/?kind=commentary"',
    ):  # fmt: skip
        assert said in page


def test_guidelines_are_there_before_anybody_wrote_them(client):
    page = client.get("/commentary/guidelines/")

    assert page.status_code == 200
    assert "about 650 words" in page.text
    assert not Guidelines.objects.exists()
    assert "Set-Cookie" not in page.headers


def test_guidelines_say_when_nothing_is_taken(client):
    Office.objects.create(takes_pieces=False)

    page = client.get("/commentary/guidelines/").text

    assert "We do not take guest commentary at present." in page
    assert "/commentary/submit/" not in page


def test_the_standing_page_becomes_the_first_version_and_is_no_page_any_more():
    Page.objects.create(title="Guidelines", slug="guidelines", body="<p>As it was.</p>")
    other = Page.objects.create(title="About", slug="about", body="<p>Us.</p>")

    move(apps, None)

    assert [(one.number, one.body) for one in Guidelines.objects.all()] == [(1, "<p>As it was.</p>")]
    assert list(Page.objects.all()) == [other]


def test_a_standing_page_beside_guidelines_becomes_their_next_version():
    Guidelines(number=0, commentary_words=700).issue(by=Sample())
    Page.objects.create(title="Guidelines", slug="guidelines", body="<p>As it was.</p>")

    move(apps, None)

    newest = Guidelines.current()
    assert (newest.number, newest.body, newest.commentary_words) == (2, "<p>As it was.</p>", 700)
    assert Guidelines.objects.get(number=1).body != newest.body


def test_without_a_standing_page_nothing_is_made():
    move(apps, None)

    assert not Guidelines.objects.exists()
