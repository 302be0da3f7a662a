"""Second factors: what fits, how often, and that nothing hostile makes more of it than a wrong code."""

import json
from types import SimpleNamespace

import pytest
import time_machine
from allauth.core import context
from allauth.mfa.models import Authenticator
from django.test import RequestFactory
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts import factors
from accounts.models import Activity
from tests.accounts.codes import SECRET, give_app, shown
from tests.make import NOW, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(now):
    return make_user()


@pytest.fixture
def at_localhost():
    """A request as the passkey ceremony needs it: at a name, with a session."""
    request = RequestFactory().post("/", HTTP_HOST="localhost:8000")
    request.session = {}
    with context.request_context(request):
        yield request


def test_the_code_of_now_fits_once(user):
    give_app(user)

    assert [factors.check_code(user, shown()) for _ in range(2)] == [factors.APP, None]


@pytest.mark.parametrize(("later", "fits"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_half_a_minute_off(user, later, fits):
    app = give_app(user)
    with time_machine.travel(NOW.timestamp() + 300, tick=False):
        assert (factors.check_code(user, shown(later=later)) == factors.APP) is fits
    assert Authenticator.objects.get(pk=app.pk).type == "totp"


def test_a_code_may_be_typed_with_spaces(user):
    give_app(user)

    assert factors.check_code(user, f" {shown()[:3]} {shown()[3:]} ") == factors.APP


@pytest.mark.parametrize("code", ["", "\0", "１２３４５６", "12345", "abcdef", "1" * 10_000, "-1", "é" * 6])
def test_nothing_else_fits(user, code):
    give_app(user)
    factors.new_codes(user, by=user)

    assert factors.check_code(user, code) is None


def test_a_code_of_somebody_else_does_not_fit(user):
    give_app(user)

    assert factors.check_code(make_user(), shown()) is None


def test_a_recovery_code_fits_once(user):
    give_app(user)
    code, *others = factors.new_codes(user, by=user)

    answers = [factors.check_code(user, code) for _ in range(2)]

    assert answers == [factors.RECOVERY, None]
    assert factors.codes_left(user) == len(others) == 9


def test_new_codes_take_the_place_of_the_old(user):
    give_app(user)
    old = factors.new_codes(user, by=user)

    factors.new_codes(user, by=user)

    assert factors.check_code(user, old[0]) is None


def test_secrets_do_not_lie_open_in_the_database(user):
    app = give_app(user)
    factors.new_codes(user, by=user)

    assert SECRET not in json.dumps(app.data)
    assert all("gAAAA" in json.dumps(kept.data) for kept in Authenticator.objects.all())


def test_another_secret_key_makes_codes_useless_but_breaks_nothing(user, settings):
    give_app(user)
    factors.new_codes(user, by=user)
    settings.SECRET_KEY = "quite another one"

    assert (factors.check_code(user, shown()), factors.codes_left(user)) == (None, 0)


def test_an_old_secret_key_is_still_read_while_it_is_a_fallback(user, settings):
    give_app(user)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "quite another one", [settings.SECRET_KEY]

    assert factors.check_code(user, shown()) == factors.APP


def test_a_person_has_one_app(user):
    give_app(user)

    with pytest.raises(factors.FactorRefused, match="set up already"):
        give_app(user)
    with pytest.raises(factors.FactorRefused, match="not the code"):
        factors.add_app(SimpleNamespace(session={"accounts.app_secret": SECRET}), make_user(), "000000", by=user)


def test_recovery_codes_alone_are_no_second_factor(user):
    factors.new_codes(user, by=user)
    assert not user.has_second_factor

    app = give_app(user)
    assert user.has_second_factor
    assert factors.remove(user, app.pk, by=user) == factors.APP

    assert (user.has_second_factor, factors.codes_left(user)) == (False, None)


def test_nobody_removes_the_factor_of_somebody_else(user):
    app = give_app(user)

    assert factors.remove(make_user(), app.pk, by=user) is None
    assert user.has_second_factor


def test_every_change_is_told(user):
    app = give_app(user)
    factors.new_codes(user, by=user)
    factors.remove(user, app.pk, by=user)
    give_app(user)
    factors.reset(user, by=make_user())

    told = list(Activity.objects.about(user).order_by("pk").values_list("verb", flat=True))
    assert told == [
        "second factor added",
        "recovery codes made",
        "second factor removed",
        "second factor added",
        "second factor reset",
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)
B64 = st.text("ABCDabcd0189-_=", max_size=60)
LIKE_A_PASSKEY = st.fixed_dictionaries(
    {"id": B64 | JSON, "rawId": B64 | JSON, "type": st.just("public-key") | JSON},
    optional={
        "clientExtensionResults": JSON,
        "response": JSON
        | st.fixed_dictionaries(
            {},
            optional=dict.fromkeys(
                ["clientDataJSON", "authenticatorData", "signature", "userHandle", "attestationObject"], B64 | JSON
            ),
        ),
    },
)


@given(answer=(JSON | LIKE_A_PASSKEY).map(json.dumps) | st.text(max_size=80))
@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_garbage_is_no_passkey(at_localhost, answer):
    factors.passkey_question()

    assert factors.check_passkey(at_localhost, answer) is None


@given(answer=(JSON | LIKE_A_PASSKEY).map(json.dumps))
@hypothesis_settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_garbage_makes_no_passkey(at_localhost, user, answer):
    factors.new_passkey_question(user)

    with pytest.raises(factors.FactorRefused):
        factors.add_passkey(at_localhost, user, "Key", answer, by=user)


@pytest.mark.parametrize("answer", ["[" * 15_000, "1" * 20_000, "9" * 5000, '{"a":' * 3000])
def test_monsters_are_no_passkeys(at_localhost, answer):
    factors.passkey_question()

    assert factors.check_passkey(at_localhost, answer) is None


@pytest.mark.parametrize(
    ("address", "host", "production", "works"),
    [
        ("https://news.example.org", "news.example.org", True, True),
        ("https://news.example.org", "localhost", True, True),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", False, False),
        ("http://127.0.0.1:8000", "localhost:8000", False, True),
        ("http://[::1]:8000", "[::1]:8000", False, False),
    ],
)
def test_passkeys_need_a_name(settings, address, host, production, works):
    settings.SITE_ADDRESS, settings.PRODUCTION, settings.ALLOWED_HOSTS = address, production, ["*"]

    assert factors.passkeys_work(RequestFactory().get("/", HTTP_HOST=host)) is works
