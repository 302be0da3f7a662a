"""Into the desk, out of it, and back in after forgetting the password."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk.sign_in import NO_MATCH
from tests.make import PASSWORD, make_user

NEW = "quite another long password"


def link_in(letter):
    return re.search(r"https?://\S+", letter.body.split("Choose it here:")[1]).group()


def path_in(letter):
    return re.sub(r"^https?://[^/]+", "", link_in(letter))


def sign_in(client, email, password=PASSWORD, next_page="/admin/"):
    return client.post("/admin/login/", {"username": email, "password": password, "next": next_page})


def test_somebody_signs_in_with_their_address_in_any_capitals(client, db):
    make_user(email="edda@example.org")

    assert sign_in(client, "EDDA@example.org").url == "/admin/"


@pytest.mark.parametrize("case", ["wrong password", "unknown address", "may not sign in", "not of the desk"])
def test_every_refusal_to_sign_in_reads_the_same(client, db, case):
    user = make_user(email="edda@example.org")
    user.is_active = case != "may not sign in"
    user.is_staff = case != "not of the desk"
    user.save()
    email = "nobody@example.org" if case == "unknown address" else user.email

    response = sign_in(client, email, "wrong" if case == "wrong password" else PASSWORD)

    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [NO_MATCH]


def test_signing_in_leads_to_no_other_site(client, db):
    user = make_user()

    assert sign_in(client, user.email, next_page="https://attacker.example/").url == "/admin/"


def test_a_nul_byte_in_the_address_is_refused_with_a_sentence(client, db):
    response = sign_in(client, "ed\0da@example.org")

    assert response.status_code == 200
    assert "username" in response.context["form"].errors


def test_signing_out_ends_the_session(client, editor):
    response = client.post("/admin/logout/")

    assert "You are signed out" in response.content.decode()
    assert client.get("/admin/").status_code == 302


def test_a_known_address_gets_a_letter_with_the_sites_own_address(client, db, at_once, settings, mailoutbox):
    settings.SITE_ADDRESS = "https://news.example.org"
    settings.ALLOWED_HOSTS = ["*"]
    user = make_user(email="edda@example.org")

    client.post("/accounts/new-password/", {"email": "Edda@Example.org"}, HTTP_HOST="attacker.example")

    (letter,) = mailoutbox
    assert letter.to == [user.email]
    assert link_in(letter).startswith("https://news.example.org/accounts/new-password/")
    assert "attacker" not in letter.body


def test_the_page_does_not_tell_whether_an_address_is_known(client, db, at_once, mailoutbox):
    make_user(email="edda@example.org")
    make_user(email="gone@example.org", is_active=False)

    answers = [
        client.post("/accounts/new-password/", {"email": email})
        for email in ("edda@example.org", "gone@example.org", "nobody@example.org")
    ]

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/accounts/new-password/asked/")}
    assert [letter.to for letter in mailoutbox] == [["edda@example.org"]]


@pytest.mark.parametrize("shut", [{"is_sample": True}, {"is_active": False}, {"is_staff": False}])
def test_no_letter_and_no_link_is_for_who_may_not_enter(client, db, at_once, mailoutbox, settings, shut):
    user = make_user(email="edda@example.org")
    client.post("/accounts/new-password/", {"email": user.email})
    form = client.get(path_in(mailoutbox[0]), follow=True)
    type(user).objects.filter(pk=user.pk).update(**shut)
    settings.PRODUCTION = True

    client.post("/accounts/new-password/", {"email": user.email}, secure=True)
    answer = client.post(form.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW}, secure=True)

    assert len(mailoutbox) == 1
    assert "This link no longer works" in answer.content.decode()
    assert not type(user).objects.get(pk=user.pk).check_password(NEW)


def test_asking_only_queues_so_that_known_and_unknown_take_equally_long(client, db, mailoutbox):
    make_user(email="edda@example.org")
    asked = []

    for email in ("edda@example.org", "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            client.post("/accounts/new-password/", {"email": email})
        asked.append(len(queries))

    assert asked[0] == asked[1]
    assert mailoutbox == []


def test_the_letters_link_sets_a_password_once(client, db, at_once, mailoutbox):
    user = make_user()
    client.post("/accounts/new-password/", {"email": user.email})
    path = path_in(mailoutbox[0])

    form_page = client.get(path, follow=True)
    set_page = client.post(form_page.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW}, follow=True)

    assert "Your new password is set" in set_page.content.decode()
    assert sign_in(client, user.email, NEW).status_code == 302
    client.logout()
    assert "This link no longer works" in client.get(path, follow=True).content.decode()


def test_the_address_with_the_token_is_told_to_no_other_site(client, db, at_once, mailoutbox):
    user = make_user()
    client.post("/accounts/new-password/", {"email": user.email})

    redirected = client.get(path_in(mailoutbox[0]))
    form_page = client.get(redirected.url)

    assert [page.headers["Referrer-Policy"] for page in (redirected, form_page)] == ["same-origin", "same-origin"]
    assert "no-store" in form_page.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["MQ/x", "MQ/set-password", "%00/x", "AAAA/AAAA", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA/x-y"])
def test_a_broken_link_says_how_to_get_a_new_one(client, db, path):
    response = client.get(f"/accounts/new-password/{path}/")

    assert response.status_code == 200
    assert "Ask for a new letter" in response.content.decode()


def test_a_short_password_is_refused_with_the_reason(client, editor):
    response = client.post(
        "/admin/password_change/", {"old_password": PASSWORD, "new_password1": "short", "new_password2": "short"}
    )

    assert "at least 12 characters" in str(response.context["form"].errors)


def test_changing_the_password_keeps_this_session_and_ends_the_others(client, editor):
    from django.test import Client

    elsewhere = Client()
    elsewhere.force_login(editor)

    client.post("/admin/password_change/", {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW})

    assert client.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302
