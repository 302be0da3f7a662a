"""What counts as a word, and as anything at all. ``words.js`` counts by the same table: tests/browser."""

import json
from pathlib import Path

import pytest

from commentary import words

CASES = json.loads((Path(__file__).parent / "word_counts.json").read_text())


@pytest.mark.parametrize(("text", "number"), CASES)
def test_words_are_counted_alike_in_every_writing(text, number):
    assert words.count(text) == number


def test_composed_and_decomposed_are_one_text():
    assert words.digest("Cafe\u0301", "Se\u0301ance") == words.digest("Café", "séance")


@pytest.mark.parametrize(
    "text",
    ["", " \u00a0\u3000", "\u200b\u200d\ufeff", "\u3164", "\u2800", "\u115f\u1160", "\u0301", "\u2028", "\U000e0041"],
)
def test_text_of_only_invisible_characters_is_no_text(text):
    assert not words.is_visible(text)


@pytest.mark.parametrize("text", ["a", "😀", "水", "…", "ا", "\u200ba"])
def test_one_visible_character_is_text(text):
    assert words.is_visible(text)
