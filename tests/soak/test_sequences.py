"""Hundreds of random sequences of verbs; see tests/articles/test_sequences.py for what must hold."""

import pytest

from tests.articles.test_sequences import run

SEQUENCES = 300


@pytest.mark.django_db
def test_readers_find_what_the_model_calls_public_after_hundreds_of_sequences():
    run(SEQUENCES, database=None)
