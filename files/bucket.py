"""Files in an S3 bucket instead of on the disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from django.urls import get_script_prefix
from storages.backends.s3 import S3Storage

HELD = 2 * 1024 * 1024  # bytes of a file in memory; the rest waits on the disk
NOT_FOUND = 404


class StorageAway(OSError):  # noqa: N818 -- named for what happened
    """The bucket does not answer, or refuses us."""


class Bucket(S3Storage):  # type: ignore[misc] # it brings no types
    """A folder of a bucket; ``address`` is where readers load its files, ours unless it names another place.

    What is missing and what does not answer is told as it is of a disk: nobody above knows which one it is.
    """

    def __init__(self, *, address: str, **options: Any) -> None:
        patience = Config(connect_timeout=5, read_timeout=20, retries={"max_attempts": 3, "mode": "standard"})
        fixed = {
            "client_config": options.pop("client_config", patience),
            "transfer_config": TransferConfig(use_threads=False),
            "max_memory_size": HELD,
            "querystring_auth": False,
            "default_acl": None,
        }
        super().__init__(**fixed, **options)
        self.address = address

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        return f"{self.address if '://' in self.address else get_script_prefix() + self.address}{name}"

    def get_modified_time(self, name: str) -> datetime:
        with _told_as_of_a_disk(name):
            moment: datetime = super().get_modified_time(name)
        return moment

    def delete(self, name: str) -> None:
        with _told_as_of_a_disk(name):
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _told_as_of_a_disk(name):
            return bool(super().exists(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with _told_as_of_a_disk(path):
            folders, files = super().listdir(path)
        return folders, files

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        with _told_as_of_a_disk(name):
            file: File[bytes] = super()._open(name, mode)
            file.file  # noqa: B018 -- fetched here, where a failure can still be told
        return file

    def _save(self, name: str, content: File[bytes]) -> str:
        with _told_as_of_a_disk(name):
            return str(super()._save(name, content))


@contextmanager
def _told_as_of_a_disk(name: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == NOT_FOUND:
            raise FileNotFoundError(f"There is no file “{name}”.") from error
        raise StorageAway(f"The bucket refuses “{name}”: {error}") from error
    except BotoCoreError as error:
        raise StorageAway(f"The bucket does not answer for “{name}”: {error}") from error
