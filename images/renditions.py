"""The shapes, formats and widths a picture is offered in, made from the private original by a task."""

import hashlib
import shutil
import tempfile
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from files.keeping import Keeping, keeping
from files.models import Leftover
from heartbeat.retries import retried
from images.decoding import NOBODY_WAITS, Decoded, Wanted, decode
from images.models import Image, Rendition
from images.names import PUBLIC, public_name
from images.sizes import IMMEDIATE, SHAPES, widths_for

FORGOTTEN_AFTER = timedelta(hours=3)  # beyond the last retry
CAUGHT_UP_AT_ONCE = 5
BEHIND = -50  # the priority of what nobody waits for

type Plan = tuple[str, str, int]  # shape, format and width of a file


@retried()
def make_renditions(image_id: int) -> None:
    image = Image.objects.filter(pk=image_id).first()
    if image is not None:
        complete(image)


def catch_up() -> None:
    """Queue pictures that lack a file though their task is long over: it was lost, or there are new shapes.

    A few at a time, those never asked for first, and only when none waits: whoever has just sent a picture goes first.
    """
    now = timezone.now()
    waiting = Q(status=TaskResultStatus.RUNNING) | Q(status=TaskResultStatus.READY, run_after__lte=now)
    if DBTaskResult.objects.filter(waiting, task_path=make_renditions.module_path).exists():
        return
    forgotten = Q(asked_at=None) | Q(asked_at__lt=now - FORGOTTEN_AFTER)
    images = Image.objects.unfinished(recipe()).filter(forgotten).order_by(F("asked_at").asc(nulls_first=True), "-pk")
    for number in list(images.values_list("pk", flat=True)[:CAUGHT_UP_AT_ONCE]):
        Image.objects.filter(pk=number).update(asked_at=now)
        make_renditions.using(priority=BEHIND).enqueue(number)


def recipe() -> str:
    """Which files are made of a picture, as a short text that changes when the table or the setting does."""
    made = [(name, shape.ratio, shape.widths, formats_of(name)) for name, shape in SHAPES.items()]
    return hashlib.sha256(repr(made).encode()).hexdigest()[:16]


def formats_of(shape: str) -> tuple[str, ...]:
    formats = SHAPES[shape].formats
    return (*formats, "avif") if settings.PICTURES_AVIF and "webp" in formats else formats


def plan(image: Image) -> set[Plan]:
    """Every file there ought to be; the immediate JPEG is one of the whole picture's already."""
    wanted = {
        each
        for shape in SHAPES
        for each in product([shape], formats_of(shape), widths_for(image.width, image.height, shape))
    }
    return wanted - {("body", "jpeg", min(image.width, IMMEDIATE))}


def complete(image: Image) -> None:
    """Make the files that are missing, and let go of those that nobody needs any more.

    May run twice, at once or after being killed half-way, or while somebody changes or deletes the picture: files are
    written first, and their rows after, together, only while the picture is still the one they were made of.
    """
    there = set(image.renditions.filter(cut=image.cut).values_list("shape", "format", "width"))
    missing = sorted(plan(image) - there)
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as room, keeping() as files:
        wanted = [
            Wanted(str(Path(room) / f"{shape}-{width}.{kind}"), kind, width, shape) for shape, kind, width in missing
        ]
        decoded = _decoded(image, Path(room) / "original", wanted) if wanted else None
        _enter(image, wanted, decoded, files)


def _decoded(image: Image, source: Path, wanted: list[Wanted]) -> Decoded:
    with image.open_original() as original, source.open("wb") as copy:
        shutil.copyfileobj(original, copy)
    return decode(source, wanted, focus=image.focus, patience=NOBODY_WAITS)


def _enter(image: Image, wanted: list[Wanted], decoded: Decoded | None, files: Keeping) -> None:
    """Put the files away and write their rows, all or none; the rows they replace leave their files behind."""
    sizes = dict(zip(wanted, decoded.files if decoded else [], strict=False))
    names = {file: public_name(file.format) for file in wanted}
    files.put(PUBLIC, {name: Path(file.path) for file, name in names.items()})
    made: dict[str, Any] = {"made_cut": image.cut, "made_recipe": recipe()}
    if decoded and decoded.fingerprint is not None:
        made["fingerprint"] = decoded.fingerprint
    with transaction.atomic():
        if not Image.objects.filter(pk=image.pk, cut=image.cut).update(**made):
            return  # changed or deleted meanwhile: whoever did that has asked anew
        _let_go(image)
        there = set(image.renditions.values_list("shape", "format", "width"))
        rows = [
            Rendition(image=image, cut=image.cut, file=names[file], **_columns(file, sizes[file]))
            for file in wanted
            if (file.shape, file.format, sizes[file][0]) not in there
        ]
        Rendition.objects.bulk_create(rows)
        files.claim(PUBLIC, *[str(row.file) for row in rows])


def _columns(file: Wanted, size: tuple[int, int]) -> dict[str, str | int]:
    return {"shape": file.shape, "format": file.format, "width": size[0], "height": size[1]}


def _let_go(image: Image) -> None:
    """Of rows made of an earlier cut, or of widths and formats that are made no more."""
    wanted = plan(image)
    gone = [
        row
        for row in image.renditions.all()
        if row.cut != image.cut or (row.shape, row.format, row.width) not in wanted
    ]
    Leftover.objects.leave(PUBLIC, [str(row.file) for row in gone])
    Rendition.objects.filter(pk__in=[row.pk for row in gone]).delete()
