"""The second factor at the desk: asked for, set up, and required where the settings say so."""

import re

import pytest
from django.urls import get_resolver, reverse

from accounts import factors, limits
from accounts.models import Activity, User
from articles.models import Article
from desk.sign_in import NO_CODE
from newsroom.roles import ADMINISTRATOR
from tests.accounts.codes import give_app, shown
from tests.desk import walk
from tests.make import PASSWORD, make_user

pytestmark = pytest.mark.django_db

SET_UP = "/accounts/second-factor/"
OUTSIDE = {"admin:login", "admin:logout"}


def sign_in(client, user, **fields):
    return client.post("/admin/login/", {"username": user.email, "password": PASSWORD} | fields)


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def edda(now):
    user = make_user(role=ADMINISTRATOR, email="edda@example.org")
    give_app(user)
    return user


def test_a_password_alone_opens_nothing_for_who_has_a_second_factor(client, edda):
    response = sign_in(client, edda, next="/admin/articles/article/")

    assert response.url == "/accounts/code/"
    assert client.get("/admin/").status_code == 302


def test_the_code_leads_where_one_wanted_to_go(client, edda):
    sign_in(client, edda, next="/admin/articles/article/")

    response = client.post("/accounts/code/", {"code": shown()})

    assert response.url == "/admin/articles/article/"
    assert client.get("/admin/").status_code == 200


def test_a_wrong_code_says_so_and_is_limited(client, edda):
    sign_in(client, edda)

    answers = [client.post("/accounts/code/", {"code": "000000"}) for _ in range(limits.CODE.most + 1)]

    assert [answer.status_code for answer in answers] == [200] * limits.CODE.most + [429]
    assert NO_CODE in answers[0].content.decode()
    assert client.post("/accounts/code/", {"code": shown()}).status_code == 429


def test_the_page_for_codes_is_shut_to_who_gave_no_password(client, db):
    assert client.get("/accounts/code/").url == "/admin/login/"
    assert client.post("/accounts/code/", {"code": "000000"}).url == "/admin/login/"


def test_a_password_changed_meanwhile_has_to_be_given_again(client, edda):
    sign_in(client, edda)
    edda.set_password("another long password")
    edda.save()

    assert client.post("/accounts/code/", {"code": shown()}).url == "/admin/login/"


def test_a_sample_person_passes_no_door_of_production(client, edda, settings):
    from accounts import entrance

    User.objects.filter(pk=edda.pk).update(is_sample=True)
    sign_in(client, edda)
    settings.PRODUCTION = True

    assert client.post("/accounts/code/", {"code": shown()}, secure=True).url == "/admin/login/"
    assert sign_in(client, edda).status_code == 200
    assert entrance.may_enter(User.objects.get(pk=edda.pk)) is False


@pytest.mark.parametrize("left", [1, 4, 5])
def test_a_recovery_code_warns_how_many_are_left(client, edda, left):
    codes = factors.new_codes(edda, by=edda)
    for code in codes[: 10 - left - 1]:
        factors.check_code(edda, code)
    sign_in(client, edda)

    client.post("/accounts/code/", {"code": codes[-1]})

    assert f"You have {left} recovery code{'' if left == 1 else 's'} left." in client.get("/admin/").content.decode()


# Required


def test_staff_without_a_second_factor_reach_no_page_of_the_desk(client, required):
    newsroom = walk.Newsroom(ADMINISTRATOR)
    client.force_login(newsroom.user)
    reached = [
        (line, response.status_code, getattr(response, "url", ""))
        for line, address in newsroom.everywhere()
        if line.startswith("admin:") and line not in OUTSIDE
        for response in [client.get(address)]
        if response.status_code != 302 or not response.url.startswith(SET_UP)
    ]

    assert reached == []


def test_staff_without_a_second_factor_change_nothing(client, required):
    newsroom = walk.Newsroom(ADMINISTRATOR)
    client.force_login(newsroom.user)
    before = list(Article.objects.values()), list(User.objects.values("pk", "name", "email"))

    posted = {
        line: client.post(address, {"headline": "Smuggled in", "name": "X", "post": "yes", "_save": "1"}).status_code
        for line, address in newsroom.everywhere()
        if line.startswith("admin:") and line not in OUTSIDE
    }

    assert set(posted.values()) == {403}
    assert (list(Article.objects.values()), list(User.objects.values("pk", "name", "email"))) == before


def test_every_other_staff_page_asks_for_the_second_factor_too(client, required):
    """Each named address of ``desk`` outside the admin: either it is part of the way in, or it is shut."""
    client.force_login(make_user())
    way_in = {
        "second_factor", "passkey", "passkey_question", "again", "set_up", "set_up_app", "set_up_passkey",
        "new_passkey_question", "invitation", "ask_for_new_password", "new_password_asked", "new_password_set",
        "choose_new_password",
    }  # fmt: skip
    desk = next(entry for entry in get_resolver().url_patterns if getattr(entry, "namespace", "") == "desk")
    shut = {}
    for entry in desk.url_patterns:
        if entry.name not in way_in:
            values = dict.fromkeys(entry.pattern.converters, 1)
            response = client.post(reverse(f"desk:{entry.name}", kwargs=values))
            shut[entry.name] = response.status_code

    assert {name: status for name, status in shut.items() if status not in {401, 403}} == {}
    assert "account" in shut


def test_a_form_posted_before_the_set_up_is_shown_back(client, required):
    client.force_login(make_user())

    page = client.post("/admin/articles/article/add/", {"headline": "Typed for an hour"}).content.decode()

    assert "Typed for an hour" in page
    assert f'href="{SET_UP}?next=/admin/articles/article/add/"' in page


