"""What a newsroom writes every day, in the form it is stored in: cleaning must not change a letter of it."""

FRAGMENTS = [
    # a morning's report
    (
        "<p>The council voted 5–4 on Tuesday to keep the ferry running through March, a decision that costs the city "
        "about $1.2&nbsp;million.</p>\n\n<p>“We heard from nurses, from fishermen &amp; from students,” said Council Member "
        '<a href="https://city.example.org/council/ortiz?term=2026&amp;tab=votes#record">Inés Ortiz</a>.</p>'
    ),
    # headings with anchors, and links to them
    (
        '<p>In this story: <a href="#text-cost">the cost</a>, <a href="#text-next">what comes next</a>.</p>\n\n'
        '<h2 id="text-cost">The cost</h2>\n\n<p>High.</p>\n\n<h3 id="text-next">What comes next</h3>\n\n<p>A vote.</p>'
    ),
    # lists in lists
    (
        "<ul>\n\t<li>Polls open at 7&nbsp;a.m.</li>\n\t<li>Bring one of:\n\t<ol>\n\t\t<li>a driver’s licence</li>\n"
        "\t\t<li>a <em>current</em> utility bill</li>\n\t</ol>\n\t</li>\n</ul>"
    ),
    '<ol start="4" reversed=""><li>Fourth</li><li>Third</li></ol>',
    # speech, verse, code
    (
        '<blockquote cite="https://court.example.org/ruling.pdf"><p>The motion is <strong>denied</strong>.</p>'
        "<p>So ordered.</p></blockquote>"
    ),
    "<pre>O say can you see\n    by the dawn’s early light</pre>",
    "<p>Type <code>git log --oneline</code> &amp; press return; if a &lt; b, stop.</p>",
    # a table of results
    (
        '<table><caption>Votes by ward</caption><thead><tr><th scope="col">Ward</th><th scope="col">Yes</th>'
        '<th colspan="2" scope="col">No, abstained</th></tr></thead><tbody><tr><th scope="row">First</th><td>1,204</td>'
        "<td>988</td><td></td></tr></tbody><tfoot><tr><td>All</td><td>1,204</td><td>988</td><td>0</td></tr></tfoot></table>"
    ),
    # other languages, other directions
    '<p lang="es">«No nos vamos», dijo la alcaldesa; ¿y después?</p>\n<p lang="ar" dir="rtl">قال الوزير إن القرار نهائي.</p>',
    "<p>東京で地震、津波の心配なし。🇯🇵 Größe, naïve, Łódź, e\u0301.</p>",
    # science and law
    (
        '<p>CO<sub>2</sub> rose by 3&nbsp;ppm<sup>1</sup>, the <abbr title="National Weather Service">NWS</abbr> said on '
        '<time datetime="2026-05-01">1 May</time>; <s>four</s> <cite>Silent Spring</cite>, <q>a fable</q>.</p>'
    ),
    # links of every kind
    (
        '<p><a href="/about/">us</a> <a href="mailto:tips@example.org?subject=A%20tip">mail</a> '
        '<a href="tel:+15550100">call</a> <a href="https://xn--bcher-kva.example/ä?q=a%20b">books</a> '
        '<a href="https://shop.example.org/" title="Paid for" rel="nofollow sponsored">an advertisement</a></p>'
    ),
    # pictures
    '<figure data-image="12"></figure>',
    (
        '<figure data-image="12"><figcaption>The <em>Aurora</em> in port. See <a href="/2026/05/01/ferry/">our report</a>.'
        "</figcaption></figure>"
    ),
    "<p>Before.</p>\n<hr>\n<p>After.<br>A new line.</p>",
]
