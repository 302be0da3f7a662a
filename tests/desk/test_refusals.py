"""A form that is refused before a view sees it gives back what was typed and says what to do."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from tests.make import PASSWORD, make_user


@pytest.fixture
def strict_client(db):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user())
    return client


def test_an_expired_form_gives_back_every_text(strict_client):
    body = "<p>Two nights & a day</p>\n" * 30

    response = strict_client.post(
        "/admin/articles/article/add/", {"headline": "Rain <at last>", "section": "3", "body": body, "summary": ""}
    )

    page = response.content.decode()
    assert response.status_code == 403
    assert response.context["texts"] == [("Headline", "Rain <at last>"), ("Body", body), ("Section", "3")]
    assert escape(body.strip()) in page
    assert "Rain &lt;at last&gt;" in page
    assert "<at last>" not in page


def test_an_expired_form_keeps_secrets_to_itself(strict_client):
    typed = {
        "old_password": PASSWORD,
        "new_password1": "another long one",
        "again": "another long one",
        "csrfmiddlewaretoken": "stale",
        "name": "Edda",
    }

    response = strict_client.post("/admin/password_change/", typed)

    assert response.context["texts"] == [("Name", "Edda")]
    assert "another long one" not in response.content.decode()


def test_an_expired_form_with_nothing_typed_says_to_send_it_again(strict_client):
    response = strict_client.post("/admin/logout/")

    assert response.status_code == 403
    assert "send the form again" in response.content.decode()


def test_a_text_that_is_too_large_is_answered_with_413(client, editor, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024

    response = client.post("/admin/articles/article/add/", {"body": "x" * 2048})

    assert response.status_code == 413
    assert "larger than 1.0\xa0KB and was not saved" in response.content.decode()


def test_too_many_fields_are_answered_with_a_page(client, editor, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2

    response = client.post("/admin/articles/article/add/", {"a": "1", "b": "2", "c": "3"})

    assert response.status_code == 400
    assert "Go back, reload the page, and try again" in response.content.decode()


def test_a_strange_host_is_answered_with_a_page(client, db):
    response = client.get("/admin/login/", HTTP_HOST="attacker.example")

    assert response.status_code == 400
    assert "attacker.example" not in response.content.decode()


def test_a_page_one_may_not_open_says_whom_to_ask(client, reporter):
    response = client.get("/admin/accounts/user/")

    assert response.status_code == 403
    assert "ask an administrator" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["article_changelist", "article_bin", "article_add"])
def test_a_nul_in_a_question_leads_to_the_page_without_one(client, name):
    client.force_login(make_user())
    address = reverse(f"admin:articles_{name}")

    response = client.get(f"{address}?verb=%00&kind__exact=a%00b")

    assert (response.status_code, response["Location"]) == (302, address)
