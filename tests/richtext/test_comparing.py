import re
import time
from pathlib import Path

import pytest
from django.test import override_settings
from hypothesis import given, settings

from richtext import clean, compare, compare_plain, references, register, sanitiser, text, word_count
from richtext.blocks import LEAVES, split
from richtext.marking import words
from tests.richtext.bodies import versions

HIDDEN = re.compile(r'<span class="visually-hidden">[^<]*</span>')
NOTE = re.compile(r' ?<span class="change-note">[^<]*</span>')


CAPTION = "{% if caption %}<figcaption>{{ caption }}</figcaption>{% endif %}</figure>"
AS_STORED = {
    "image": '<figure data-image="{{ image }}"{% if place %} data-place="{{ place }}"{% endif %}'
    '{% if alt %} data-alt="{{ alt }}"{% endif %}>',
    "gallery": '<figure data-gallery="{{ gallery|join:" " }}">',
    "story": '<figure data-story="{{ story }}">',
    "embed": '<figure data-embed="https://{{ embed|lower }}/"{% if title %} data-title="{{ title }}"{% endif %}'
    '{% if poster %} data-poster="{{ poster }}"{% endif %}>',
}


@pytest.fixture(scope="module", autouse=True)
def references_as_stored():
    """Every reference shows as what stands in the text."""
    templates = {kind: opening + CAPTION for kind, opening in AS_STORED.items()}
    loaders = [
        ("django.template.loaders.locmem.Loader", templates),
        ("django.template.loaders.filesystem.Loader", [Path(__file__).parents[2] / "templates"]),
    ]
    backend = {"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": loaders}}
    with pytest.MonkeyPatch.context() as patch, override_settings(TEMPLATES=[backend]):
        patch.setattr(references, "_kinds", {})
        for kind in ("image", "story"):
            register(kind, lambda ids: {number: number for number in ids}, kind)
        register("gallery", None, "gallery")
        register("embed", lambda addresses: {one: one.split("/")[2].title() for one in addresses}, "embed")
        yield


def told(before, after):
    return compare(before, after).sentences


def together(before, after):
    """Both in one text, with marks as signs that are easy to read."""
    html = "".join(change.together for change in compare(before, after).changes)
    for tag, sign in (("del>", "-"), ("ins>", "+")):
        html = html.replace(f"<{tag}", f"{{{sign}").replace(f"</{tag}", f"{sign}}}")
    return re.sub("</?div[^>]*>", "", NOTE.sub("", HIDDEN.sub("", html)))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("<p>It is closed.</p>", "<p>It is open.</p>", "<p>It is {-closed-} {+open+}.</p>"),
        ("<p>It is closed</p>", "<p>It is closed.</p>", "<p>It is closed{+.+}</p>"),
        ("<p>a</p>", "<p>a</p><p>b</p>", "<p>a</p>{+<p>b</p>+}"),
        ("<p>a</p><hr><p>b</p>", "<p>b</p>", "{-<p>a</p>-}{-<hr>-}<p>b</p>"),
        ("<p>one two</p>", "<h2>one two</h2>", "{-<p>one two</p>-}{+<h2>one two</h2>+}"),
        # what surrounds a changed word stays around it
        (
            '<p>So <a href="/a/">he said</a> it.</p>',
            '<p>So <a href="/a/">she said</a> it.</p>',
            '<p>So {-<a href="/a/">he</a>-} {+<a href="/a/">she</a>+} <a href="/a/">said</a> it.</p>',
        ),
        # a script without spaces: characters are words
        ("<p>橋は閉鎖中です</p>", "<p>橋は開通中です</p>", "<p>橋は{-閉鎖-}{+開通+}中です</p>"),
        # two replacements with nothing to speak of between them are one
        (
            "<p>The mayor of Bonn left the hall early.</p>",
            "<p>The mayor of Kiel and his wife of Ulm came early.</p>",
            "<p>The mayor of {-Bonn left the hall-} {+Kiel and his wife of Ulm came+} early.</p>",
        ),
        # lists, tables and captions are marked inside, where their parents let marks stand
        (
            "<ul><li>one</li><li>two</li></ul>",
            "<ul><li>one</li><li>three</li></ul>",
            '<ul><li>one</li><li class="removed">{-two-}</li><li class="added">{+three+}</li></ul>',
        ),
        (
            "<table><tr><td>1</td><td>2</td></tr></table>",
            "<table><tr><td>1</td><td>3</td></tr><tr><td>4</td><td></td></tr></table>",
            "<table><tbody><tr><td>1</td><td>{-2-}{+3+}</td></tr><tr><td>{+4+}</td><td></td></tr></tbody></table>",
        ),
        ("<pre>a\n  b</pre>", "<pre>a\n b</pre>", "<pre>a{-\n  -}{+\n +}b</pre>"),
        ("<p>a<br>b</p>", "<p>a b</p>", "<p>a{-<br>-} b</p>"),
    ],
)
def test_words_are_marked_inside_the_blocks_that_changed(before, after, shown):
    assert together(clean(before), clean(after)) == shown


