"""Keeps the processes of one newsroom running, and ends them together.

The children end with the supervisor whatever happens to it: on a signal it stops them in order; if it is
killed outright, the kernel tells each of them (on Linux).
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
GRACE = 5.0  # seconds a child has to end by itself
STEADY = 30.0  # a child that ran this long has not failed at its start
LONGEST_WAIT = 30.0
FIRST_ALONE = 10.0
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass
class Child:
    """One process that is started again, after a growing wait, when it ends by itself."""

    name: str
    command: list[str]
    folder: Path
    # What the kernel sends when the supervisor is gone. A child with children of its own must get to end them.
    orphaned_by: signal.Signals = signal.SIGKILL
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _failures: int = field(default=0, init=False)
    _started_at: float = field(default=0.0, init=False)
    _due_at: float = field(default=0.0, init=False)

    def keep_running(self) -> None:
        """Start the process if it is due; notice when it has ended and say when it is due again."""
        now = time.monotonic()
        if self.process is None:
            if now >= self._due_at:
                self._start(now)
        elif (code := self.process.poll()) is not None:
            self.sweep()
            self.process = None
            self._failures = 1 if now - self._started_at > STEADY else self._failures + 1
            wait = min(2.0 ** (self._failures - 1), LONGEST_WAIT)
            self._due_at = now + wait
            say(f"The {self.name} ended by itself ({_how(code)}). It is started again in {wait:.0f} s.")

    def ask_to_end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def wait(self, *, until: float) -> None:
        if self.process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(max(until - time.monotonic(), 0))

    def sweep(self) -> None:
        """Kill what is left of the child's process group: itself if it does not end, or workers it left behind."""
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def _start(self, now: float) -> None:
        """In a session of its own, so that Ctrl-C in the terminal reaches the supervisor only."""
        self._started_at = now
        self.process = subprocess.Popen(  # noqa: S603 -- our own commands
            self.command,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=self._end_with(os.getpid()),  # noqa: PLW1509 -- the supervisor has no threads
        )

    def _end_with(self, supervisor: int) -> Callable[[], None]:
        def tell_the_kernel() -> None:
            if _libc is not None:
                _libc.prctl(_PR_SET_PDEATHSIG, self.orphaned_by)
                if os.getppid() != supervisor:
                    os._exit(1)

        return tell_the_kernel


class Supervisor:
    """Runs its children until a signal asks it to stop.

    The first one, for which people wait, has the machine to itself until it is open (``FIRST_ALONE`` at most).
    """

    def __init__(self, children: list[Child]) -> None:
        self._children = children
        self._asked_to_stop = False

    def run(self, *, is_open: Callable[[], bool], once_open: Callable[[], None]) -> None:
        """Start the children and keep them running; ``once_open`` is called once, when ``is_open`` says yes.

        Signals only set a flag here, so that a stop never falls between a process's start and its entry.
        """
        for number in STOPS:
            signal.signal(number, self._ask_to_stop)
        opened = False
        alone_until = time.monotonic() + FIRST_ALONE
        try:
            while not self._asked_to_stop:
                everybody = opened or time.monotonic() > alone_until
                for child in self._children if everybody else self._children[:1]:
                    child.keep_running()
                if not opened and is_open():
                    opened = True
                    once_open()
                time.sleep(0.1)
        finally:
            self._stop()

    def _ask_to_stop(self, *_: object) -> None:
        self._asked_to_stop = True

    def _stop(self) -> None:
        for child in self._children:
            child.ask_to_end()
        end = time.monotonic() + GRACE
        for child in self._children:
            child.wait(until=end)
        for child in self._children:
            child.sweep()


def say(text: str) -> None:
    """Tell the person at the console."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _how(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"
