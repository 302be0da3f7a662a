import time

import pytest

from newsroom.roles import ADMINISTRATOR, EDITOR, REPORTER
from tests.make import make_user


def signed_in(client, role, **fields):
    user = make_user(role=role, **fields)
    client.force_login(user)
    return user


def prove(client):
    """The password was typed in this session a moment ago."""
    session = client.session
    session["accounts.proved_at"] = time.time()
    session.save()


@pytest.fixture
def reporter(client, db):
    return signed_in(client, REPORTER, name="Rosa Reporter")


@pytest.fixture
def editor(client, db):
    return signed_in(client, EDITOR)


@pytest.fixture
def administrator(client, db):
    user = signed_in(client, ADMINISTRATOR, name="Miriam Administrator")
    prove(client)
    return user


@pytest.fixture
def at_once(settings):
    """Tasks run where they are queued."""
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
