"""What lists and pages show to whom, beyond whether they are let in: that is ``tests/desk/test_walk.py``."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from articles.models import Article, Byline, PastAddress, Revision
from tests.make import NOW, YESTERDAY, make_article, make_user

pytestmark = pytest.mark.django_db


def test_the_rows_of_a_story_are_not_registered_anywhere():
    registered = {model for model in apps.get_models() if admin.site.is_registered(model)}

    assert registered & {Revision, Byline, PastAddress} == set()
    assert admin.site.get_model_admin(Article).actions is None


def test_a_story_sent_after_the_session_has_ended_is_shown_back(client):
    article = make_article()

    response = client.post(
        reverse("admin:articles_article_change", args=[article.pk]),
        {"headline": "Typed for an hour", "body": "<p>x</p>"},
    )

    page = response.content.decode()
    assert (response.status_code, article.revisions.count()) == (403, 1)
    assert "Typed for an hour" in page
    assert f"/admin/login/?next=/admin/articles/article/{article.pk}/change/" in page


def test_a_reporter_reads_anothers_story_from_review_on(client):
    client.force_login(make_user(role="Reporter"))
    article = make_article()
    address = reverse("admin:articles_article_change", args=[article.pk])

    writing = client.get(address).status_code
    article.submit(by=make_user())
    in_review = client.get(address)

    assert (writing, in_review.status_code) == (403, 200)
    assert '<form id="story"' not in in_review.content.decode()
    assert client.post(address, {"headline": "Mine now"}).status_code in {403, 405}


def test_a_reporters_list_holds_what_they_may_read(client):
    reporter = make_user(role="Reporter")
    client.force_login(reporter)
    own = make_article(by=reporter, headline="Own")
    make_article(headline="Hidden draft of another")
    live = make_article(headline="Live", published_at=NOW)

    listed = client.get(reverse("admin:articles_article_changelist")).context["cl"].result_list

    assert set(listed) == {own, live}


@pytest.mark.parametrize(
    "where", ["mine", "writing", "review", "ready", "scheduled", "live", "changed", "withdrawn", "spiked", "x"]
)
def test_every_filter_of_the_list_answers(client, where):
    client.force_login(make_user())
    make_article(published_at=NOW)

    response = client.get(reverse("admin:articles_article_changelist"), {"where": where, "q": "price"})

    assert response.status_code == 200
    assert re.search("stories|Stories", response.content.decode())


def test_a_badge_and_the_list_agree_where_a_story_stands():
    """``Article.standing`` and ``ArticleQuerySet.standing`` are twins."""
    make_article(published_at=YESTERDAY)
    make_article()

    for article in Article.objects.all():
        assert article in Article.objects.standing(article.standing)
