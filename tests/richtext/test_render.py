from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import override_settings

from richtext import Named, clean, named, references, register, render

NEWSROOM = Path(__file__).parents[2] / "templates"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.locmem.Loader",
                    {
                        "picture.html": "<figure>{{ variant }} {{ image.title }}: {{ caption }}</figure>",
                        "whole.html": "[{{ place }}|{{ alt }}|{{ image.title }}]",
                        "gallery.html": "[{% for one in gallery %}{{ one.title }}{% endfor %}|{{ caption }}]",
                        "embed.html": "[{{ embed }}|{{ title }}|{{ poster.title }}|{{ caption }}]",
                        "chart.html": "[{{ chart }}|{{ caption }}|{{ table }}]",
                    },
                ),
                "django.template.loaders.app_directories.Loader",
                ("django.template.loaders.filesystem.Loader", [NEWSROOM]),
            ],
            "libraries": {"richtext": "richtext.templatetags.richtext"},
        },
    }
]


@pytest.fixture
def pictures(monkeypatch):
    """Two pictures, and the list of what was asked for."""
    monkeypatch.setattr(references, "_kinds", {})
    asked = []

    def load_many(ids):
        asked.append(ids)
        return {number: SimpleNamespace(title=f"<{number}>") for number in ids if number in {1, 2}}

    register("image", load_many, "picture.html")
    with override_settings(TEMPLATES=TEMPLATES):
        yield asked


def test_references_are_shown_by_the_registered_template(pictures):
    html = (
        '<p>a</p><figure data-image="1"><figcaption>A <em>c</em></figcaption></figure>'
        '<figure data-image="2"></figure><figure data-image="1" lang="es"></figure><figure data-image="9"></figure>'
    )

    shown = render(html, "feed")

    assert shown == (
        "<p>a</p><figure>feed &lt;1&gt;: A <em>c</em></figure><figure>feed &lt;2&gt;: </figure>"
        "<figure>feed &lt;1&gt;: </figure>"
    )
    assert pictures == [[1, 2, 9]]


def test_every_kind_is_shown_with_what_belongs_to_it(pictures):
    register("image", references._kinds["image"].load_many, "whole.html")
    register("gallery", None, "gallery.html")
    register("embed", lambda addresses: {one: one.upper() for one in addresses}, "embed.html")
    register("chart", lambda tables: {one: one.form for one in tables}, "chart.html")
    html = clean(
        "<figure data-image=1 data-place=wide data-alt='a &amp; b'></figure><figure data-gallery='2 9 1'><figcaption>c"
        "</figcaption></figure><figure data-embed=https://x.org/ data-title='t \"' data-poster=2><figcaption>d"
        "</figcaption></figure><figure data-chart=bar><figcaption>e</figcaption><table><tr><td>1</table></figure>"
    )

    assert render(html, "feed") == (
        "[wide|a &amp; b|&lt;1&gt;][&lt;2&gt;&lt;1&gt;|c][HTTPS://X.ORG/|t &quot;|&lt;2&gt;|d]"
        "[bar|e|<table><tbody><tr><td>1</td></tr></tbody></table>]"
    )
    assert pictures == [[1, 2, 9]]


def test_the_desk_is_told_what_readers_do_not_see(pictures):
    register("gallery", None, "gallery.html")
    html = "<figure data-image=9></figure><figure data-gallery='1 8'></figure><figure data-story=4></figure>"

    on_the_page, on_the_desk = render(html), render(html, "desk")

    assert on_the_page == "[&lt;1&gt;|]"
    warning = '<p class="reference-missing" role="note"><strong>Only the desk sees this.</strong> {}</p>'
    assert on_the_desk.replace("\n", "") == (
        warning.format("Picture 9 is not in the library any more. Readers see nothing here.")
        + "[&lt;1&gt;|]"
        + warning.format("Picture 8 is not in the library any more. Readers see nothing here.")
        + warning.format("Story 4 is not published, or is gone. Readers see no link to it while that is so.")
    )


def test_what_a_text_names_is_told_once_and_in_order():
    html = (
        "<figure data-image=3 lang=es></figure><figure data-gallery='5 3 4'></figure><figure data-story=7></figure>"
        "<figure data-embed='https://x.org/?a&amp;b' data-poster=6></figure><figure data-document=8></figure>"
        "<figure data-embed='javascript:x' data-poster=9></figure><figure data-chart=bar></figure>"
    )

    assert named(html) == Named(
        images=(3, 5, 4, 6),
        documents=(8,),
        stories=(7,),
        embeds=("https://x.org/?a&b",),
        placed=(("body", 3), ("gallery", 5), ("gallery", 3), ("gallery", 4), ("poster", 6)),
    )
    assert named("") == Named()


