"""Tasks as the apps write them, for the worker processes these tests start."""

import time
from datetime import timedelta
from pathlib import Path

from django.tasks import task

from heartbeat import retried


@retried(attempts=3, first_wait=timedelta(seconds=10), longest_wait=timedelta(seconds=30))
def note(path: str) -> None:
    """Wait until somebody allows it, then write one line."""
    while not Path(f"{path}.go").exists():
        time.sleep(0.05)
    with Path(path).open("a") as file:
        file.write("noted\n")


@retried(attempts=3, first_wait=timedelta(seconds=10), longest_wait=timedelta(seconds=15))
def fail() -> None:
    raise ValueError("This task never succeeds.")


@task
def fail_once() -> None:
    raise ValueError("Nobody asked for a second attempt.")
