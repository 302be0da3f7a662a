"""Eight people save fifty lines each to one story, all at once."""

import pytest

from tests.desk.opened import crowd


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_line_is_in_the_text_or_in_a_clash_its_author_was_shown(seed):
    assert crowd(8, 50, seed=seed) == set()
