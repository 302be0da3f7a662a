"""The sanitiser alone, without any policy of a page behind it: every vector of every corpus, in a real browser."""

import re

import pytest

from richtext import clean, render
from tests.browser.hostile import CLEAN, Reader
from tests.corpora import Vector, everything
from tests.images.make import make_image


@pytest.fixture
def reader(browser):
    reader = Reader(browser)
    yield reader
    reader.context.close()


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        ("<details open ontoggle=canary()>a</details>", "ran canary"),
        ("<p style='background:url(//evil.example/b)'>a</p>", "http://evil.example/b"),
        ("<form name=search></form>", "harmed"),
        ("</article></main><p>a</p>", "harmed"),
        ("<meta http-equiv=refresh content='0;url=https://evil.example/'>", "evil.example"),
    ],
)
def test_the_watch_sees_what_an_unclean_text_does(reader, given, seen):
    found = reader.show(["<p>a</p>", given], None)

    assert seen in str(found["page"])


def test_the_watch_names_the_guilty_among_the_innocent(reader):
    vectors = [Vector(f"innocent {n}", "<p>a</p>") for n in range(5)] + [Vector("guilty", "<x-y>a</x-y>")]

    names = list(
        reader.guilty(
            vectors, [f"{vector.html}<img src=x onerror=canary()>" * (n == 5) for n, vector in enumerate(vectors)], None
        )
    )

    assert names == ["guilty"]


def test_a_clean_text_holds_only_what_is_allowed_however_often_it_is_read(reader):
    vectors = everything()

    found = reader.guilty(vectors, [clean(vector.html) for vector in vectors], CLEAN)

    assert found == {}


@pytest.mark.django_db
@pytest.mark.parametrize("variant", ["page", "feed", "mail"])
def test_a_rendered_text_does_nothing(reader, variant):
    there = rf"\g<1>{make_image().pk}"
    vectors = [Vector(name, re.sub(r"(data-image=[\"']?)1\b", there, html)) for name, html in everything()]

    found = reader.guilty(vectors, [render(vector.html, variant) for vector in vectors], None)

    assert found == {}
