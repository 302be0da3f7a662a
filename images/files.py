"""Where picture files lie and what they are called.

Public files go to the default storage, originals to one of their own that no address leads to. No name can be
guessed, or told from another name or from the name a file came with.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files import File
from django.core.files.storage import Storage, default_storage, storages

ENDINGS = {"jpeg": "jpg", "webp": "webp"}


class Keeping:
    """Files put away for rows about to be written; `keeping` removes those that no row has claimed."""

    def __init__(self) -> None:
        self._unclaimed: dict[str, Storage] = {}

    def public(self, source: Path, kind: str) -> str:
        """Keep the file at ``source`` ("jpeg" or "webp") where readers can load it, and return its new name."""
        token = secrets.token_hex(20)
        return self._keep(default_storage, source, f"pictures/{token[:2]}/{token}.{ENDINGS[kind]}")

    def original(self, source: Path) -> str:
        """Keep the sender's file at ``source`` where nobody can load it, and return its new name."""
        token = secrets.token_hex(20)
        return self._keep(storages["originals"], source, f"{token[:2]}/{token}")

    def claim(self, *names: str) -> None:
        """Rows that name these files are committed."""
        for name in names:
            del self._unclaimed[name]

    def drop_unclaimed(self) -> None:
        for name, storage in self._unclaimed.items():
            storage.delete(name)

    def _keep(self, storage: Storage, source: Path, name: str) -> str:
        self._unclaimed[name] = storage
        with source.open("rb") as content:
            return storage.save(name, File(content))


@contextmanager
def keeping() -> Iterator[Keeping]:
    """Files first, rows after: what is not claimed when the block ends, well or badly, is removed.

    A process killed inside the block leaves files behind that nothing names: they waste room and show nothing.
    """
    files = Keeping()
    try:
        yield files
    finally:
        files.drop_unclaimed()
