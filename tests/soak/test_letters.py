"""Two hundred letters leave through a real mail server while the processes that send them are killed."""

import email
import email.policy
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

from commentary import posting
from commentary.models import Letter, letters
from tests.commentary.make import make_editor, make_piece
from tests.commentary.post_office import ask_often, open_office
from tests.heartbeat.conftest import database_url

LETTERS = 200
WORKERS = 3
KILLS = 25
PATIENCE = 240

# What a worker does with the task, without its pauses; a claim of a killed one ends after two seconds instead of five
# minutes, so that the test sees its end.
WORKER = """
import time, django
from datetime import timedelta
django.setup()
from commentary import posting
from commentary.models import thread
thread.CLAIMED = timedelta(seconds=2)
while True:
    posting.post_letters.call()
    time.sleep(0.05)
"""


@pytest.fixture
def workers(transactional_db, tmp_path):
    running = []

    def start(port):
        environment = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
            "DATABASE_URL": database_url(),
            "DATA_DIR": str(tmp_path),
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        }
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


def test_no_letter_is_lost_and_doubles_are_those_that_were_in_flight(workers, settings):
    start, kill_one = workers
    editor = make_editor()
    piece = make_piece(editor=editor)
    Letter.objects.update(cancelled_at=timezone.now())
    for _ in range(LETTERS):
        letters.write(piece, "withdrawn", writer=piece.writer, by=editor)
    wanted = set(Letter.objects.waiting().values_list("message_id", flat=True))

    with open_office(settings) as office:
        office.wait = 0.05  # so that kills hit letters on their way
        for _ in range(WORKERS):
            start(office.port)
        until = time.monotonic() + PATIENCE
        for number in range(KILLS):
            while len(office.taken) < (number + 1) * 5 and time.monotonic() < until:
                time.sleep(0.01)  # a worker is at it, so the kill hits something
            kill_one()
            start(office.port)
        while Letter.objects.waiting().exists() and time.monotonic() < until:
            time.sleep(0.5)
        taken = Counter(
            email.message_from_bytes(one.content, policy=email.policy.default)["Message-ID"] for one in office.taken
        )

    assert set(taken) == wanted
    assert Letter.objects.filter(sent_at__isnull=True, cancelled_at__isnull=True).count() == 0
    doubles = sum(number - 1 for number in taken.values())
    print(f"{LETTERS} letters, {KILLS} kills, {doubles} doubles")  # noqa: T201 -- what a long proof has seen
    assert doubles <= KILLS


@pytest.mark.django_db
def test_ten_thousand_requests_for_one_address_are_three_letters(settings):
    piece = make_piece(status="unconfirmed")
    ask_often(piece, 9_999)

    with open_office(settings) as office:
        until = timezone.now() + timedelta(minutes=10)
        while Letter.objects.waiting().exists() and timezone.now() < until:
            posting.post_letters.call()

    assert (len(office.taken), Letter.objects.waiting().count()) == (3, 0)
