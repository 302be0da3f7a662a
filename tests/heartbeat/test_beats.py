import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from heartbeat import beat, beats
from heartbeat.loop import beat_once
from heartbeat.models import Beat
from tests.heartbeat.conftest import wait_until

HOUR = timedelta(hours=1)
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_register(monkeypatch):
    """These tests register beats of their own and leave none behind."""
    monkeypatch.setattr(beats, "_registered", {})


@pytest.mark.django_db
def test_beat_runs_once_in_each_period(time_machine):
    ran = []
    beat("count", every=HOUR)(lambda: ran.append("count"))
    time_machine.move_to(NOON)

    beat_once()
    beat_once()
    time_machine.move_to(NOON + timedelta(minutes=59))
    beat_once()
    time_machine.move_to(NOON + HOUR)
    beat_once()

    assert ran == ["count", "count"]
    assert Beat.objects.get().next_due == NOON + 2 * HOUR


@pytest.mark.django_db
def test_beat_that_fails_is_kept_and_stops_no_other(time_machine, caplog):
    def broken():
        raise ValueError("No ink left.")

    ran = []
    beat("broken", every=HOUR)(broken)
    beat("sound", every=HOUR)(lambda: ran.append("sound"))
    time_machine.move_to(NOON, tick=False)

    beat_once()

    assert ran == ["sound"]
    kept = Beat.objects.get(name="broken")
    assert (kept.last_started, kept.last_finished, kept.next_due) == (NOON, NOON, NOON + HOUR)
    assert kept.last_error.endswith("ValueError: No ink left.\n")
    assert [record.getMessage() for record in caplog.records if record.name == "heartbeat.loop"] == [
        "The beat broken failed; it is due again at 2026-05-04 13:00:00+00:00."
    ]


@pytest.mark.django_db
def test_beat_that_succeeds_again_forgets_its_failure(time_machine):
    Beat.objects.create(name="mended", next_due=NOON, last_error="No ink left.")
    beat("mended", every=HOUR)(lambda: None)
    time_machine.move_to(NOON)

    beat_once()

    assert Beat.objects.get().last_error == ""


@pytest.mark.django_db
@pytest.mark.parametrize(("ahead", "runs"), [(timedelta(minutes=64), 0), (timedelta(days=1), 1)])
def test_beat_whose_period_was_shortened_does_not_wait_for_the_old_one(time_machine, ahead, runs):
    ran = []
    time_machine.move_to(NOON)
    Beat.objects.create(name="often", next_due=NOON + ahead)
    beat("often", every=HOUR)(lambda: ran.append("often"))

    beat_once()

    assert len(ran) == runs


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("known", [True, False])
def test_heartbeats_in_parallel_run_one_beat_once(known):
    if known:
        Beat.objects.create(name="shared", next_due=NOON)
    barrier = threading.Barrier(6)
    claimed = []

    def claim():
        barrier.wait()
        claimed.append(Beat.claim("shared", every=HOUR))
        connection.close()

    threads = [threading.Thread(target=claim) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(claimed) == 6
    assert [str(row) for row in claimed if row] == ["shared"]


def test_registering_the_same_beat_again_changes_nothing():
    def work():
        pass

    beat("work", every=HOUR)(work)
    beat("work", every=HOUR)(work)

    assert beats.registered_beats() == [beats.RegisteredBeat("work", HOUR, work)]


def test_registering_another_beat_of_the_same_name_is_refused():
    beat("work", every=HOUR)(print)

    with pytest.raises(ValueError, match="Another beat is called “work” already"):
        beat("work", every=HOUR)(repr)


BEATS = [registered.name for registered in beats.registered_beats()]  # of the whole product, in a process of its own


def test_heartbeat_process_beats_and_ends_at_once(manage):
    process = manage("heartbeat")
    wait_until(lambda: Beat.objects.exclude(last_finished=None).count() == len(BEATS))

    process.terminate()

    assert process.wait(timeout=20) == 0
    assert set(Beat.objects.values_list("name", "last_error")) == {(name, "") for name in BEATS}
