"""Takes in the picture of a writer, by the process that opens strangers' pictures."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.utils import timezone

from commentary.models import Portrait, Submission, Writer
from images.decoding import Wanted, decode
from images.kinds import ENOUGH, PictureRefused, recognise

MOST_BYTES = 10 * 1024 * 1024
WIDTH = 800  # pixels: enough for every place a portrait is shown in
TAKEN = frozenset({"jpeg", "png", "webp"})


def keep(upload: File[bytes], writer: Writer) -> None:
    """Keep the JPEG, PNG or WebP in ``upload`` as the portrait of ``writer``, instead of an earlier one.

    Raises ``PictureRefused`` with a sentence, and keeps the earlier one then.
    """
    if upload.size > MOST_BYTES:
        raise PictureRefused("This file is larger than 10 MB. Save the picture smaller, as JPEG, and choose that.")
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as room:
        source, made = Path(room) / "given", Path(room) / "made"
        source.write_bytes(upload.read())
        with source.open("rb") as stream:
            kind = recognise(stream.read(ENOUGH))
        if kind not in TAKEN:
            raise PictureRefused("A portrait has to be a JPEG, PNG or WebP. Save it as JPEG, and choose that.")
        decoded = decode(source, [Wanted(str(made), "jpeg", WIDTH)])
        width, height = decoded.files[0]
        columns = {"jpeg": made.read_bytes(), "width": width, "height": height, "made_at": timezone.now()}
    Portrait.objects.update_or_create(writer=writer, defaults=columns)


def of(piece: Submission) -> Portrait | None:
    """The portrait of whoever sent ``piece``."""
    return Portrait.objects.filter(writer__submission=piece, writer__position=1).first()


def drop(piece: Submission) -> None:
    Portrait.objects.filter(writer__submission=piece, writer__position=1).delete()