def test_the_same_text_is_one_row_without_marks():
    result = compare("<p>a</p>\n<p>b</p>", "<p>a</p><p>  b</p>")

    assert [(change.kind, change.blocks) for change in result.changes] == [("same", 2)]
    assert (result.is_same, result.sentences, result.words_added, result.words_removed) == (True, [], 0, 0)


def test_each_side_shows_its_own_marks_only():
    change = compare("<p>It is closed.</p>", "<p>It is open.</p>").changes[0]

    assert (NOTE.sub("", HIDDEN.sub("", change.before)), HIDDEN.sub("", change.after)) == (
        "<p>It is <del>closed</del>.</p>",
        "<p>It is <ins>open</ins>.</p>",
    )


def test_marks_are_said_in_words():
    change = compare("<p>It is closed.</p>", "<p>It is open.</p><p>b</p>").changes

    assert text(change[0].together) == "It is [removed: closed] [added: open]."
    assert text(change[1].together).split("\n") == ["[paragraph added:", "b", "]"]


@pytest.mark.parametrize(
    ("before", "after", "sentences"),
    [
        ("<p>It is closed now.</p>", "<p>It is open now.</p>", ["Paragraph changed: “closed” became “open”."]),
        ("", "<h2>New</h2><ul><li>b</li></ul>", ["Heading added: “New”.", "List added: “b”."]),
        ("<hr>", "", ["Rule removed."]),
        ("<p>a b</p>", "<h3>a b</h3>", ["Paragraph became a heading: “a b”."]),
        (
            '<p>See <a href="https://a.example/?a&amp;b">here</a>.</p>',
            '<p>See <a href="/b/">here</a>.</p>',
            ["The link leads to /b/ instead of https://a.example/?a&b."],
        ),
        ("<p>See here.</p>", '<p>See <a href="/b/">here</a>.</p>', ["A link to /b/ was added."]),
        ('<p>See <a href="/b/">here</a>.</p>', "<p>See here.</p>", ["A link to /b/ was removed."]),
        (
            "<p>It is <em>so</em> closed.</p>",
            "<p>It <strong>is</strong> so closed.</p>",
            ["“is” is now bold.", "“so” is no longer italic."],
        ),
        (
            '<p>See <a href="/b/">it</a>.</p>',
            '<p>See <a href="/b/" rel="nofollow">it</a>.</p>',
            ["“it” is marked up in another way."],
        ),
        (
            '<figure data-image="1"><figcaption>A bridge</figcaption></figure>',
            '<figure data-image="1"><figcaption>The bridge</figcaption></figure>',
            ["Picture 1 changed: “A” became “The”."],
        ),
        (
            '<figure data-image="1"><figcaption>A bridge</figcaption></figure>',
            '<figure data-image="2"><figcaption>A bridge</figcaption></figure>',
            ["Picture 1 became picture 2: “A bridge”."],
        ),
        (
            '<figure data-image="1"><figcaption>A bridge</figcaption></figure>',
            '<figure data-image="1" data-place="left" data-alt="A river"></figure>',
            [
                "Picture 1 changed: caption removed: “A bridge”.",
                "Picture 1 is now pulled to the left.",
                "Picture 1: the alt text for this use is now “A river”.",
            ],
        ),
        (
            '<figure data-gallery="1 2 3"></figure>',
            '<figure data-gallery="3 1 4"></figure>',
            [
                "Picture 4 was added to the gallery.",
                "Picture 2 was removed from the gallery.",
                "The pictures of the gallery are in another order.",
            ],
        ),
        (
            "<p>a",
            '<p>a<figure data-embed="https://a.example/" data-title="Film"></figure><figure data-story="4"></figure>',
            ["Embed of A.Example added: “Film”.", "Link to story 4 added."],
        ),
        (
            '<figure data-embed="https://a.example/" data-title="A film"></figure>',
            '<figure data-embed="https://a.example/" data-poster="3"></figure>',
            ["Embed of A.Example: the title was removed.", "Embed of A.Example now shows picture 3."],
        ),
        (
            "<p>a</p><figure data-chart=bar><figcaption>Beds</figcaption><table><tr><td>May<td>1</table></figure>",
            "<p>a</p><figure data-chart=line><figcaption>Beds</figcaption><table><tr><td>May<td>2</table></figure>",
            ["Chart changed: “1” became “2”.", "The chart is now a line chart."],
        ),
        (
            "<blockquote><p>We shall see</p></blockquote>",
            "<blockquote data-pull><p>We shall see</p></blockquote>",
            ["Quotation became a pull quote: “We shall see”."],
        ),
        (
            "<aside data-box><h3>Facts</h3><p>One bed</p></aside><p>a</p>",
            "<aside data-box><h3>Facts</h3><p>One desk</p></aside><p>a</p><aside data-box><p>Three</p></aside>",
            ["Info box changed: “bed” became “desk”.", "Info box added: “Three”."],
        ),
        (
            "<p>The bridge<small data-note>Since May</small> is shut.</p>",
            "<p>The bridge<small data-note>Since June</small> is shut<small data-note>By Ana</small>.</p>",
            ["Paragraph changed: in a footnote, “May” became “June”; in a footnote, “By Ana” was added."],
        ),
        (
            "<ul><li>one fish</li><li>two</li></ul>",
            "<ul><li>one red fish</li></ul>",
            ["List changed: “red” was added; item removed: “two”."],
        ),
        (
            "<p>alpha 1 bravo 2 charlie 3 delta 4 echo 5 fox</p>",
            "<p>alpha 9 bravo 8 charlie 7 delta 6 echo 0 fox</p>",
            ["Paragraph changed: “1” became “9”; “2” became “8”; “3” became “7”; “4” became “6”; one more change."],
        ),
    ],
)
def test_changes_are_told_in_sentences(before, after, sentences):
    assert told(before, after) == sentences


