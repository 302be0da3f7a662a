from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from heartbeat import watch, watches
from heartbeat.models import Beat, Worker

NO_STORE = "max-age=0, no-cache, no-store, must-revalidate, private"


def test_live_answers_without_a_database(client):
    response = client.get("/health/live")

    assert (response.status_code, response.json()) == (200, {"web": "ok"})
    assert response.headers["Cache-Control"] == NO_STORE


@pytest.mark.django_db
def test_ready_says_that_everything_runs(client):
    Beat.objects.create(name="rescue", next_due=timezone.now(), last_finished=timezone.now())
    Worker.sign_of_life("worker")

    response = client.get("/health/ready")

    assert (response.status_code, response.json()) == (200, {"database": "ok", "heartbeat": "ok", "worker": "ok"})
    assert response.headers["Cache-Control"] == NO_STORE


@pytest.mark.django_db
def test_ready_tells_a_silent_heartbeat_and_worker_but_keeps_the_pages_up(client):
    long_ago = timezone.now() - timedelta(minutes=2)
    Beat.objects.create(name="rescue", next_due=timezone.now(), last_finished=long_ago)
    Worker.objects.create(name="worker", seen_at=long_ago)

    response = client.get("/health/ready")

    assert (response.status_code, response.json()) == (
        200,
        {"database": "ok", "heartbeat": "silent", "worker": "silent"},
    )


@pytest.mark.django_db
def test_ready_is_503_without_a_database(client):
    def refuse(*arguments):
        from django.db import OperationalError

        raise OperationalError("The server is away.")

    with connection.execute_wrapper(refuse):
        response = client.get("/health/ready")

    assert (response.status_code, response.json()) == (503, {"database": "silent"})


@pytest.mark.django_db
def test_ready_turns_red_for_what_a_watch_says(client, monkeypatch):
    monkeypatch.setattr(watches, "_watches", {})
    watch("letters")(lambda: ["Three letters could not be sent."])
    watch("pictures")(list)

    response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json() == {
        "database": "ok",
        "heartbeat": "silent",
        "worker": "silent",
        "letters": ["Three letters could not be sent."],
    }


def test_two_watches_cannot_have_one_name(monkeypatch):
    monkeypatch.setattr(watches, "_watches", {})
    watch("letters")(list)

    with pytest.raises(ValueError, match="Another watch is called “letters” already"):
        watch("letters")(dict)
