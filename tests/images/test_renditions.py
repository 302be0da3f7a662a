import io
import threading

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image as Pillow

from accounts.actors import Sample
from accounts.models import Activity
from files.models import Leftover
from images.intake import AlreadyThere, PictureRefused, replace
from images.models import Image, Rendition
from images.renditions import CAUGHT_UP_AT_ONCE, FORGOTTEN_AFTER, catch_up, complete, make_renditions, recipe
from images.sizes import SHAPES
from images.uses import uses_of
from newsroom.backup.files import present
from tests.images import draw
from tests.images.make import make_image
from tests.make import make_article

pytestmark = pytest.mark.django_db


def made(image, shape="body"):
    rows = image.renditions.filter(shape=shape).order_by("format", "width")
    return list(rows.values_list("format", "width", "height"))


def public_files():
    return sorted(present("default"))


@pytest.mark.usefixtures("either_storage")
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
    kept = image.renditions.get(format="jpeg", width=320, shape="body")
    image.renditions.filter(format="webp").delete()

    complete(image)

    assert made(image) == [("jpeg", 320, 160), ("webp", 320, 160), ("webp", 400, 200)]
    assert image.renditions.get(pk=kept.pk).file.name == kept.file.name


@pytest.mark.usefixtures("either_storage")
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

    complete(stale)

    assert (Rendition.objects.count(), public_files()) == (0, [image.file.name])


@pytest.mark.django_db(transaction=True)
def test_picture_changed_meanwhile_gets_no_files_of_before():
    image = make_image(draw.jpeg(400, 200))
    stale = Image.objects.get(pk=image.pk)
    image.refocus(0, 0, by=Sample())

    complete(stale)

    assert (Rendition.objects.count(), public_files()) == (0, [image.file.name])


def test_task_for_a_deleted_picture_ends_quietly():
    assert make_renditions.call(404) is None


@pytest.mark.usefixtures("either_storage")
def test_lost_original_fails_loudly():
    image = make_image(draw.jpeg(400, 200))
    storages["originals"].delete(image.original)

    with pytest.raises(FileNotFoundError):
        complete(image)

    assert made(image) == []


def queued():
    return [result.args_kwargs["args"][0] for result in DBTaskResult.objects.order_by("enqueued_at")]


def asked(images, ago=FORGOTTEN_AFTER * 2):
    Image.objects.filter(pk__in=[image.pk for image in images]).update(asked_at=timezone.now() - ago)
    DBTaskResult.objects.all().delete()


def test_a_picture_whose_task_was_lost_is_queued_again():
    lost, done, recent = make_image(), make_image(finished=True), make_image()
    asked([lost, done])

    catch_up()
    catch_up()

    assert queued() == [lost.pk]
    assert recent.renditions.count() == 0
    assert DBTaskResult.objects.get().priority < 0


def test_pictures_of_before_are_given_the_new_shapes_a_few_at_a_time():
    images = [make_image() for _ in range(CAUGHT_UP_AT_ONCE + 1)]
    asked(images[:1])
    Image.objects.exclude(pk=images[0].pk).update(asked_at=None)

    catch_up()
    assert queued() == [image.pk for image in reversed(images[1:])]

    DBTaskResult.objects.all().delete()
    catch_up()
    assert queued() == [images[0].pk]


def test_a_picture_that_cannot_be_made_keeps_no_other_waiting():
    broken, other = make_image(), make_image()
    asked([broken], FORGOTTEN_AFTER * 2)
    asked([other], FORGOTTEN_AFTER * 3)

    catch_up()

    assert queued() == [other.pk, broken.pk]


def test_new_formats_are_made_once_the_setting_says_so(settings):
    image = make_image(finished=True)
    assert list(Image.objects.unfinished(recipe())) == []

    settings.PICTURES_AVIF = True
    assert list(Image.objects.unfinished(recipe())) == [image]
    complete(Image.objects.get(pk=image.pk))

    avif = image.renditions.get(shape="card", format="avif")
    assert Pillow.open(io.BytesIO(avif.file.read())).format == "AVIF"
    assert not image.renditions.filter(shape="social", format="avif").exists()
    assert list(Image.objects.unfinished(recipe())) == []


def test_files_that_are_made_no_more_are_let_go(settings):
    settings.PICTURES_AVIF = True
    image = make_image(finished=True)
    gone = set(image.renditions.filter(format="avif").values_list("file", flat=True))
    settings.PICTURES_AVIF = False

    complete(Image.objects.get(pk=image.pk))

    assert not image.renditions.filter(format="avif").exists()
    assert set(Leftover.objects.values_list("name", flat=True)) == gone


# Shapes


def test_every_shape_is_made_and_never_wider():
    image = make_image(draw.jpeg(1300, 1000), finished=True)

    assert {
        shape: [(width, height) for kind, width, height in made(image, shape) if kind == "jpeg"] for shape in SHAPES
    } == {
        "body": [(320, 246), (480, 369), (640, 492), (1280, 985), (1300, 1000)],
        "lead": [(480, 360), (640, 480), (960, 720), (1280, 960)],
        "card": [(320, 213), (480, 320), (640, 427), (960, 640), (1280, 853)],
        "square": [(96, 96), (192, 192), (320, 320), (640, 640)],
        "portrait": [(320, 400), (640, 800)],
        "social": [(1200, 630)],
    }
    assert made(image, "social") == [("jpeg", 1200, 630)]
    assert {kind for kind, _, _ in made(image, "card")} == {"jpeg", "webp"}


