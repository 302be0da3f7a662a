import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richtext import clean, sanitiser

NEWSROOM = """<h2 id="text-bridge">The bridge</h2>

<p>It is “closed” &amp; stays so, said <a href="/authors/ana/">Ana</a>: 5&nbsp;m &lt; 6&nbsp;m.<br>No <em>more</em>.</p>
<ul>
\t<li>One <strong>loud</strong> thing</li>
\t<li>Another
\t<ol start="3" reversed="">
\t\t<li>nested</li>
\t</ol>
\t</li>
</ul>
<blockquote cite="https://example.org/speech">
<p lang="es">Así fue.</p>
</blockquote>
<table>
<caption>Levels</caption>
<thead>
<tr><th scope="col">Day</th><th colspan="2" scope="col">Level</th></tr>
</thead>
<tbody>
<tr><td>Monday</td><td rowspan="2">3.2</td><td></td></tr>
</tbody>
</table>
<figure data-image="12"><figcaption>The <em>old</em> bridge</figcaption></figure>
<figure data-image="12" data-place="wide" data-alt="A bridge &amp; a “river”" lang="es"></figure>
<figure data-gallery="12 15 18"><figcaption>Three bridges</figcaption></figure>
<figure data-story="45"></figure>
<figure data-document="7"><figcaption>The report</figcaption></figure>
<figure data-embed="https://www.youtube.com/watch?v=a&amp;t=1" data-title="A film" data-poster="12"></figure>
<figure data-chart="column"><figcaption>Levels</figcaption>
<table>
<thead>
<tr><th>Day</th><th>m</th></tr>
</thead>
<tbody>
<tr><th scope="row">Monday</th><td>3.2<small data-note="">At noon</small></td></tr>
</tbody>
</table>
</figure>
<blockquote data-pull="">
<p>Así fue.</p>
<p><cite>Ana Paz</cite></p>
</blockquote>
<aside data-box="">
<h3>In short</h3>
<ul>
<li>It is shut.</li>
</ul>
<figure data-image="15"></figure>
</aside>
<hr>
<pre>a
  b</pre>
<p>H<sub>2</sub>O<sup id="text-ref1"><a href="#text-note1">1</a></sup>, <abbr title="as soon as possible">ASAP</abbr>,
<time datetime="2026-05-01T09:00Z">1 May</time>,
<a href="https://example.org/?a=1&amp;b=2" rel="sponsored">ad</a>,
<a href="mailto:desk@example.org">mail</a>, <a href="tel:+15551234">phone</a>,
<s>old</s> <code>x</code><small data-note="">See <a href="/a/">the <em>report</em></a>.</small> <q>so</q></p>"""


CELL = "<table><tbody><tr><td>1</td></tr></tbody></table>"