def test_the_set_up_shows_no_rail_and_lets_one_sign_out(client, required):
    client.force_login(make_user())

    page = client.get(SET_UP).content.decode()
    left = client.post("/admin/logout/")

    assert 'class="rail"' not in page
    assert "You are signed out" in left.content.decode()
    assert client.get(SET_UP).url.startswith("/admin/login/")


def test_setting_up_an_app_opens_the_desk_and_shows_the_codes_once(client, required, now):
    edda = make_user()
    sign_in(client, edda)
    assert client.get("/admin/").url == f"{SET_UP}?next=/admin/"
    page = client.get(f"{SET_UP}app/")
    secret = page.context["secret"].replace(" ", "")

    wrong = client.post(f"{SET_UP}app/", {"code": "000000"})
    made = client.post(f"{SET_UP}app/", {"code": shown(secret)})
    codes = made.context["codes"]

    assert wrong.context["secret"] == page.context["secret"]
    assert len(codes) == 10
    assert client.get("/admin/").status_code == 200
    assert codes[0] not in client.get("/admin/account/").content.decode()
    assert "10 left" in client.get("/admin/account/").content.decode()
    assert made.headers["Cache-Control"].count("no-store") == 1


def test_nobody_is_let_into_the_set_up_who_may_not_enter(client, required, settings):
    client.force_login(make_user(is_sample=True))
    settings.PRODUCTION = True

    assert client.get(SET_UP, secure=True).url.startswith("/admin/login/")
    assert client.post(f"{SET_UP}app/", {"code": "1"}, secure=True).status_code == 403


def test_where_it_is_not_required_the_desk_is_open_without(client, db):
    client.force_login(make_user())

    assert client.get("/admin/").status_code == 200


# The codes as a file


def test_the_codes_come_as_a_file(client, edda):
    client.force_login(edda)
    codes = factors.new_codes(edda, by=edda)

    response = client.post("/admin/account/codes/file/", {"codes": "\n".join(codes)})

    assert response.headers["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert re.findall(r"^\d{8}$", response.content.decode(), re.MULTILINE) == codes


@pytest.mark.parametrize("codes", ["", "\0", "<script>", "12345678 " * 100, "x" * 9999])
def test_the_file_holds_nothing_but_codes(client, edda, codes):
    client.force_login(edda)

    assert client.post("/admin/account/codes/file/", {"codes": codes}).status_code == 302


# Fresh password


def test_new_codes_need_a_fresh_password(client, edda):
    client.force_login(edda)

    asked = client.post("/admin/account/codes/")
    wrong = client.post("/admin/account/codes/", {"proof-password": "no"})
    made = client.post("/admin/account/codes/", {"proof-password": PASSWORD})

    assert [response.status_code for response in (asked, wrong, made)] == [403, 403, 200]
    assert len(made.context["codes"]) == 10


def test_a_factor_is_removed_with_a_fresh_password_and_not_by_somebody_else(client, edda):
    (app,) = factors.of(edda)
    address = f"/admin/account/factors/{app.pk}/remove/"
    other = make_user()
    client.force_login(other)
    foreign = client.post(address, {"proof-password": PASSWORD}).status_code
    client.force_login(edda)

    asked = client.post(address).status_code
    client.post(address, {"proof-password": PASSWORD})

    assert (foreign, asked, factors.of(edda)) == (404, 403, [])
    assert list(Activity.objects.filter(verb="second factor removed").values_list("actor", flat=True)) == [edda.pk]


def test_a_password_typed_at_sign_in_is_fresh_for_some_minutes(client, edda):
    import time_machine

    from tests.make import NOW

    sign_in(client, edda)
    client.post("/accounts/code/", {"code": shown()})

    assert client.post("/admin/account/codes/").status_code == 200
    with time_machine.travel(NOW.timestamp() + 301, tick=False):
        assert client.post("/admin/account/codes/").status_code == 403


def test_proving_who_one_is_is_limited(client, edda):
    client.force_login(edda)

    answers = [
        client.post("/admin/account/codes/", {"proof-password": "no"}).status_code for _ in range(limits.AGAIN.most + 1)
    ]

    assert answers == [403] * limits.AGAIN.most + [429]
    assert client.post("/admin/account/codes/", {"proof-password": PASSWORD}).status_code == 429


def test_the_set_up_asks_for_the_password_before_it_shows_the_secret(client, now):
    client.force_login(make_user())

    asked = client.get(f"{SET_UP}app/")
    proved = client.post(f"{SET_UP}app/", {"proof-only": "1", "proof-password": PASSWORD})

    assert "secret" not in (asked.context or {})
    assert proved.url == f"{SET_UP}app/"
    assert client.get(f"{SET_UP}app/").context["secret"]


@pytest.mark.parametrize("password", ["\0", "x" * 100_000, ""])
def test_garbage_proves_nothing(client, edda, password):
    client.force_login(edda)

    assert client.post("/admin/account/codes/", {"proof-password": password}).status_code == 403


@pytest.mark.parametrize("answer", ["{}", "[" * 15_000, "\0", "x" * 100_000])
def test_a_garbled_passkey_is_refused_with_a_sentence(client, edda, answer):
    page = client.post("/accounts/passkey/", {"answer": answer, "next": "/admin/"})
    assert (page.status_code, page.context["trouble"][:12]) == (200, "This passkey")

    sign_in(client, edda)
    assert client.post("/accounts/code/", {"answer": answer}).status_code == 200
    client.force_login(edda)
    client.post("/admin/account/codes/", {"proof-password": PASSWORD})
    assert client.post(f"{SET_UP}passkey/", {"name": "Key", "answer": answer}).status_code == 200
