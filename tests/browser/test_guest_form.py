"""The guest's form in a real browser: written, left, resumed and sent, with scripts and without, by keyboard alone."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from commentary.models import Submission
from commentary.states import Status
from tests.browser.test_reading import barriers, is_wider_than_its_window, open_as
from tests.make import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DOOR = "/commentary/submit/"
CASES = json.loads((Path(__file__).parent.parent / "commentary" / "word_counts.json").read_text())


@pytest.fixture
def story(transactional_db):
    return make_article(published_at=timezone.now() - timedelta(days=1))


def saved(page):
    page.locator("[data-state]", has_text=re.compile(r"^Saved at ")).wait_for()


def go_on(page, button, step):
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url(f"**/{step}/")


def test_a_commentary_is_written_left_resumed_and_sent(page, live_server):
    found = {}

    def look(step, width=320, scheme="dark"):
        open_as(page, width, scheme)
        found[step, width] = (barriers(page), is_wider_than_its_window(page))

    page.goto(f"{live_server.url}{DOOR}?kind=commentary")
    page.get_by_label("Headline").fill("Who drinks the river")
    page.get_by_label("Your text").fill("My river runs dry every August.")
    saved(page)
    piece = Submission.objects.get()
    assert page.url.endswith(f"/{piece.reference}/text/")
    assert page.locator("[data-counted]").inner_text() == "6"

    page.goto(f"{live_server.url}/")
    page.goto(f"{live_server.url}{DOOR}")
    look("start")
    page.get_by_role("link", name=f"Go on with {piece.reference}").click()
    page.get_by_label("Your name").fill("Gail Guest")
    page.get_by_role("link", name="Back").click()
    assert page.get_by_label("Your text").input_value() == "My river runs dry every August."
    look("text")
    go_on(page, "Save and continue", "you")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("link", name="Write an e-mail address, as in name@example.org.").click()
    assert page.evaluate("document.activeElement.name") == "email"
    assert page.title().startswith("Error: About you")
    look("you")
    look("you", 1280, "light")
    page.get_by_label("Your e-mail address").fill("gail@example.org")
    page.get_by_label("Your name").fill("Gail Guest")
    go_on(page, "Save and continue", "openness")
    for no in page.get_by_label("No", exact=True).all():
        no.check()
    look("openness")
    go_on(page, "Save and continue", "check")
    look("check")
    go_on(page, "Continue", "send")
    look("send")
    page.locator("input[name=altcha]").wait_for(state="attached")
    page.get_by_label("I wrote this text, and I agree").check()
    go_on(page, "Send", "sent")
    look("sent")

    piece.refresh_from_db()
    assert (piece.status, piece.noticed["proof"], piece.noticed["trap"]) == (Status.UNCONFIRMED, True, False)
    assert found == dict.fromkeys(found, ([], False))
    assert len(found) == 8
    assert page.problems == []
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_reaction_is_written_by_keyboard_alone(page, live_server, story):
    page.goto(f"{live_server.url}{story.get_absolute_url()}")
    page.get_by_role("link", name="React to this story").press("Enter")
    page.wait_for_url(f"**{DOOR}?re={story.pk}")

    def type_into(name, text):
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == name:
                page.keyboard.type(text)
                return
        raise AssertionError(f"The keyboard does not reach {name}.")

    type_into("headline", "The price is wrong")
    type_into("text", "I have paid it.")
    type_into("name", "Rea Reader")
    type_into("email", "rea@example.org")
    type_into("agreed", " ")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Send"
    page.keyboard.press("Enter")
    page.wait_for_url("**/sent/")

    piece = Submission.objects.get()
    assert (piece.kind, piece.answers, piece.status) == ("reaction", story, Status.UNCONFIRMED)
    assert page.problems == []


def test_a_reaction_is_sent_without_scripts(browser, live_server, story):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}{DOOR}?re={story.pk}")
    page.get_by_label("Your answer").fill("I have paid it.")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("alert").wait_for()
    page.get_by_label("Headline").fill("The price is wrong")
    page.get_by_label("Your name").fill("Rea Reader")
    page.get_by_label("Your e-mail address").fill("rea@example.org")
    page.get_by_label("I wrote this text, and I agree").check()
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/sent/")
    context.close()

    piece = Submission.objects.get()
    assert (piece.status, piece.version.text) == (Status.UNCONFIRMED, "I have paid it.")
    assert piece.noticed["proof"] is False


def test_fifty_thousand_words_are_pasted_counted_and_kept(page, live_server):
    page.goto(f"{live_server.url}{DOOR}?kind=commentary")
    page.evaluate(
        """() => {
          const box = document.querySelector("#id_text"), data = new DataTransfer();
          data.setData("text/plain", "wörd\\u00a0".repeat(50000) + "\\u200b");
          box.focus();
          box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    saved(page)
    assert page.locator("[data-counted]").inner_text() == "50,000"

    page.reload()

    assert len(page.get_by_label("Your text").input_value()) == 250_000
    assert Submission.objects.get().version.words == 50_000


def test_what_could_not_be_saved_is_kept_by_the_browser(page, live_server):
    page.goto(f"{live_server.url}{DOOR}?kind=commentary")
    page.route("**/save/**", lambda route: route.abort())
    page.get_by_label("Your text").fill("Written in a tunnel.")
    page.locator("[data-state]", has_text="Not saved: no connection").wait_for()
    page.unroute("**/save/**")

    page.reload()
    page.get_by_role("button", name="Bring it back").click()
    saved(page)

    assert Submission.objects.get().version.text == "Written in a tunnel."


SHEET = "document.querySelector(\"script[src*='commentary/form']\").src"
PASTED = "<style>p {}</style><p>One\u00a0two</p>\n<p>Three<br>four</p><script>x</script>"


def imported(page, module, call, argument):
    """What a function of one of the form's modules answers."""
    script = f"async (given) => ({call})((await import({SHEET}.replace('form.js', '{module}'))), given)"
    return page.evaluate(script, argument)


def test_pasted_paragraphs_stay_paragraphs_and_what_is_unseen_stays_out(page, live_server):
    page.goto(f"{live_server.url}{DOOR}?kind=commentary")

    texts = imported(
        page,
        "pasting.js",
        "({cleaned}, texts) => texts.map(([html, plain]) => cleaned(html, plain))",
        [[PASTED, "One two\nThree"], ["", "a\r\nb\u00ad\u200bc \n\n\n\nd "], ["<b>bold</b>", "bold"]],
    )

    assert texts == ["One two\n\nThree\nfour", "a\nbc\n\nd ", "bold"]


def test_the_browser_counts_words_as_the_server_does(page, live_server):
    page.goto(f"{live_server.url}{DOOR}?kind=commentary")

    counted = imported(page, "words.js", "({count}, texts) => texts.map(count)", [text for text, _ in CASES])

    assert counted == [number for _, number in CASES]
