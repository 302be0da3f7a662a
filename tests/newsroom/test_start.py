"""`manage.py start` as an operator meets it: real processes on a free port, in a folder of their own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.xdist_group("start")


class Newsroom:
    """One folder in which the newsroom is started again and again."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.log = folder.with_suffix(".log")
        self.process = None

    def start(self, **environment):
        self.log.write_text("")
        own = {"DATA_DIR": str(self.folder), "PORT": str(self.port), "NEWSROOM_SAMPLE": "0"}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(  # noqa: S603 -- our own command
                [sys.executable, settings.ROOT / "manage.py", "start"],
                env={"PATH": os.environ["PATH"]} | own | environment,
                cwd="/",
                stdout=log,
                stderr=log,
            )

    def get(self, path):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, ConnectionError):
            return None

    def health(self):
        return json.loads(self.get("/health/ready") or "null")

    def stop(self, number=signal.SIGTERM):
        """Send a signal and wait; gives the exit code and how long it took."""
        asked = time.monotonic()
        self.process.send_signal(number)
        code = self.process.wait(timeout=20)
        return code, time.monotonic() - asked

    def processes(self):
        """Every process on this machine that belongs to this newsroom: its folder is in their environment."""
        mark = f"DATA_DIR={self.folder}\0".encode()
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (entry / "environ").read_bytes():
                    found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
        return found

    def pid_of(self, command):
        return next((pid for pid, line in self.processes().items() if line.rstrip().endswith(command)), None)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def wait_until(true, *, seconds=60):
    end = time.monotonic() + seconds
    while not (answer := true()):
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(0.05)
    return answer


@pytest.fixture
def newsroom(tmp_path):
    yield from _ended_afterwards(Newsroom(tmp_path / "data"))


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """A newsroom that has had its first start, for tests that need a later one."""
    yield from _ended_afterwards(Newsroom(tmp_path_factory.mktemp("opened") / "data"))


def _ended_afterwards(newsroom):
    yield newsroom
    for pid in newsroom.processes():
        os.kill(pid, signal.SIGKILL)
    if newsroom.process:
        newsroom.process.wait()


ALL_WELL = {"database": "ok", "heartbeat": "ok", "worker": "ok"}


def test_first_start_opens_an_empty_newsroom_and_ends_with_all_it_started(opened):
    opened.start()
    wait_until(lambda: opened.health() == ALL_WELL)
    wait_until(lambda: "The newsroom is open." in opened.log.read_text())
    path = re.search(rf"http://127.0.0.1:{opened.port}(/accounts/first/\S+)", opened.log.read_text())[1]
    assert "Open the desk</button>" in opened.get(path)
    assert not (opened.folder / "first-run.txt").exists()
    assert len(opened.processes()) == 6  # the supervisor, the web server and two of its own, worker, heartbeat

    code, seconds = opened.stop()

    assert (code, opened.processes()) == (0, {})
    assert seconds < 6


def test_later_start_prepares_nothing_again_and_replaces_a_process_that_died(opened):
    collected = (opened.folder / "static" / ".collected-from").stat().st_mtime_ns

    opened.start()
    wait_until(lambda: opened.get("/health/live"))
    assert (opened.folder / "static" / ".collected-from").stat().st_mtime_ns == collected

    for command in ("manage.py worker", "newsroom.wsgi:application"):
        died = wait_until(lambda command=command: opened.pid_of(command))
        os.kill(died, signal.SIGKILL)
        wait_until(lambda command=command, died=died: opened.pid_of(command) not in {None, died})
    assert "The worker ended by itself (signal SIGKILL)." in opened.log.read_text()
    wait_until(lambda: opened.get("/health/live"))

    assert opened.stop(signal.SIGINT)[0] == 0
    assert opened.processes() == {}


def test_supervisor_that_is_killed_leaves_nobody_behind(opened):
    opened.start()
    wait_until(lambda: opened.get("/health/live"))

    opened.stop(signal.SIGKILL)

    wait_until(lambda: opened.processes() == {}, seconds=10)


@pytest.mark.parametrize("seconds", [0.2, 1, 2])
def test_stop_in_the_first_moments_is_a_clean_one(newsroom, seconds):
    newsroom.start()
    time.sleep(seconds)

    code, took = newsroom.stop()

    # Until Python reads our first line, which takes a busy machine a while, the signal itself ends the process.
    assert code in ({0, -signal.SIGTERM} if seconds < 1 else {0})
    assert newsroom.processes() == {}
    assert took < 6


@pytest.mark.parametrize("seconds", [1.2, 2])
def test_stop_while_the_processes_start_is_a_clean_one(opened, seconds):
    opened.start()
    time.sleep(seconds)

    code, took = opened.stop()

    assert (code, opened.processes()) == (0, {})
    assert took < 6


def test_port_in_use_is_refused_before_anything_is_made(newsroom):
    with socket.create_server(("127.0.0.1", newsroom.port)):
        newsroom.start()
        code = newsroom.process.wait(timeout=20)

    assert code == 1
    assert newsroom.log.read_text() == (
        f"Port {newsroom.port} is in use. Stop what uses it, or set PORT to another number, for example: "
        f"make run PORT={newsroom.port + 1}\n"
    )
    assert sorted(path.name for path in newsroom.folder.iterdir()) == ["incoming", "secret-key"]


def test_address_of_another_machine_is_refused(newsroom):
    newsroom.start(HOST="192.0.2.1")

    assert newsroom.process.wait(timeout=20) == 1
    assert newsroom.log.read_text().startswith(f"Nothing can be served at 192.0.2.1, port {newsroom.port} (")


@pytest.mark.parametrize("key", ["", "a key of more than fifty characters, so that production takes it"])
def test_folder_that_cannot_be_written_is_refused(newsroom, key):
    newsroom.folder.write_text("not a folder")

    newsroom.start(SECRET_KEY=key)

    assert newsroom.process.wait(timeout=20) == 1
    assert newsroom.log.read_text().endswith("Set it to a folder this user may write to.\n")
    assert "Traceback" not in newsroom.log.read_text()
