"""What programs put on the clipboard, in their manner but of our own writing, and the text that is meant by it."""

import re
from pathlib import Path

HERE = Path(__file__).parent
PROGRAMS = sorted(path.stem for path in HERE.glob("*.html"))

MEANT = {
    "google-docs": (
        "<h2>The river</h2><p><strong>Loud</strong> and <em>slanted</em> words, <strong><em>both</em></strong>, a "
        '<a href="https://example.org/gauge?a=1&amp;b=2">gauge</a> and H<sub>2</sub>O.</p><p><s>Gone</s> now.</p>'
        "<ul><li>One<ul><li>inner</li></ul></li><li><strong>Two</strong></li></ul>"
        "<table><tbody><tr><td><p><strong>Ward</strong></p></td><td><p>1,204</p></td></tr></tbody></table>"
    ),
    "libreoffice": (
        "<h2>The river</h2><p><strong>Loud</strong> and <em>slanted</em> words, a "
        '<a href="https://example.org/gauge">gauge</a>.</p>'
        "<ul><li><p>One</p><ul><li><p>inner</p></li></ul></li><li><p><strong>Two</strong></p></li></ul>"
        "<p>1 May at the <em>end</em>.</p>"
    ),
    "newspaper": (
        '<h2>The river rose</h2><p>By <a href="https://paper.example.com/by/ana">Ana Ruiz</a></p>'
        "<figure><figcaption>The river. Photo: N. Paint</figcaption></figure>"
        "<p>The river <strong>rose</strong> <em>again</em>, "
        '<a href="https://paper.example.com/gauge?smid=x">the gauge</a> says.</p>'
        "<p>It <strong>fell</strong> on Monday."
        '<sup><a href="#text-fn1">1</a></sup></p>'
        "<blockquote><p>“Nobody told us.”</p></blockquote>"
        '<ul><li><a href="https://paper.example.com/2">More</a></li></ul><p>E-mail</p>'
    ),
    "outlook": (
        "<p>Dear <strong>desk</strong>,</p>"
        '<p>See <a href="https://example.org/gauge">the gauge</a> or write to '
        '<a href="mailto:ana@example.org">ana@example.org</a>.</p>'
        "<p><strong>From:</strong> Ana Ruiz &lt;ana@example.org&gt;<br><strong>Sent:</strong> Friday, May 1, 2026</p>"
    ),
    "pages": (
        "<p><strong>Loud</strong> and <em>slanted</em> words,&nbsp; a "
        '<a href="https://example.org/gauge">gauge</a>.</p><ul><li>One</li><li>Two</li></ul><p>The end.</p>'
    ),
    "word": (
        "<h2>The river</h2><p><strong>Loud</strong> and <em>slanted</em> words run over a&nbsp;line, said Ana Ruiz of "
        'Springfield.</p><p><a href="https://example.org/gauge?a=1&amp;b=2" title="The gauge">The gauge</a> says so. '
        "Twice.</p><p>The end.</p>"
    ),
    "word-changes": ('<p>The vote was 5–4, she said.<small data-note="">Minutes of the <em>council</em>.</small></p>'),
    "word-lists": (
        "<p>Bring:</p><ul><li>A <strong>warm</strong> coat<ul><li>wool</li></ul></li><li>Water</li></ul>"
        "<p>Then:</p><ol><li>Walk</li><li>Rest</li></ol><p>Done.</p>"
    ),
    "word-table": (
        "<table><tbody><tr><td><p><strong>Ward</strong></p></td><td><p><strong>Votes</strong></p></td></tr>"
        "<tr><td><p>First</p></td><td><p>1,204</p></td></tr></tbody></table><p>A picture:</p>"
    ),
}


def clipboard(program):
    return (HERE / f"{program}.html").read_text()


def compact(html):
    """Without the lines and spaces that nobody sees: between blocks, and at their ends."""
    block = r"</?(?:p|h[2-4]|ul|ol|li|table|thead|tbody|tr|td|th|blockquote|figure|figcaption|hr|br)\b[^>]*>"
    html = re.sub(rf"\s*({block})\s*", r"\1", " ".join(html.split(" ")))
    return re.sub(r"\s+(</small>)", r"\1", re.sub(r"[ \t\n]+", " ", html)).strip()
