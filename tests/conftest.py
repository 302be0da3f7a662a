import pytest
import time_machine

from tests.make import NOW


@pytest.fixture
def now():
    """The product's clock stands at ``NOW``."""
    with time_machine.travel(NOW, tick=False):
        yield NOW
