"""The editor in a real browser, under the policy of the desk's pages."""

from urllib.parse import quote, urlsplit

import pytest

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator
content="Microsoft Word 15"><style>p.MsoNormal{margin:0cm}</style></head><body><!--StartFragment-->
<p class=MsoNormal style='margin-bottom:8pt'><b><span style='font-size:14.0pt;color:red'>The river</span></b><span
style='font-family:"Times New Roman"'> rose <i>again</i> overnight.<o:p></o:p></span></p>
<p class=MsoNormal><span lang=EN-US><a href="https://example.org/gauge" target="_blank">The gauge</a> says
so.<o:p>&nbsp;</o:p></span></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><!--EndFragment--></body></html>"""

PASTE = """([area, html]) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", "plain");
    area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""

TOLD = """() => {
    window.told = new Promise((resolve) => {
        addEventListener("body:change", (event) => resolve(event.detail), { once: true });
    });
}"""


@pytest.fixture
def write(live_server, page, settings):
    """Opens the page for writing and waits for the editor; checks afterwards that nothing went wrong in it."""
    settings.ROOT_URLCONF = "tests.browser.body_urls"
    hosts = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc) if request.url[:4] == "http" else None)

    def open_with(body=""):
        page.goto(f"{live_server.url}/write/?body={quote(body)}")
        area = page.get_by_role("textbox", name="Body")
        area.wait_for()
        page.wait_for_selector(".cke_wysiwyg_div")
        return page.locator(".cke_wysiwyg_div")

    yield open_with
    assert page.problems == []
    assert hosts == {urlsplit(live_server.url).netloc}


def test_what_is_typed_is_saved_as_clean_html(write, page):
    area = write()

    area.click()
    page.keyboard.type("First paragraph & more")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+b")
    page.keyboard.type("Loud")
    page.keyboard.press("Control+b")
    page.keyboard.type(" and quiet")
    page.get_by_role("button", name="Save").click()

    saved = page.locator("output").text_content()
    assert saved == "<p>First paragraph &amp; more</p>\n\n<p><strong>Loud</strong> and quiet</p>"


def test_typing_tells_the_page_and_counts_the_words(write, page):
    area = write("<p>One two</p>")
    page.evaluate(TOLD)

    before = page.locator("#words").text_content()
    area.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" three")
    told = page.evaluate("told")

    assert before == "2 words · 1 min read"
    assert told == {"html": "<p>One two three</p>\n", "words": 3}
    assert page.locator("textarea").input_value() == "<p>One two three</p>\n"
    assert page.locator("#words").text_content() == "3 words · 1 min read"


def test_a_paste_from_word_gives_clean_paragraphs(write, page):
    area = write()

    area.click()
    page.evaluate(PASTE, [area.element_handle(), WORD])
    page.wait_for_selector(".cke_wysiwyg_div p strong")
    page.get_by_role("button", name="Save").click()

    assert page.locator("output").text_content() == (
        "<p><strong>The river</strong> rose <em>again</em> overnight.</p>\n\n"
        '<p><a href="https://example.org/gauge">The gauge</a> says so.</p>'
    )


def test_every_tool_opens_under_the_policy(write, page):
    area = write("<p>Word</p><table><tbody><tr><td>cell</td></tr></tbody></table>")

    for tool in ("Link", "Table", "Insert Special Character", "Find"):
        area.locator("p").first.click()
        page.locator(".cke_top").get_by_role("button", name=tool, exact=tool in {"Link", "Table"}).first.click()
        page.locator(".cke_dialog:visible").wait_for()
        page.keyboard.press("Escape")
        page.locator(".cke_dialog:visible").wait_for(state="hidden")
    area.locator("p").first.click()
    page.locator(".cke_combo_button").click()
    page.frame_locator("iframe.cke_panel_frame").get_by_role("option", name="Heading 2").click()

    assert area.locator("h2").text_content() == "Word"


def test_the_editors_menu_is_for_tables_and_the_browsers_for_words(write, page):
    area = write("<p>Word</p><table><tbody><tr><td>cell</td></tr></tbody></table>")

    area.locator("p").first.click(button="right")
    over_words = page.locator(".cke_menu_panel:visible").count()
    page.keyboard.press("Escape")
    area.locator("td").first.click(button="right")
    page.locator(".cke_menu_panel:visible").wait_for()

    assert over_words == 0


def test_what_is_kept_of_a_story_survives_the_editor(write, page):
    story = (
        '<h2 id="text-one">One</h2>\n\n<p>It <em>is</em> a <a href="/about/">fact</a><sup>1</sup>.</p>\n\n'
        '<figure data-image="12"><figcaption>The <strong>river</strong></figcaption></figure>\n\n'
        '<blockquote cite="https://example.org/">\n<p>So it was.</p>\n</blockquote>'
    )

    write(story)
    page.get_by_role("button", name="Save").click()

    from richtext import clean

    saved = page.locator("output").text_content()
    assert " ".join(saved.split()).replace("> <", "><") == " ".join(clean(story).split()).replace("> <", "><")


def test_a_hostile_text_does_nothing_in_the_editor(write, page):
    area = write('<p onclick="alert(1)">a<img src=x onerror="document.title=1"><script>document.title = 2</script></p>')

    assert (area.inner_text().strip(), page.title()) == ("a", "Write")


def test_the_words_are_counted_as_the_server_counts_them(write, page):
    from richtext import word_count

    write()
    texts = [
        '<p>The bri<small data-note="">By Ana</small>dge <em>is</em>n’t 5 – no, 1<small>9</small>02</p><p>open</p>',
        '<figure data-image="3" data-alt="not read"><figcaption>One <em>cap</em>tion</figcaption></figure><p>a</p>',
        '<aside data-box=""><h3>Box</h3><ul><li>one</li><li>two<br>three</li></ul></aside><p>a</p>',
        '<figure data-chart="bar"><figcaption>t</figcaption><table><tr><td>1</td><td>2</td></tr></table></figure>',
    ]

    counted = page.evaluate(
        """async (texts) => {
            const { countWords } = await import(document.querySelector("script[src*='richtext/body']").src);
            return texts.map(countWords);
        }""",
        texts,
    )

    assert counted == [word_count(html) for html in texts] == [9, 3, 5, 3]


def test_without_javascript_the_text_area_works(browser, live_server, settings):
    settings.ROOT_URLCONF = "tests.browser.body_urls"
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{live_server.url}/write/")
    page.get_by_label("Body").fill("Bare text\n")
    page.get_by_role("button", name="Save").click()

    assert page.locator("output").text_content() == "<p>Bare text\n</p>".replace("\n", "")
    context.close()
