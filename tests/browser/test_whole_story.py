"""A story with everything a story can hold: written by an editor, read by a reader, nothing loaded but by a click."""

import re
from base64 import b64encode
from urllib.parse import urlsplit

import pytest

from images.models import Image
from images.renditions import complete
from tests.browser.test_blocks import DROP, PASTE, tool
from tests.browser.test_first_story import opened, published, sign_in, write_body
from tests.images import draw
from tests.images.make import make_image
from tests.make import NOW, make_article, make_author, make_section, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FILM = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
SHIFTS = """() => new Promise((done) => {
    let sum = 0;
    const add = (list) => list.getEntries().forEach((entry) => (sum += entry.value));
    new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 400);
})"""


@pytest.fixture
def written(either_storage, page, live_server):
    """The address of a published story, put together in the editor; its files on the disk, and in a bucket."""
    make_section("Water")
    make_author("Ada Writer")
    make_article(headline="The dam is old", published_at=NOW)
    for number in (1, 2):
        make_image(draw.jpeg(300, 200 + 40 * number), title=f"View {number}", alt=f"View {number} of the lake")
    sign_in(page, live_server, make_user())
    opened(page, f"{live_server.url}/admin/articles/article/add/")
    page.get_by_label("Headline").fill("The reservoir is half full")
    page.get_by_label("In summary").fill("After two dry winters the largest reservoir stands at half.")
    page.get_by_label("Name").first.fill("Ada Writer")
    page.get_by_label("Section").select_option("Water")
    write_body(page, "The water stood at half on Monday.", "Farmers plan for less.")
    drop_a_picture(page)
    fill_with_blocks(page)
    published(page)
    complete(Image.objects.get(alt="A low shore"))  # as the worker does
    return live_server.url + page.get_by_role("link", name="See it as readers do").get_attribute("href")


def drop_a_picture(page):
    page.evaluate(DROP, ["shore.jpg", "image/jpeg", b64encode(draw.jpeg(1000, 667)).decode()])
    page.locator(".block__card img").wait_for()
    page.locator(".block__bar").get_by_text("Change").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Wider than the text").check()
    dialog.get_by_label("Alt text, for this use").fill("The shore in May")
    dialog.get_by_label("Alt text", exact=True).fill("A low shore")
    dialog.get_by_label("Credit").fill("Nora Paint for the paper")
    dialog.locator(".focus__place img").click(position={"x": 5, "y": 5})
    dialog.get_by_role("button", name="Done").click()
    dialog.wait_for(state="detached")
    page.locator("figure figcaption").click()
    page.keyboard.type("The lowest level since 1977")


def fill_with_blocks(page):
    last = page.locator(".cke_wysiwyg_div > p").last
    last.click()
    page.keyboard.press("End")
    tool(page, "Note").click()
    page.locator("[data-words=note]").fill("By the count of the state.")
    page.get_by_role("button", name="Use it").click()
    page.keyboard.press("Enter")
    page.evaluate(PASTE, FILM)
    page.locator("figure[data-embed]").wait_for()
    page.locator(".block__bar", has_text="Embed").get_by_text("Change").click()
    page.get_by_role("dialog").get_by_label("Title").fill("Film: the shore from above")
    page.get_by_role("button", name="Use it").click()
    page.get_by_role("dialog").wait_for(state="detached")
    page.locator(".cke_wysiwyg_div > p").last.click()
    tool(page, "Gallery").click()
    for number in (1, 2):
        page.get_by_role("dialog").get_by_label(f"View {number}").check()
    page.get_by_role("button", name="Use these 2").click()
    page.locator(".block__strip img").nth(1).wait_for()
    tool(page, "Chart").click()
    page.get_by_label("The table").fill("Year\tLevel\n2024\t71\n2025\t50")
    page.get_by_role("button", name="Use it").click()
    page.locator(".block__card table").wait_for()
    tool(page, "Story").click()
    page.get_by_role("dialog").get_by_role("button", name="The dam is old").click()
    page.locator(".block__card", has_text="The dam is old").wait_for()
    tool(page, "Pull quote").click()
    page.keyboard.type("Tell me, and I can farm.")
    tool(page, "Box").click()
    page.keyboard.type("The lake was filled in 1958.")


def reader(browser, *, width=1280, **options):
    """Somebody who has never been here, and every host their browser asked for something."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.route(lambda address: "127.0.0.1" not in address and "localhost" not in address, lambda route: route.abort())
    return page, asked


def elsewhere(asked):
    return {urlsplit(address).hostname for address in asked if address.startswith("http")} - {"localhost", "127.0.0.1"}


def shifts_on_a_phone(written, browser):
    page, _ = reader(browser, width=390)
    page.goto(written)
    page.wait_for_load_state("networkidle")
    found = page.evaluate(SHIFTS)
    page.context.close()
    return found


def read_without_scripts(written, browser):
    page, asked = reader(browser, java_script_enabled=False)
    page.goto(written)

    film = page.get_by_role("link", name="Film: the shore from above")
    mark = page.locator(".prose a[href^='#']").first
    mark.click()

    assert film.get_attribute("href") == FILM
    assert page.locator(".prose table").text_content().split() == ["Year", "Level", "2024", "71", "2025", "50"]
    assert "#" in page.url
    assert elsewhere(asked) == set()
    page.context.close()


def test_readers_see_everything_and_load_nothing_from_elsewhere_before_a_click(written, browser):
    read_without_scripts(written, browser)
    page, asked = reader(browser)
    answer = page.goto(written)
    page.wait_for_load_state("networkidle")

    shore = page.get_by_role("img", name="The shore in May")
    policy = answer.headers["content-security-policy"]
    before = elsewhere(asked)
    shifts = [page.evaluate(SHIFTS), shifts_on_a_phone(written, browser)]
    widths = [int(width) for width in re.findall(r" (\d+)w", shore.get_attribute("srcset"))]
    types = page.locator("picture:has(img[alt='The shore in May']) source").evaluate_all(
        "all => all.map((one) => one.type)"
    )
    text = page.locator(".prose").inner_text()
    page.get_by_role("button", name="Show it here").click()
    frame = page.locator("iframe")

    assert before == set()
    assert shifts == [0, 0]
    assert widths == [320, 480, 640, 960, 1000]
    assert types == ["image/webp"]
    for part in (
        "The lowest level since 1977",
        "Nora Paint for the paper",
        "Tell me, and I can farm.",
        "The lake was filled in 1958.",
        "By the count of the state.",
        "The dam is old",
    ):
        assert part in text
    assert page.get_by_role("img", name=re.compile("View [12] of the lake")).count() == 2
    assert re.search(r"frame-src https://www\.youtube-nocookie\.com(;|$)", policy)
    assert frame.get_attribute("title") == "Film: the shore from above"
    assert elsewhere(asked) == {"www.youtube-nocookie.com"}
    image = Image.objects.get(alt="A low shore")
    assert max(image.focus_x, image.focus_y) < 10
    page.context.close()


def test_a_reference_to_what_readers_may_not_see_is_nothing_to_them(live_server, browser, db):
    hidden = make_article(headline="Not yet for readers")
    story = make_article(body=f'<p>Text.</p><figure data-story="{hidden.pk}"></figure>', published_at=NOW)
    page, _ = reader(browser)

    page.goto(live_server.url + story.get_absolute_url())

    assert page.locator(".prose").inner_text().strip() == "Text."
    page.context.close()
