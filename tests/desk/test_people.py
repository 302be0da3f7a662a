"""Who works here: invited, given roles, shut out. Each change asks for a fresh password and is told of."""

import re

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client

from accounts import factors, people
from accounts.models import Activity, User
from newsroom.roles import ADMINISTRATOR, EDITOR, REPORTER
from tests.accounts.codes import give_app
from tests.make import NOW, PASSWORD, make_user

pytestmark = pytest.mark.django_db

NEW = "quite another long password"
PEOPLE = "/admin/accounts/user/"


def role(name):
    return Group.objects.get(name=name)


def told_of(user):
    return list(Activity.objects.about(user).order_by("pk").values_list("verb", flat=True))


def fields(user, **changed):
    roles = [group.pk for group in user.groups.all()]
    return {"name": user.name, "email": user.email, "is_active": "on", "groups": roles} | changed


def change(client, user, **changed):
    posted = {name: value for name, value in fields(user, **changed).items() if value is not None}
    return client.post(f"{PEOPLE}{user.pk}/change/", posted)


def elsewhere(user):
    """Another browser in which ``user`` is signed in."""
    client = Client()
    client.force_login(user)
    return client


def is_in(client):
    return client.get("/admin/").status_code == 200


def key_in(letter):
    return re.search(r"/accounts/invitation/(\S+)/", letter.body).group(1)


def invite(client, **changed):
    posted = {"name": "Noa New", "email": "noa@example.org", "groups": [role(REPORTER).pk]} | changed
    client.post(f"{PEOPLE}add/", posted)
    return User.objects.get(email="noa@example.org")


# Invitations


def test_an_invitation_lets_somebody_choose_their_password_and_in(client, administrator, at_once, mailoutbox, settings):
    settings.SITE_ADDRESS = "https://news.example.org"
    noa = invite(client)
    (letter,) = mailoutbox
    theirs = Client()

    page = theirs.get(f"/accounts/invitation/{key_in(letter)}/")
    entered = theirs.post(page.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW})

    assert "https://news.example.org/accounts/invitation/" in letter.body
    assert (page.headers["Referrer-Policy"], "no-store" in page.headers["Cache-Control"]) == ("same-origin", True)
    assert entered.url == "/admin/"
    assert is_in(theirs)
    assert User.objects.get(pk=noa.pk).check_password(NEW)
    assert told_of(noa) == ["invited", "password changed"]


def test_an_invitation_opens_once(client, administrator, at_once, mailoutbox):
    invite(client)
    address = f"/accounts/invitation/{key_in(mailoutbox[0])}/"
    Client().post(address, {"new_password1": NEW, "new_password2": NEW})

    again = Client().post(address, {"new_password1": "yet another password", "new_password2": "yet another password"})

    assert again.status_code == 404
    assert User.objects.get(email="noa@example.org").check_password(NEW)


def test_an_invitation_is_too_old_after_a_week(client, administrator, at_once, mailoutbox):
    invite(client)
    address = f"/accounts/invitation/{key_in(mailoutbox[0])}/"
    assert client.get(address).status_code == 200

    with time_machine.travel(NOW + people.INVITED_FOR * 60):
        assert client.get(address).status_code == 404


def test_a_second_letter_makes_the_first_ones_link_useless(client, administrator, at_once, mailoutbox):
    noa = invite(client)

    client.post(f"{PEOPLE}{noa.pk}/do/invite/")

    first, second = (f"/accounts/invitation/{key_in(letter)}/" for letter in mailoutbox)
    assert [client.get(first).status_code, client.get(second).status_code] == [404, 200]
    assert told_of(noa) == ["invited", "invited"]


def test_a_letter_with_a_new_password_takes_the_place_of_the_invitation(client, administrator, at_once, mailoutbox):
    invite(client)
    client.post("/accounts/new-password/", {"email": "noa@example.org"})
    path = re.search(r"https?://[^/]+(/accounts/new-password/\S+)", mailoutbox[1].body).group(1)
    theirs = Client()
    form = theirs.get(path, follow=True)
    theirs.post(form.request["PATH_INFO"], {"new_password1": NEW, "new_password2": NEW})

    assert theirs.get(f"/accounts/invitation/{key_in(mailoutbox[0])}/").status_code == 404


@pytest.mark.parametrize("key", ["x", "%00", "a" * 5000, "é", "../../admin"])
def test_a_wrong_key_answers_as_a_used_one_does(client, db, key):
    response = client.get(f"/accounts/invitation/{key}/")

    assert response.status_code == 404


