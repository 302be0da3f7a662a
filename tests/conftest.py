import logging
from uuid import uuid4

import boto3
import pytest
import time_machine
from moto.server import ThreadedMotoServer

from newsroom import storing
from tests.make import NOW


@pytest.fixture
def now():
    """The product's clock stands at ``NOW``."""
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def time_machine_at():
    """Moves the product's clock: ``time_machine_at(moment)``."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock.move_to


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Each test keeps its files to itself, never among the newsroom's own."""
    own = {
        name: settings.STORAGES[name] | {"OPTIONS": settings.STORAGES[name].get("OPTIONS", {}) | {"location": folder}}
        for name, folder in [
            ("default", tmp_path / "media"),
            ("originals", tmp_path / "originals"),
            ("documents", tmp_path / "documents"),
        ]
    }
    settings.STORAGES = settings.STORAGES | own


@pytest.fixture(scope="session")
def bucket_server():
    """A real S3 server on this machine's own network: its address."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(settings, tmp_path, request):
    """Files are kept in an empty bucket."""
    name = f"newsroom-{uuid4().hex}"
    url = f"s3+http://key:secret@{request.getfixturevalue('bucket_server')}/{name}"
    settings.STORAGES = settings.STORAGES | storing.storages(url, "", tmp_path)
    given = settings.STORAGES["default"]["OPTIONS"]
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": given["region_name"]}
    boto3.client("s3", endpoint_url=given["endpoint_url"], **keys).create_bucket(Bucket=name)
    return name


@pytest.fixture(params=["disk", "s3"])
def either_storage(request, settings):
    """The test runs twice: with its files on the disk, and in a bucket."""
    if request.param == "s3":
        request.getfixturevalue("bucket")
    return request.param