def test_newsroom_html_stays_as_it_is():
    assert clean(NEWSROOM) == NEWSROOM


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        # nothing that runs
        ("<p>a<script>alert(1)</script>b<style>p{}</style></p>", "<p>ab</p>"),
        ('<p onclick="x()" style="color:red" class="y">a</p>', "<p>a</p>"),
        ('<a href="javascript:alert(1)">text</a>', "<p>text</p>"),
        ('<a href="&#106;ava\nscript:alert(1)">text</a>', "<p>text</p>"),
        ('<a href=" data:text/html,x">text</a>', "<p>text</p>"),
        ('<a href="/\\evil.example">text</a>', "<p>text</p>"),
        ('<a href="https://bank.example@evil.example/">text</a>', "<p>text</p>"),
        ("<p>a<img src=x onerror=alert(1)>b<iframe src=//x>c</iframe></p>", "<p>ab</p>"),
        ('<svg><style><a title="</style><img src onerror=x>">z</svg>', ""),
        ("<p>a<!-- b --><![if x]>c<![endif]--></p>", "<p>ac</p>"),
        # links
        ("<a href=//example.org/x>a</a>", '<p><a href="https://example.org/x">a</a></p>'),
        (
            "<a href='?q=1&copy=2' target=_blank rel='noopener ugc'>a</a>",
            '<p><a href="?q=1&amp;copy=2" rel="ugc">a</a></p>',
        ),
        ("<a href=x>a<a href=y>b</a></a>", '<p><a href="x">a</a><a href="y">b</a></p>'),
        ("<a href='#top'>a</a>", '<p><a href="#text-top">a</a></p>'),
        ("<a name=x>a</a>", "<p>a</p>"),
        # ids
        ("<h2 id=one>a</h2><h3 id=one>b</h3>", '<h2 id="text-one">a</h2><h3>b</h3>'),
        ("<h2 id='a b'>a</h2>", "<h2>a</h2>"),
        ("<sup id=a>b<p>c</p>", '<p><sup id="text-a">b</sup></p><p><sup>c</sup></p>'),
        # the same under another name
        ("<h1>a</h1><h6>b</h6>", "<h2>a</h2><h4>b</h4>"),
        ("<b>a</b> <i>b</i> <strike>c</strike>", "<p><strong>a</strong> <em>b</em> <s>c</s></p>"),
        ("<b style='font-weight:normal'>a <b>b</b></b>", "<p>a <strong>b</strong></p>"),
        ("<div>a<div>b</div><span>c</span></div>", "<p>a</p><p>b</p><p>c</p>"),
        ("<marquee>a</marquee><o:p>b</o:p>", "<p>ab</p>"),
        # shells
        ("<p>&nbsp;</p><p><b> </b></p><p>a<i></i></p><h2></h2><ul><li></ul><p>\u200b</p>", "<p>a</p>"),
        ("<p>a<b> </b>b</p>", "<p>a b</p>"),
        ("<ul><li>a<p></p>b</ul>", "<ul><li>a\nb</li></ul>"),
        # shape
        ("a<p>b</p>c", "<p>a</p><p>b</p><p>c</p>"),
        ("<a href=x><h3>a</h3></a>", '<h3><a href="x">a</a></h3>'),
        ("<b>a<i>b</b>c</i>", "<p><strong>a<em>b</em></strong><em>c</em></p>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul>a<p>b</ul>", "<ul><li>a<p>b</p></li></ul>"),
        ("<li>a<li>b", "<ul><li>a</li><li>b</li></ul>"),
        (
            "<table>a<tr>b<td>c</table>",
            "<table><tbody><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr></tbody></table>",
        ),
        ("<td>a</td><td>b</td>", "<p>a</p><p>b</p>"),
        ("<table><td colspan=0 rowspan=1000>a</table>", "<table><tbody><tr><td>a</td></tr></tbody></table>"),
        # references
        ("<figure data-image=3>a</figure>b", '<figure data-image="3"></figure><p>a</p><p>b</p>'),
        ("<figure data-image='3 4' data-x=1>a</figure>", "<p>a</p>"),
        ("<figure data-image><figcaption>a</figcaption></figure>", "<p>a</p>"),
        (
            "<figure data-alt=' a\nb&#10;\"' data-image=3 data-place=top data-title=x>",
            '<figure data-image="3" data-alt="a b &quot;"></figure>',
        ),
        ("<figure data-alt='' data-place=left data-image=3>", '<figure data-image="3" data-place="left"></figure>'),
        (
            "<figure data-image=3><figcaption><p>a</p><div>b</div>c<ul><li>d</ul></figcaption></figure>",
            '<figure data-image="3"><figcaption>a bc</figcaption></figure><ul><li>d</li></ul>',
        ),
        ("<figure><figure data-image=3></figure>a</figure>", '<figure data-image="3"></figure><p>a</p>'),
        (
            "<figure data-image=3><figure data-image=4>",
            '<figure data-image="3"></figure><figure data-image="4"></figure>',
        ),
        ("<figure data-gallery='5 x 5 06 7 -8'>", '<figure data-gallery="5 7"></figure>'),
        ("<figure data-gallery='5 5' data-place=wide>", '<figure data-image="5"></figure>'),
        ("<figure data-gallery=' '>a", "<p>a</p>"),
        (
            f"<figure data-gallery='{' '.join(map(str, range(1, 30)))}'>",
            f'<figure data-gallery="{" ".join(map(str, range(1, 21)))}"></figure>',
        ),
        ("<figure data-story=4><figcaption>a</figcaption></figure>", '<figure data-story="4"></figure><p>a</p>'),
        ("<figure data-embed='javascript:alert(1)' data-title=a>", ""),
        ("<figure data-embed='/about/'><figcaption>a", "<p>a</p>"),
        ("<figure data-embed=//x.org/y>", '<figure data-embed="https://x.org/y"></figure>'),
        ("<figure data-embed='https://a@x.org/'>", ""),
        ("<figure data-embed=x data-image=3 data-title=a>", '<figure data-image="3"></figure>'),
        (
            "<figure data-chart=bar><table><td>1</table><figcaption>a",
            f'<figure data-chart="bar"><figcaption>a</figcaption>{CELL}</figure>',
        ),
        (
            "<figure data-chart=bar>a<table><tr><td>1</table></figure>",
            f"<p>a</p>{CELL}",
        ),
        ("<figure data-chart=pie><figcaption>a</figcaption></figure>b", "<p>a</p><p>b</p>"),
        ("<figure data-chart=bar></figure>", ""),
        # pull quotes and boxes
        (
            "<blockquote data-pull=x>a<ul><li>b</ul>c</blockquote>d",
            '<blockquote data-pull=""><p>a</p></blockquote><ul><li>b</li></ul><p>c</p><p>d</p>',
        ),
        ("<blockquote>a<blockquote data-pull>b", "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>"),
        (
            "<aside>a</aside><aside data-box>b<aside data-box>c</aside>d</aside>e",
            '<p>a</p><aside data-box=""><p>b</p><p>c</p><p>d</p></aside><p>e</p>',
        ),
        ("<ul><li>a<aside data-box>b</aside></ul>", "<ul><li>a<p>b</p></li></ul>"),
        (
            "<aside data-box><blockquote data-pull>a</aside>",
            '<aside data-box=""><blockquote><p>a</p></blockquote></aside>',
        ),
        # footnotes
        ("<p>a<small>b</small> c<small data-note> </small>d</p>", "<p>ab cd</p>"),
        (
            "<p><b>a<small data-note>b <i>c</i><br>d <small data-note>e</small>f</small>g</b></p>",
            '<p><strong>a</strong><small data-note="">b <em>c</em> d ef</small><strong>g</strong></p>',
        ),
        (
            "<a href=x>a<small data-note><a href=y>b</a></small></a>",
            '<p><a href="x">a</a><small data-note=""><a href="y">b</a></small></p>',
        ),
        ("<h2>a<small data-note>b</h2>c", '<h2>a<small data-note="">b</small></h2><p>c</p>'),
        ("<p>a<small data-note>b<ul><li>c</ul>", '<p>a<small data-note="">b</small></p><ul><li>c</li></ul>'),
        ("<small data-note><p>a</p></small>b", '<p><small data-note="">a</small></p><p>b</p>'),
        # shape, and nothing lost
        ("<pre>\n\na\n b</pre>", "<pre>a\n b</pre>"),
        # broken, and nothing lost
        ("a < b & c <3 d", "<p>a &lt; b &amp; c &lt;3 d</p>"),
        ('<p>a <a href="x', '<p>a &lt;a href="x</p>'),
        ('<p title="x>a</p>', "<p>a</p>"),
        ("<!-- a", "<p>&lt;!-- a</p>"),
        ("<style>a", "<p>a</p>"),
        ("a\x00b\x1bc\ud800d&#0;e\r\nf", "<p>abcd\ufffde\nf</p>"),
        ("<p>\u202eabc</p>", "<p>\u202eabc</p>"),
        ("", ""),
    ],
)
def test_clean_keeps(given, kept):
    assert clean(given) == kept


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<h1>",
        "</h2>",
        "<ul>",
        "</ul>",
        "<ol",
        "start=2>",
        "<li>",
        "</li>",
        "<blockquote>",
        "</blockquote>",
        "<table>",
        "<caption>",
        "<tbody>",
        "<tr>",
        "<td>",
        "<th>",
        "</td>",
        "</tr>",
        "</table>",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<a",
        "href=x>",
        "<a",
        "href=//h>",
        "</a>",
        "<code>",
        "<pre>",
        "</pre>",
        "<br>",
        "<hr>",
        "<figure>",
        "<figure",
        "data-image=3>",
        "<figcaption>",
        "</figcaption>",
        "</figure>",
        "<figure data-gallery='3 4'>",
        "<figure data-gallery=3",
        "<figure data-story=4>",
        "<figure data-document=4>",
        "<figure data-embed=https://x.org/ data-title='&quot;a'>",
        "<figure data-embed=x>",
        "<figure data-chart=bar>",
        "<blockquote data-pull>",
        "<aside data-box>",
        "<aside>",
        "</aside>",
        "<small data-note>",
        "<small>",
        "</small>",
        "<span>",
        "<script>",
        "</script>",
        "<svg>",
        "<style>",
        "<!--",
        "-->",
        "<q>",
        "&nbsp;",
        "&amp;",
        "&",
        "<",
        ">",
        '"',
        "a",
        "bc",
        "<a",
        'href="http://[x">',
        "<p",
        "id=fn1",
        "lang=en>",
        "&#0;",
        "&#x1f600;",
        "\\n",
    ]
).map(lambda piece: piece.replace("\t", " ").replace("\\n", " \n "))


