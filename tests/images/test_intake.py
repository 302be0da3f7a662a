import hashlib
import io
import re
import threading

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from PIL import Image as Pillow
from PIL import ImageEnhance

from accounts.actors import Sample
from accounts.models import Activity, User
from files.models import Leftover
from files.naming import STORAGES
from images.intake import AlreadyThere, PictureRefused, receive
from images.models import Image
from newsroom.backup.files import present
from tests.images import draw
from tests.images.make import make_image

pytestmark = pytest.mark.django_db


def kept():
    """Every file in either storage."""
    return sorted(name for alias in STORAGES for name in present(alias))


@pytest.fixture
def edda():
    return User.objects.create_user("edda@example.org", "a long enough password", name="Edda Editor")


@pytest.mark.usefixtures("either_storage")
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


@pytest.mark.usefixtures("either_storage")
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


@pytest.mark.usefixtures("either_storage")
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
@pytest.mark.usefixtures("either_storage")
def test_failed_transaction_leaves_nothing_behind(edda):
    gone = User.objects.get(pk=edda.pk)
    edda.delete()

    with pytest.raises(IntegrityError):
        make_image(by=gone)

    assert (Image.objects.count(), Activity.objects.count(), DBTaskResult.objects.count(), kept()) == (0, 0, 0, [])


# What is there already


def test_same_file_is_offered_instead_of_a_second_copy(monkeypatch):
    image = make_image(title="Fields")
    monkeypatch.setattr("images.intake.decode", None)  # told before anything is opened

    with pytest.raises(AlreadyThere) as refused:
        make_image(anyway=False)

    assert (refused.value.image, refused.value.exact) == (image, True)
    assert str(refused.value) == (
        "This file is in the library already: “Fields”. Use that one, or say that you want a second one."
    )
    assert Image.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda scene: draw.as_bytes(scene, "JPEG", quality=40),
        lambda scene: draw.as_bytes(scene.resize((400, 300)), "PNG"),
        lambda scene: draw.as_bytes(ImageEnhance.Brightness(scene).enhance(1.15), "WEBP"),
        lambda scene: draw.as_bytes(scene.convert("L"), "AVIF"),
    ],
    ids=["pressed", "smaller", "brighter", "grey"],
)
def test_picture_that_looks_the_same_is_offered(change):
    there = make_image(draw.scene(1))
    make_image(draw.scene(2))

    with pytest.raises(AlreadyThere) as refused:
        make_image(change(Pillow.open(io.BytesIO(draw.scene(1)))), anyway=False)

    assert (refused.value.image, refused.value.exact) == (there, False)
    assert str(refused.value).startswith("A picture that looks the same is in the library: “Three coloured fields”.")


def test_other_pictures_are_taken():
    for number in range(1, 6):
        make_image(draw.scene(number), anyway=False)

    assert Image.objects.count() == 5


def test_pictures_of_one_colour_are_not_taken_for_one_another():
    for grey in (0, 90, 255):
        make_image(draw.as_bytes(Pillow.new("L", (60, 60), grey), "PNG"), anyway=False)

    assert list(Image.objects.values_list("fingerprint", flat=True)) == [None] * 3


def test_second_copy_is_kept_where_somebody_wants_it():
    first = make_image(anyway=False)

    second = make_image(anyway=True)

    assert (first.copy, second.copy, first.sha256) == (False, True, second.sha256)


@pytest.mark.django_db(transaction=True)
def test_same_file_sent_twice_at_once_is_kept_once():
    start, taken, refused = threading.Barrier(2), [], []

    def send():
        try:
            start.wait()
            taken.append(make_image(anyway=False).pk)
        except AlreadyThere as there:
            refused.append((there.image.pk, there.exact))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(taken), refused) == (1, [(taken[0], True)])
    assert len(kept()) == 2
    assert Leftover.objects.count() == 0


def test_the_database_keeps_a_file_once():
    image = make_image(anyway=False)
    copy = make_image()

    with pytest.raises(IntegrityError), transaction.atomic():
        Image.objects.filter(pk=copy.pk).update(copy=False)

    assert image.copy is False


# What the file says of itself


def test_empty_fields_are_filled_from_what_the_file_says():
    image = make_image(draw.captioned(), alt="", credit="")

    assert (image.title, image.caption, image.credit, image.source, image.alt) == (
        "Harbour at dusk",
        "A crane lifts\nthe last container.",
        "Nora Paint/The Wire",
        "Port office",
        "A crane against the evening sky",
    )
    assert list(Image.objects.search("crane dusk")) == [image]


def test_what_a_person_wrote_is_kept():
    image = make_image(draw.captioned(), title="Mine", caption="Mine", credit="Me", alt="Seen", source="Me")

    assert (image.title, image.caption, image.credit, image.alt, image.source) == ("Mine", "Mine", "Me", "Seen", "Me")


def test_decorative_picture_takes_no_alt_text():
    assert make_image(draw.captioned(), alt="", decorative=True).alt == ""


def test_older_notes_in_the_file_are_read_too():
    iptc = draw.noted(
        {5: "Hafen", 80: "Bj\u00f6rn", 110: "Nachtbild", 120: "Ein Kran\0 hebt", 115: "\u00d6rtlich"}, "cp1252"
    )

    image = make_image(iptc, alt="", credit="")

    assert (image.title, image.caption, image.credit, image.source) == (
        "Hafen",
        "Ein Kran hebt",
        "Björn/Nachtbild",
        "Örtlich",
    )


def test_copyright_notice_stands_for_a_missing_credit():
    assert make_image(draw.noted({116: "© 2026 Nora Paint"}), credit="").credit == "2026 Nora Paint"


def test_words_in_a_file_that_are_too_long_are_shortened():
    image = make_image(draw.noted({120: "x" * 1_900, 5: "y" * 900}), alt="")

    assert (len(image.caption), image.caption[-1], len(image.title)) == (1_000, "…", 200)


@pytest.mark.parametrize(
    "packet",
    [
        b"<x:xmpmeta",
        b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><x>&b;</x>",
        b"\xff\xfe<\0x\0",
        b"<a/>" * 3,
    ],
)
def test_unreadable_words_in_a_file_are_ignored(packet):
    image = make_image(draw.jpeg(xmp=packet), alt="", credit="")

    assert (image.title, image.credit) == ("", "")


def test_nothing_else_that_the_file_says_is_kept():
    image = make_image(draw.from_a_camera())

    kept_words = str(Image.objects.filter(pk=image.pk).values().get())
    assert [word for word in ("Nocturne", "47.0", "8.0, 32") if word in kept_words] == []


def test_picture_that_cannot_be_kept_is_refused_with_what_to_do(settings, bucket):
    away = settings.STORAGES["originals"]["OPTIONS"] | {"endpoint_url": "http://127.0.0.1:1"}
    settings.STORAGES = settings.STORAGES | {"originals": settings.STORAGES["originals"] | {"OPTIONS": away}}

    with pytest.raises(PictureRefused, match=r"^The picture cannot be kept just now"):
        make_image()

    assert Image.objects.count() == 0
