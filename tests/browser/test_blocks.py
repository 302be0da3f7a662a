"""What is no words in a story, put in and changed in the editor by the person who writes."""

import re
from base64 import b64encode

import pytest

from articles.models import Article
from images.models import Image
from tests.browser.test_first_story import opened, sign_in, write_body
from tests.images import draw
from tests.images.make import make_image
from tests.make import NOW, make_article, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DROP = """async ([name, type, bytes]) => {
    const area = document.querySelector(".cke_wysiwyg_div");
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], name, { type }));
    const line = area.querySelector("p");
    line.scrollIntoView({ block: "center" });
    const { left, bottom } = line.getBoundingClientRect();
    const there = { clientX: left + 5, clientY: bottom - 2, bubbles: true, cancelable: true, dataTransfer: transfer };
    line.dispatchEvent(new DragEvent("drop", there));
}"""
PASTE = """(text) => {
    const transfer = new DataTransfer();
    transfer.setData("text/plain", text);
    const event = { clipboardData: transfer, bubbles: true, cancelable: true };
    document.querySelector(".cke_wysiwyg_div").dispatchEvent(new ClipboardEvent("paste", event));
}"""


@pytest.fixture
def desk(page, live_server):
    sign_in(page, live_server, make_user())
    opened(page, f"{live_server.url}/admin/articles/article/add/")
    return page


def tool(page, name):
    return page.locator(".cke_top").get_by_role("button", name=name, exact=True)


def body(page):
    return re.sub(r"\s*\n\s*", "", page.evaluate("CKEDITOR.instances.id_body.getData()"))


def test_a_picture_from_the_library_is_placed_described_and_written_on_behind(page, live_server):
    picture = make_image(title="Reservoir", alt="", credit="")
    sign_in(page, live_server, make_user())
    opened(page, f"{live_server.url}/admin/articles/article/add/")
    write_body(page, "Before it.", "")

    tool(page, "Picture").click()
    page.get_by_role("button", name="Reservoir").click()
    page.locator(".block__card img").wait_for()
    page.keyboard.type("Behind it.")
    page.locator(".block__bar").get_by_text("Change").click()
    page.get_by_label("Pulled to the right").check()
    page.get_by_label("Alt text, for this use").fill("The shore in May")
    page.get_by_role("dialog").get_by_label("Alt text", exact=True).fill("A low shore")
    page.get_by_role("dialog").get_by_label("Credit").fill("Nora Paint")
    page.locator(".focus__place img").click(position={"x": 10, "y": 10})
    page.get_by_role("button", name="Done").click()
    page.locator(".block-dialog").wait_for(state="detached")
    page.locator("figure figcaption").click()
    page.keyboard.type("At the dam")

    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved.").first.wait_for()

    reference = f'<figure data-image="{picture.pk}" data-place="right" data-alt="The shore in May">'
    assert Article.objects.get().draft.body.replace("\n", "") == (
        f"<p>Before it.</p>{reference}<figcaption>At the dam</figcaption></figure><p>Behind it.</p>"
    )
    image = Image.objects.get()
    assert (image.alt, image.credit) == ("A low shore", "Nora Paint")
    assert image.focus_x < 20
    assert image.focus_y < 20
    assert page.problems == []


def test_pictures_dropped_onto_the_text_are_taken_in_or_refused_where_they_fell(desk, tmp_path):
    write_body(desk, "A line.", "Another line.")
    good = draw.jpeg()

    desk.evaluate(DROP, ["river.jpg", "image/jpeg", b64encode(good).decode()])
    desk.locator("figure[data-image]").first.wait_for(state="attached")
    desk.locator(".block__card img").wait_for()
    desk.evaluate(DROP, ["broken.png", "image/png", b64encode(b"no picture").decode()])
    desk.get_by_text("broken.png was not taken.").wait_for()
    desk.locator(".block__shown", has_text="broken.png").get_by_role("button", name="Remove").click()

    picture = Image.objects.get()
    figure = f'<figure data-image="{picture.pk}"></figure>'
    assert body(desk) == f"<p>A line.</p>{figure}<p>Another line.</p>"
    refused = [problem for problem in desk.problems if "422" not in problem and "409" not in problem]
    assert refused == []


def test_a_gallery_keeps_the_order_in_which_it_was_chosen(page, live_server):
    keys = [make_image(title=f"View {number}", content=draw.jpeg(80, 60 + number)).pk for number in (1, 2, 3)]
    sign_in(page, live_server, make_user())
    opened(page, f"{live_server.url}/admin/articles/article/add/")
    write_body(page, "Text.", "")

    tool(page, "Gallery").click()
    for number in (3, 1, 2):
        page.get_by_role("dialog").get_by_label(f"View {number}").check()
    page.get_by_role("button", name="Earlier: View 2").click()
    page.get_by_role("button", name="Use these 3").click()
    page.locator(".block__strip img").nth(2).wait_for()

    assert body(page) == f'<p>Text.</p><figure data-gallery="{keys[2]} {keys[1]} {keys[0]}"></figure><p></p>'
    assert page.problems == []


