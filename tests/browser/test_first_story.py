"""The product's main job, as the person it is for does it: from signing in to the reader's page."""

import re

import pytest
from PIL import Image as Drawing

from articles.models import Article
from authors.models import Author
from tests.make import PASSWORD, make_article, make_author, make_section, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def photograph(tmp_path):
    path = tmp_path / "reservoir.jpg"
    Drawing.effect_noise((1600, 1067), 90).convert("RGB").save(path, quality=80)
    return path


def sign_in(page, live_server, user):
    page.goto(f"{live_server.url}/admin/login/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{live_server.url}/admin/")


def opened(page, address):
    page.goto(address)
    page.locator(".cke_wysiwyg_div[role]").wait_for()
    return page


def write_body(page, *paragraphs):
    body = page.locator(".cke_editable")
    body.click()
    for number, paragraph in enumerate(paragraphs):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.type(paragraph)


def published(page):
    """Press the primary button, then the one under the checklist, and wait for its answer."""
    page.get_by_role("button", name="Publish …").click()
    page.get_by_role("button", name="Publish now").click()
    page.get_by_text("Published. Readers see it now.").wait_for()


def test_an_editor_writes_and_publishes_a_story_that_a_reader_opens(page, live_server, photograph):
    make_section("Water")
    make_author("Ada Writer", biography="Ada Writer covers water. " * 20, role="Water reporter")
    sign_in(page, live_server, make_user())

    page.get_by_role("link", name="Write", exact=True).click()
    page.get_by_label("Headline").fill("The reservoir is half full")
    page.get_by_label("In summary").fill("After two dry winters the state's largest reservoir stands at half.")
    write_body(page, "The water stood at half on Monday.", "Farmers have been told to plan for less.")
    names = page.get_by_label("Name")
    names.first.fill("Ada Writer")
    page.get_by_role("button", name="Add a byline").click()
    names.nth(1).fill("Ben Newcomer")
    page.get_by_label("New author: add them").nth(1).check()
    page.get_by_label("Section").select_option("Water")
    page.get_by_label("Upload a picture").set_input_files(photograph)
    page.get_by_label("Alt text").fill("A low shoreline")
    page.get_by_label("Credit").fill("Ada Writer for the paper")
    published(page)
    page.locator(".cke_editable").wait_for()  # what a page still loads when it is left counts as a problem
    address = page.get_by_role("link", name="See it as readers do").get_attribute("href")

    page.goto(live_server.url + address)

    page.get_by_role("heading", level=1, name="The reservoir is half full").wait_for()
    parts = page.locator("article, main").first.inner_text()
    in_order = [
        "Water",
        "The reservoir is half full",
        "Ada Writer",
        "Ben Newcomer",
        "Ada Writer for the paper",
        "In summary",
        "The water stood at half",
        "We want to hear from you",
        "Ada Writer covers water.",
    ]
    places, start = [], 0
    for part in in_order:
        start = parts.lower().find(part.lower(), start)
        places.append((part, start >= 0))
        start = max(start, 0)
    assert places == [(part, True) for part in in_order]
    assert page.get_by_role("img", name="A low shoreline").evaluate("image => image.naturalWidth") > 0
    assert [line.author.name for line in Article.objects.get().live.bylines.all()] == ["Ada Writer", "Ben Newcomer"]
    assert page.problems == []


def test_a_refused_publication_names_every_problem_and_keeps_every_word(page, live_server):
    sign_in(page, live_server, make_user())
    page.get_by_role("link", name="Write", exact=True).click()
    page.get_by_label("Headline").fill("Only a headline")
    page.get_by_label("Name").first.fill("Nobody Known")

    page.get_by_role("button", name="Publish …").click()

    page.get_by_text("No author is called “Nobody Known”").first.wait_for()
    assert page.get_by_label("Headline").input_value() == "Only a headline"
    page.get_by_label("Name").first.fill("")
    page.get_by_role("button", name="Publish …").click()
    page.get_by_text("The story is in no section. Choose one.").wait_for()
    assert page.locator(".finding--blocks").count() == 4
    page.get_by_role("button", name="Publish now").click()
    page.locator("[data-errors] li").nth(3).wait_for()
    page.get_by_role("link", name="Back to writing").click()
    assert page.get_by_label("Headline").input_value() == "Only a headline"
    assert Article.objects.get().draft.headline == "Only a headline"


def test_the_browser_gives_a_text_back_after_the_session_has_ended(page, live_server):
    article = make_article()
    editor = make_user()
    sign_in(page, live_server, editor)
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    page.get_by_label("Headline").fill("Written before the session ended")
    write_body(page, "And this is its body. ")
    page.context.clear_cookies(name="sessionid")

    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Not now").click()
    page.once("dialog", lambda asked: asked.accept())
    sign_in(page, live_server, editor)
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    page.locator("[data-pen-take-over]").click()  # from the page whose goodbye came without a session
    page.get_by_role("button", name="Bring it back").click()

    assert page.get_by_label("Headline").input_value() == "Written before the session ended"
    page.locator(".cke_editable", has_text="And this is its body.").wait_for()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved.", exact=True).wait_for()
    article.refresh_from_db()
    assert "And this is its body." in article.draft.body
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('newsroom-story'))") == []


def test_a_text_too_large_is_refused_before_it_is_sent(page, live_server, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 200_000
    sign_in(page, live_server, make_user())
    page.get_by_role("link", name="Write", exact=True).click()
    page.locator(".bylines--script").wait_for()  # the page's script runs; before it does, the server refuses instead
    page.get_by_label("Disclosure").evaluate("area => { area.value = 'x'.repeat(300000) }")

    page.get_by_role("button", name="Save", exact=True).click()

    page.get_by_text("Nothing was sent.").wait_for()
    assert not Article.objects.exists()


def test_the_button_says_when(page, live_server):
    sign_in(page, live_server, make_user())
    page.goto(f"{live_server.url}/admin/articles/article/{make_article().pk}/publish/")

    page.get_by_label("Later, at").check()
    page.get_by_label("Date and time").fill("2099-03-05T09:00")

    button = page.locator("[data-publish-do]").inner_text()
    assert re.sub(r"\s", " ", button) == "Schedule for Thu, Mar 5, 9:00 AM"
    page.get_by_label("Now", exact=True).check()
    assert page.locator("[data-publish-do]").inner_text() == "Publish now"


def test_a_reporter_sends_for_review_and_cannot_publish(page, live_server):
    sign_in(page, live_server, make_user(role="Reporter", name="Rita"))
    page.get_by_role("link", name="Write", exact=True).click()
    page.get_by_label("Headline").fill("A reporter's story")

    assert page.locator("[data-publish]").count() == 0
    page.get_by_role("button", name="Send for review").click()

    page.get_by_text("Saved, and sent for review.").wait_for()
    assert Article.objects.get().state_label == "In review"
    assert not Author.objects.exists()
