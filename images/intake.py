"""How a picture comes in: looked at in the capped process, put away, written down, usable at once."""

import hashlib
import tempfile
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import transaction

from accounts.activity import record
from accounts.actors import Actor, person
from images.decoding import Wanted, decode
from images.files import keeping
from images.kinds import PictureRefused
from images.models import Image
from images.renditions import make_renditions
from images.sizes import IMMEDIATE, MOST_BYTES

__all__ = ["PictureRefused", "receive"]


def receive(
    upload: File[bytes],
    *,
    by: Actor,
    title: str = "",
    alt: str = "",
    decorative: bool = False,
    caption: str = "",
    credit: str = "",
    credit_link: str = "",
) -> Image:
    """Take in the JPEG, PNG, WebP or still GIF in ``upload``, at most 25 MB and 50 megapixels.

    Returns the saved picture with its 960 px JPEG; the renditions follow from a task. Raises `PictureRefused` with a
    sentence, having kept nothing. Inside somebody else's transaction a later roll-back leaves the files behind.
    """
    image = Image(created_by=person(by))
    image.word(decorative=decorative, title=title, alt=alt, caption=caption, credit=credit, credit_link=credit_link)
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as room, keeping() as files:
        source, immediate = Path(room) / "original", Path(room) / "immediate"
        image.sha256 = _write_down(upload, source)
        decoded = decode(source, [Wanted(str(immediate), "jpeg", IMMEDIATE)])
        image.width, image.height = decoded.width, decoded.height
        image.original = files.original(source)
        image.file.name = files.public(immediate, "jpeg")
        with transaction.atomic():
            image.save()
            record("received", image, by=by)
            # robust: a queue that cannot be reached must not undo a picture that is already committed
            transaction.on_commit(partial(make_renditions.enqueue, image.pk), robust=True)
        files.claim(image.original, image.file.name)
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