@pytest.mark.parametrize(
    ("focus", "seen"),
    [
        ((0, 0), ["teal", "teal", "brick", "brick"]),
        ((100, 0), ["amber", "amber", "cream", "cream"]),
        ((50, 50), ["teal", "amber", "cream", "brick"]),
    ],
)
def test_cut_shows_the_focus(focus, seen):
    image = make_image(draw.jpeg(800, 300))
    image.refocus(*focus, by=Sample())

    complete(image)

    square = image.renditions.filter(shape="square", format="jpeg").latest("width")
    assert (square.width, square.height) == (300, 300)
    assert draw.colours(Pillow.open(io.BytesIO(square.file.read()))) == seen


def test_cut_of_a_lying_picture_shows_what_is_upright():
    content = draw.as_bytes(draw.corners(300, 800), "JPEG", quality=95, exif=draw.held(6))
    image = make_image(content)
    image.refocus(0, 0, by=Sample())
    complete(image)

    square = image.renditions.filter(shape="square", format="jpeg").latest("width")
    upright = Pillow.open(io.BytesIO(image.file.read()))
    assert draw.colours(Pillow.open(io.BytesIO(square.file.read())))[0] == draw.colours(upright)[0]
    assert (image.width, image.height) == (800, 300)


@pytest.mark.usefixtures("either_storage")
def test_new_focus_has_the_cuts_made_anew_and_nothing_else():
    image = make_image(draw.jpeg(400, 200), finished=True)
    before = {(row.shape, row.format, row.width): row.file.name for row in image.renditions.all()}

    image.refocus(10, 10, by=Sample())
    complete(image)

    after = {(row.shape, row.format, row.width): row.file.name for row in image.renditions.all()}
    assert set(after) == set(before)
    stayed = {key for key in after if after[key] == before[key]}
    assert {key[0] for key in stayed} == {"body"}
    assert len(stayed) == len([key for key in before if key[0] == "body"])
    assert set(Leftover.objects.values_list("name", flat=True)) == {before[key] for key in set(before) - stayed}


def test_new_focus_asks_for_the_task(django_capture_on_commit_callbacks):
    image = make_image(finished=True)

    with django_capture_on_commit_callbacks(execute=True):
        image.refocus(10, 10, by=Sample())

    assert queued() == [image.pk]


def test_a_panorama_is_never_blown_up():
    image = make_image(draw.jpeg(3000, 100), finished=True)

    assert {(width, height) for _, width, height in made(image, "square")} == {(96, 96), (100, 100)}


# Another file in its place


@pytest.mark.usefixtures("either_storage")
def test_replaced_file_keeps_everything_said_and_every_use():
    image = make_image(draw.jpeg(400, 200), title="Harbour", credit="Nora Paint", finished=True)
    image.refocus(10, 20, by=Sample())
    complete(image)
    story = make_article(headline="Arrived", lead_image=image)
    old = {image.file.name, image.original, *image.renditions.values_list("file", flat=True)}

    replace(image, draw.upload(draw.jpeg(800, 400), "better.jpg"), by=Sample())

    image = Image.objects.get(pk=image.pk)
    assert (image.title, image.credit, image.width, image.height, image.focus) == (
        *("Harbour", "Nora Paint"),
        *(800, 400, (10, 20)),
    )
    assert (image.file_name, list(Image.objects.search("better"))) == ("better.jpg", [image])
    assert [use.title for use in uses_of(image)] == ["Arrived"]
    assert story.draft.lead_image == image
    assert old <= set(Leftover.objects.values_list("name", flat=True))
    assert not old & {image.file.name, image.original}
    assert image.renditions.count() == 0
    complete(image)
    assert ("webp", 800, 400) in made(image)
    assert Activity.objects.filter(verb="replaced").count() == 1


def test_focus_starts_anew_in_a_file_of_another_shape():
    image = make_image(draw.jpeg(400, 200))
    image.refocus(10, 20, by=Sample())

    replace(image, draw.upload(draw.jpeg(200, 400)), by=Sample())

    assert image.focus == (50, 50)


def test_file_is_not_replaced_by_itself_or_by_nothing():
    image = make_image(draw.jpeg(400, 200))
    before = Image.objects.values().get()

    with pytest.raises(AlreadyThere, match="This file is in the library already"):
        replace(image, draw.upload(draw.jpeg(400, 200)), by=Sample())
    with pytest.raises(PictureRefused, match="damaged or cut off"):
        replace(image, draw.upload(draw.jpeg(400, 300)[:2000]), by=Sample())

    assert (Image.objects.values().get(), public_files()) == (before, [image.file.name])


def test_run_for_the_old_file_leaves_nothing_of_it():
    image = make_image(draw.jpeg(400, 200))
    stale = Image.objects.get(pk=image.pk)
    replace(image, draw.upload(draw.jpeg(300, 300)), by=Sample())

    complete(stale)

    assert (Rendition.objects.count(), Image.objects.get().made_cut) == (0, None)
