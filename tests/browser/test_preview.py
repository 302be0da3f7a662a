"""Previews in a real browser: beside the editor, in a window of its own, and shared with somebody signed out."""

import pytest
from playwright.sync_api import expect

from articles.models import Article, PreviewLink
from masthead.models import Masthead
from tests.browser.test_desk_chrome import OVERFLOW, violations
from tests.browser.test_first_story import sign_in
from tests.images.make import make_image
from tests.make import YESTERDAY, make_article, make_section, make_text, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = "".join(f"<p>Paragraph {number} of a story long enough to be scrolled.</p>" for number in range(60))
DEVICES = {"Phone": 390, "Tablet": 768, "Desktop": 1280}


@pytest.fixture
def story(page, live_server):
    """An editor at her own story, its editor open."""
    Masthead(name="The Valley Record").save()
    make_article(headline="Published before", published_at=YESTERDAY, slug="before")
    editor = make_user(name="Edda Editor")
    article = make_article(
        by=editor, headline="Half of the truth", body=BODY, section=make_section(), lead_image=make_image(finished=True)
    )
    sign_in(page, live_server, editor)
    open_editor(page, live_server, article)
    return article


def open_editor(page, live_server, article):
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    page.locator(".cke_wysiwyg_div[role]").wait_for()


def shown(page):
    """The previewed page, once it is the one that is shown."""
    page.locator("iframe.preview__frame:not(.preview__frame--coming)").wait_for()
    return page.frame_locator("iframe.preview__frame:not(.preview__frame--coming)")


def frame_of(page):
    return page.locator("iframe.preview__frame:not(.preview__frame--coming)").element_handle().content_frame()


def save(page, article, headline):
    """A text saved from elsewhere under the same hands, and the editor's word that it was."""
    article.refresh_from_db()
    article.revise(
        make_text(headline=headline, body=BODY), revision=article.draft, by=article.created_by, autosave=True
    )
    page.evaluate("document.getElementById('story').dispatchEvent(new CustomEvent('story:saved'))")
    shown(page).get_by_role("heading", level=1, name=headline).wait_for()


@pytest.mark.parametrize("device", DEVICES)
def test_the_preview_beside_the_editor_follows_what_is_saved(page, story, device):
    page.get_by_role("button", name="Preview", exact=True).click()
    shown(page).get_by_role("heading", level=1, name="Half of the truth").wait_for()

    page.get_by_label(device).check(force=True)
    frame_of(page).evaluate("scrollTo(0, 700)")
    save(page, story, f"The whole truth on a {device}")

    frame = frame_of(page)
    box = page.locator("iframe.preview__frame").bounding_box()
    stage = page.locator("[data-preview-stage]").bounding_box()
    assert frame.evaluate("innerWidth") == DEVICES[device]
    assert abs(frame.evaluate("scrollY") - 700) < 2
    assert stage["x"] <= box["x"]
    assert box["x"] + box["width"] <= stage["x"] + stage["width"] + 1
    assert box["y"] + box["height"] <= stage["y"] + stage["height"] + 1
    assert page.evaluate(OVERFLOW) <= 0
    assert page.locator("iframe.preview__frame").count() == 1
    assert page.problems == []


def test_many_saves_at_once_end_with_the_last(page, story):
    page.get_by_role("button", name="Preview", exact=True).click()
    shown(page).get_by_role("heading", level=1, name="Half of the truth").wait_for()

    story.revise(make_text(headline="The last of them"), revision=story.draft, by=story.created_by)
    page.evaluate(
        "for (let i = 0; i < 20; i++) document.getElementById('story').dispatchEvent(new CustomEvent('story:saved'))"
    )

    shown(page).get_by_role("heading", level=1, name="The last of them").wait_for()
    page.locator(".preview__frame--coming").wait_for(state="detached")
    assert page.locator(".preview__frame").count() == 1
    assert page.problems == []


def test_the_preview_is_opened_and_folded_away_by_keyboard(page, story):
    opener = page.get_by_role("button", name="Preview", exact=True)
    opener.focus()
    page.keyboard.press("Enter")
    shown(page).get_by_role("heading", level=1).wait_for()
    assert page.evaluate("document.activeElement.name") == "preview_width"
    page.keyboard.press("ArrowRight")
    assert page.get_by_label("Tablet").is_checked()

    page.keyboard.press("Escape")

    expect(page.locator("#preview")).to_be_hidden()
    assert page.evaluate("document.activeElement.hasAttribute('data-preview-open')")
    expect(opener).to_have_attribute("aria-expanded", "false")  # said by an event, after the closing
    opener.press("Enter")
    frame_of_shown = shown(page)
    frame_of_shown.get_by_role("link", name="Skip to the content").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#preview")).to_be_hidden()
    assert page.problems == []


def test_the_preview_comes_back_as_it_was_left(page, live_server, story):
    page.get_by_role("button", name="Preview", exact=True).click()
    page.get_by_label("Tablet").check(force=True)

    open_editor(page, live_server, story)
    shown(page).get_by_role("heading", level=1).wait_for()
    assert page.get_by_label("Tablet").is_checked()
    assert page.evaluate("document.activeElement.name") != "preview_width"
    page.get_by_role("button", name="Close the preview").click()
    open_editor(page, live_server, story)

    assert not page.locator("#preview").is_visible()
    assert page.problems == []


