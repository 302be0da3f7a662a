"""Every page of the desk says what it may load; only pages with the rich-text editor or a preview may do more."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils.csp import CSP, build_policy

from accounts.models import Activity, User
from articles.models import Article, Section, Topic
from authors.models import Author
from commentary.models import Guidelines, LetterTemplate, Office, Submission
from desk.policy import BODY_POLICY, FRAMED_POLICY, FRAMING_POLICY, STORY_POLICY, STRICT
from documents.models import Document
from images.models import Image
from masthead.models import Masthead, Page
from tests.desk.test_pictures import make_picture
from tests.documents.make import make_document
from tests.make import PASSWORD, make_article, make_author, make_section

SIGNED_OUT = [
    "/admin/login/",
    "/accounts/new-password/",
    "/accounts/new-password/asked/",
    "/accounts/new-password/set/",
]
SITE = ["/admin/", "/admin/password_change/", "/admin/password_change/done/", "/admin/jsi18n/"]


def policy_of(response):
    """The policy without the nonce, which a page has only if it asked for one."""
    return re.sub(r" 'nonce-[^']+'", "", response.headers[CSP.HEADER_ENFORCE])


def is_strict(response):
    return policy_of(response) == build_policy(STRICT)


def everything():
    """One row of each model the desk shows."""
    make_article()
    Topic.objects.create(name="Hospitals", slug="hospitals")
    make_picture()
    make_document()
    Masthead().save()
    Page.objects.create(title="About", slug="about", body="<p>Us.</p>")


def addresses():
    """Every address of every model on the desk that has a row, or needs none."""
    for model, model_admin in admin.site._registry.items():
        for pattern in model_admin.get_urls():
            needs = set(pattern.pattern.converters)
            pk = model.objects.values_list("pk", flat=True).first()
            if pattern.name and needs <= {"object_id", "pk", "id"} and (pk or not needs):
                yield model, pattern.name, reverse(f"admin:{pattern.name}", kwargs=dict.fromkeys(needs, pk))


@pytest.mark.parametrize("path", SIGNED_OUT)
def test_pages_before_sign_in_are_strict(client, db, path):
    assert is_strict(client.get(path))


@pytest.mark.parametrize("path", SITE)
def test_pages_of_the_desk_itself_are_strict(client, administrator, path):
    assert is_strict(client.get(path))


def test_every_list_form_and_confirmation_is_strict_unless_it_edits_a_body_or_shows_a_preview(client, db):
    user = User.objects.create_superuser("all@example.org", PASSWORD, name="All Rights")
    client.force_login(user)
    everything()
    others = {build_policy(policy): set() for policy in (BODY_POLICY, STORY_POLICY, FRAMING_POLICY, FRAMED_POLICY)}
    models = set()

    for model, name, path in addresses():
        response = client.get(path)
        assert response.status_code in {200, 302, 403, 404, 405}, path
        models.add(model)
        if policy_of(response) in others:
            others[policy_of(response)].add(name)
        else:
            assert is_strict(response), path

    guests = {Guidelines, LetterTemplate, Office, Submission}
    assert models == guests | {Activity, Article, Author, Document, Image, Masthead, Page, Section, Topic, User}
    assert list(others.values()) == [
        {"commentary_guidelines_changelist", "masthead_page_add", "masthead_page_change"},
        {"articles_article_add", "articles_article_change"},
        {"articles_article_preview"},
        {"articles_article_preview_frame"},
    ]


def test_a_page_with_the_editor_allows_no_inline_script(client, administrator):
    response = client.get("/admin/masthead/page/add/")

    scripts = next(part for part in policy_of(response).split("; ") if part.startswith("script-src "))
    assert "unsafe" not in scripts


def test_nobody_outside_reaches_the_desk(client, db):
    make_author()
    make_section()

    answers = {path: client.get(path) for _, _, path in addresses()}

    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(answers, 302)
    assert all(answer.url.startswith("/admin/login/?next=") for answer in answers.values())
