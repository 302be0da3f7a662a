"""Two people at one story, each in a browser of their own: who is there, who writes, and what the other is told."""

import re

import pytest
from playwright.sync_api import expect

from desk.models import Pen, Presence
from tests.browser.conftest import _note, _note_failure
from tests.browser.test_desk_chrome import OVERFLOW, violations
from tests.browser.test_first_story import opened, sign_in, write_body
from tests.make import make_article, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FASTER = """
  new MutationObserver(() => {
    const root = document.querySelector("[data-presence]");
    if (root) root.dataset.every = window.everySeconds ?? 0.4;
  }).observe(document, {childList: true, subtree: true});
"""


@pytest.fixture
def desks(browser, live_server):
    """Opens desks: for each person a browser of their own, whose pages give a sign of life often."""
    contexts = []

    def desk(user, every=0.4):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_init_script(f"window.everySeconds = {every};" + FASTER)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(f"exception: {error}"))
        page.on("requestfailed", lambda request: _note_failure(page.problems, request))
        page.on("console", lambda message: _note(page.problems, message))
        sign_in(page, live_server, user)
        return page

    yield desk
    for context in contexts:
        context.close()


@pytest.fixture
def address(live_server):
    article = make_article()
    return f"{live_server.url}/admin/articles/article/{article.pk}/change/"


def headline(page):
    return page.get_by_label("Headline")


def is_writing(page, address, text="Typed by hand"):
    """``page`` has the story open and has typed into it."""
    opened(page, address)
    headline(page).press_sequentially(text)
    page.wait_for_function("document.activeElement.name === 'headline'")
    for _ in range(50):
        if Pen.objects.exists():
            return page
        page.wait_for_timeout(100)
    raise AssertionError("Nobody has the pen.")


def test_who_opens_a_story_somebody_writes_reads_along(desks, address):
    is_writing(desks(make_user(name="Rita Ruiz")), address)

    ben = opened(desks(make_user(name="Ben Ode")), address)

    ben.get_by_text("Rita Ruiz is writing here, since").wait_for()
    expect(headline(ben)).not_to_be_editable()
    expect(ben.locator(".cke_editable")).to_have_attribute("contenteditable", "false")
    expect(ben.get_by_role("list", name="Who else has this story open")).to_contain_text("Rita Ruiz is typing")
    ben.get_by_label("Section").press("ArrowDown")
    ben.get_by_label("Headline").press("Enter")
    assert ben.get_by_label("Section").evaluate("field => field.value") != ""
    assert ben.get_by_role("button", name="Save", exact=True).is_disabled()
    assert ben.problems == []


def test_taking_over_gives_the_pen_and_tells_the_other(desks, address):
    rita = is_writing(desks(make_user(name="Rita Ruiz")), address)
    ben = opened(desks(make_user(name="Ben Ode")), address)

    ben.get_by_role("button", name="Take over").click()

    expect(headline(ben)).to_be_editable()
    expect(ben.locator(".cke_editable")).to_have_attribute("contenteditable", "true")
    alarm = rita.get_by_role("alert").filter(has_text="Ben Ode took over at")
    alarm.wait_for()
    expect(headline(rita)).not_to_be_editable()
    rita.get_by_role("button", name="Take over").click()
    expect(headline(rita)).to_be_editable()
    ben.get_by_role("alert").filter(has_text="Rita Ruiz took over at").wait_for()
    assert rita.problems + ben.problems == []


def test_taking_over_is_asked_again_where_the_server_did_not_answer(desks, address):
    is_writing(desks(make_user(name="Rita Ruiz"), every=3600), address)
    ben = opened(desks(make_user(name="Ben Ode")), address)
    ben.get_by_role("button", name="Take over").wait_for()
    ben.route("**/presence/", lambda route: route.abort())

    ben.get_by_role("button", name="Take over").click()
    ben.get_by_text("The server does not answer. It is asked again in a moment.").wait_for()
    ben.unroute("**/presence/")

    expect(headline(ben)).to_be_editable()


