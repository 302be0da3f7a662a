"""How a picture comes in: looked at in the capped process, put away, written down, usable at once."""

import hashlib
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import transaction

from accounts.activity import record
from accounts.actors import Actor, person
from files.keeping import keeping
from images.decoding import Wanted, decode
from images.kinds import PictureRefused
from images.models import Image
from images.names import ORIGINALS, PUBLIC, original_name, public_name
from images.renditions import make_renditions
from images.sizes import IMMEDIATE, MOST_BYTES
from images.wording import file_name

__all__ = ["PictureRefused", "receive"]


def receive(upload: File[bytes], *, by: Actor, decorative: bool = False, **wording: Any) -> Image:
    """Take in the JPEG, PNG, WebP or still GIF in ``upload``, at most 25 MB and 50 megapixels.

    ``wording`` as `Image.word` takes it. Returns the saved picture with its 960 px JPEG; the renditions follow from a
    task. Raises `PictureRefused` with a sentence, having kept nothing. Inside somebody else's transaction a later
    roll-back leaves the files behind: see `files.keeping`.
    """
    image = Image(created_by=person(by), file_name=file_name(upload.name))
    image.word(decorative=decorative, **wording)
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as room, keeping() as files:
        source, immediate = Path(room) / "original", Path(room) / "immediate"
        image.sha256 = _write_down(upload, source)
        decoded = decode(source, [Wanted(str(immediate), "jpeg", IMMEDIATE)])
        image.width, image.height = decoded.width, decoded.height
        image.original, image.file.name = original_name(), public_name("jpeg")
        files.put(ORIGINALS, {image.original: source})
        files.put(PUBLIC, {image.file.name: immediate})
        with transaction.atomic():
            image.save()
            files.claim(ORIGINALS, image.original)
            files.claim(PUBLIC, image.file.name)
            record("received", image, by=by)
            # robust: a queue that cannot be reached must not undo a picture that is already committed
            transaction.on_commit(partial(make_renditions.enqueue, image.pk), robust=True)
    return image


def _write_down(upload: File[bytes], path: Path) -> str:
    """Copy ``upload`` to ``path`` piece by piece, stopping at the limit; the SHA-256 of what was written."""
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as kept:
        for chunk in upload.chunks():
            size += len(chunk)
            if size > MOST_BYTES:
                raise PictureRefused(
                    f"This file is larger than {MOST_BYTES // 1024**2} MB. Save the picture smaller, as JPEG, and "
                    "upload that."
                )
            digest.update(chunk)
            kept.write(chunk)
    return digest.hexdigest()
