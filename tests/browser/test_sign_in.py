"""Signing in with a real browser: app codes, passkeys of a virtual authenticator, recovery codes, sessions."""

import re

import pytest

from accounts import factors
from accounts.models import User
from newsroom.roles import ADMINISTRATOR, REPORTER
from tests.accounts.codes import give_app, shown
from tests.browser.test_desk_chrome import OVERFLOW, SIZES, violations
from tests.browser.test_first_story import sign_in
from tests.make import PASSWORD, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def authenticator(page):
    """A device that keeps passkeys and recognises its owner's finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    number = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def recognises(owner):
        session.send("WebAuthn.setUserVerified", {"authenticatorId": number, "isUserVerified": owner})

    return recognises


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def sound(page):
    """The page as it stands, light and dark, wide and narrow: what is wrong with it."""
    wrong = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            wrong += [(scheme, width, *what) for what in violations(page)]
            if page.evaluate(OVERFLOW) > 0:
                wrong.append((scheme, width, "scrolls sideways"))
    page.set_viewport_size({"width": 1280, "height": 900})
    return wrong


def enter_password(page, live_server, user):
    page.goto(f"{live_server.url}/admin/login/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def heading(page, name):
    page.get_by_role("heading", level=1, name=name).wait_for()


def sign_out(page):
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    heading(page, "You are signed out")


def test_an_app_is_set_up_and_asked_for(page, live_server, required, tmp_path):
    user = make_user()
    enter_password(page, live_server, user)
    heading(page, "Set up a second factor")
    assert sound(page) == []

    page.get_by_role("link", name="An authenticator app").click()
    page.get_by_text("The square cannot be read").click()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("The code the app shows now").fill(shown(secret))
    assert sound(page) == []
    page.get_by_role("button", name="Set up").click()
    heading(page, "Your recovery codes")
    assert sound(page) == []
    codes = [code.replace(" ", "") for code in page.locator(".codes li").all_inner_texts()]
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert re.findall(r"^\d{8}$", download.value.path().read_text(), re.MULTILINE) == codes
    assert page.get_by_role("button", name="Print").is_visible()
    page.get_by_role("link", name="I have kept them").click()
    heading(page, "Your account")
    assert sound(page) == []
    sign_out(page)

    enter_password(page, live_server, user)
    heading(page, "Your second factor")
    assert sound(page) == []
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("This code does not fit").wait_for()
    assert violations(page) == []
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("You have 9 recovery codes left.").wait_for()

    assert page.problems == []


def test_a_passkey_is_made_and_opens_the_desk_without_a_password(page, live_server, required, authenticator):
    user = make_user()
    enter_password(page, live_server, user)
    page.get_by_role("link", name="A passkey").click()
    assert sound(page) == []
    page.get_by_label("Name of this passkey").fill("My laptop")
    page.get_by_role("button", name="Make the passkey").click()
    heading(page, "Your recovery codes")
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_text("My laptop", exact=True).wait_for()
    assert sound(page) == []
    sign_out(page)

    page.goto(f"{live_server.url}/admin/login/?next=/admin/account/")
    assert sound(page) == []
    page.get_by_role("button", name="Use a passkey").click()
    heading(page, "Your account")

    assert page.problems == []


def test_a_passkey_is_a_second_factor_after_the_password(page, live_server, authenticator):
    user = make_user()
    sign_in(page, live_server, user)
    page.goto(f"{live_server.url}/accounts/second-factor/passkey/")
    page.get_by_role("button", name="Make the passkey").click()
    heading(page, "Your recovery codes")
    page.get_by_role("link", name="I have kept them").click()
    sign_out(page)

    enter_password(page, live_server, user)
    page.get_by_role("button", name="Use a passkey").click()

    heading(page, "Hello Edda")
    assert page.problems == []


def test_a_finger_that_is_not_the_owners_opens_nothing(page, live_server, authenticator):
    user = make_user()
    sign_in(page, live_server, user)
    page.goto(f"{live_server.url}/accounts/second-factor/passkey/")
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_role("link", name="I have kept them").click()
    sign_out(page)
    page.goto(f"{live_server.url}/admin/login/")
    authenticator(False)

    page.get_by_role("button", name="Use a passkey").click()

    page.get_by_text("No passkey was chosen.").wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("shut", [{"is_active": False}, {"is_staff": False}])
def test_a_passkey_of_who_may_not_enter_opens_nothing(page, live_server, authenticator, shut):
    user = make_user()
    sign_in(page, live_server, user)
    page.goto(f"{live_server.url}/accounts/second-factor/passkey/")
    page.get_by_role("button", name="Make the passkey").click()
    heading(page, "Your recovery codes")
    User.objects.filter(pk=user.pk).update(**shut)
    page.goto(f"{live_server.url}/admin/login/")

    page.get_by_role("button", name="Use a passkey").click()

    page.get_by_text("This passkey does not open the desk.").wait_for()


def test_a_role_is_changed_with_a_fresh_password_and_nothing_is_typed_twice(page, live_server):
    ben = make_user(role=REPORTER, name="Ben")
    sign_in(page, live_server, make_user(role=ADMINISTRATOR))
    page.goto(f"{live_server.url}/admin/accounts/user/{ben.pk}/change/")
    page.get_by_label("Name").fill("Benjamin “B.” Newcomer")
    page.get_by_label("Editor", exact=True).check()
    stale(page)
    page.get_by_role("button", name="Save", exact=True).click()
    heading(page, "Your password, please")
    assert sound(page) == []

    page.get_by_label("Password", exact=True).fill("not it")
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("This is not your password.").wait_for()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()

    heading(page, "Accounts")
    ben.refresh_from_db()
    assert (ben.name, ben.groups.count()) == ("Benjamin “B.” Newcomer", 2)
    assert [problem for problem in page.problems if "403" not in problem] == []


def test_a_lost_factor_is_taken_off_by_an_administrator(page, live_server):
    ben = make_user(name="Ben")
    give_app(ben)
    sign_in(page, live_server, make_user(role=ADMINISTRATOR))
    page.goto(f"{live_server.url}/admin/accounts/user/{ben.pk}/change/")
    assert sound(page) == []

    page.get_by_role("link", name="Take off the second factor").click()
    heading(page, "Take off the second factor: Ben")
    assert sound(page) == []
    page.get_by_role("button", name="Take off the second factor").click()

    page.get_by_text("Ben has no second factor any more.").wait_for()
    assert factors.of(ben) == []
    assert page.problems == []


def test_another_browser_is_signed_out_from_here(page, live_server, browser):
    user = make_user()
    other = browser.new_context().new_page()
    sign_in(other, live_server, user)
    sign_in(page, live_server, user)
    page.get_by_role("link", name="Edda Editor").click()
    heading(page, "Your account")
    assert sound(page) == []

    page.get_by_role("button", name="End all other sessions").click()
    page.get_by_text("You are signed out everywhere else.").wait_for()
    other.goto(f"{live_server.url}/admin/")

    assert "/admin/login/" in other.url
    other.context.close()


def test_a_shut_invitation_is_sound(page, live_server):
    page.goto(f"{live_server.url}/accounts/invitation/x/")

    heading(page, "This invitation no longer opens anything")
    assert sound(page) == []


def test_passkeys_are_not_offered_at_a_bare_number(page, live_server):
    page.goto(f"{live_server.url.replace('localhost', '127.0.0.1')}/admin/login/")

    assert page.get_by_role("button", name="Use a passkey").count() == 0
    assert page.problems == []


def test_few_recovery_codes_are_noticed(page, live_server):
    user = make_user()
    sign_in(page, live_server, user)
    give_app(user)
    for code in factors.new_codes(user, by=user)[:8]:
        factors.check_code(user, code)

    page.goto(f"{live_server.url}/admin/account/")
    page.get_by_text("Only 2 recovery codes left.").wait_for()
    assert sound(page) == []
    page.get_by_role("link", name="Make new codes").first.click()
    assert sound(page) == []
    page.get_by_role("button", name="Make new codes").click()
    heading(page, "Your recovery codes")

    assert page.problems == []


def stale(page):
    """The password was typed long ago."""
    from django.contrib.sessions.backends.db import SessionStore

    key = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "sessionid")
    session = SessionStore(key)
    session["accounts.proved_at"] = 0
    session.save()
