import pytest
import time_machine

from tests.make import NOW


@pytest.fixture
def now():
    """The product's clock stands at ``NOW``."""
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def time_machine_at():
    """Moves the product's clock: ``time_machine_at(moment)``."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock.move_to


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Each test keeps its files to itself, never among the newsroom's own."""
    own = {
        name: settings.STORAGES[name] | {"OPTIONS": settings.STORAGES[name].get("OPTIONS", {}) | {"location": folder}}
        for name, folder in [
            ("default", tmp_path / "media"),
            ("originals", tmp_path / "originals"),
            ("documents", tmp_path / "documents"),
        ]
    }
    settings.STORAGES = settings.STORAGES | own
