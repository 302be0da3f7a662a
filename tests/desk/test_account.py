"""“Your account”: sessions seen and ended, the password changed."""

import pytest
import time_machine
from django.test import Client

from accounts import limits, sessions
from accounts.models import Activity
from tests.make import NOW, PASSWORD, make_user

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"
NEW = "quite another long password"


def sign_in(user, *, agent=FIREFOX, address="192.0.2.1"):
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR=address)
    client.post("/admin/login/", {"username": user.email, "password": PASSWORD})
    return client


def listed(client):
    return client.get("/admin/account/").context["sessions"]


def is_in(client):
    return client.get("/admin/").status_code == 200


def told_of(user):
    return list(Activity.objects.about(user).order_by("pk").values_list("verb", "details"))


@pytest.fixture
def edda(db):
    return make_user()


def test_each_session_is_listed_with_device_and_address(edda):
    with time_machine.travel(NOW, tick=False):
        phone = sign_in(edda, agent=IPHONE, address="2001:db8::1")
    with time_machine.travel(NOW.timestamp() + 60, tick=False):
        desk = sign_in(edda)
        sign_in(make_user(name="Somebody else"))
        here, there = listed(desk)
        assert is_in(phone)

    assert (here.device, here.address, here.is_here) == ("Firefox on Linux", "192.0.2.1", True)
    assert (there.device, there.address, there.is_here) == ("Safari on iPhone", "2001:db8::1", False)
    assert there.seen == NOW


def test_a_session_in_use_is_seen_every_few_minutes(edda):
    with time_machine.travel(NOW, tick=False) as clock:
        client = sign_in(edda)
        clock.shift(120)
        assert listed(client)[0].seen == NOW
        clock.shift(300)

        assert listed(client)[0].seen.timestamp() == NOW.timestamp() + 420


def test_one_session_is_ended(edda):
    phone, desk, tablet = sign_in(edda, agent=IPHONE), sign_in(edda), sign_in(edda)
    (number,) = [session.pk for session in listed(desk) if session.device == "Safari on iPhone"]

    desk.post(f"/admin/account/sessions/{number}/end/")

    assert [is_in(client) for client in (phone, desk, tablet)] == [False, True, True]
    assert told_of(edda) == [("sessions ended", {"count": 1})]


def test_a_session_of_somebody_else_is_not_ended(edda):
    theirs = sign_in(make_user(name="Ben"))
    (session,) = listed(theirs)

    sign_in(edda).post(f"/admin/account/sessions/{session.pk}/end/")

    assert is_in(theirs)


def test_all_others_are_ended_those_too_that_are_not_listed(edda):
    from allauth.usersessions.models import UserSession

    phone, desk, unlisted = sign_in(edda, agent=IPHONE), sign_in(edda), sign_in(edda)
    UserSession.objects.filter(session_key=unlisted.session.session_key).delete()

    desk.post("/admin/account/sessions/end-others/")

    assert [is_in(client) for client in (phone, desk, unlisted)] == [False, True, False]
    assert [session.is_here for session in listed(desk)] == [True]
    assert told_of(edda) == [("sessions ended", {"count": 1})]


def test_a_new_password_is_told_of_and_ends_the_others(edda, at_once, mailoutbox):
    phone, desk = sign_in(edda, agent=IPHONE), sign_in(edda)

    desk.post("/admin/password_change/", {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW})

    assert [is_in(client) for client in (phone, desk)] == [False, True]
    assert [verb for verb, _ in told_of(edda)] == ["password changed", "sessions ended"]
    assert "Your password for the desk was changed." in mailoutbox[0].body
    assert [session.is_here for session in listed(desk)] == [True]


def test_guessing_the_old_password_is_limited(edda):
    desk = sign_in(edda)
    posted = {"old_password": "no", "new_password1": NEW, "new_password2": NEW}

    answers = [desk.post("/admin/password_change/", posted).status_code for _ in range(limits.AGAIN.most + 1)]

    assert answers == [200] * limits.AGAIN.most + [429]


def test_guessing_at_the_door_is_limited_and_tells_nothing(edda):
    def guess(email):
        return Client(REMOTE_ADDR="198.51.100.7").post("/admin/login/", {"username": email, "password": "no"})

    known = [guess(edda.email) for _ in range(limits.PASSWORD.most + 1)]
    unknown = [guess("nobody@example.org") for _ in range(limits.PASSWORD.most + 1)]

    expected = [200] * limits.PASSWORD.most + [429]
    assert [answer.status_code for answer in known] == expected == [answer.status_code for answer in unknown]
    assert known[-1].context["trouble"] == unknown[-1].context["trouble"] == limits.WAIT
    assert is_in(sign_in(edda))


def test_a_forged_address_does_not_escape_the_limit(edda, settings):
    settings.TRUSTED_PROXIES = 1
    answers = [
        Client(REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": f"203.0.113.{n}, 198.51.100.7"})
        .post("/admin/login/", {"username": edda.email, "password": "no"})
        .status_code
        for n in range(limits.PASSWORD.most + 1)
    ]

    assert answers[-1] == 429


def test_letters_are_limited_and_nobody_hears_which(edda, at_once, mailoutbox):
    def ask(email):
        answer = Client().post("/accounts/new-password/", {"email": email})
        return answer.status_code, answer.url

    answers = {ask(email) for email in (edda.email, "nobody@example.org") for _ in range(limits.LETTER.most + 3)}

    assert answers == {(302, "/accounts/new-password/asked/")}
    assert len(mailoutbox) == limits.LETTER.most


def test_asking_for_letters_from_one_place_is_limited(db):
    answers = [
        Client().post("/accounts/new-password/", {"email": f"person{n}@example.org"}).status_code
        for n in range(limits.ASKING.most + 1)
    ]

    assert answers == [302] * limits.ASKING.most + [429]


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, "Firefox on Linux"),
        (IPHONE, "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("<script>alert(1)</script>", "Unknown device"),
        ("", "Unknown device"),
    ],
)
def test_a_device_is_called_what_people_call_it(agent, device):
    assert sessions.device(agent) == device


def test_sessions_whose_time_is_over_are_forgotten(edda):
    from allauth.usersessions.models import UserSession
    from django.contrib.sessions.models import Session

    with time_machine.travel(NOW, tick=False) as clock:
        sign_in(edda)
        clock.shift(60 * 60 * 24 * 15)
        sign_in(edda)

        sessions.forget_ended()

    assert (UserSession.objects.count(), Session.objects.count()) == (1, 1)
