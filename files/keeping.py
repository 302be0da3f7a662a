"""Files are put away before the rows that name them, and no kill leaves one that nobody knows of."""

import logging
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage, storages
from django.db import DatabaseError, connection

from files.models import Leftover

CLAIMED_WITHIN = timedelta(hours=2)  # far longer than anything takes that holds files it has not named yet

_log = logging.getLogger(__name__)


class Swept(Exception):  # noqa: N818 -- named for what happened
    """A file was taken away before its row was written: whoever made it was held up for hours. Nothing is kept."""


def new_name(folder: str = "", ending: str = "") -> str:
    """A name that cannot be guessed, nor told from another one: ``folder/ab/ab….ending``."""
    token = secrets.token_hex(20)
    return "/".join(part for part in (folder, token[:2], f"{token}.{ending}".rstrip(".")) if part)


class Keeping:
    """Files put away for rows about to be written; `keeping` removes those that no row has claimed."""

    def __init__(self) -> None:
        self._put: dict[str, set[str]] = {}

    def put(self, storage: str, files: Mapping[str, Path]) -> None:
        """Keep files, each a new name with the path it lies at now, in ``storage`` ("default", "originals").

        One commit says that they are nobody's yet; only then are they written, and are on the disk on return.
        """
        self._put.setdefault(storage, set()).update(files)
        Leftover.objects.leave(storage, files, after=CLAIMED_WITHIN)
        for name, source in files.items():
            with source.open("rb") as content:
                storages[storage].save(name, File(content))
            _make_durable(storage, name)

    def claim(self, storage: str, *names: str) -> None:
        """Rows written in this transaction name these files. Raises `Swept` where one is gone."""
        if not connection.in_atomic_block:
            raise RuntimeError("Files are claimed inside the transaction that writes the rows that name them.")
        if not Leftover.objects.claim(storage, names):
            raise Swept(f"{storage}: {', '.join(names)}")

    def drop_unclaimed(self) -> None:
        """Remove what is still nobody's. Where the database cannot say, the sweep finds it."""
        for storage, names in self._put.items():
            if connection.needs_rollback:  # somebody else's transaction is lost, and every claim with it
                _delete(storage, names)
                continue
            with suppress(DatabaseError):
                mine = Leftover.objects.filter(storage=storage, name__in=names)
                if mine.update(condemned=True):
                    _delete(storage, mine.values_list("name", flat=True))
                    mine.delete()


@contextmanager
def keeping() -> Iterator[Keeping]:
    """Files first, rows after: what is not claimed when the block ends, well or badly, is removed.

    A process killed inside the block leaves files behind that a `Leftover` names, and the sweep removes them. That
    holds outside a transaction only: inside somebody else's the `Leftover` rows are not committed before the files
    are written, and a roll-back after the block leaves files that nothing names.
    """
    files = Keeping()
    try:
        yield files
    finally:
        files.drop_unclaimed()


def _make_durable(storage: str, name: str) -> None:
    """A row that survives the machine's fall must find its file: have the disk keep it before the row is written."""
    kept = storages[storage]
    if not isinstance(kept, FileSystemStorage):
        return
    path = Path(kept.path(name))
    for each in (path, path.parent):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _delete(storage: str, names: Iterable[str]) -> None:
    for name in names:
        try:
            storages[storage].delete(name)
        except OSError as error:
            _log.warning("“%s” cannot be deleted: %s", name, error)