def test_quotes_boxes_and_notes_are_written_in_place(desk):
    write_body(desk, "The mayor said nothing will change.")
    for _ in range(4):
        desk.keyboard.press("Control+Shift+ArrowLeft")
    tool(desk, "Pull quote").click()
    desk.locator(".block__who").click()
    desk.keyboard.type("The mayor")
    desk.locator(".cke_wysiwyg_div > p").first.click()
    desk.keyboard.press("End")
    tool(desk, "Note").click()
    desk.locator("[data-words=note]").fill("See https://example.org/minutes.")
    desk.get_by_role("button", name="Use it").click()
    desk.keyboard.type(" On.")
    tool(desk, "Box").click()
    desk.keyboard.type("It began in May.")

    link = '<a href="https://example.org/minutes">https://example.org/minutes</a>'
    note = f'<small data-note="">See {link}.</small>'
    assert body(desk).replace("&nbsp;", " ") == (
        f"<p>The mayor said nothing will change.{note} On.</p>"
        '<aside data-box=""><h3>Background</h3><p>It began in May.</p></aside>'
        '<blockquote data-pull=""><p>nothing will change.</p><p><cite>The mayor</cite></p></blockquote><p></p>'
    )
    assert desk.problems == []


def test_an_address_on_its_own_line_becomes_an_embed_and_words_around_it_do_not(desk):
    film = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
    write_body(desk, "Words before.", film, "")
    desk.locator("figure[data-embed]").wait_for()
    desk.evaluate(PASTE, "https://example.org/report")
    desk.locator("figure[data-embed]").nth(1).wait_for()
    desk.keyboard.press("Control+End")
    desk.keyboard.type("See https://example.org/ too")
    desk.keyboard.press("Enter")

    saved = body(desk)

    assert saved.startswith(
        f'<p>Words before.</p><figure data-embed="{film}"></figure><figure data-embed="https://example.org/report">'
    )
    assert "<p>See https://example.org/ too</p>" in saved


def test_a_chart_is_made_of_a_pasted_table_and_changed_later(desk):
    write_body(desk, "Text.", "")

    tool(desk, "Chart").click()
    desk.get_by_label("The table").fill("Year\tRain")
    desk.get_by_role("button", name="Use it").click()
    refused = desk.get_by_role("alert").inner_text()
    desk.get_by_label("The table").fill('Year\tRain\n2020\t"5,1"\n2021\t7')
    desk.get_by_role("button", name="Use it").click()
    desk.locator(".block__card table").wait_for()
    desk.locator(".block__bar").get_by_text("Change").click()
    shown = desk.get_by_label("The table").input_value()
    desk.get_by_label("Lines").check()
    desk.get_by_role("button", name="Use it").click()

    assert refused == "A chart needs two rows and two columns at least."
    assert shown == "Year\tRain\n2020\t5,1\n2021\t7"
    rows = '<tr><th scope="row">2020</th><td>5,1</td></tr><tr><th scope="row">2021</th><td>7</td></tr>'
    head = '<tr><th scope="col">Year</th><th scope="col">Rain</th></tr>'
    table = f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
    assert body(desk) == f'<p>Text.</p><figure data-chart="line">{table}</figure><p></p>'


def test_a_story_is_linked_by_searching_for_its_headline_or_by_its_address(page, live_server, settings):
    linked = make_article(headline="The reservoir is half full", published_at=NOW)
    sign_in(page, live_server, make_user())
    opened(page, f"{live_server.url}/admin/articles/article/add/")
    write_body(page, "Text.", "")

    tool(page, "Story").click()
    page.get_by_label("Search").last.fill("reservoir")
    page.get_by_role("button", name="The reservoir is half full").click()
    cards = page.locator(".block__card", has_text="The reservoir is half full")
    cards.wait_for()
    page.keyboard.press("Enter")
    page.evaluate(PASTE, f"{settings.SITE_ADDRESS}{linked.get_absolute_url()}")
    cards.nth(1).wait_for()

    link = f'<figure data-story="{linked.pk}"></figure>'
    assert body(page).replace("<p></p>", "") == f"<p>Text.</p>{link}{link}"
    assert page.problems == []


def test_a_deleted_picture_is_a_warning_and_stays_until_somebody_removes_it(page, live_server):
    story = make_article(body='<p>Text.</p><figure data-image="999"></figure>')
    sign_in(page, live_server, make_user())

    opened(page, f"{live_server.url}/admin/articles/article/{story.pk}/change/")
    page.get_by_text("This picture is no longer in the library.").wait_for()
    before = body(page)
    page.locator(".block__bar").get_by_text("Remove").click()

    assert before.startswith('<p>Text.</p><figure data-image="999"></figure>')
    assert body(page).startswith("<p>Text.</p>")
    assert "figure" not in body(page)


def test_blocks_are_reached_and_changed_by_keyboard_and_undone(page, live_server):
    make_image(title="Reservoir")
    sign_in(page, live_server, make_user())
    opened(page, f"{live_server.url}/admin/articles/article/add/")
    write_body(page, "Before it.", "")
    tool(page, "Picture").press("Enter")
    page.get_by_role("button", name="Reservoir").press("Enter")
    page.locator(".block__card img").wait_for()

    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.get_by_label("Wider than the text").check()
    page.get_by_label("Wider than the text").press("Enter")
    page.locator(".block-dialog").wait_for(state="detached")
    placed = body(page)
    page.keyboard.press("Delete")
    gone = body(page)
    page.keyboard.press("Control+z")
    page.locator("figure[data-image]").wait_for()

    assert 'data-place="wide"' in placed
    assert "figure" not in gone
    assert 'data-place="wide"' in body(page)
