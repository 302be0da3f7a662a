"""The picture library in a real browser: many files at once, the focal point, cuts, and what cannot be deleted."""

import re

import pytest
from playwright.sync_api import expect

from images.models import Image
from tests.browser.test_desk_chrome import LOOKS, OVERFLOW, violations
from tests.browser.test_first_story import sign_in
from tests.images import draw
from tests.images.make import make_image
from tests.make import make_article, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIBRARY = "/admin/images/image/"
REFUSALS = re.compile(r"status of (409|422)")  # a browser's console counts every refusal of an upload as an error

DROP = """(files) => {
  const carried = new DataTransfer();
  for (const [name, content] of files) {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    carried.items.add(new File([bytes], name, { type: "image/jpeg" }));
  }
  for (const name of ["dragenter", "dragover", "drop"]) {
    document.body.dispatchEvent(new DragEvent(name, { dataTransfer: carried, bubbles: true, cancelable: true }));
  }
}"""


@pytest.fixture
def editor():
    return make_user(name="Edda Editor")


@pytest.fixture
def library(page, live_server, editor):
    sign_in(page, live_server, editor)
    page.goto(live_server.url + LIBRARY)
    return page


def dropped(page, files):
    from base64 import b64encode

    page.locator("[data-uploads-input]").wait_for(state="attached")
    page.evaluate(DROP, [[name, b64encode(content).decode()] for name, content in files.items()])


def upload_of(page, name):
    return page.locator(".upload").filter(has=page.get_by_text(name, exact=True))


def is_sound(page):
    for scheme, width, height in LOOKS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": height})
        assert violations(page) == [], (scheme, width)
        assert page.evaluate(OVERFLOW) <= 0, (scheme, width)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_five_files_dropped_at_once_come_in_or_are_refused_by_name(library, editor):
    there = make_image(draw.scene(1), title="The one there")
    files = {f"{number}.jpg": draw.scene(number) for number in (2, 3, 4)}
    library.reload()

    dropped(library, files | {"broken.jpg": draw.scene(5)[:900], "again.jpg": draw.scene(1)})

    expect(upload_of(library, "broken.jpg")).to_contain_text("Not taken. This picture is damaged or cut off")
    again = upload_of(library, "again.jpg")
    expect(again).to_contain_text("This file is in the library already: “The one there”")
    expect(again.locator("figure")).to_have_count(2)
    is_sound(library)
    again.get_by_role("button", name="Use the one there").click()
    expect(again).to_contain_text("the one there is used")
    expect(library.locator("[data-uploads-said]")).to_have_text("4 of 5 in the library, 1 not taken")
    first = upload_of(library, "2.jpg")
    first.get_by_label("Alt text").fill("Two shapes")
    first.get_by_label("Credit").fill("Ada Writer")
    first.get_by_role("button", name="Use this credit for all").click()
    for name in files:
        expect(upload_of(library, name).get_by_label("Credit")).to_have_value("Ada Writer")
        expect(upload_of(library, name).locator("[data-fields-state]")).to_contain_text("Saved.")
    expect(first.locator("[data-fields-state]")).to_have_text("Saved. Nothing is missing.")
    library.get_by_role("button", name="Done").click()
    expect(library.locator(".tile")).to_have_count(4)

    assert set(Image.objects.exclude(pk=there.pk).values_list("credit", "created_by")) == {("Ada Writer", editor.pk)}
    assert Image.objects.get(file_name="2.jpg").alt == "Two shapes"
    assert [problem for problem in library.problems if not REFUSALS.search(problem)] == []


def test_an_upload_survives_a_lost_connection_and_the_end_of_the_session(library, editor):
    context = library.context
    context.route("**/pictures/upload/", lambda route: route.abort())
    dropped(library, {"a.jpg": draw.scene(2)})
    upload = upload_of(library, "a.jpg")
    expect(upload).to_contain_text("The connection is lost. It is sent again by itself.")
    context.clear_cookies(name="sessionid")
    context.unroute("**/pictures/upload/")
    upload.get_by_role("button", name="Try now").click(timeout=5_000)
    dialog = library.get_by_role("dialog", name="Sign in to go on")
    dialog.get_by_label("Password").fill("a long enough password")
    dialog.get_by_role("button", name="Sign in").click()

    expect(upload).to_contain_text("In the library.")
    assert Image.objects.get().created_by == editor


def test_the_focal_point_is_set_by_a_click_and_by_keys_and_the_cuts_follow(library, live_server):
    image = make_image(draw.scene(2, 800, 400))
    library.goto(f"{live_server.url}{LIBRARY}{image.pk}/change/")
    frame, point = library.locator("[data-focus-frame]"), library.locator(".focus__point")
    square = library.locator(".cuts__picture--square")
    point.wait_for()
    box = frame.bounding_box()
    frame.click(position={"x": box["width"] * 0.8, "y": box["height"] * 0.25})
    expect(library.get_by_label("% from the left", exact=True)).to_have_value("80")
    expect(square).to_have_css("object-position", "80% 25%")
    expect(point).to_be_focused()
    library.keyboard.press("ArrowRight")
    library.keyboard.press("Shift+ArrowDown")
    expect(square).to_have_css("object-position", "81% 35%")
    is_sound(library)
    library.keyboard.press("Enter")
    library.get_by_text("The focal point is kept.").wait_for()

    assert Image.objects.get().focus == (81, 35)
    expect(library.locator(".cuts__picture--lead")).to_have_css("object-position", "81% 35%")
    assert library.problems == []


def test_a_used_picture_stays_and_an_unused_one_goes(library, live_server):
    used, unused = make_image(draw.scene(2), title="Used"), make_image(draw.scene(3), title="Unused")
    make_article(headline="The story with it", lead_image=used)
    library.goto(f"{live_server.url}{LIBRARY}{used.pk}/change/")
    library.get_by_role("link", name="Delete …").click()
    library.get_by_role("heading", name="“Used” cannot be deleted").wait_for()
    expect(library.get_by_role("link", name="The story with it")).to_be_visible()
    is_sound(library)
    library.goto(f"{live_server.url}{LIBRARY}{unused.pk}/change/")
    library.get_by_role("link", name="Delete …").click()
    library.get_by_role("button", name="Delete it").click()
    library.get_by_text("“Unused” is deleted.").wait_for()

    assert list(Image.objects.values_list("title", flat=True)) == ["Used"]
    assert library.problems == []
