"""A sender's file on its way in: written down piece by piece, looked at, and known by what is in it."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.files import File

from documents.kinds import MOST_BYTES, recognise
from documents.names import sent_name
from documents.refusing import DocumentRefused

STORAGE = "documents"  # its alias in settings.STORAGES; no address leads there but documents.views


class Sent(NamedTuple):
    """Where the file lies for now, its kind, its length in bytes, its SHA-256 in hex, and what it was called."""

    path: Path
    kind: str
    size: int
    sha256: str
    file_name: str


@contextmanager
def looked_at(upload: File[bytes]) -> Iterator[Sent]:
    """The document in ``upload``, for as long as the block lasts. Raises `DocumentRefused` for what is none."""
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as room:
        path = Path(room) / "document"
        size, sha256 = _write_down(upload, path)
        yield Sent(path, recognise(path), size, sha256, sent_name(upload.name or ""))


def _write_down(upload: File[bytes], path: Path) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as kept:
        for chunk in upload.chunks():
            size += len(chunk)
            if size > MOST_BYTES:
                most = MOST_BYTES // 1024**2
                raise DocumentRefused(f"This file is larger than {most} MB. Make it smaller, or split it.")
            digest.update(chunk)
            kept.write(chunk)
    return size, digest.hexdigest()
