"""A story's whole life, by the two people who share it: written, sent back, made ready, scheduled, live, corrected."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Correction
from articles.models.announcing import announce
from tests.browser.test_first_story import photograph, sign_in, write_body  # noqa: F401 -- a fixture among them
from tests.make import make_author, make_section, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_CLICKS = 12
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}

# Counts what a hand does, on every page of the context: each real press of a button or finger.
COUNT_CLICKS = """
addEventListener("pointerdown", (event) => {
  if (!event.isTrusted) return;
  const { tagName, name, textContent } = event.target;
  window.clicked(`${tagName} ${name ?? ""} ${textContent.trim().slice(0, 30)}`);
}, { capture: true });
"""


@pytest.fixture
def other_page(browser):
    """The second person's own browser."""
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def change(live_server, article):
    return f"{live_server.url}/admin/articles/article/{article.pk}/change/"


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_from_the_first_word_to_the_correction(page, other_page, live_server, viewport):
    make_section("Water")
    rita, edda = make_user(role="Reporter", name="Rita Ruiz"), make_user(name="Edda Editor")
    make_author("Rita Ruiz", user=rita)
    page.set_viewport_size(viewport)
    other_page.set_viewport_size(viewport)

    # Rita writes and sends for review
    sign_in(page, live_server, rita)
    page.goto(f"{live_server.url}/admin/articles/article/add/")
    page.get_by_label("Headline").fill("The reservoir is half full")
    page.get_by_label("In summary").fill("It stands at half.")
    write_body(page, "The water stood at 40 percent on Monday.")
    page.get_by_label("Section").select_option("Water")
    page.get_by_role("button", name="Send for review").click()
    page.get_by_text("Saved, and sent for review.").wait_for()
    article = Article.objects.get()

    # Edda sends it back with a note
    sign_in(other_page, live_server, edda)
    other_page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/send_back/")
    other_page.get_by_label("Note").fill("Who measured it?")
    other_page.get_by_role("button", name="Send back").click()
    other_page.get_by_text("Sent back to its writer.").wait_for()

    # Rita mends it and sends it again; Edda marks it ready and gives it a date
    page.goto(change(live_server, article))
    page.get_by_label("Headline").fill("The reservoir is half full, the agency says")
    page.get_by_role("button", name="Send for review").click()
    page.get_by_text("Saved, and sent for review.").wait_for()
    other_page.goto(change(live_server, article))
    other_page.locator("summary", has_text="More").click()
    other_page.get_by_role("button", name="Mark ready").click()
    other_page.get_by_text("Saved, and marked as ready.").wait_for()
    other_page.get_by_role("button", name="Publish …").click()
    other_page.get_by_label("Later, at").check()
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT09:00")
    other_page.get_by_label("Date and time").fill(tomorrow)
    other_page.get_by_role("button", name="Schedule for").click()
    other_page.get_by_text("Scheduled for").first.wait_for()
    assert page.request.get(f"{live_server.url}/water/").text().count("The reservoir") == 0

    # Its moment comes: here the date is moved to now, and the heartbeat tells
    article.refresh_from_db()
    article.publish(revision=article.draft, by=edda, at=timezone.now())
    announce()
    page.goto(live_server.url + Article.objects.get().get_absolute_url())
    page.get_by_role("heading", level=1, name="The reservoir is half full, the agency says").wait_for()

    # Edda corrects it, and readers are told
    other_page.goto(change(live_server, article))
    body = other_page.locator(".cke_editable")
    body.click()
    other_page.keyboard.press("Control+A")
    other_page.keyboard.type("The water stood at 50 percent on Monday.")
    body.get_by_text("at 50 percent").wait_for()
    other_page.get_by_role("button", name="Publish changes …").click()
    other_page.get_by_label("A correction:").check()
    assert other_page.get_by_label("It said").input_value() == "The water stood at 40 percent on Monday."
    other_page.get_by_label("What readers are told").fill("It is 50 percent. We wrote 40.")
    other_page.get_by_role("button", name="Publish changes now").click()
    other_page.get_by_text("Published. Readers see it now.").wait_for()
    page.reload()
    page.get_by_text("It is 50 percent. We wrote 40.").wait_for()
    page.goto(f"{live_server.url}/corrections/")
    page.get_by_role("link", name="The reservoir is half full, the agency says").wait_for()
    assert Correction.objects.values_list("before", "after").get() == (
        "The water stood at 40 percent on Monday.",
        "The water stood at 50 percent on Monday.",
    )
    assert page.problems == []


def test_a_story_with_picture_and_byline_is_out_in_twelve_clicks(page, live_server, photograph):  # noqa: F811
    """Everything by hand: each field is clicked before it is typed into, and nothing is reached by the keyboard."""
    make_section("Water")
    edda = make_user(name="Edda Editor")
    make_author("Edda Editor", user=edda)
    clicks = []
    page.context.expose_function("clicked", lambda what: clicks.append(what))  # noqa: PLW0108 -- a builtin cannot be exposed
    page.context.add_init_script(COUNT_CLICKS)

    def click_and_type(field, words):
        field.click()
        page.keyboard.type(words)

    page.goto(f"{live_server.url}/admin/login/")
    page.keyboard.type(edda.email)  # the first field has the caret
    click_and_type(page.get_by_label("Password", exact=True), "a long enough password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Write", exact=True).click()
    click_and_type(page.get_by_label("Headline"), "The reservoir is half full")
    click_and_type(page.get_by_label("In summary"), "It stands at half.")
    page.locator(".cke_editable").click()
    for number in range(5):
        page.keyboard.type(f"Paragraph number {number}.")
        page.keyboard.press("Enter")
    page.get_by_label("Section").select_option("Water")
    with page.expect_file_chooser() as chooser:
        page.get_by_label("Upload a picture").click()
    chooser.value.set_files(photograph)
    page.keyboard.type("A low shoreline")  # choosing a file puts the caret into the alt text
    click_and_type(page.get_by_label("Credit"), "Edda Editor")
    page.get_by_role("button", name="Publish …").click()
    page.get_by_role("button", name="Publish now").click()
    page.get_by_text("Published. Readers see it now.").wait_for()

    live = Article.objects.get().live
    assert (live.body.count("<p>"), live.lead_image is not None, live.bylines.count()) == (5, True, 1)
    # Choosing from the section's list is two more clicks for a hand; the script cannot open that list.
    assert len(clicks) + 2 <= MOST_CLICKS, clicks
