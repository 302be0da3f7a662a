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
    # every kind of block that a body can hold
    '<figure data-image="12" data-place="wide" data-alt="The ferry at dusk"><figcaption>Last trip.</figcaption></figure>',
    '<figure data-image="12" data-place="left"></figure><p>Beside it.</p><figure data-image="13" data-place="right"></figure>',
    '<figure data-image="12" data-alt="“Sold” &amp; gone: 5 &lt; 6"></figure>',
    '<figure data-gallery="12 15 18"><figcaption>The <strong>parade</strong>, in three pictures</figcaption></figure>',
    '<figure data-gallery="12 15"></figure>',
    '<blockquote data-pull=""><p>Nobody told us the bridge was gone.</p><p><cite>Ana Ruiz, fisher</cite></p></blockquote>',
    (
        '<aside data-box=""><h3>How we counted</h3><p>We asked <a href="/about/">all 92 counties</a>.</p>'
        "<ul><li>Eighty answered</li><li>Twelve did not</li></ul></aside>"
    ),
    '<figure data-story="45"></figure>',
    '<figure data-document="7"><figcaption>The court’s ruling, 14 pages</figcaption></figure>',
    '<figure data-document="7"></figure>',
    (
        '<figure data-embed="https://www.youtube.com/watch?v=dQw4w9WgXcQ&amp;t=30" data-title="The mayor’s speech" '
        'data-poster="12"><figcaption>From the city’s channel</figcaption></figure>'
    ),
    '<figure data-embed="https://example.org/a-page"></figure>',
    (
        '<figure data-chart="bar"><figcaption>Votes by ward</figcaption><table><thead><tr><th>Ward</th><th>Yes</th></tr>'
        "</thead><tbody><tr><td>First</td><td>1,204</td></tr><tr><td>Second</td><td>988</td></tr></tbody></table></figure>"
    ),
    (
        '<figure data-chart="line"><table><tbody><tr><th>2024</th><td>3.1</td></tr><tr><th>2025</th><td>2.8</td></tr></tbody>'
        "</table></figure>"
    ),
    (
        '<p>It fell by half.<small data-note="">State <em>Auditor</em>, <a href="https://audit.example.org/">report 12</a>.'
        "</small> Nobody noticed.</p>"
    ),
]
