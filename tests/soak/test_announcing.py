"""Eight heartbeats, five hundred stories that come due at once, and workers that are killed at any moment."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.actors import Sample
from accounts.models import Activity
from articles.models import Article, PlannedUpdate
from tests.heartbeat.conftest import database_url
from tests.make import make_article, make_section, make_text

WORKERS = 8
STORIES = 500
UPDATES = 100  # live stories with a planned update among them
KILLS = 24
LAST = timedelta(seconds=20)  # stories come due within this after the workers have started
PATIENCE = 240  # seconds until everything must be told

# What a heartbeat does, without its pauses: eight of these are far more eager than any real ones.
WORKER = """
import time, django
django.setup()
from articles.models.announcing import announce
while True:
    announce()
    time.sleep(0.05)
"""


@pytest.fixture
def workers(transactional_db, tmp_path):
    """Start and kill announcing processes on the tests' database; none outlives the test."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(tmp_path),
    }
    running = []

    def start():
        command = [sys.executable, "-c", WORKER]
        running.append(subprocess.Popen(command, cwd=settings.ROOT, env=environment))  # noqa: S603 -- our own code

    def kill_one():
        process = running.pop(random.randrange(len(running)))  # noqa: S311 -- chooses a victim, guards nothing
        process.kill()
        process.wait()

    yield start, kill_one
    for process in running:
        process.kill()
        process.wait()


def test_what_comes_due_is_announced_exactly_once_and_never_early(workers):
    start, kill_one = workers
    begun = timezone.now() + timedelta(seconds=60)
    make_section("Health")
    scheduled = [make_article(published_at=begun + LAST * (number / STORIES)) for number in range(STORIES)]
    live = [_with_planned_update(at=begun + LAST * (number / UPDATES)) for number in range(UPDATES)]
    assert timezone.now() < begun, "Making the stories took too long: raise the head start."

    for _ in range(WORKERS):
        start()
    time.sleep(max(0, (begun - timezone.now()).total_seconds()))
    for _ in range(KILLS):
        time.sleep(LAST.total_seconds() / KILLS)
        kill_one()
        start()
    _wait_until_all_is_told()

    appeared = Activity.objects.filter(verb="appeared")
    assert Counter(appeared.values_list("subject_id", flat=True)) == {article.pk: 1 for article in scheduled}
    early = [
        article.pk
        for article in Article.objects.exclude(announced_at=None)
        if article.announced_at < article.published_at
    ]
    assert early == []
    folded = Activity.objects.filter(verb="published", actor_kind="clock")
    assert Counter(folded.values_list("subject_id", flat=True)) == {article.pk: 1 for article in live}
    for article in Article.objects.filter(pk__in=[article.pk for article in live]).select_related("live"):
        assert (article.live.headline, article.live_id) == ("Updated", article.draft_id)
        assert article.live.went_live_at >= article.updated_at
    told = Counter(
        tuple(result.args_kwargs["args"]) for result in DBTaskResult.objects.filter(task_path__endswith="tell_changed")
    )
    assert {pk for (pk, verb), count in told.items() if verb == "appeared" and count == 1} == {a.pk for a in scheduled}


def _with_planned_update(*, at):
    article = make_article(published_at=timezone.now() - timedelta(hours=1))
    revision = article.revise(make_text(headline="Updated"), revision=article.draft, by=Sample())
    article.plan(revision=revision, by=Sample(), at=at)
    return article


def _wait_until_all_is_told():
    end = time.monotonic() + PATIENCE
    while Article.objects.unannounced(timezone.now()).exists() or PlannedUpdate.objects.exists() or _some_ahead():
        assert time.monotonic() < end, "Not everything was announced in time."
        time.sleep(0.5)


def _some_ahead():
    return Article.objects.scheduled().exists()
