import pytest


@pytest.fixture(autouse=True)
def own_data(settings, tmp_path):
    """What erasure notes beside the database stays with the test."""
    settings.DATA_DIR = tmp_path
