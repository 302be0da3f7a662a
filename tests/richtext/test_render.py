from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import override_settings

from richtext import references, register, render

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.locmem.Loader",
                    {"picture.html": "<figure>{{ variant }} {{ image.title }}: {{ caption }}</figure>"},
                )
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


def test_a_text_without_references_asks_for_nothing(pictures):
    render("<p>a</p>")

    assert pictures == []


def test_references_nobody_registered_are_left_out(monkeypatch):
    monkeypatch.setattr(references, "_kinds", {})

    assert render('<p>a</p><figure data-image="1"></figure>') == "<p>a</p>"


def test_register_refuses_a_kind_that_clean_drops():
    with pytest.raises(ValueError, match="REFERENCE_KINDS"):
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