@given(st.lists(st.one_of(PIECES, PIECES, PIECES, st.text(max_size=8)), max_size=60).map("".join))
@settings(max_examples=400, deadline=None)
def test_clean_twice_is_clean_once(html):
    once = clean(html)

    assert clean(once) == once
    assert sanitiser.CLEANER.clean(once) == once


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_clean_takes_any_text(html):
    assert isinstance(clean(html), str)


@pytest.mark.parametrize(
    "piece",
    [
        "<div>",
        "<b>",
        "<blockquote>",
        "<ul><li>",
        "<table><tr><td>",
        "<p>x",
        "&",
        "<",
        '<a "',
        "<!--",
        "<small data-note>x",
        "<b>x<small data-note>y</small>",
        "<figure data-chart=bar><table><tr><td>1</td></tr></table><figcaption>x</figcaption></figure>",
        "<figure data-image=3><figcaption>",
        "<aside data-box><p>x",
        "<blockquote data-pull>x",
    ],
)
def test_a_hostile_megabyte_costs_no_more_than_its_length(piece):
    def seconds(size):
        start = time.process_time()
        clean(piece * (size // len(piece)))
        return time.process_time() - start

    seconds(10_000)

    assert seconds(1_000_000) < 12 * max(seconds(250_000), 0.02)


def test_a_panic_in_the_sanitiser_is_answered_with_plain_paragraphs(monkeypatch):
    class PanicException(BaseException):
        """As pyo3 raises it."""

    class Panicking:
        def clean(self, html):
            raise PanicException

    monkeypatch.setattr(sanitiser, "CLEANER", Panicking())

    assert clean("<p>One <b>& two</b></p><p>three</p>") == "<p>One &amp; two</p>\n<p>three</p>"


def test_nothing_but_a_panic_is_caught(monkeypatch):
    class Interrupted:
        def clean(self, html):
            raise KeyboardInterrupt

    monkeypatch.setattr(sanitiser, "CLEANER", Interrupted())

    with pytest.raises(KeyboardInterrupt):
        clean("<p>a</p>")
