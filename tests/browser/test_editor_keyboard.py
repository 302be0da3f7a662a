"""The whole story editor by keyboard alone: from a blank page to the readers' one, never losing sight of the focus."""

import pytest

from articles.models import Article
from tests.browser.test_first_story import sign_in
from tests.images.make import make_image
from tests.make import make_article, make_author, make_section, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STATE = """() => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  const drawn = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== "none";
  const box = at.getBoundingClientRect();
  const points = [[0.5, 0.5], [0.1, 0.5], [0.5, 0.15], [0.5, 0.85], [0.9, 0.5]];
  const inSight = points.some(([x, y]) => {
    const hit = document.elementFromPoint(box.left + box.width * x, box.top + Math.min(box.height, innerHeight) * y);
    return hit && (at.contains(hit) || hit.contains(at));
  });
  const name = at.getAttribute("aria-label") || at.labels?.[0]?.textContent || at.name || at.textContent;
  return {tag: at.tagName, name: name.trim().replace(/\\s+/g, " ").slice(0, 60), drawn, inSight};
}"""


class Keys:
    """Somebody without a mouse. ``trail`` is where the focus has been, ``lost`` where it could not be seen."""

    def __init__(self, page):
        self.page = page
        self.trail = []
        self.lost = []

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def to(self, locator, *, key="Tab", most=90):
        """Press ``key`` until the focus is at ``locator``."""
        for _ in range(most):
            self.press(key)
            at = self.page.evaluate(STATE)
            self.trail.append(at["name"])
            if not (at["drawn"] and at["inSight"]):
                self.lost.append(at)
            if locator.evaluate("(element) => element.contains(document.activeElement)"):
                return
        raise AssertionError(f"The keyboard never came to {locator}; it was at {self.trail[-most:]}")

    def write(self, text):
        self.page.keyboard.type(text)


@pytest.fixture
def keys(page, live_server):
    make_section("Water")
    make_author("Ada Writer")
    make_image(alt="A low shoreline", credit="Ada Writer", finished=True)
    sign_in(page, live_server, make_user())
    return Keys(page)


def editor(page, address):
    page.goto(address)
    page.locator(".cke_wysiwyg_div[role]").wait_for()
    return page.locator(".cke_wysiwyg_div")


def test_a_story_is_written_and_published_by_keyboard_alone(keys, live_server):
    page = keys.page
    body = editor(page, f"{live_server.url}/admin/articles/article/add/")

    keys.to(page.get_by_label("Headline"))
    keys.write("The reservoir is half full")
    keys.to(page.get_by_label("In summary"))
    keys.write("After two dry winters the reservoir stands at half.")
    keys.to(body)
    keys.write("The water stood at half on Monday. ")
    keys.press("Control+b")
    keys.write("Farmers were told.")
    keys.to(page.get_by_label("Name").first)
    keys.write("Ada Writer")
    keys.to(page.get_by_role("button", name="Add a byline"))
    keys.press("Enter")
    keys.write("Ben Newcomer")
    keys.to(page.get_by_label("New author: add them").nth(1))
    keys.press("Space")
    keys.to(page.get_by_label("Section"))
    keys.write("Wat")
    keys.to(page.get_by_text("Choose from recent pictures"))
    keys.press("Enter")
    keys.to(page.locator("[name=lead_image]").first)
    keys.press("ArrowDown")
    keys.to(page.get_by_role("button", name="Publish …"), key="Shift+Tab")
    keys.press("Enter")
    now = page.get_by_role("button", name="Publish now")
    now.wait_for()
    keys.to(now)
    keys.press("Enter")

    page.get_by_text("Published. Readers see it now.").wait_for()
    live = Article.objects.get().live
    assert (live.headline, live.lead_image.alt) == ("The reservoir is half full", "A low shoreline")
    assert (
        live.body.replace("&nbsp;", " ")
        == "<p>The water stood at half on Monday. <strong>Farmers were told.</strong></p>"
    )
    assert [line.author.name for line in live.bylines.all()] == ["Ada Writer", "Ben Newcomer"]
    assert keys.lost == []
    assert page.problems == []


def test_the_focus_goes_through_the_page_as_the_eye_does(keys, live_server):
    """Rail, bar, sheet from top to bottom, side panel from top to bottom."""
    page = keys.page
    article = make_article()
    body = editor(page, f"{live_server.url}/admin/articles/article/{article.pk}/change/")

    stops = [
        page.get_by_role("link", name="Skip to the content"),
        page.get_by_role("link", name="Write", exact=True),
        page.locator(".story-bar__back"),
        page.get_by_text("More", exact=True),
        page.get_by_role("button", name="Save", exact=True),
        page.get_by_role("button", name="Publish …"),
        page.get_by_label("Headline"),
        page.get_by_label("Deck"),
        page.get_by_label("In summary"),
        body,
        page.get_by_label("Name").first,
        page.get_by_label("Section"),
        page.get_by_label("Upload a picture"),
        page.get_by_label("Alt text"),
    ]
    for stop in stops:
        keys.to(stop, most=25)

    assert keys.lost == []


def test_the_menu_of_moves_opens_and_closes_by_keyboard(keys, live_server):
    page = keys.page
    article = make_article()
    editor(page, f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    menu = page.locator("details.menu")

    keys.to(menu.locator("summary"))
    keys.press("Enter")
    keys.to(menu.get_by_role("link", name="Spike …"))
    keys.press("Escape")

    assert menu.get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    keys.press("Enter")
    keys.to(menu.get_by_role("link", name="Spike …"))
    keys.press("Enter")
    page.get_by_role("heading", name="Spike").first.wait_for()
    assert keys.lost == []


def test_the_body_lets_the_keyboard_out_and_shows_its_own_keys(keys, live_server):
    page = keys.page
    body = editor(page, f"{live_server.url}/admin/articles/article/{make_article().pk}/change/")

    keys.to(body)
    keys.press("Alt+F10")
    page.wait_for_timeout(300)
    assert page.evaluate("document.activeElement.closest('.cke_toolbox, .cke_top') !== null")
    keys.press("Escape")
    page.wait_for_timeout(300)
    assert body.evaluate("(element) => element.contains(document.activeElement)")
    keys.press("Tab")

    assert not body.evaluate("(element) => element.contains(document.activeElement)")