def test_links_in_the_preview_open_outside_of_it(page, story):
    page.get_by_role("button", name="Preview", exact=True).click()
    link = shown(page).get_by_role("link", name="Published before")

    with page.context.expect_page() as opening:
        link.click()

    opening.value.get_by_role("heading", level=1, name="Published before").wait_for()
    assert frame_of(page).url.partition("/preview/desk/")[1]


def test_on_a_phone_the_preview_is_a_sheet_over_everything(page, live_server, story):
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Preview", exact=True).click()
    shown(page).get_by_role("heading", level=1, name="Half of the truth").wait_for()

    box = page.locator("#preview").bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    assert frame_of(page).evaluate("innerWidth") == 390
    assert page.evaluate(OVERFLOW) <= 0
    page.get_by_role("button", name="Close the preview").click()
    assert page.evaluate("document.activeElement.hasAttribute('data-preview-open')")
    page.get_by_role("button", name="Preview", exact=True).click()
    page.keyboard.press("Escape")
    page.locator("#preview").wait_for(state="hidden")
    open_editor(page, live_server, story)
    assert not page.locator("#preview").is_visible()
    assert page.problems == []


def test_the_window_of_its_own_follows_the_editor(page, story):
    page.get_by_role("button", name="Preview", exact=True).click()
    with page.context.expect_page() as opening:
        page.get_by_role("link", name="Own window").click()
    window = opening.value
    shown(window).get_by_role("heading", level=1, name="Half of the truth").wait_for()
    window.get_by_label("Desktop").check(force=True)
    assert frame_of(window).evaluate("innerWidth") == 1280

    story.revise(make_text(headline="Seen in the window"), revision=story.draft, by=story.created_by)
    page.evaluate("document.getElementById('story').dispatchEvent(new CustomEvent('story:saved'))")

    shown(window).get_by_role("heading", level=1, name="Seen in the window").wait_for()
    assert page.problems == []


def test_a_shared_preview_opens_for_somebody_signed_out_until_it_is_revoked(page, live_server, browser, story):
    page.goto(f"{live_server.url}/admin/articles/article/{story.pk}/share/")
    page.get_by_label("For whom").fill("The lawyer")
    page.get_by_label("1 week").check()
    page.get_by_role("button", name="Make a link").click()
    page.get_by_text("The link is ready.").wait_for()
    shown_address = page.get_by_label("Address of the link: The lawyer").input_value()
    address = live_server.url + "/" + shown_address.split("/", 3)[3]
    stranger = browser.new_context(viewport={"width": 390, "height": 844})
    outside = stranger.new_page()

    outside.goto(address)
    outside.get_by_role("heading", level=1, name="Half of the truth").wait_for()
    assert outside.get_by_role("note").inner_text().startswith("Preview.")
    assert outside.locator("figure.lead img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert outside.evaluate(OVERFLOW) <= 0
    assert stranger.cookies() == []
    page.reload()
    page.get_by_text("Opened 1 time").wait_for()
    page.get_by_role("button", name="Revoke the link for The lawyer").click()
    page.get_by_text("The link is revoked.").wait_for()
    refused = outside.reload()

    assert refused.status == 410
    outside.get_by_role("heading", level=1, name="This preview has ended").wait_for()
    assert (PreviewLink.objects.get().openings, Article.objects.get(pk=story.pk).draft.headline) == (
        1,
        "Half of the truth",
    )
    assert page.problems == []
    stranger.close()


def test_an_address_is_copied_with_one_press(page, live_server, story):
    PreviewLink.make(story, revision=None, lasts="day", label="Ann", by=story.created_by)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{live_server.url}/admin/articles/article/{story.pk}/share/")

    page.get_by_role("button", name="Copy the address for Ann").click()
    page.get_by_text("Copied.").wait_for()

    assert PreviewLink.objects.get().token in page.evaluate("navigator.clipboard.readText()")
    assert page.problems == []


def test_preview_pages_are_sound(page, live_server, story):
    held = PreviewLink.make(story, revision=story.draft, lasts="day", label="Ann", by=story.created_by)
    PreviewLink.make(story, revision=None, lasts="day", by=story.created_by).revoke(by=story.created_by)
    desk = f"{live_server.url}/admin/articles/article/{story.pk}"
    wrong = []
    for address in (
        f"{desk}/share/",
        f"{desk}/preview/",
        f"{desk}/change/",
        live_server.url + held.get_absolute_url(),
        f"{live_server.url}/preview/{'x' * 43}/",
    ):
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            if address.endswith("change/"):
                page.locator(".cke_wysiwyg_div[role]").wait_for()
                page.get_by_role("button", name="Preview", exact=True).click()
            if "/admin/" in address and "share" not in address:
                shown(page).get_by_role("heading", level=1).wait_for()
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                wrong += [(address, width, scheme, *what) for what in violations(page)]
            if page.evaluate(OVERFLOW) > 0:
                wrong.append((address, width, "scrolls sideways"))
            if address.endswith("change/"):
                page.get_by_role("button", name="Close the preview").click()

    assert wrong == []
    assert [problem for problem in page.problems if "404" not in problem] == []
