"""Several people at one story at once, on whatever database the tests run on. `make soak` sends more of them."""

import pytest

from tests.desk.opened import crowd


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", [1, 2])
def test_no_line_of_anybody_is_lost(seed):
    assert crowd(3, 8, seed=seed) == set()