def test_what_marks_cannot_show_stands_beside_them():
    change = compare('<p>See <a href="/a/">it</a>.</p>', '<p>See <a href="/b/">it</a>.</p>').changes[0]

    note = "The link leads to /b/ instead of /a/."
    assert [note in view for view in (change.before, change.after, change.together)] == [False, True, True]


def test_words_added_and_removed_are_counted():
    before = "<p>It is closed – really.</p><p>Bye for now, then.</p><h2>End</h2>"
    after = "<p>It is open wide – really.</p><p>Bye <b>for</b> now, then.</p>"

    result = compare(before, after)

    assert (result.words_added, result.words_removed) == (2, 2)
    assert word_count(after) - word_count(before) == result.words_added - result.words_removed


def test_plain_texts_are_compared_as_what_they_are():
    result = compare_plain("A <b> & c\nnext\n\nlast", "A <b> & d\nnext")

    assert [HIDDEN.sub("", change.together) for change in result.changes] == [
        "<p>A &lt;b&gt; &amp; <del>c</del> <ins>d</ins><br>next</p>",
        "<del><p>last</p></del>",
    ]
    assert compare_plain("", "").changes == ()
    assert compare_plain("Old", "New words", noun="headline").sentences == [
        "Headline changed: “Old” became “New words”."
    ]


HOSTILE = [
    "<p onclick=x>a<script>alert(1)</script></p>",
    '<p>a <span class="visually-hidden">hidden</span> <ins class="y">b</ins></p>',
    '<p class="change-note">a</p><li class="removed" style="x">b',
    "</del></ins></p><p>a",
    '<a href="javascript:alert(1)">a</a>',
    "<p>\ufdd2 a \ufdd0</p>",
    '<figure data-image="1"><figcaption></del><p>x</figcaption></figure>',
]


@pytest.mark.parametrize("one", HOSTILE)
@pytest.mark.parametrize("other", HOSTILE)
def test_nothing_comes_through_that_a_text_may_not_hold(one, other):
    result = compare(one, other)

    for change in result.changes:
        for view in (change.before, change.after, change.together):
            assert sanitiser.marked(view) == view
            assert not re.search(r"<script|onclick|javascript:|style=|\sid=", view)


