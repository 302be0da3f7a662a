import os
import subprocess
import sys
import time
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection


def wait_until(true, *, seconds=20):
    """Wait for something another process does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(0.05)


def database_url():
    """The tests' own database, as another process names it."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    who = f"{quote(database['USER'])}:{quote(database['PASSWORD'])}@" if database["USER"] else ""
    return f"postgres://{who}{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"


@pytest.fixture
def manage(transactional_db, tmp_path):
    """Start a real command on the tests' database; whatever still runs afterwards is killed."""
    started = []

    def start(command):
        environment = {"PATH": os.environ["PATH"], "DATABASE_URL": database_url(), "DATA_DIR": str(tmp_path)}
        process = subprocess.Popen(  # noqa: S603 -- our own command
            [sys.executable, "manage.py", command], cwd=settings.ROOT, env=environment
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
