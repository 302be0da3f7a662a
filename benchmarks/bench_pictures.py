"""How long a 12-megapixel JPEG takes: until a page can show it, and until all its files are made, also with AVIF.

Beside it stands what nobody can save: the same picture unpacked and one JPEG of 1,920 pixels made of it, with Pillow
alone, in this process.
"""

import io
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.base import ContentFile
from django.test.utils import override_settings
from PIL import Image as Pillow

from accounts.actors import Sample
from benchmarks import newsroom
from images.intake import receive
from images.models import Image
from images.renditions import complete

SIZE = (4_000, 3_000)
AT_ONCE_LIMIT, ALL_LIMIT = 2.0, 10.0
TIMES = 3


def main() -> int:
    newsroom.opened()
    photograph = _photograph()
    bare = _taken(lambda: _bare(photograph))
    received = _taken(lambda: receive(ContentFile(photograph, "photograph.jpg"), by=Sample(), anyway=True))
    image = Image.objects.latest("pk")
    made = {avif: _made(image, avif=avif) for avif in (False, True)}
    lines = [
        ("a picture of 12 megapixels, until a page shows it", received, AT_ONCE_LIMIT, ""),
        ("all its files", *made[False][:1], ALL_LIMIT, made[False][1]),
        ("all its files, with AVIF", *made[True][:1], ALL_LIMIT, made[True][1]),
    ]
    within = [
        newsroom.told(name, taken, limit=limit, ratio_to_one_jpeg=_ratio(taken, bare), files=files)
        for name, taken, limit, files in lines
    ]
    return 0 if all(within) else 1


def _photograph() -> bytes:
    """As much to compute as in a real one: soft shapes, edges, and the noise of a sensor."""
    chance = random.Random(12)  # noqa: S311 -- the same picture every time
    soft = Pillow.frombytes("RGB", (40, 30), chance.randbytes(40 * 30 * 3)).resize(SIZE, Pillow.Resampling.BICUBIC)
    noise = Pillow.effect_noise(SIZE, 24).convert("RGB")
    written = io.BytesIO()
    Pillow.blend(soft, noise, 0.15).save(written, "JPEG", quality=92)
    return written.getvalue()


def _bare(photograph: bytes) -> None:
    with Pillow.open(io.BytesIO(photograph)) as picture:
        picture.draft(None, (1_920, 1_440))
        picture.resize((1_920, 1_440), Pillow.Resampling.LANCZOS).save(io.BytesIO(), "JPEG", quality=82)


def _made(image: Image, *, avif: bool) -> tuple[newsroom.Taken, str]:
    """From nothing each time; and how many files they are, with their bytes for the whole picture 1,280 pixels wide."""

    def work() -> None:
        image.renditions.all().delete()
        complete(image)

    with TemporaryDirectory() as room, override_settings(PICTURES_AVIF=avif, FILE_UPLOAD_TEMP_DIR=Path(room)):
        taken = _taken(work)
    wide = image.renditions.filter(shape="body", width=1_280).order_by("format")
    sizes = ", ".join(f"{row.format} {row.file.size // 1_000} kB" for row in wide)
    return taken, f"{image.renditions.count()}; {sizes} at 1,280 px"


def _taken(work: Callable[[], object]) -> newsroom.Taken:
    """As `newsroom.seconds`, with the computing of the processes that open pictures."""
    work()
    taken = newsroom.Taken([], [])
    for _ in range(TIMES):
        wall, before = time.perf_counter(), sum(os.times()[:4])
        work()
        taken.wall.append(time.perf_counter() - wall)
        taken.cpu.append(sum(os.times()[:4]) - before)
    return taken


def _ratio(taken: newsroom.Taken, bare: newsroom.Taken) -> str:
    return f"{statistics.median(taken.cpu) / statistics.median(bare.cpu):.1f}"


if __name__ == "__main__":
    sys.exit(main())
