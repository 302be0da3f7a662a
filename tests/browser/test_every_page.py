"""Every page of the desk, found by its address, in a real browser: sound in light and dark, wide and narrow."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from articles.kinds import Change
from articles.notes import Note
from desk.story.offers import OFFERS
from newsroom.roles import ADMINISTRATOR
from tests.browser.test_desk_chrome import looked_at
from tests.desk import walk
from tests.images.make import make_image
from tests.make import make_article, make_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def newsroom():
    return walk.Newsroom(ADMINISTRATOR)


@pytest.fixture
def desk(page, live_server, newsroom):
    page.context.add_cookies([{"name": "sessionid", "value": newsroom.session, "url": live_server.url}])
    page.problems.clear()
    return page


def wrong_at(desk, addresses):
    """What is wrong with the pages there, by address. Some addresses have none to look at: they act, or lead on."""
    wrong = {}
    for address in addresses:
        answer = desk.context.request.get(address, max_redirects=0)
        if answer.status != 200 or "text/html" not in answer.headers["content-type"]:
            continue
        if found := looked_at(desk, address):
            wrong[address] = list(found)
        desk.problems.clear()
    return wrong


def pages_of(article):
    """The pages a story has while it stands as it does."""
    moves = [verb for verb in OFFERS if article.can(verb)]
    fixed = ["change", "history", "read", "publish", "receipt"]
    yield from (reverse(f"admin:articles_article_{name}", args=[article.pk]) for name in fixed)
    yield from (reverse("admin:articles_article_move", args=[article.pk, verb]) for verb in moves)


def live(**words):
    then = timezone.now() - timedelta(hours=2)
    return make_article(published_at=then, lead_image=make_image(finished=True), **words)


def in_review(by):
    article = make_article(headline="A headline of many words " * 7, summary="", body="")
    article.submit(by=by)
    return article


def ready(by):
    article = in_review(by)
    article.mark_ready(by=by)
    return article


def scheduled(by):
    article = make_article()
    article.publish(revision=article.draft, by=by, at=timezone.now() + timedelta(days=2))
    return article


def corrected_and_planned(by):
    article = live(body="<p>Five years it took.</p>")
    article.revise(make_text(body="<p>Four years it took.</p>"), revision=article.draft, by=by)
    note = Note("It took four years, not five.")
    article.publish(revision=article.draft, by=by, change=Change.CORRECTION, note=note)
    article.revise(make_text(headline="Later"), revision=article.draft, by=by)
    article.plan(revision=article.draft, by=by, at=timezone.now() + timedelta(days=1))
    return article


def withdrawn(by):
    article = live()
    article.withdraw(by=by, note="We are looking into it.")
    return article


def retracted(by):
    article = live()
    article.retract(by=by, note="It was not so.")
    return article


def spiked(by):
    article = make_article()
    article.spike(by=by)
    return article


def test_every_address_is_sound(desk, live_server, newsroom):
    addresses = [live_server.url + address for _, address in newsroom.everywhere()]

    assert wrong_at(desk, addresses) == {}


@pytest.mark.parametrize("standing", [in_review, ready, scheduled, corrected_and_planned, withdrawn, retracted, spiked])
def test_a_story_is_sound_however_it_stands(desk, live_server, standing):
    article = standing(User.objects.get(name="Edda Editor"))

    assert wrong_at(desk, [live_server.url + path for path in pages_of(article)]) == {}