@given(versions(count=1))
@settings(deadline=None)
def test_without_its_marks_a_comparison_is_either_text(texts):
    before, after = texts
    result = compare(before, after)

    assert content(unmarked(view(result, "before"), "ins")) == content(before)
    assert content(unmarked(view(result, "after"), "del")) == content(after)
    assert plainly(unmarked(view(result, "together"), "ins")) == plainly(before)
    assert content(unmarked(view(result, "together"), "del")) == content(after)
    assert not re.search("<ins>", view(result, "before"))
    assert not re.search("<del>", view(result, "after"))
    assert result.is_same == (keys(before) == keys(after))
    assert bool(result.sentences) == (not result.is_same)


@given(versions(count=1))
@settings(deadline=None)
def test_words_added_less_words_removed_is_the_difference(texts):
    """Up to words that a line end or a mark joins: they are counted where they stand."""
    before, after = texts
    result = compare(before, after)

    both = before + after
    if not any(joins in both for joins in ("<br>", "<small", "<sub>", "</a>")):
        assert result.words_added - result.words_removed == word_count(after) - word_count(before)


def test_a_long_story_is_compared_in_well_under_a_second():
    before = [
        f"<p>Paragraph {number} says that {number * 7} people came, and so on and on.</p>" for number in range(2000)
    ]
    after = [block.replace("people", "persons") if number % 10 == 0 else block for number, block in enumerate(before)]
    started = time.process_time()

    result = compare("".join(before), "".join(after[:1000] + after[1010:]))

    assert time.process_time() - started < 1
    assert (result.words_added, result.words_removed) == (199, 199 + 12 * 10)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>a b a b</p>" * 8000, "<p>b a b</p>" * 8000),
        ("<p>" + "a b " * 60000 + "</p>", "<p>" + "b a a " * 60000 + "</p>"),
        ("<p>a</p><p>b</p>" * 8000, "<p>b</p><p>a</p><p>a</p>" * 6000),
        ("<ul>" + "<li>a</li><li>b</li>" * 4000 + "</ul>", "<ul>" + "<li>b</li><li>a a</li>" * 4000 + "</ul>"),
        (
            "<blockquote>" * 40 + "<p>a</p>" + "</blockquote>" * 40,
            "<blockquote>" * 40 + "<p>b</p>" + "</blockquote>" * 40,
        ),
    ],
    ids=["blocks repeat", "words repeat", "blocks repeat in another order", "items repeat", "deep"],
)
def test_texts_made_to_be_hard_are_compared_in_bounded_time(before, after):
    started = time.process_time()

    compare(before, after)

    assert time.process_time() - started < 8


def view(result, name):
    return "".join(getattr(change, name) for change in result.changes)


def unmarked(html, gone):
    """``html`` without what is marked as ``gone``, and without marks."""
    kept = "ins" if gone == "del" else "del"
    html = re.sub(
        rf'<li[^>]*class="{"removed" if gone == "del" else "added"}"[^>]*>.*?</{gone}></li>', "", html, flags=re.DOTALL
    )
    html = re.sub(rf"<{gone}>.*?</{gone}>", "", html, flags=re.DOTALL)
    html = re.sub(r"<tr>(<td></td>|<th></th>)+</tr>", "", html)
    html = re.sub(rf"</?{kept}>", "", NOTE.sub("", HIDDEN.sub("", html)))
    return re.sub(r"</?div[^>]*>| class=\"(added|removed)\"", "", html)


def content(html):
    """What a text says and in which form, without white space that is not shown and without empty shells."""
    return list(_content(split(html)))


def _content(blocks):
    for block in blocks:
        if block.name in LEAVES:
            if block.name == "hr" or block.inside:
                yield (
                    block.opening,
                    [(word.value, word.inlines) for word in words(block.inside, verbatim=block.name == "pre")],
                )
        else:
            inside = list(_content(block.parts))
            if inside or block.name == "figure":
                yield block.opening, inside


def plainly(html):
    """Its content, but for how references stand: in both texts together they stand as in the new one."""
    return content(re.sub(r"(<figure data-[a-z]+)[^>]*", r"\1", html))


def keys(html):
    return [block.key for block in split(html)]
