"""What comes over the clipboard from where people write, in the real editor, until it is saved."""

from urllib.parse import urlsplit

import pytest

from richtext import clean
from tests.browser.hostile import WATCH
from tests.corpora import sampled
from tests.richtext.pasted import MEANT, PROGRAMS, clipboard, compact

PASTE = """([html, plain]) => new Promise((resolve) => {
  const editor = Object.values(CKEDITOR.instances)[0];
  editor.setData("", () => {
    editor.focus();
    editor.once("afterPaste", () => setTimeout(() => resolve(editor.getData()), 0));
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    data.setData("text/plain", plain);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    editor.editable().$.dispatchEvent(event);
    setTimeout(() => resolve(editor.getData()), 1500);
  });
})"""


@pytest.fixture
def paste(live_server, page, settings):
    """Pastes into the editor and answers with what it would send; checks that nothing ran and nothing was asked for."""
    settings.ROOT_URLCONF = "tests.browser.body_urls"
    hosts = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc) if request.url[:4] == "http" else None)
    page.add_init_script(WATCH)
    page.goto(f"{live_server.url}/write/")
    page.wait_for_selector(".cke_wysiwyg_div")

    yield lambda html, plain="plain": page.evaluate(PASTE, [html, plain])

    assert (page.evaluate("seen"), page.problems, hosts) == ([], [], {urlsplit(live_server.url).netloc})


def test_a_paste_from_each_program_becomes_what_is_meant(paste):
    pasted = {program: paste(clipboard(program)) for program in PROGRAMS}

    assert {program: compact(clean(html)) for program, html in pasted.items()} == MEANT
    assert [program for program, html in pasted.items() if "<p></p>" in html or "<p>&nbsp;</p>" in html] == []


def test_a_paste_of_plain_text_becomes_paragraphs(paste):
    pasted = paste("", "# The river\n\nLoud & <b>.\nNext line.\n\n- one\n- two\n\n\n\nThe end.")

    assert compact(clean(pasted)) == (
        "<p># The river</p><p>Loud &amp; &lt;b&gt;.<br>Next line.</p><p>- one<br>- two</p><p>The end.</p>"
    )


@pytest.mark.parametrize(
    "wrapped",
    [
        "{}",
        '<b style="font-weight:normal" id="docs-internal-guid-1">{}</b>',
        (
            "<html xmlns:o='urn:schemas-microsoft-com:office:office'><meta name=Generator content='Microsoft Word 15'>"
            "<p class=MsoNormal style='mso-bidi-font-size:1pt'>{}</p></html>"
        ),
        '<meta name="generator" content="LibreOffice 7.6.4.1 (Linux)"/>{}',
    ],
)
def test_a_hostile_paste_does_nothing(paste, wrapped):
    separator = (
        "\n\"'>--></style></script></title></textarea></xmp></noscript></svg></math></template></select></form><p>"
    )
    vectors = [vector.html for vector in sampled() if "\0" not in vector.html and "\ud83d" not in vector.html]

    for start in range(0, len(vectors), 100):
        paste(wrapped.format(separator.join(vectors[start : start + 100])))
