import hashlib
import io
import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db import IntegrityError
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from PIL import Image as Pillow

from accounts.actors import Sample
from accounts.models import Activity, User
from images.intake import PictureRefused, receive
from images.models import Image
from tests.images import draw
from tests.images.make import make_image

pytestmark = pytest.mark.django_db


def kept():
    """Every file in either storage."""
    folders = [Path(storage.location) for storage in (default_storage, storages["originals"])]
    return sorted(str(path.relative_to(folder)) for folder in folders for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def edda():
    return User.objects.create_user("edda@example.org", "a long enough password", name="Edda Editor")


def test_picture_is_usable_at_once(edda):
    content = draw.from_a_camera(1200, 900)

    image = receive(
        draw.upload(content),
        by=edda,
        title=" Fields ",
        alt="Three  coloured fields",
        caption="First line.\r\nSecond line. ",
        credit="Nora Paint",
        credit_link="https://paint.example.org/",
    )

    image = Image.objects.get(pk=image.pk)
    assert (image.title, image.alt, image.caption) == ("Fields", "Three coloured fields", "First line.\nSecond line.")
    assert (image.credit, image.credit_link) == ("Nora Paint", "https://paint.example.org/")
    assert (image.width, image.height, image.decorative, image.created_by) == (1200, 900, False, edda)
    assert image.sha256 == hashlib.sha256(content).hexdigest()
    assert image.problems() == []
    with image.open_original() as original:
        assert original.read() == content
    with image.file.open() as immediate:
        assert Pillow.open(immediate).size == (960, 720)
    activity = Activity.objects.get()
    assert (activity.verb, activity.actor, activity.subject_name) == ("received", edda, "Fields")


def test_public_file_tells_nothing_of_where_the_picture_was_taken():
    image = make_image(draw.from_a_camera())

    content = image.file.read()

    assert dict(Pillow.open(io.BytesIO(content)).getexif()) == {}
    assert b"Nocturne" not in content


def test_names_tell_nothing():
    image, twin = make_image(), make_image()

    assert re.fullmatch(r"pictures/(..)/\1[0-9a-f]{38}\.jpg", image.file.name)
    assert re.fullmatch(r"(..)/\1[0-9a-f]{38}", image.original)
    assert image.file.name[12:52] not in image.original
    assert kept() == sorted([image.file.name, image.original, twin.file.name, twin.original])
    assert len(set(kept())) == 4


def test_picture_is_known_without_a_person():
    image = receive(draw.upload(draw.jpeg()), by=Sample(), decorative=True)

    assert (image.created_by, image.decorative, image.alt) == (None, True, "")


def test_renditions_are_asked_for_after_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        image = make_image()
    assert DBTaskResult.objects.count() == 0

    for callback in callbacks:
        callback()

    queued = DBTaskResult.objects.get()
    assert (queued.task_path, queued.args_kwargs) == (
        "images.renditions.make_renditions",
        {"args": [image.pk], "kwargs": {}},
    )
    assert queued.status == TaskResultStatus.READY


@pytest.mark.parametrize(
    ("wording", "sentence"),
    [
        ({"alt": "x" * 501}, "The alt text is 501 characters long; 500 are possible. Shorten it."),
        ({"caption": "x" * 1001}, "The caption is 1,001 characters long; 1,000 are possible. Shorten it."),
        (
            {"credit": "Nora\0Paint"},
            "The credit holds a character that cannot be stored (NUL). Delete it or type the text again.",
        ),
        (
            {"alt": "A field", "decorative": True},
            "A decorative picture has no alt text. Clear the alt text, or say it is not decorative.",
        ),
        (
            {"credit_link": "javascript:alert(1)"},
            "The credit's link is no web address. Write it in full, for example https://example.org/, or leave it out.",
        ),
    ],
)
def test_wording_that_cannot_be_kept_is_refused(wording, sentence):
    with pytest.raises(PictureRefused) as refused:
        make_image(**wording)

    assert (str(refused.value), Image.objects.count(), kept()) == (sentence, 0, [])


def test_refused_picture_leaves_nothing_behind():
    with pytest.raises(PictureRefused, match="damaged or cut off"):
        make_image(draw.jpeg(400, 300)[:2000])

    assert (Image.objects.count(), Activity.objects.count(), kept()) == (0, 0, [])


def test_file_over_25_megabytes_is_refused(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "incoming"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    fits = draw.jpeg() + bytes(25 * 1024 * 1024 - len(draw.jpeg()))

    assert make_image(fits).width == 80
    with pytest.raises(PictureRefused) as refused:
        receive(ContentFile(fits + b"\0", name="large.jpg"), by=Sample())

    assert str(refused.value) == "This file is larger than 25 MB. Save the picture smaller, as JPEG, and upload that."
    assert list(settings.FILE_UPLOAD_TEMP_DIR.iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_failed_transaction_leaves_nothing_behind(edda):
    gone = User.objects.get(pk=edda.pk)
    edda.delete()

    with pytest.raises(IntegrityError):
        make_image(by=gone)

    assert (Image.objects.count(), Activity.objects.count(), DBTaskResult.objects.count(), kept()) == (0, 0, 0, [])
