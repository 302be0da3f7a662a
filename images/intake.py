"""How a picture comes in: looked at in the capped process, put away, written down, usable at once."""

import hashlib
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.activity import record
from accounts.actors import Actor, person
from files.keeping import Keeping, keeping
from images.asking import ask_for_renditions
from images.decoding import Decoded, Wanted, decode
from images.kinds import PictureRefused
from images.models import Image
from images.names import ORIGINALS, PUBLIC, original_name, public_name
from images.queries import ImageQuerySet
from images.sizes import CENTRE, IMMEDIATE, MOST_BYTES
from images.wording import file_name, fitting

_log = logging.getLogger(__name__)

SAME_SHAPE = 0.02  # by how much width to height may differ

__all__ = ["AlreadyThere", "PictureRefused", "receive", "replace"]

_FILLED = ("title", "caption", "credit", "source", "alt")  # from what the file says, where nobody wrote anything


class AlreadyThere(PictureRefused):
    """The library has this file (``exact``) or a picture that looks the same: ``image``."""

    def __init__(self, image: Image, *, exact: bool) -> None:
        self.image, self.exact = image, exact
        what = "This file is in the library already" if exact else "A picture that looks the same is in the library"
        super().__init__(f"{what}: “{image}”. Use that one, or say that you want a second one.")


def receive(upload: File[bytes], *, by: Actor, decorative: bool = False, anyway: bool = False, **wording: Any) -> Image:
    """Take in the JPEG, PNG, WebP, AVIF or GIF in ``upload``, at most 25 MB and 50 megapixels.

    ``wording`` as `Image.word` takes it; what is left empty is filled from what the file says. Returns the saved
    picture with its 960 px JPEG; the renditions follow from a task. Raises `PictureRefused` with a sentence, having
    kept nothing: `AlreadyThere` where the library has it, unless ``anyway``. Inside somebody else's transaction a
    later roll-back leaves the files behind: see `files.keeping`.
    """
    image = Image(created_by=person(by), file_name=file_name(upload.name), copy=anyway, asked_at=timezone.now())
    image.word(decorative=decorative, **wording)
    with _opened(upload, Image.objects.none() if anyway else Image.objects.all()) as (files, taken):
        image.word(decorative=decorative, **_filled(image, taken.decoded.told))
        taken.describe(image)
        try:
            with transaction.atomic():
                image.save()
                taken.claim(files)
                record("received", image, by=by)
                ask_for_renditions(image.pk)
        except IntegrityError:  # the same file, sent twice at once, or what is no matter of ours
            _refuse_file(image.sha256, Image.objects.all())
            raise
    return image


def replace(image: Image, upload: File[bytes], *, by: Actor) -> None:
    """Put another file in the picture's place: whatever uses it shows that from now on.

    What is said of it stays; so does the focus, unless the new file has another shape. The old files go a day later.
    Raises `PictureRefused` for a file we do not take, for the very file it has, and where the picture is gone.
    """
    itself = Image.objects.filter(pk=image.pk)
    with _opened(upload, itself, or_alike=False) as (files, taken), transaction.atomic():
        kept = image.locked()
        kept.leave_files()
        kept.renditions.all().delete()
        before = kept.width / kept.height
        taken.describe(kept)
        if abs(kept.width / kept.height / before - 1) > SAME_SHAPE:
            kept.focus_x, kept.focus_y = CENTRE
        kept.copy = Image.objects.filter(sha256=kept.sha256).exists()
        kept.file_name = file_name(upload.name)
        kept.word(decorative=kept.decorative)
        kept.cut, kept.asked_at = kept.cut + 1, timezone.now()
        kept.save()
        taken.claim(files)
        record("replaced", kept, by=by)
        ask_for_renditions(kept.pk)
    image.refresh_from_db()


@dataclass(frozen=True)
class _Taken:
    """A file that was looked at and put away, until a row claims it."""

    decoded: Decoded
    sha256: str
    original: str
    file: str

    def describe(self, image: Image) -> None:
        image.width, image.height = self.decoded.width, self.decoded.height
        image.sha256, image.fingerprint = self.sha256, self.decoded.fingerprint
        image.original, image.file.name = self.original, self.file

    def claim(self, files: Keeping) -> None:
        files.claim(ORIGINALS, self.original)
        files.claim(PUBLIC, self.file)


@contextmanager
def _opened(upload: File[bytes], library: ImageQuerySet, *, or_alike: bool = True) -> Iterator[tuple[Keeping, _Taken]]:
    """The upload written down, opened in the capped process and put away.

    Refused where ``library`` has the same file, before it is opened at all, or a picture that looks the same.
    """
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as room, keeping() as files:
        source, immediate = Path(room) / "original", Path(room) / "immediate"
        sha256 = _write_down(upload, source)
        _refuse_file(sha256, library)
        decoded = decode(source, [Wanted(str(immediate), "jpeg", IMMEDIATE)])
        if or_alike and decoded.fingerprint is not None:
            _refuse_likeness(decoded.fingerprint, sha256, library)
        taken = _Taken(decoded, sha256, original_name(), public_name("jpeg"))
        _put_away(files, taken, source, immediate)
        yield files, taken


def _put_away(files: Keeping, taken: _Taken, source: Path, immediate: Path) -> None:
    try:
        files.put(ORIGINALS, {taken.original: source})
        files.put(PUBLIC, {taken.file: immediate})
    except OSError as error:
        _log.exception("A picture could not be put away.")
        raise PictureRefused(
            "The picture cannot be kept just now: there is no room, or the store does not answer. Try again in a "
            "minute, and tell whoever runs the server."
        ) from error


def _refuse_file(sha256: str, library: ImageQuerySet) -> None:
    there = library.filter(sha256=sha256).order_by("copy", "pk").first()
    if there is not None:
        raise AlreadyThere(there, exact=True)


def _refuse_likeness(fingerprint: int, sha256: str, library: ImageQuerySet) -> None:
    there = library.looking_like(fingerprint)
    if there is not None:
        raise AlreadyThere(there, exact=there.sha256 == sha256)  # the same file may have come meanwhile


def _filled(image: Image, told: dict[str, str]) -> dict[str, str]:
    empty = [name for name in _FILLED if name in told and not getattr(image, name)]
    return {name: fitting(name, told[name]) for name in empty if name != "alt" or not image.decorative}


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
