"""Backups one after the other while several people write, publish, send pictures and delete them."""

import random
import threading
import time
from contextlib import suppress

import pytest
from django.core.management import call_command
from django.db import connection

from accounts.sealing import seal_waiting
from articles.models import Article
from articles.states import MoveRefused
from images.models import Image
from images.uses import PictureInUse
from tests.heartbeat.conftest import wait_until
from tests.images.make import make_image
from tests.make import make_article, make_text, make_user
from tests.newsroom.test_backup import one_moment

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS = 60
WRITERS = 3


def one_thing(editor, chance):
    """What happens in a newsroom, one at a time."""
    match chance.choice(["write", "write", "revise", "send", "delete"]):
        case "write":
            article = make_article(headline=f"Story {chance.random()}", lead_image=make_image(), by=editor)
            article.publish(revision=article.draft, by=editor)
        case "revise":
            article = Article.objects.order_by("?").first()
            if article and article.draft:
                with suppress(MoveRefused):
                    article.revise(make_text(headline=f"Again {chance.random()}"), revision=article.draft, by=editor)
        case "send":
            make_image()
        case "delete":
            image = Image.objects.order_by("?").first()
            if image:
                with suppress(PictureInUse):
                    image.delete(by=editor)


def test_every_backup_of_a_busy_newsroom_is_of_one_moment(settings, tmp_path):
    stop, done, failed = threading.Event(), [], []

    def write(number):
        chance = random.Random(number)  # noqa: S311 -- chance, no secret
        editor = make_user(name=f"Editor {number}")
        try:
            while not stop.is_set():
                one_thing(editor, chance)
                done.append(number)
        except Exception as error:
            failed.append(error)
            raise
        finally:
            connection.close()

    def seal():
        while not stop.wait(0.5):
            seal_waiting()
        connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    threads.append(threading.Thread(target=seal))
    for thread in threads:
        thread.start()
    wait_until(lambda: done)
    backups, end = [], time.monotonic() + SECONDS
    while time.monotonic() < end:
        backups.append(tmp_path / f"{len(backups)}.tar")
        call_command("backup", str(backups[-1]))
        time.sleep(1)
    stop.set()
    for thread in threads:
        thread.join()

    counts = [one_moment(path, settings, tmp_path / f"place-{number}") for number, path in enumerate(backups[::5])]
    assert failed == []
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]
