"""What comes from the corpora, read by Python alone; ``tests/browser/test_untrusted_html.py`` asks a browser."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richtext import clean, excerpt, paragraphs, render, sanitiser, text
from tests.corpora import CORPORA, constructs, everything
from tests.corpora.benign import FRAGMENTS

HARMFUL = [vector.html for vector in everything()]


def test_the_corpora_are_whole():
    """As their README counts them; fewer would mean that a file is read wrongly."""
    counted = {name: (len(corpus()), len(constructs(corpus()))) for name, corpus in CORPORA.items()}

    assert counted == {"dompurify": (213, 193), "antisamy": (240, 168), "bleach": (20, 15), "own": (492, 403)}
    assert len(constructs(everything())) == 748


def test_every_vector_cleaned_twice_is_cleaned_once():
    once = [clean(html) for html in HARMFUL]

    assert [clean(html) for html in once] == once
    assert [sanitiser.CLEANER.clean(html) for html in once] == once


@pytest.mark.django_db
def test_every_vector_is_taken_everywhere():
    for html in HARMFUL:
        assert isinstance(text(html) + excerpt(html, 100) + render(html, "mail") + paragraphs(html), str)


def test_plain_text_becomes_no_markup():
    """Paragraphs, line breaks and links to addresses are all that ``paragraphs`` writes."""
    shown = "".join(paragraphs(html) for html in HARMFUL)

    for own in ("<p>", "</p>", "<br>", "</a>"):
        shown = shown.replace(own, "")
    assert all(rest.startswith(('a href="http', 'a href="mailto:')) for rest in shown.split("<")[1:])


def test_benign_newsroom_html_survives_unchanged():
    assert [clean(fragment) for fragment in FRAGMENTS] == FRAGMENTS


CUTS = st.tuples(st.sampled_from(HARMFUL), st.integers(0, 60), st.integers(1, 80)).map(
    lambda cut: cut[0][cut[1] :][: cut[2]]
)
PIECES = st.one_of(
    CUTS,
    CUTS,
    st.sampled_from(HARMFUL).filter(lambda html: len(html) < 300),
    st.sampled_from(FRAGMENTS),
    st.text(max_size=6),
)


@given(st.lists(PIECES, max_size=12).map("".join))
@settings(max_examples=300, deadline=None)
def test_pieces_of_the_corpora_cleaned_twice_are_cleaned_once(html):
    once = clean(html)

    assert clean(once) == once
    assert sanitiser.CLEANER.clean(once) == once
