"""What the task backend leaves to us: tasks of dead workers, failed tasks, old results.

A dead worker's task is marked as failed, and a failed task is either made ready again or given up: one place
decides whether there is another attempt. Every change names the state it starts from, so that any number of
heartbeats can do this at once.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.tasks import TaskResultStatus
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet

from heartbeat.models import GivenUp, Worker
from heartbeat.retries import ONCE, Patience, patience_for

logger = logging.getLogger(__name__)

# A worker gives a sign of life every five seconds. Silent for SILENCE, it is suspected; still silent after
# ANOTHER_LOOK, it is dead. Two looks, because after a long lock or a suspended machine the heartbeat may wake
# before the worker does, and a living worker must get its turn to say so.
SILENCE = timedelta(seconds=45)
ANOTHER_LOOK = timedelta(seconds=15)

RESULTS_KEPT = timedelta(days=14)


class WorkerDiedError(Exception):
    """Kept as the failure of a task whose worker was killed in the middle of it."""


def rescue_tasks() -> None:
    """One round: find dead workers, then decide about everything that failed."""
    find_dead_workers()
    for result in DBTaskResult.objects.failed().filter(given_up=None).only("task_path", "worker_ids", "finished_at"):
        _try_again_or_give_up(result)


def find_dead_workers() -> None:
    """Suspect silent workers; take the tasks from those suspected a while ago."""
    now = timezone.now()
    Worker.objects.silent_since(now - SILENCE).filter(suspected_at=None).update(suspected_at=now)
    for worker in Worker.objects.suspected_since(now - ANOTHER_LOOK):
        _take_tasks_from(worker)


def tidy() -> None:
    """Drop results nobody will ask for any more."""
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - RESULTS_KEPT).delete()


@transaction.atomic
def _take_tasks_from(worker: Worker) -> None:
    if not worker.strike_off():
        return
    for result in DBTaskResult.objects.running().only("task_path", "worker_ids", "started_at"):
        if result.worker_ids[-1:] == [worker.name]:
            logger.warning("Worker %s died while it ran %s, task %s.", worker, result.task_path, result.pk)
            _guarded(result, "started_at").filter(status=TaskResultStatus.RUNNING).update(
                status=TaskResultStatus.FAILED,
                finished_at=timezone.now(),
                exception_class_path=f"{WorkerDiedError.__module__}.{WorkerDiedError.__qualname__}",
                traceback=f"The worker {worker} died while it ran this task.",
            )


def _try_again_or_give_up(result: DBTaskResult) -> None:
    attempt = max(len(result.worker_ids), 1)
    patience = _patience_of(result)
    if attempt >= patience.attempts:
        _give_up(result, attempt)
        return
    wait = patience.wait_after(attempt)
    _guarded(result, "finished_at").filter(status=TaskResultStatus.FAILED).update(
        status=TaskResultStatus.READY, run_after=timezone.now() + wait, finished_at=None
    )
    logger.info(
        "Task %s (%s) failed %d times, again in %.0f s.", result.task_path, result.pk, attempt, wait.total_seconds()
    )


def _patience_of(result: DBTaskResult) -> Patience:
    """Importing the task is what registers its patience; a task that is no longer there is not retried."""
    try:
        import_string(result.task_path)
    except ImportError:
        return ONCE
    return patience_for(result.task_path)


def _give_up(result: DBTaskResult, attempt: int) -> None:
    _, is_new = GivenUp.objects.get_or_create(result=result)
    if is_new:
        logger.error("Task %s (%s) failed %d times and is given up.", result.task_path, result.pk, attempt)


def _guarded(result: DBTaskResult, moment: str) -> DBTaskResultQuerySet:
    """The result's row, only if it is still in the run we looked at: no other run started or ended at that moment."""
    return DBTaskResult.objects.filter(pk=result.pk, **{moment: getattr(result, moment)})
