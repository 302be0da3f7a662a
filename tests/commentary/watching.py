"""Looks on while a document is read, for how much memory that takes."""

import contextlib
import threading
from pathlib import Path

MOST_RESIDENT = 600 * 1024  # kilobytes


class Watch(threading.Thread):
    """Notes the most memory, in kilobytes, that a child of this process had meanwhile."""

    def __init__(self):
        super().__init__(daemon=True)
        self.most = 0
        self.done = threading.Event()

    def run(self):
        while not self.done.wait(0.01):
            for children in Path("/proc/self/task").glob("*/children"):
                for child in children.read_text().split():
                    self._look(Path("/proc") / child)

    def _look(self, child):
        with contextlib.suppress(OSError):
            if b"commentary.manuscripts.converter" in (child / "cmdline").read_bytes():
                told = dict(line.split(":", 1) for line in (child / "status").read_text().splitlines())
                self.most = max(self.most, int(told.get("VmHWM", "0 kB").split()[0]))


@contextlib.contextmanager
def watched():
    """What the process that reads has taken at most, as ``most``, until the block ends."""
    watch = Watch()
    watch.start()
    try:
        yield watch
    finally:
        watch.done.set()
        watch.join()
