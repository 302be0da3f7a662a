"""The formats and widths a picture is offered in, made from the private original by a task."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from files.keeping import Keeping, keeping
from heartbeat.retries import retried
from images.decoding import Decoded, Wanted, decode
from images.models import Image, Rendition
from images.names import PUBLIC, public_name
from images.sizes import IMMEDIATE, widths_for

FORGOTTEN_AFTER = timedelta(hours=3)  # beyond the last retry
CAUGHT_UP_AT_ONCE = 20


@retried()
def make_renditions(image_id: int) -> None:
    image = Image.objects.filter(pk=image_id).first()
    if image is not None:
        complete(image)


def catch_up() -> None:
    """Queue pictures that have no renditions though their task is long over: it was lost, or could not be queued."""
    forgotten = Image.objects.filter(renditions=None, created_at__lt=timezone.now() - FORGOTTEN_AFTER)
    for image in forgotten[:CAUGHT_UP_AT_ONCE]:
        make_renditions.enqueue(image.pk)


def complete(image: Image) -> None:
    """Make the renditions that are missing.

    May run twice, at once or after being killed half-way: files are written first and rows after, together; the
    constraint decides whose row stays, and the loser's files are removed.
    """
    missing = _missing(image)
    if not missing:
        return
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as room, keeping() as files:
        source = Path(room) / "original"
        with image.open_original() as original, source.open("wb") as copy:
            shutil.copyfileobj(original, copy)
        wanted = [Wanted(str(Path(room) / f"{width}.{kind}"), kind, width) for kind, width in missing]
        _enter(image, wanted, decode(source, wanted), files)


def _missing(image: Image) -> list[tuple[str, int]]:
    """Format and width of each rendition there ought to be and is not; the immediate JPEG is one already."""
    there = set(image.renditions.values_list("format", "width"))
    there.add((Rendition.Format.JPEG.value, min(image.width, IMMEDIATE)))
    wanted = [(kind, width) for kind in Rendition.Format.values for width in widths_for(image.width)]
    return [each for each in wanted if each not in there]


def _enter(image: Image, wanted: list[Wanted], decoded: Decoded, files: Keeping) -> None:
    """Put the files away and write their rows, all or none."""
    names = [public_name(file.format) for file in wanted]
    files.put(PUBLIC, {name: Path(file.path) for name, file in zip(names, wanted, strict=True)})
    with transaction.atomic():
        for file, (width, height), name in zip(wanted, decoded.files, names, strict=True):
            _, written = Rendition.objects.get_or_create(
                image=image, format=file.format, width=width, defaults={"height": height, "file": name}
            )
            if written:
                files.claim(PUBLIC, name)
