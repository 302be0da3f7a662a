"""Clean bodies for property tests: few words, so that texts resemble each other and repeat themselves."""

from hypothesis import strategies as st

from richtext import clean

WORDS = st.sampled_from(
    ["the", "bridge", "is", "closed", "open", "&amp;", "5&nbsp;m", "día", "“so”,", "a-b", "e\u0301."]
)
INLINES = st.sampled_from(
    [
        "{}",
        "<strong>{}</strong>",
        "<em>{}</em>",
        '<a href="https://a.example/">{}</a>',
        '<a href="/b/" rel="nofollow"><strong>{}</strong></a>',
        "{}<br>{}",
        "H<sub>{}</sub>O",
    ]
)


@st.composite
def phrases(draw):
    words = " ".join(draw(st.lists(WORDS, min_size=1, max_size=6)))
    return draw(INLINES).format(words, words)


@st.composite
def blocks(draw):
    inside = " ".join(draw(st.lists(phrases(), min_size=1, max_size=3)))
    more = draw(phrases())
    return draw(
        st.sampled_from(
            [
                f"<p>{inside}</p>",
                f"<p>{more}</p>",
                f"<h2>{more}</h2>",
                f"<ul><li>{inside}</li><li>{more}</li></ul>",
                f"<ol><li>{more}<ul><li>{inside}</li></ul></li></ol>",
                f"<blockquote><p>{inside}</p><p>{more}</p></blockquote>",
                f"<pre>{more}\n  {more}</pre>",
                "<hr>",
                f'<figure data-image="1"><figcaption>{more}</figcaption></figure>',
                '<figure data-image="2"></figure>',
                '<figure data-image="1" data-place="wide" data-alt="a"></figure>',
                f'<figure data-gallery="1 2 3"><figcaption>{more}</figcaption></figure>',
                '<figure data-gallery="3 1"></figure>',
                '<figure data-story="4"></figure>',
                f'<figure data-embed="https://a.example/" data-title="t"><figcaption>{more}</figcaption></figure>',
                '<figure data-embed="https://a.example/" data-poster="2"></figure>',
                f'<figure data-chart="bar"><figcaption>{more}</figcaption><table><td>a<td>1</table></figure>',
                '<figure data-chart="line"><table><tr><td>a</td><td>2</td></tr></table></figure>',
                f'<blockquote data-pull=""><p>{inside}</p></blockquote>',
                f'<aside data-box=""><h3>{more}</h3><ul><li>{inside}</li></ul></aside>',
                f'<p>{more}<small data-note="">{inside}</small> {more}</p>',
                f"<table><caption>{more}</caption><tr><th>{more}</th><td></td></tr><tr><td>{inside}</td><td>1</td></tr></table>",
            ]
        )
    )


@st.composite
def bodies(draw):
    return clean(draw(st.sampled_from(["", "\n"])).join(draw(st.lists(blocks(), max_size=6))))


@st.composite
def edited(draw, body_blocks):
    """A row of blocks after somebody worked on it: some gone, some replaced, some added."""
    result = []
    for block in body_blocks:
        what = draw(st.sampled_from(["keep", "keep", "keep", "delete", "replace", "add"]))
        if what != "delete":
            result.append(draw(blocks()) if what == "replace" else block)
        if what == "add":
            result.append(draw(blocks()))
    return result


@st.composite
def versions(draw, count=2):
    """A body and what ``count`` people made of it, all clean."""
    base = draw(st.lists(blocks(), max_size=6))
    return [clean("\n".join(row)) for row in (base, *(draw(edited(base)) for _ in range(count)))]
