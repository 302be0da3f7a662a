"""The command palette and the shortcuts, by keyboard alone: what is typed is found, what is listed works."""

import pytest

from articles.models import Article
from tests.browser.test_desk_chrome import OVERFLOW, SIZES, violations
from tests.browser.test_first_story import sign_in
from tests.make import make_article, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ANSWERS = "**/admin/palette/**"
CHOSEN = "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.textContent"


@pytest.fixture
def desk(page, live_server):
    """An editor at the desk, with two stories about the harbour, one of them in review."""
    make_article(headline="Harbour freezes over")
    make_article(headline="Harbour thaws", body="<p>Ships came.</p>").submit(by=make_user(name="Rosa"))
    sign_in(page, live_server, make_user())
    return page


def story(headline):
    return Article.objects.get(draft__headline=headline).pk


def found(page):
    page.locator(".palette__option").first.wait_for()
    return page.locator(".palette__option[role=option] .palette__label").all_inner_texts()


def ask(page, words):
    """Open the palette and type; answered once the options are about these words."""
    page.keyboard.press("Control+k")
    page.locator("#palette[open]").wait_for()
    page.keyboard.type(words)
    page.get_by_role("option", name=f"“{words}”").wait_for()


def test_a_story_is_found_and_opened_by_keyboard_alone(desk, live_server):
    ask(desk, "harb")
    assert found(desk)[:2] == ["Harbour thaws", "Harbour freezes over"]
    assert desk.evaluate(CHOSEN).startswith("Harbour thaws")
    desk.keyboard.press("ArrowDown")
    assert desk.evaluate(CHOSEN).startswith("Harbour freezes over")
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"**/article/{story('Harbour freezes over')}/change/")

    desk.keyboard.press("Control+k")
    desk.get_by_role("option", name="Found last", exact=False).or_(desk.locator(".palette__title")).first.wait_for()
    assert desk.locator(".palette__title").all_inner_texts() == ["Found last", "This story", "Go to"]
    desk.keyboard.press("Escape")
    desk.get_by_role("button", name="Sign out").click()
    desk.wait_for_url("**/admin/logout/")

    assert desk.evaluate("localStorage.getItem('newsroom-palette')") is None
    assert desk.problems == []


def test_the_palette_opens_from_the_body_and_gives_the_place_back(desk, live_server):
    desk.goto(f"{live_server.url}/admin/articles/article/{story('Harbour thaws')}/change/")
    body = desk.locator(".cke_wysiwyg_div[role]")
    body.click()
    desk.keyboard.press("Control+Home")
    for _ in range(5):
        desk.keyboard.press("ArrowRight")
    desk.keyboard.press("Control+k")
    desk.locator("#palette[open] .palette__option").first.wait_for()
    desk.keyboard.type("x")
    desk.keyboard.press("Escape")
    desk.keyboard.type(", they said,")

    assert body.inner_text().strip() == "Ships, they said, came."
    ask(desk, "send")
    assert found(desk)[0] == "Send back"
    desk.keyboard.press("Escape")
    desk.keyboard.press("Control+s")
    desk.get_by_text("Saved").first.wait_for()
    desk.wait_for_function("document.querySelector('[data-saved-state]').textContent.startsWith('Saved')")
    assert "they said" in Article.objects.get(pk=story("Harbour thaws")).draft.body
    assert desk.problems == []


def test_an_answer_to_earlier_words_is_dropped_and_silence_is_told(desk, live_server):
    held = []
    desk.route(ANSWERS, lambda route: held.append(route) if "q=fre" in route.request.url else route.continue_())
    desk.keyboard.press("Control+k")
    desk.keyboard.type("fre")
    desk.get_by_text("Searching …").wait_for()
    desk.keyboard.press("Control+a")
    desk.keyboard.type("thaws")
    desk.keyboard.press("Enter")  # before the answer: it must not open what was found for the words before
    desk.wait_for_url(f"**/article/{story('Harbour thaws')}/change/")
    assert len(held) == 1

    desk.unroute(ANSWERS)
    desk.route(ANSWERS, lambda route: route.abort())
    desk.keyboard.press("Control+k")
    desk.get_by_text("The server does not answer. Press Enter to try again.").wait_for()
    desk.unroute(ANSWERS)
    desk.keyboard.press("Enter")

    assert "Desk" in found(desk)