@pytest.mark.parametrize("shut", [{"is_active": False}, {"is_sample": True}])
def test_an_invitation_opens_nothing_for_who_may_not_enter(client, administrator, at_once, mailoutbox, settings, shut):
    noa = invite(client)
    User.objects.filter(pk=noa.pk).update(**shut)
    settings.PRODUCTION = True

    response = client.post(
        f"/accounts/invitation/{key_in(mailoutbox[0])}/", {"new_password1": NEW, "new_password2": NEW}, secure=True
    )

    assert response.status_code == 404
    assert not User.objects.get(pk=noa.pk).has_usable_password()


def test_another_address_gets_an_invitation_of_its_own(client, administrator, at_once, mailoutbox):
    noa = invite(client)

    change(client, noa, email="noa.new@example.org")

    assert [letter.to for letter in mailoutbox] == [["noa@example.org"], ["noa.new@example.org"]]
    assert client.get(f"/accounts/invitation/{key_in(mailoutbox[0])}/").status_code == 404


# Fresh password


def test_nothing_typed_is_lost_to_the_question_for_the_password(client, administrator):
    from accounts import entrance

    session = client.session
    session[entrance._PROVED] = 0
    session.save()
    typed = {"name": "Noa “New” <b>", "email": "noa@example.org", "groups": [role(REPORTER).pk, role(EDITOR).pk]}

    asked = client.post(f"{PEOPLE}add/?_popup=1", typed | {"_popup": "1"})
    kept = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', asked.content.decode())
    assert (asked.status_code, User.objects.filter(email="noa@example.org").exists()) == (403, False)
    assert asked.context["address"] == f"{PEOPLE}add/?_popup=1"
    assert [name for name, _ in kept] == ["csrfmiddlewaretoken", "name", "email", "groups", "groups", "_popup"][
        -len(kept) :
    ]
    posted = {}
    for name, text in asked.context["kept"]:
        posted.setdefault(name, []).append(text)
    client.post(asked.context["address"], posted | {"proof-password": PASSWORD})

    noa = User.objects.get(email="noa@example.org")
    assert (noa.name, set(noa.groups.all())) == ("Noa “New” <b>", {role(REPORTER), role(EDITOR)})


@pytest.mark.parametrize("page", ["change", "delete", "do/reset-factors", "do/link", "do/sign-out"])
def test_no_change_to_a_person_is_made_without_a_fresh_password(client, now, page):
    client.force_login(make_user(role=ADMINISTRATOR))
    user = make_user(name="Ben")
    give_app(user)
    before = User.objects.filter(pk=user.pk).values().get(), told_of(user)

    response = client.post(f"{PEOPLE}{user.pk}/{page}/", fields(user, name="Other", groups=[], post="yes"))

    assert response.status_code == 403
    assert (User.objects.filter(pk=user.pk).values().get(), told_of(user)) == before
    assert factors.of(user)


@pytest.mark.parametrize("who", [REPORTER, EDITOR])
def test_nobody_below_administrator_touches_people(client, now, who):
    from tests.desk.conftest import prove

    client.force_login(make_user(role=who))
    prove(client)
    user = make_user(name="Ben")
    give_app(user)
    paths = ["", "add/", *(f"{user.pk}/{page}/" for page in ("change", "delete", "do/link", "do/reset-factors"))]

    answers = {path: (client.get(PEOPLE + path).status_code, client.post(PEOPLE + path).status_code) for path in paths}

    assert set(answers.values()) == {(403, 403)}


def test_no_page_lets_one_person_type_anothers_password(client, administrator):
    user = make_user()

    response = client.post(f"{PEOPLE}{user.pk}/password/", {"password1": NEW, "password2": NEW})

    assert response.status_code in {302, 404}
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


# Roles


def test_a_new_role_is_told_of_and_ends_the_persons_sessions(client, administrator):
    ben = make_user(name="Ben")
    theirs = elsewhere(ben)
    assert is_in(theirs)

    change(client, ben, groups=[role(REPORTER).pk])

    assert not is_in(theirs)
    assert set(ben.groups.all()) == {role(REPORTER)}
    row = Activity.objects.about(ben).get(verb="role changed")
    assert (row.actor, row.details) == (administrator, {"gained": [REPORTER], "lost": [EDITOR]})


def test_a_new_name_ends_nothing_and_is_told_of(client, administrator):
    ben = make_user(name="Ben")
    theirs = elsewhere(ben)

    change(client, ben, name="Benjamin")

    assert is_in(theirs)
    assert told_of(ben) == ["renamed"]


