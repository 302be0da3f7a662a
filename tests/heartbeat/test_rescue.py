import signal
from datetime import UTC, datetime, timedelta

import pytest
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker as Runner
from django_tasks_db.models import DBTaskResult

from heartbeat.models import GivenUp, Worker
from heartbeat.rescue import find_dead_workers, rescue_tasks, tidy
from heartbeat.retries import Patience
from tests.heartbeat import tasks
from tests.heartbeat.conftest import wait_until

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def seconds(number):
    return timedelta(seconds=number)


def work(name="worker"):
    """Run whatever is ready, as a worker process does, and return."""
    Runner(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    ).run()


def errors(caplog):
    return [record.getMessage() for record in caplog.records if record.name == "heartbeat.rescue"]


@pytest.mark.django_db(transaction=True)
def test_failed_task_is_tried_again_later_and_at_last_given_up(time_machine, caplog):
    caplog.set_level("ERROR", "heartbeat.rescue")
    time_machine.move_to(NOON, tick=False)
    tasks.fail.enqueue()
    result = DBTaskResult.objects.get()

    work()
    rescue_tasks()
    result.refresh_from_db()
    assert result.status == TaskResultStatus.READY
    assert NOON + seconds(5) <= result.run_after <= NOON + seconds(10)

    time_machine.move_to(NOON + seconds(10), tick=False)
    work()
    rescue_tasks()
    result.refresh_from_db()
    assert result.status == TaskResultStatus.READY
    assert NOON + seconds(17.5) <= result.run_after <= NOON + seconds(25)

    time_machine.move_to(NOON + seconds(25), tick=False)
    work()
    rescue_tasks()
    rescue_tasks()
    result.refresh_from_db()
    assert (result.status, len(result.worker_ids)) == (TaskResultStatus.FAILED, 3)
    assert list(GivenUp.objects.values_list("result", "at")) == [(result.pk, NOON + seconds(25))]
    assert errors(caplog) == [f"Task tests.heartbeat.tasks.fail ({result.pk}) failed 3 times and is given up."]


@pytest.mark.django_db(transaction=True)
def test_task_nobody_asked_to_retry_is_given_up_at_once():
    tasks.fail_once.enqueue()

    work()
    rescue_tasks()

    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED
    assert GivenUp.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_task_that_is_no_longer_there_is_given_up():
    tasks.fail.enqueue()
    DBTaskResult.objects.update(task_path="tests.heartbeat.tasks.removed_last_week")

    work()
    rescue_tasks()

    assert GivenUp.objects.count() == 1


def test_waits_grow_are_capped_and_differ():
    patience = Patience(attempts=9, first_wait=seconds(10), longest_wait=seconds(60))

    longest = {1: 10, 2: 20, 3: 40, 4: 60, 200: 60}
    waits = {attempt: [patience.wait_after(attempt).total_seconds() for _ in range(50)] for attempt in longest}

    assert all(most / 2 <= min(waits[attempt]) < max(waits[attempt]) <= most for attempt, most in longest.items())


@pytest.mark.django_db(transaction=True)
def test_only_a_worker_silent_at_two_looks_loses_its_task(time_machine):
    time_machine.move_to(NOON, tick=False)
    tasks.fail.enqueue()
    result = DBTaskResult.objects.get()
    result.claim("slow")
    Worker.sign_of_life("slow")

    time_machine.move_to(NOON + seconds(50), tick=False)
    find_dead_workers()
    Worker.sign_of_life("slow")
    time_machine.move_to(NOON + seconds(66), tick=False)
    find_dead_workers()
    result.refresh_from_db()
    assert result.status == TaskResultStatus.RUNNING

    time_machine.move_to(NOON + seconds(96), tick=False)
    find_dead_workers()
    time_machine.move_to(NOON + seconds(111), tick=False)
    find_dead_workers()
    result.refresh_from_db()
    assert (result.status, result.exception_class_path) == (
        TaskResultStatus.FAILED,
        "heartbeat.rescue.WorkerDiedError",
    )
    assert result.task_result.errors[0].exception_class.__name__ == "WorkerDiedError"
    assert not Worker.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_dead_worker_does_not_lose_what_another_finished_or_runs(time_machine):
    time_machine.move_to(NOON, tick=False)
    finished, elsewhere, foreign = (DBTaskResult.objects.get(pk=tasks.fail.enqueue().id) for _ in range(3))
    finished.claim("dead")
    finished.set_successful(None)
    elsewhere.claim("dead")
    elsewhere.claim("alive")
    foreign.claim("never entered")
    Worker.sign_of_life("dead")

    for passed in (50, 70):
        time_machine.move_to(NOON + seconds(passed), tick=False)
        Worker.sign_of_life("alive")
        find_dead_workers()

    states = [DBTaskResult.objects.get(pk=result.pk).status for result in (finished, elsewhere, foreign)]
    assert states == [TaskResultStatus.SUCCESSFUL, TaskResultStatus.RUNNING, TaskResultStatus.RUNNING]
    assert [worker.name for worker in Worker.objects.all()] == ["alive"]


@pytest.mark.django_db(transaction=True)
def test_old_results_are_dropped_and_young_or_waiting_ones_kept(time_machine):
    time_machine.move_to(NOON, tick=False)
    tasks.fail_once.enqueue()
    work()
    rescue_tasks()
    waiting = tasks.fail.enqueue()
    time_machine.move_to(NOON + timedelta(days=13), tick=False)
    young = DBTaskResult.objects.get(pk=tasks.fail_once.enqueue().id)
    young.claim("worker")
    young.set_successful(None)

    time_machine.move_to(NOON + timedelta(days=15), tick=False)
    tidy()

    assert {str(result.pk) for result in DBTaskResult.objects.all()} == {waiting.id, str(young.pk)}
    assert not GivenUp.objects.exists()


def test_killed_workers_task_is_given_back_and_finished_by_another(manage, tmp_path, time_machine):
    path = tmp_path / "note"
    tasks.note.enqueue(str(path))
    first = manage("worker")
    wait_until(lambda: DBTaskResult.objects.running().exists())
    started = timezone.now()

    # A slow worker is suspected, shows that it lives, and keeps its task.
    time_machine.move_to(started + seconds(60))
    find_dead_workers()
    assert Worker.objects.exclude(suspected_at=None).count() == 1
    wait_until(lambda: not Worker.objects.exclude(suspected_at=None).exists())
    time_machine.move_to(started + seconds(80))
    find_dead_workers()
    assert DBTaskResult.objects.get().status == TaskResultStatus.RUNNING

    # A killed one cannot.
    first.send_signal(signal.SIGKILL)
    first.wait()
    time_machine.move_to(started + seconds(160))
    find_dead_workers()
    time_machine.move_to(started + seconds(180))
    rescue_tasks()
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY

    path.with_suffix(".go").touch()
    time_machine.move_to(started)
    DBTaskResult.objects.update(run_after=started)
    second = manage("worker")
    wait_until(lambda: DBTaskResult.objects.successful().exists())
    second.terminate()
    assert second.wait(timeout=5) == 0
    assert path.read_text() == "noted\n"
    assert len(set(DBTaskResult.objects.get().worker_ids)) == 2
