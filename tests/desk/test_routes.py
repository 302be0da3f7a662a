"""No address of the desk changes a story past the verbs, and none answers somebody it should not."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern

from accounts.models import Activity
from articles.models import Article, Byline, PastAddress, Revision
from desk.story.offers import OFFERS
from tests.make import NOW, YESTERDAY, make_article, make_user

pytestmark = pytest.mark.django_db


def names(resolver=None, prefix=""):
    """Every named address of the admin, with the names of its parameters."""
    for entry in (resolver or _admin()).url_patterns:
        if isinstance(entry, URLPattern):
            if entry.name:
                yield f"admin:{entry.name}", tuple(entry.pattern.regex.groupindex)
        else:
            yield from names(entry)


def _admin():
    return next(entry for entry in get_resolver().url_patterns if getattr(entry, "namespace", "") == "admin")


def addresses(article):
    """Each address of the desk, aimed at ``article`` where it takes a key."""
    for name, parameters in sorted(set(names())):
        values = {
            "pk": article.pk,
            "object_id": article.pk,
            "number": 1,
            "content_type_id": 1,
            "id": article.pk,
            "link": 1,
        }
        verbs = list(OFFERS) if "verb" in parameters else [None]
        for verb in verbs:
            arguments = {key: values.get(key, "articles" if key == "app_label" else "x") for key in parameters}
            if verb:
                arguments["verb"] = verb
            try:
                yield name, verb, reverse(name, kwargs=arguments)
            except NoReverseMatch:
                yield name, verb, reverse(name, args=list(arguments.values()))


def state():
    """Every row that makes up a story."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (Article, Revision, Byline, PastAddress)
    }


HOSTILE = {
    "action": "delete_selected",
    "_selected_action": "1",
    "post": "yes",
    "_save": "Save",
    "status": "published",
    "stage": "ready",
    "live": "1",
    "draft": "1",
    "headline": "Smuggled in",
    "slug": "smuggled",
    "form-TOTAL_FORMS": "1",
    "form-INITIAL_FORMS": "1",
    "form-0-id": "1",
    "form-0-status": "withdrawn",
    "_popup": "1",
}


def test_no_address_of_the_desk_changes_a_story_past_the_verbs(client):
    """Whatever is posted, a story that differs afterwards has an activity row that tells of it."""
    article = make_article(published_at=YESTERDAY)
    client.force_login(make_user(role="Administrator", is_superuser=True))
    unexplained = []
    for name, verb, address in addresses(article):
        before, told = state(), Activity.objects.count()
        if name == "admin:logout":
            continue

        client.post(address, HOSTILE | {"note": "Because"})

        if state() != before and Activity.objects.count() == told:
            unexplained.append((name, verb))

    assert unexplained == []


def test_only_the_editor_and_the_moves_change_a_story(client):
    """The addresses that do change one are these, and no other."""
    client.force_login(make_user(role="Administrator", is_superuser=True))
    article = make_article(published_at=YESTERDAY)
    changing = set()
    for name, _verb, address in list(addresses(article)):
        if name == "admin:logout":
            continue
        before = state()
        client.post(
            address, HOSTILE | {"note": "Because", "kind": "news", "byline-TOTAL_FORMS": 0, "byline-INITIAL_FORMS": 0}
        )
        if state() != before:
            changing.add(name)

    writing = ["move", "add", "begin", "change", "autosave"]
    assert changing <= {f"admin:articles_article_{name}" for name in writing}


def test_the_rows_of_a_story_are_not_registered_anywhere():
    registered = {model for model in apps.get_models() if admin.site.is_registered(model)}

    assert registered & {Revision, Byline, PastAddress} == set()
    assert admin.site.get_model_admin(Article).actions is None


def test_nobody_gets_in_without_signing_in(client):
    article = make_article()
    let_in = [
        address
        for name, _verb, address in addresses(article)
        if name not in {"admin:login", "admin:logout", "admin:jsi18n"} and client.get(address).status_code == 200
    ]

    assert let_in == []


def test_a_story_sent_after_the_session_has_ended_is_shown_back(client):
    article = make_article()
    before = state()

    response = client.post(
        reverse("admin:articles_article_change", args=[article.pk]),
        {"headline": "Typed for an hour", "body": "<p>x</p>"},
    )

    page = response.content.decode()
    assert (response.status_code, state() == before) == (403, True)
    assert "Typed for an hour" in page
    assert f"/admin/login/?next=/admin/articles/article/{article.pk}/change/" in page


@pytest.mark.parametrize("verb", OFFERS)
def test_a_reporter_may_not_make_the_moves_of_editors(client, verb):
    reporter = make_user(role="Reporter")
    client.force_login(reporter)
    article = make_article(by=reporter)
    allowed = {"spike", "restore"}

    response = client.get(reverse("admin:articles_article_move", args=[article.pk, verb]))

    assert response.status_code == (200 if verb in allowed else 403)


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