def test_a_password_chosen_meanwhile_is_not_undone(client, administrator):
    ben = make_user(name="Ben")
    loaded = fields(ben, name="Benjamin")
    people.change_password(ben, NEW, by=ben)

    client.post(f"{PEOPLE}{ben.pk}/change/", loaded)

    assert User.objects.get(pk=ben.pk).check_password(NEW)


def test_somebody_who_is_shut_out_is_out_at_once_and_stays_out(client, administrator):
    ben = make_user(name="Ben")
    theirs = elsewhere(ben)

    change(client, ben, is_active=None)
    assert not is_in(theirs)
    change(client, ben)

    assert not is_in(theirs)
    assert told_of(ben) == ["shut out", "sessions ended", "let in"]


def test_an_administrator_gains_a_role_here_and_is_out_elsewhere(client, administrator):
    theirs = elsewhere(administrator)

    change(client, administrator, groups=[role(ADMINISTRATOR).pk, role(REPORTER).pk])

    assert (is_in(client), is_in(theirs)) == (True, False)


@pytest.mark.parametrize(("changed", "field"), [({"groups": []}, "groups"), ({"is_active": None}, "is_active")])
def test_nobody_takes_themselves_out(client, administrator, changed, field):
    response = change(client, administrator, **changed)

    assert list(response.context["adminform"].form.errors) == [field]
    assert is_in(client)


def test_both_addresses_hear_of_a_new_one(client, administrator, at_once, mailoutbox):
    ben = make_user(name="Ben", email="ben@example.org")

    change(client, ben, email="benjamin@example.org")

    assert [letter.to for letter in mailoutbox] == [["ben@example.org"], ["benjamin@example.org"]]
    assert told_of(ben) == ["address changed"]


# Deeds


def test_a_lost_second_factor_is_taken_off(client, now, administrator, at_once, mailoutbox):
    ben = make_user(name="Ben")
    give_app(ben)
    factors.new_codes(ben, by=ben)
    theirs = elsewhere(ben)

    client.post(f"{PEOPLE}{ben.pk}/do/reset-factors/")

    assert (factors.of(ben), factors.codes_left(ben), is_in(theirs)) == ([], None, False)
    assert "taken all second factors off" in mailoutbox[0].body
    row = Activity.objects.about(ben).get(verb="second factor reset")
    assert row.actor == administrator


def test_an_administrator_does_not_take_off_their_own(client, now, administrator):
    give_app(administrator)

    assert client.post(f"{PEOPLE}{administrator.pk}/do/reset-factors/").status_code == 404
    assert "Take off" not in client.get(f"{PEOPLE}{administrator.pk}/change/").content.decode()
    assert factors.of(administrator)


def test_nothing_is_done_to_an_account_with_all_rights(client, now, administrator):
    root = User.objects.create_superuser("root@example.org", PASSWORD, name="Root")
    give_app(root)

    assert client.post(f"{PEOPLE}{root.pk}/do/reset-factors/").status_code == 403
    assert factors.of(root)


def test_a_link_goes_to_who_has_chosen_a_password(client, administrator, at_once, mailoutbox):
    ben = make_user(name="Ben")

    client.post(f"{PEOPLE}{ben.pk}/do/link/")

    assert "/accounts/new-password/" in mailoutbox[0].body
    assert client.post(f"{PEOPLE}{ben.pk}/do/invite/").status_code == 404


@pytest.mark.parametrize("path", ["do/nothing", "do/link%00"])
def test_an_unknown_deed_is_none(client, administrator, path):
    user = make_user()

    assert client.get(f"{PEOPLE}{user.pk}/{path}/").status_code in {302, 404}
    assert client.get(f"{PEOPLE}99999999999999999999/do/link/").status_code == 404


def test_the_list_of_people_takes_as_many_queries_for_many(client, administrator, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get(PEOPLE)
    for _ in range(3):
        make_user()

    with django_assert_num_queries(len(few)):
        client.get(PEOPLE)


def test_the_last_way_back_in_is_a_command_on_the_server(db, now, capsys):
    from django.core.management import CommandError, call_command

    ben = make_user(name="Ben", email="ben@example.org")
    give_app(ben)
    theirs = elsewhere(ben)

    call_command("reset_second_factor", "BEN@example.org")

    assert (factors.of(ben), is_in(theirs)) == ([], False)
    assert Activity.objects.about(ben).get(verb="second factor reset").actor_name == "Operator"
    with pytest.raises(CommandError, match="Nobody"):
        call_command("reset_second_factor", "nobody@example.org")