def test_words_typed_as_the_pen_was_taken_claim_nothing_once_it_is_free(desks, address):
    rita = is_writing(desks(make_user(name="Rita Ruiz")), address)
    ben = opened(desks(make_user(name="Ben Ode"), every=3600), address)
    rita.evaluate("""() => {
      const real = window.fetch;
      window.fetch = async (...words) => {
        const response = await real(...words);
        const answer = words[0].endsWith("/presence/") && await response.clone().json();
        if (answer?.lock) document.querySelector("[name=headline]").dispatchEvent(new Event("input", {bubbles: true}));
        return response;
      };
    }""")
    ben.get_by_role("button", name="Take over").click()
    rita.get_by_role("alert").filter(has_text="Ben Ode took over at").wait_for()

    ben.close()

    rita.get_by_text("Ben Ode has finished. You can write.").wait_for()


def test_a_slow_way_to_the_newest_text_is_gone_once(desks, address):
    rita = is_writing(desks(make_user(name="Rita Ruiz"), every=3600), address)
    ben = opened(desks(make_user(name="Ben Ode"), every=0.1), address)
    ben.get_by_text("Rita Ruiz is writing here").wait_for()
    headline(rita).fill("Rita's newest")
    expect(rita.locator("[data-saved-state]")).to_have_text(re.compile(r"^Saved \d"))
    asked = []

    def slowly(route):
        asked.append(route.request.url)
        ben.wait_for_timeout(1_000)
        route.continue_()

    ben.route(address, slowly)
    rita.close()

    expect(headline(ben)).to_have_value("Rita's newest")
    ben.get_by_text("Rita Ruiz has finished. You can write.").wait_for()
    assert len(asked) == 1


def test_the_text_of_the_one_taken_over_is_saved_first(desks, address):
    rita = is_writing(desks(make_user(name="Rita Ruiz")), address)
    rita.evaluate("""() => {
      window.order = [];
      const form = document.getElementById("story");
      form.addEventListener("story:flush", (event) => {
        window.order.push(`flush ${form.elements.headline.readOnly} ${new FormData(form).has("section")}`);
        event.detail.until(new Promise((saved) => setTimeout(() => saved(window.order.push("saved")), 300)));
      });
      form.addEventListener("story:locked", (event) => window.order.push(`locked by ${event.detail.name}`));
    }""")
    ben = opened(desks(make_user(name="Ben Ode")), address)

    ben.get_by_role("button", name="Take over").click()

    rita.get_by_text("Your text was saved first.").wait_for()
    assert rita.evaluate("window.order") == ["flush true true", "saved", "locked by Ben Ode"]


def test_a_writer_who_leaves_frees_the_pen_at_once_and_the_other_is_told(desks, address):
    rita = is_writing(desks(make_user(name="Rita Ruiz")), address)
    ben = opened(desks(make_user(name="Ben Ode")), address)
    ben.get_by_text("Rita Ruiz is writing here").wait_for()

    rita.on("dialog", lambda dialog: dialog.accept())
    rita.get_by_role("link", name="Stories", exact=True).first.click()

    ben.get_by_text("Rita Ruiz has finished. You can write.").wait_for()
    expect(headline(ben)).to_be_editable()


def test_a_dead_browser_frees_the_pen_within_a_minute(desks, address):
    rita = is_writing(desks(make_user(name="Rita Ruiz"), every=3600), address)
    ben = opened(desks(make_user(name="Ben Ode"), every=10), address)
    ben.get_by_text("Rita Ruiz is writing here").wait_for()
    rita.route("**/presence/", lambda route: route.abort())  # a browser that dies says no goodbye
    rita.context.set_offline(True)
    rita.context.close()

    ben.get_by_text("Rita Ruiz has finished. You can write.").wait_for(timeout=60_000)

    expect(headline(ben)).to_be_editable()


def test_two_tabs_of_one_person_are_no_alarm(desks, address):
    rita = is_writing(desks(make_user(name="Rita Ruiz")), address)
    other = rita.context.new_page()
    opened(other, address)

    other.get_by_text("You have this story open in another tab, and write there since").wait_for()
    other.get_by_role("button", name="Write here instead").click()

    expect(headline(other)).to_be_editable()
    rita.get_by_text("You went on in another tab at").wait_for()
    assert rita.get_by_role("alert").filter(visible=True).count() == 0


def test_saving_goes_on_with_the_sitting(desks, address):
    rita = is_writing(desks(make_user(name="Rita Ruiz")), address)
    before = Pen.objects.get()

    rita.get_by_role("button", name="Save", exact=True).click()
    rita.get_by_text("Saved.", exact=True).wait_for()
    rita.locator(".cke_wysiwyg_div[role]").wait_for()
    rita.wait_for_timeout(1_000)

    assert (Pen.objects.get().presence_id, Pen.objects.get().since, Presence.objects.count()) == (
        before.presence_id,
        before.since,
        1,
    )