NOTES = '<p>a<small data-note="">One <em>b</em></small>, c.<small data-note="">Two</small></p>'


MARK = (
    '<sup class="note-mark" id="note-mark-{0}">'
    '<a href="#note-{0}" role="doc-noteref" aria-label="Note {0}">{0}</a></sup>'
)


def test_notes_are_numbers_that_lead_below_the_text_and_back():
    assert render(NOTES) == (
        f"<p>a{MARK.format(1)}, c.{MARK.format(2)}"
        '</p><section class="notes" role="doc-endnotes" aria-labelledby="notes"><h2 id="notes">Notes</h2>\n<ol>'
        '<li id="note-1">One <em>b</em> '
        '<a href="#note-mark-1" role="doc-backlink" aria-label="Back to where note 1 stands">↩</a></li>'
        '<li id="note-2">Two '
        '<a href="#note-mark-2" role="doc-backlink" aria-label="Back to where note 2 stands">↩</a></li></ol></section>'
    )


def test_notes_on_the_desk_stay_where_they_stand():
    assert render(NOTES, "desk") == NOTES


@pytest.mark.parametrize("variant", ["feed", "mail"])
def test_notes_in_feeds_and_letters_are_plain(variant):
    assert render(NOTES, variant) == (
        "<p>a<sup>[1]</sup>, c.<sup>[2]</sup></p><hr><p><strong>Notes</strong></p>"
        "<ol><li>One <em>b</em></li><li>Two</li></ol>"
    )


def test_a_pull_quote_that_repeats_the_text_is_for_the_eye_alone():
    repeated = '<blockquote data-pull=""><p>“We shall rebuild it.”</p><p><cite>Ana</cite></p></blockquote>'
    own = '<blockquote data-pull=""><p>Never again.</p></blockquote>'
    html = f"{repeated}<p>“We shall\nrebuild it,” she said. We shall rebuild it.</p>{own}"

    page, feed = render(html), render(html, "feed")

    assert page == html.replace('<blockquote data-pull="">', '<blockquote data-pull="" aria-hidden="true">', 1)
    assert feed == html.replace(repeated, "").replace(' data-pull=""', "")


def test_an_info_box_has_a_name():
    html = '<aside data-box=""><h3 lang="en">The “bridge”</h3><p>a</p></aside><aside data-box=""><p>b</p></aside>'

    assert render(html) == (
        '<aside data-box="" role="note" aria-label="The “bridge”"><h3 lang="en">The “bridge”</h3><p>a</p></aside>'
        '<aside data-box="" role="note" aria-label="Info box"><p>b</p></aside>'
    )
    assert render(html, "mail") == html.replace(' data-box=""', "")


def test_a_text_without_references_asks_for_nothing(pictures):
    render("<p>a</p>")

    assert pictures == []


def test_references_nobody_registered_are_left_out(monkeypatch):
    monkeypatch.setattr(references, "_kinds", {})

    assert render('<p>a</p><figure data-image="1"></figure>') == "<p>a</p>"


def test_register_refuses_a_kind_that_clean_drops():
    with pytest.raises(ValueError, match="REFERENCES"):
        register("poll", dict, "poll.html")


def test_a_row_changed_past_the_forms_does_no_harm():
    assert render("<p onclick=x>a<script>b</script></p>") == "<p>a</p>"


def test_tables_on_a_page_scroll_in_a_frame_of_their_own():
    table = "<table><caption>Levels &amp; <em>days</em></caption><tbody><tr><td>a{}</td></tr></tbody></table>"
    inner = table.format("")

    assert render(table.format(inner)) == (
        '<div class="table-frame" role="region" tabindex="0" aria-label="Table: Levels &amp; days">'
        + table.format(inner)
        + "</div>"
    )
    assert render(inner, "mail") == inner


def test_feeds_and_letters_get_whole_addresses(settings):
    settings.SITE_ADDRESS = "https://news.example.org"
    html = '<p><a href="/about/">a</a><a href="https://x.org/">b</a><a href="#text-c">c</a></p>'

    assert render(html, "mail") == html.replace("/about/", "https://news.example.org/about/")
    assert render(html) == html


def test_the_filters():
    template = Template(
        "{% load richtext %}{{ body|render }}{{ plain|paragraphs }}{{ plain|excerpt:5 }}{{ none|render }}"
    )

    shown = template.render(Context({"body": "<b>a</b>", "plain": "One <two>", "none": None}))

    assert shown == "<p><strong>a</strong></p><p>One &lt;two&gt;</p>One…"
