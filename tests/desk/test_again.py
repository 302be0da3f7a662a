"""Signing in again without leaving the page, as the story editor's dialog does."""

import pytest
from django.test import Client

from accounts import factors, limits
from desk.again import SOMEBODY_ELSE
from desk.sign_in import NO_CODE, NO_MATCH
from tests.accounts.codes import give_app, shown
from tests.make import PASSWORD, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/accounts/again/"


def post(client, user, **fields):
    return client.post(ADDRESS, {"person": user.pk, "email": user.email, "password": PASSWORD} | fields)


def told(response):
    return response.status_code, {name: text for name, text in response.json().items() if name != "csrf"}


def test_whoever_opened_the_page_is_signed_in_again(client):
    edda = make_user()

    response = post(client, edda)

    assert told(response) == (200, {"ok": True, "person": edda.pk, "name": edda.name, "needs": "", "error": ""})
    assert client.get("/admin/").status_code == 200


def test_the_fresh_token_lets_the_next_form_through():
    edda = make_user()
    client = Client(enforce_csrf_checks=True)
    token = client.get(ADDRESS).json()["csrf"]

    opened = client.post(ADDRESS, {"email": edda.email, "password": PASSWORD}, headers={"X-CSRFToken": token})
    saved = client.post("/admin/account/sessions/end-others/", headers={"X-CSRFToken": opened.json()["csrf"]})
    stale = client.post("/admin/account/sessions/end-others/", headers={"X-CSRFToken": "x" * 64})

    assert (opened.status_code, saved.status_code, stale.status_code) == (200, 302, 403)


def test_nobody_else_takes_over_the_page(client):
    edda, ben = make_user(), make_user(name="Ben")

    response = post(client, edda, email=ben.email)

    assert response.status_code == 409
    assert response.json()["error"] == SOMEBODY_ELSE
    assert client.get("/admin/").status_code == 302


def test_a_wrong_password_for_another_person_tells_nothing_of_them(client):
    edda, ben = make_user(), make_user(name="Ben")

    answers = [told(post(client, edda, email=email, password="no")) for email in (ben.email, "nobody@example.org")]

    assert answers == [(401, {"ok": False, "person": None, "name": "", "needs": "password", "error": NO_MATCH})] * 2


def test_a_session_of_somebody_else_is_not_replaced(client):
    edda, ben = make_user(), make_user(name="Ben")
    client.force_login(ben)

    response = post(client, edda)

    assert (response.status_code, response.json()["error"]) == (409, SOMEBODY_ELSE)
    assert client.get(ADDRESS).json()["person"] == ben.pk


def test_a_second_factor_is_asked_for(client, now):
    edda = make_user()
    give_app(edda)

    first = post(client, edda)
    wrong = client.post(ADDRESS, {"person": edda.pk, "code": "000000"})
    right = client.post(ADDRESS, {"person": edda.pk, "code": shown()})

    assert [(r.status_code, r.json()["needs"], r.json()["error"], r.json()["ok"]) for r in (first, wrong, right)] == [
        (401, "code", "", False),
        (401, "code", NO_CODE, False),
        (200, "", "", True),
    ]


def test_a_code_alone_opens_nothing(client, now):
    edda = make_user()
    give_app(edda)

    response = client.post(ADDRESS, {"person": edda.pk, "code": shown()})

    assert (response.status_code, response.json()["needs"]) == (401, "password")


def test_a_second_factor_is_given_for_the_person_of_the_page(client, now):
    edda, ben = make_user(), make_user(name="Ben")
    give_app(ben)
    post(client, ben)

    response = client.post(ADDRESS, {"person": edda.pk, "code": shown()})

    assert response.status_code == 409


def test_the_limits_are_those_of_the_sign_in_page(client, now):
    edda = make_user()
    for _ in range(limits.PASSWORD.most):
        client.post("/admin/login/", {"username": edda.email, "password": "no"})

    response = post(client, edda)

    assert (response.status_code, response.json()["error"]) == (429, limits.WAIT)
    assert "Retry-After" in response.headers


@pytest.mark.parametrize(
    "fields",
    [
        {"email": "ed\0da@example.org", "password": "\0"},
        {"email": "x" * 100_000, "password": "y" * 100_000, "person": "9" * 5000},
        {"person": "nobody"},
        {"code": "\0" * 9, "passkey": "[" * 15_000},
        {},
    ],
)
def test_garbage_is_refused_as_a_wrong_password_is(client, fields):
    response = client.post(ADDRESS, fields)

    assert (response.status_code, response.json()["needs"], response.json()["ok"]) == (401, "password", False)


def test_garbage_instead_of_a_second_factor_is_a_wrong_one(client, now):
    edda = make_user()
    give_app(edda)
    post(client, edda)

    answers = [client.post(ADDRESS, {"passkey": answer}).status_code for answer in ("[" * 15_000, "{}", "\0")]

    assert answers == [401] * 3


def test_the_recovery_code_of_a_person_opens_too(client, now):
    edda = make_user()
    give_app(edda)
    code, *_ = factors.new_codes(edda, by=edda)
    post(client, edda)

    assert client.post(ADDRESS, {"code": f"{code[:4]} {code[4:]}"}).json()["ok"]