def test_the_palette_and_the_shortcuts_are_sound(desk, live_server):
    wrong = []
    for words in ("harb", "zeitgeist", None):
        if words:
            ask(desk, words)
        else:
            desk.keyboard.press("?")
            desk.locator("#shortcuts[open]").wait_for()
        for scheme in ("light", "dark"):
            desk.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for width, height in SIZES:
                desk.set_viewport_size({"width": width, "height": height})
                wrong += [(words, scheme, width, *what) for what in violations(desk)]
                wrong += [(words, width, "scrolls sideways")] if desk.evaluate(OVERFLOW) > 0 else []
        desk.keyboard.press("Escape")
        desk.locator("dialog:modal").wait_for(state="detached")
    assert wrong + desk.problems == []


def test_on_a_phone_a_button_opens_the_palette(desk, live_server):
    desk.set_viewport_size({"width": 390, "height": 844})

    desk.get_by_role("button", name="Find").click()
    desk.get_by_role("combobox", name="Story, person or action").fill("thaws")
    desk.get_by_role("option", name="Harbour thaws").click()

    desk.wait_for_url(f"**/article/{story('Harbour thaws')}/change/")
    assert desk.evaluate(OVERFLOW) <= 0


def test_every_shortcut_that_is_listed_works(desk, live_server):
    desk.keyboard.press("?")
    listed = desk.locator("#shortcuts dt").all_inner_texts()
    assert listed == ["Ctrl K", "?", "/", "J K", "X", "G then D", "N", *(f"G then {room}" for room in "SPCET")]
    desk.keyboard.press("Escape")

    for key, path in {
        "s": "articles/article/",
        "p": "images/image/",
        "c": "commentary/submission/",
        "e": "authors/author/",
        "t": "masthead/page/",
    }.items():
        desk.keyboard.press("g")
        desk.keyboard.press(key)
        desk.wait_for_url(f"**/admin/{path}")
    desk.keyboard.press("g")
    desk.keyboard.press("s")
    desk.wait_for_url("**/admin/articles/article/")
    for key, headline in (("j", "Harbour thaws"), ("j", "Harbour freezes over"), ("k", "Harbour thaws")):
        desk.keyboard.press(key)
        assert desk.evaluate("document.activeElement.textContent") == headline
    desk.keyboard.press("x")
    assert desk.locator("tr", has_text="Harbour thaws").get_by_role("checkbox").is_checked()
    desk.keyboard.press("/")
    desk.keyboard.type("?gdn")  # in a field they are letters
    assert desk.locator("#searchbar").input_value() == "?gdn"
    desk.locator("h1").click()
    desk.keyboard.press("g")
    desk.keyboard.press("d")
    desk.wait_for_url("**/admin/")
    desk.keyboard.press("/")
    desk.locator("#palette[open]").wait_for()
    desk.keyboard.press("Escape")
    desk.get_by_role("button", name="Shortcuts").click()
    desk.get_by_label("Keys work by themselves in this browser").uncheck()
    desk.keyboard.press("Escape")
    desk.keyboard.press("n")
    assert desk.url == f"{live_server.url}/admin/"
    desk.get_by_role("button", name="Shortcuts").click()
    desk.get_by_label("Keys work by themselves in this browser").check()
    desk.keyboard.press("Escape")
    desk.keyboard.press("n")

    desk.wait_for_url("**/article/add/")
    desk.get_by_role("button", name="Shortcuts").click()
    here = desk.locator("[data-shortcuts-here] > div").all_inner_texts()
    assert [line.split("\n") for line in here] == [["Ctrl S", "Save"], ["Ctrl Enter", "Publish …"]]
    assert desk.problems == []
