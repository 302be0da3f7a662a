"""Which tasks are tried again after a failure, how often, and how long after."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.tasks import Task, task


@dataclass(frozen=True)
class Patience:
    """How long a task is kept trying: ``attempts`` counts the first one too."""

    attempts: int
    first_wait: timedelta
    longest_wait: timedelta

    def wait_after(self, attempt: int) -> timedelta:
        """The pause after the ``attempt``-th failure: doubled each time, and shortened at random by up to a half.

        The random part keeps tasks that failed together (a mail server was away) from coming back together.
        """
        doublings = min(attempt - 1, 20)
        longest = min(self.first_wait * 2.0**doublings, self.longest_wait)
        return longest * random.uniform(0.5, 1)  # noqa: S311 -- spreads load, guards nothing


ONCE = Patience(attempts=1, first_wait=timedelta(0), longest_wait=timedelta(0))

_patience: dict[str, Patience] = {}


def retried[**P, R](
    *,
    attempts: int = 5,
    first_wait: timedelta = timedelta(seconds=10),
    longest_wait: timedelta = timedelta(hours=1),
) -> Callable[[Callable[P, R]], "Task[P, R]"]:
    """Make a function a task that is tried up to ``attempts`` times, also when the worker running it was killed.

    The function must bear being run twice with the same arguments, even twice at once. Stands where ``@task``
    would stand; the task is enqueued as any other.
    """

    def make(function: Callable[P, R]) -> "Task[P, R]":
        made = task(function)
        _patience[made.module_path] = Patience(attempts, first_wait, longest_wait)
        return made

    return make


def patience_for(task_path: str) -> Patience:
    """The patience a task was made with, by its dotted path; ``ONCE`` for a task that is not retried.

    The task's module must have been imported.
    """
    return _patience.get(task_path, ONCE)