def test_the_newest_text_is_there_when_the_pen_is_free(desks, address):
    rita = is_writing(desks(make_user(name="Rita Ruiz")), address)
    ben = opened(desks(make_user(name="Ben Ode")), address)
    ben.get_by_text("Rita Ruiz is writing here").wait_for()
    headline(rita).fill("What Rita has written")
    rita.get_by_role("button", name="Save", exact=True).click()
    ben.get_by_role("button", name="Show the newest text").wait_for()

    rita.get_by_role("link", name="Stories", exact=True).first.click()

    ben.get_by_text("Rita Ruiz has finished. You can write.").wait_for()
    expect(headline(ben)).to_have_value("What Rita has written")
    expect(headline(ben)).to_be_editable()


def test_never_two_signs_at_once_and_fewer_while_the_server_is_away(desks, address):
    rita = opened(desks(make_user(name="Rita Ruiz"), every=0.1), address)
    rita.evaluate("""() => {
      window.asked = []; window.flying = 0; window.most = 0;
      const real = window.fetch;
      window.fetch = async (...words) => {
        if (!words[0].endsWith("/presence/")) return real(...words);
        window.asked.push(Date.now()); window.most = Math.max(window.most, ++window.flying);
        try {
          if (window.away) throw new TypeError("away");
          await new Promise((done) => setTimeout(done, 200));
          return await real(...words);
        } finally { window.flying -= 1; }
      };
    }""")

    headline(rita).press_sequentially("Many letters typed while a sign is under way", delay=20)
    rita.wait_for_timeout(1_000)
    rita.evaluate("window.away = true; window.asked = []")
    rita.wait_for_timeout(4_000)

    assert rita.evaluate("window.most") == 1
    assert rita.evaluate("window.asked.length") <= 6


def test_a_tab_hidden_for_long_lets_go_and_comes_back(desks, address):
    rita = is_writing(desks(make_user(name="Rita Ruiz")), address)
    rita.evaluate("""() => {
      document.querySelector("[data-presence]").dataset.hiddenFor = "0.2";
      Object.defineProperty(document, "hidden", {configurable: true, get: () => window.isAway ?? true});
      document.dispatchEvent(new Event("visibilitychange"));
    }""")
    rita.wait_for_timeout(1_500)
    assert Presence.objects.count() == 0

    rita.evaluate("window.isAway = false; document.dispatchEvent(new Event('visibilitychange'))")
    rita.wait_for_timeout(1_500)

    assert (Presence.objects.count(), Pen.objects.count()) == (1, 0)


def test_the_story_reads_along_and_takes_over_by_keyboard_and_is_sound(desks, address):
    rita = is_writing(desks(make_user(name="Rita Ruiz")), address)
    expect(rita.locator("[data-saved-state]")).to_have_text(re.compile("^Saved \\d"))
    ben = opened(desks(make_user(name="Ben Ode")), address)
    ben.get_by_role("button", name="Take over").wait_for()

    for page in (ben, rita):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for width, height in ((1280, 900), (390, 844)):
                page.set_viewport_size({"width": width, "height": height})
                assert violations(page) == []
                assert page.evaluate(OVERFLOW) <= 0
        page.set_viewport_size({"width": 1280, "height": 900})
    headline(ben).focus()
    ben.keyboard.press("Shift+Tab")
    assert ben.evaluate("document.activeElement.textContent") == "Take over"
    ben.keyboard.press("Enter")

    expect(headline(ben)).to_be_focused()
    ben.keyboard.type("By Ben: ")
    expect(headline(ben)).to_have_value("By Ben: Typed by handHospitals agree on a price")
    write_body(ben, "And this.")


def test_without_scripts_nobody_waits_for_anybody(browser, live_server, desks, address):
    rita = is_writing(desks(make_user(name="Rita Ruiz")), address)
    expect(rita.locator("[data-saved-state]")).to_have_text(re.compile("^Saved \\d"))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, make_user(name="Ben Ode"))
    page.goto(address)

    headline(page).fill("Without scripts")
    page.get_by_role("button", name="Save", exact=True).click()

    page.get_by_text("Saved.", exact=True).wait_for()
    context.close()
