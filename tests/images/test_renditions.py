import io
import threading
from pathlib import Path

import pytest
from django.core.files.storage import default_storage, storages
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image as Pillow

from accounts.actors import Sample
from images.models import Image, Rendition
from images.renditions import FORGOTTEN_AFTER, catch_up, complete, make_renditions
from tests.images import draw
from tests.images.make import make_image

pytestmark = pytest.mark.django_db


def made(image):
    return list(image.renditions.order_by("format", "width").values_list("format", "width", "height"))


def public_files():
    folder = Path(default_storage.location)
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.*"))


def test_renditions_are_made_in_both_formats_and_never_wider():
    image = make_image(draw.from_a_camera(1000, 500), finished=True)

    assert made(image) == [
        ("jpeg", 320, 160),
        ("jpeg", 480, 240),
        ("jpeg", 640, 320),
        ("jpeg", 1000, 500),
        ("webp", 320, 160),
        ("webp", 480, 240),
        ("webp", 640, 320),
        ("webp", 960, 480),
        ("webp", 1000, 500),
    ]
    for rendition in image.renditions.all():
        content = rendition.file.read()
        picture = Pillow.open(io.BytesIO(content))
        assert (picture.format.lower(), picture.size) == (rendition.format, (rendition.width, rendition.height))
        assert {"exif", "xmp", "icc_profile", "comment"} & set(picture.info) == set()
        assert b"Nocturne" not in content


@pytest.mark.parametrize(
    ("size", "widths"),
    [
        ((80, 60), {"jpeg": [], "webp": [80]}),
        ((960, 20), {"jpeg": [320, 480, 640], "webp": [320, 480, 640, 960]}),
        ((3000, 2), {"jpeg": [320, 480, 640, 1280, 1920], "webp": [320, 480, 640, 960, 1280, 1920]}),
    ],
)
def test_widths_follow_the_original(size, widths):
    image = make_image(draw.jpeg(*size), finished=True)

    assert {
        kind: [width for each, width, height in made(image) if each == kind and height] for kind in ["jpeg", "webp"]
    } == widths


def test_lying_picture_is_upright_in_every_rendition():
    image = make_image(draw.from_a_camera(400, 200, orientation=6), finished=True)

    assert (image.width, image.height) == (200, 400)
    assert made(image) == [("webp", 200, 400)]


@pytest.mark.django_db(transaction=True)
def test_task_makes_them():
    image = make_image(draw.jpeg(400, 200))

    call_command("db_worker", batch=True, interval=0, verbosity=0)

    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL
    assert made(image) == [("jpeg", 320, 160), ("webp", 320, 160), ("webp", 400, 200)]


def test_second_run_changes_nothing():
    image = make_image(draw.jpeg(400, 200), finished=True)
    before = list(image.renditions.order_by("pk").values()), public_files()

    make_renditions.call(image.pk)

    assert (list(image.renditions.order_by("pk").values()), public_files()) == before


def test_run_killed_half_way_is_finished():
    image = make_image(draw.jpeg(400, 200), finished=True)
    kept = image.renditions.get(format="jpeg")
    image.renditions.filter(format="webp").delete()

    complete(image)

    assert made(image) == [("jpeg", 320, 160), ("webp", 320, 160), ("webp", 400, 200)]
    assert image.renditions.get(format="jpeg").file.name == kept.file.name


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_make_each_only_once():
    image = make_image(draw.jpeg(400, 200))
    start, failures = threading.Barrier(2), []

    def run():
        try:
            start.wait()
            make_renditions.call(image.pk)
        except Exception as error:  # noqa: BLE001 -- whatever it is, the test tells
            failures.append(error)
        finally:
            connection.close()

    runs = [threading.Thread(target=run) for _ in range(2)]
    for each in runs:
        each.start()
    for each in runs:
        each.join()

    assert failures == []
    assert made(image) == [("jpeg", 320, 160), ("webp", 320, 160), ("webp", 400, 200)]
    assert public_files() == sorted([image.file.name, *image.renditions.values_list("file", flat=True)])


@pytest.mark.django_db(transaction=True)
def test_picture_deleted_meanwhile_leaves_no_files():
    image = make_image(draw.jpeg(400, 200))
    stale = Image.objects.get(pk=image.pk)
    image.delete(by=Sample())

    with pytest.raises(IntegrityError):
        complete(stale)

    assert (Rendition.objects.count(), public_files()) == (0, [image.file.name])


def test_task_for_a_deleted_picture_ends_quietly():
    assert make_renditions.call(404) is None


def test_lost_original_fails_loudly():
    image = make_image(draw.jpeg(400, 200))
    storages["originals"].delete(image.original)

    with pytest.raises(FileNotFoundError):
        complete(image)

    assert made(image) == []


def test_a_picture_whose_task_was_lost_is_queued_again():
    lost, recent = make_image(), make_image()
    done = make_image(finished=True)
    Image.objects.filter(pk__in=[lost.pk, done.pk]).update(created_at=timezone.now() - FORGOTTEN_AFTER * 2)
    DBTaskResult.objects.all().delete()

    catch_up()

    assert [result.args_kwargs["args"] for result in DBTaskResult.objects.all()] == [[lost.pk]]
    assert recent.renditions.count() == 0
