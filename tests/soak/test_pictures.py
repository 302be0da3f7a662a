"""Two hundred mixed files sent at once to a running newsroom whose processes are killed in the middle."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import boto3
import pytest
from django.conf import settings

from tests.newsroom.test_start import Newsroom, wait_until
from tests.soak.mixed_pictures import mixed

MOST_MEMORY = 600_000_000  # bytes resident, of any process at any time
AT_ONCE = 4
PARTS = (
    "images.decoder",
    "granian",
    "manage.py worker",
    "manage.py heartbeat",
    "manage.py start",
    "tests.soak",
    "shell",
)
PASSWORD = "three paper boats and a lamp"
PERSON = """
from django.contrib.auth.models import Group
from accounts.models import User
user = User.objects.create_user("edda@example.org", "{}", name="Edda Editor", is_staff=True)
user.groups.add(Group.objects.get(name="Editor"))
"""


@pytest.fixture(params=["disk", "s3"])
def running(request, tmp_path):
    """A newsroom with one editor; its environment says where it keeps its files."""
    newsroom = Newsroom(tmp_path / "data")
    own = {}
    if request.param == "s3":
        address, name = request.getfixturevalue("bucket_server"), f"newsroom-{uuid4().hex}"
        keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "us-east-1"}
        boto3.client("s3", endpoint_url=f"http://{address}", **keys).create_bucket(Bucket=name)
        own = {"STORAGE_URL": f"s3+http://key:secret@{address}/{name}"}
    newsroom.own = own
    newsroom.start(**own)
    wait_until(lambda: newsroom.health() and "The newsroom is open." in newsroom.log.read_text())
    told(newsroom, "manage.py", "shell", "-v0", "-c", PERSON.format(PASSWORD))
    yield newsroom
    for pid in newsroom.processes():
        os.kill(pid, signal.SIGKILL)
    newsroom.process.wait()


def told(newsroom, *command):
    """What a command of ours says about this newsroom."""
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(newsroom.folder),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "NEWSROOM_SAMPLE": "0",
        "PORT": str(newsroom.port),
        **newsroom.own,
    }
    asked = [sys.executable, *command]
    return subprocess.run(asked, cwd=settings.ROOT, env=environment, capture_output=True, text=True, check=True).stdout  # noqa: S603


class Desk:
    """One signed-in editor, sending from several threads."""

    def __init__(self, newsroom):
        self.port = newsroom.port
        page = self.ask("GET", "/admin/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page[1].decode())[1]
        self.cookies = cookies(page[2])
        form = {"csrfmiddlewaretoken": token, "username": "edda@example.org", "password": PASSWORD, "next": "/admin/"}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = self.ask("POST", "/admin/login/", urlencode(form).encode(), headers)
        self.cookies |= cookies(answer[2])
        assert "sessionid" in self.cookies, answer

    cookies: dict

    def ask(self, method, path, body=None, headers=None):
        site = f"http://127.0.0.1:{self.port}"
        own = {"Cookie": "; ".join(f"{name}={value}" for name, value in getattr(self, "cookies", {}).items())}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=180)
        try:
            connection.request(method, path, body, {"Referer": site, "Origin": site, **own, **(headers or {})})
            response = connection.getresponse()
            return response.status, response.read(), response.headers
        finally:
            connection.close()

    def send(self, sent):
        """The status and the answer; sent again, as a person would, while the server is away."""
        bound = uuid4().hex
        head = f'--{bound}\r\nContent-Disposition: form-data; name="file"; filename="{sent.name}"\r\n'
        head += "Content-Type: image/jpeg\r\n\r\n"
        body = head.encode() + sent.content + f"\r\n--{bound}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={bound}", "X-CSRFToken": self.cookies["csrftoken"]}
        for _ in range(240):
            try:
                status, answer, _ = self.ask("POST", "/admin/pictures/upload/", body, kind)
            except (OSError, http.client.HTTPException):
                time.sleep(0.5)
                continue
            return status, json.loads(answer)
        raise AssertionError("The server did not come back.")


def cookies(headers):
    return dict(line.split(";")[0].split("=", 1) for line in headers.get_all("Set-Cookie") or [])


class Watch(threading.Thread):
    """Looks all the time how much memory every process of a newsroom has, the short-lived ones too."""

    def __init__(self, newsroom):
        super().__init__(daemon=True)
        self.mark = f"DATA_DIR={newsroom.folder}\0".encode()
        self.most, self.ended = {}, threading.Event()

    def run(self):
        while not self.ended.is_set():
            for name, size in self.seen():
                self.most[name] = max(self.most.get(name, 0), size)
            time.sleep(0.05)

    def seen(self):
        """Processes whose environment names the folder, and their children: decoders have no environment."""
        ours = set()
        for entry in sorted(Path("/proc").glob("[0-9]*"), key=lambda entry: int(entry.name)):
            try:
                status = (entry / "status").read_text()
                parent = int(re.search(r"PPid:\s+(\d+)", status)[1])
                if parent not in ours and self.mark not in (entry / "environ").read_bytes():
                    continue
                ours.add(int(entry.name))
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                size = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024
            except (OSError, TypeError):
                continue
            yield next((name for name in PARTS if name in command), command[-60:]), size


def test_two_hundred_mixed_files_are_each_taken_or_refused_and_nothing_is_half_stored(running, tmp_path):
    sent, expected = mixed(), tmp_path / "expected"
    expected.mkdir()
    for each in sent:
        if each.upright is not None:
            each.upright.save(expected / f"{each.name}.png", compress_level=1)
    watch, desk, started = Watch(running), Desk(running), time.monotonic()
    watch.start()

    with ThreadPoolExecutor(AT_ONCE) as people:
        answers = [people.submit(desk.send, each) for each in sent]
        wait_until(lambda: sum(answer.done() for answer in answers) > 50, seconds=300)
        os.kill(running.pid_of("manage.py worker"), signal.SIGKILL)
        wait_until(lambda: sum(answer.done() for answer in answers) > 90, seconds=300)
        everything_is_killed(running)
        running.start(**running.own)
        wait_until(lambda: sum(answer.done() for answer in answers) > 130, seconds=300)
        os.kill(running.pid_of("newsroom.wsgi:application"), signal.SIGKILL)
        answers = {each.name: answer.result() for each, answer in zip(sent, answers, strict=True)}
    uploaded = time.monotonic() - started

    state = wait_until(lambda: settled(running, expected), seconds=600)
    drained = time.monotonic() - started
    watch.ended.set()
    most = ", ".join(f"{name} {size >> 20} MB" for name, size in sorted(watch.most.items()))
    report = (
        f"{len(sent)} sent in {uploaded:.0f} s, all made after {drained:.0f} s: {len(state['pictures'])} pictures in "
    )
    sys.stderr.write(f"\n{report}{state['files']} files. At most: {most}\n")

    assert [verdict for each in sent if (verdict := unlike(each, *answers[each.name]))] == []
    assert sorted(state["pictures"]) == sorted(each.name for each in sent if each.upright is not None)
    assert (state["wrong"], state["lost"], state["strange"]) == ([], [], [])
    assert (state["leftovers"], state["waiting"]) == (0, 0)
    assert {name: size for name, size in watch.most.items() if size >= MOST_MEMORY} == {}
    assert "images.decoder" in watch.most


def everything_is_killed(newsroom):
    for pid in newsroom.processes():
        os.kill(pid, signal.SIGKILL)
    newsroom.process.wait()


def settled(newsroom, expected):
    """The state once no task waits; a dead worker's task is found after a minute."""
    state = json.loads(told(newsroom, "-m", "tests.soak.state_of_pictures", str(expected)))
    if state["waiting"]:
        time.sleep(5)
        return None
    return state


def unlike(sent, status, answer):
    """What is wrong with an answer; nothing where it is as it should be."""
    said = " ".join(answer.get("errors", []))
    if sent.upright is not None:
        # sent again after a kill, the first may have been kept already
        fine = status == 201 or (status in {409, 422} and "in the library already" in said)
    else:
        fine = status == 422 and said.startswith(sent.refused) and len(said) > 20
    return "" if fine else f"{sent.name}: {status} {said}"
