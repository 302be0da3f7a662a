"""Comparing two texts and bringing one back, as an editor does it: with the mouse, by keyboard alone, on a phone."""

import pytest

from articles.models import Article, Revision
from articles.models.writing import StaleText
from tests.browser.test_desk_chrome import looked_at
from tests.browser.test_first_story import sign_in
from tests.images.make import make_image
from tests.make import NOW, make_article, make_text, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PARAGRAPHS = "".join(f"<p>Paragraph {number} stays as it is.</p>" for number in range(6))
FIRST = (
    '<h2>What is known</h2><p>The bridge is closed, says <a href="https://a.example/">the company</a>.</p>'
    f"{PARAGRAPHS}<ul><li>Trains go by bus</li><li>Nobody is hurt</li></ul>"
    "<table><caption>Levels</caption><tr><th>Day</th><th>Level</th></tr><tr><td>Monday</td><td>3.2</td></tr></table>"
)
SECOND = (
    FIRST.replace("closed", "open again")
    .replace("https://a.example/", "https://b.example/a/very/long/address/that/does/not/end/so/soon")
    .replace("<li>Nobody is hurt</li>", "<li>Two are hurt</li>")
    .replace("3.2", "4.1")
    + "<blockquote><p>“We are glad,” she said.</p></blockquote>"
)


@pytest.fixture
def story(page, live_server):
    """Two texts of a live story, one of them with another picture, and one kept from a late save."""
    editor = make_user()
    article = make_article(
        published_at=NOW, body=FIRST, lead_image=make_image(alt="A bridge", finished=True), lead_caption="The bridge"
    )
    first = article.draft
    article.revise(
        make_text(
            body=SECOND,
            headline="Hospitals agree on a prize",
            lead_image=make_image(alt="A shore", finished=True),
            lead_caption="The shore",
        ),
        revision=first,
        by=editor,
    )
    with pytest.raises(StaleText):
        article.revise(make_text(headline="Ben's headline"), revision=first, by=make_user(name="Ben"))
    article.name_revision(first, "as sent to the lawyer", by=editor)
    sign_in(page, live_server, editor)
    page.address = f"{live_server.url}/admin/articles/article/{article.pk}"
    return article


def test_an_editor_compares_two_texts_and_restores_one(page, story):
    page.goto(f"{page.address}/history/")
    page.get_by_label("before: text 1").check()
    page.get_by_label("after: text 2").check()
    page.get_by_role("button", name="Compare the two chosen").click()

    page.get_by_role("heading", name="What changed").wait_for()
    text = page.locator(".compared").filter(has=page.get_by_role("heading", name="Text", exact=True))
    assert text.locator("del").first.text_content() == "[removed: closed]"
    assert page.get_by_text("The link leads to https://b.example/").first.is_visible()
    page.get_by_role("link", name="Swap").click()
    page.get_by_role("link", name="Restore text 1").click()
    page.get_by_role("button", name="Restore", exact=True).click()

    page.get_by_text("Restored: text 4 says what text 1 says.").wait_for()
    draft = Article.objects.get().draft
    assert (draft.number, draft.text) == (4, Revision.objects.get(number=1).text)
    assert page.problems == []


def test_texts_are_compared_restored_and_named_without_a_mouse(page, story):
    page.goto(f"{page.address}/history/")
    page.get_by_label("after: text 3").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_label("before: text 2").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What changed").wait_for()
    assert page.url.endswith("?after=2&before=1")

    page.get_by_role("link", name="Headline changed").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#headline-1")
    page.get_by_role("link", name="Restore text 1").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Restore", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_text("Restored: text 4 says what text 1 says.").wait_for()

    page.get_by_role("link", name="Name text 4").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Name").focus()
    page.keyboard.type("back again")
    page.keyboard.press("Enter")
    page.get_by_text("“back again”").first.wait_for()
    assert Revision.objects.get(number=4).name == "back again"
    assert page.problems == []


@pytest.mark.parametrize(
    "path",
    [
        "/history/",
        "/compare/?before=1&after=2",
        "/compare/?before=1&after=2&view=side",
        "/read/1/restore/",
        "/read/1/name/",
    ],
)
def test_the_pages_of_a_history_are_sound(page, story, path):
    assert looked_at(page, page.address + path) == []


def test_on_a_phone_the_two_sides_stand_one_below_the_other(page, story):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{page.address}/compare/?before=1&after=2&view=side")
    sides = page.locator(".compared__sides")
    change = sides.filter(has=page.locator("del")).filter(has=page.locator("ins")).first

    before, after = (change.locator(".compared__side").nth(index).bounding_box() for index in (0, 1))

    assert after["y"] >= before["y"] + before["height"]
    assert after["x"] == before["x"]
