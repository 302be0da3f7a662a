"""What lies in a newsroom's database and storages, told by a process of its own: `… state_of_pictures folder`."""

import io
import json
import sys
from pathlib import Path

import django

django.setup()

from django.core.files.storage import storages  # noqa: E402
from django.tasks import TaskResultStatus  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402
from PIL import Image as Pillow  # noqa: E402
from PIL import ImageChops, ImageStat  # noqa: E402

from files.models import Leftover  # noqa: E402
from files.sweeping import sweep  # noqa: E402
from images.models import Image  # noqa: E402
from images.renditions import plan  # noqa: E402
from images.sizes import cut  # noqa: E402
from newsroom.backup.files import present  # noqa: E402

NOT_THE_SAME = 16  # of 255: how far, on the average, lossy formats and other readers may be off
SIDE = 40
SMALLEST = 8  # pixels: lossy formats blur the colours of so few into one another


def main(folder):
    waiting = DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).count()
    if waiting:
        print(json.dumps({"waiting": waiting}))  # noqa: T201 -- the answer
        return
    expected = {path.stem: path for path in folder.glob("*.png")}
    Leftover.objects.update(due=timezone.now())  # as if the two hours and the day were over
    sweep()
    named, wrong = {"default": set(), "originals": set()}, []
    for image in Image.objects.prefetch_related("renditions"):
        named["originals"].add(image.original)
        named["default"] |= {image.file.name, *(row.file.name for row in image.renditions.all())}
        wrong += [f"{image.file_name}: {fault}" for fault in faults(image, expected[image.file_name])]
    lying = {alias: set(present(alias)) for alias in named}
    print(  # noqa: T201 -- the answer
        json.dumps(
            {
                "pictures": list(Image.objects.values_list("file_name", flat=True)),
                "wrong": wrong,
                "lost": sorted(name for alias in named for name in named[alias] - lying[alias]),
                "strange": sorted(name for alias in named for name in lying[alias] - named[alias]),
                "leftovers": Leftover.objects.count(),
                "waiting": waiting,
                "files": sum(map(len, lying.values())),
            }
        )
    )


def faults(image, path):
    """What readers would see that they should not; nothing where all is well."""
    upright = Pillow.open(path)
    made = {(row.shape, row.format, row.width) for row in image.renditions.all() if row.cut == image.cut}
    if made != plan(image):
        yield f"{len(plan(image) - made)} files are missing, {len(made - plan(image))} too many"
    for row in image.renditions.all():
        with storages["default"].open(row.file.name) as file:
            content = file.read()
        shown = Pillow.open(io.BytesIO(content))
        if shown.format.lower() != row.format or shown.size != (row.width, row.height):
            yield f"{row} is {shown.format} {shown.size}"
        if (
            {"exif", "xmp", "icc_profile", "comment"} & set(shown.info)
            or b"<script" in content
            or b"Nocturne" in content
        ):
            yield f"{row} holds more than pixels"
        part = cut(*upright.size, row.shape)
        box = (part.left, part.top, part.left + part.width, part.top + part.height)
        if min(box[2] - box[0], box[3] - box[1]) < SMALLEST:
            continue
        wanted = upright.convert("RGB").resize((SIDE, SIDE), box=box)
        difference = ImageStat.Stat(ImageChops.difference(wanted, shown.convert("RGB").resize((SIDE, SIDE)))).mean
        if max(difference) > NOT_THE_SAME:
            yield f"{row} shows something else ({difference})"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
