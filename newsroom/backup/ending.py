"""How a long command ends that was told to stop: through its `finally`, so that nothing half is left."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_STOPS = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Inside, a stop is an exception; the exit code is that of the signal, as a shell would give it."""
    before = {stop: signal.signal(stop, _stop) for stop in _STOPS}
    try:
        yield
    finally:
        for stop, handler in before.items():
            signal.signal(stop, handler)


def _stop(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
