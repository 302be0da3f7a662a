import pytest
from django.db import IntegrityError, transaction

from accounts.actors import Sample
from accounts.models import Activity, User
from images.intake import PictureRefused
from images.models import Image
from tests.images import draw
from tests.images.make import make_image

pytestmark = pytest.mark.django_db


def test_picture_says_what_a_story_would_miss():
    image = make_image(title="Fields", alt="", credit="")

    assert image.problems() == [
        "The picture “Fields” has no credit. Say who made it.",
        "The picture “Fields” has no alt text. Say what it shows, or mark it as decorative.",
    ]
    assert make_image(alt="", decorative=True).problems() == []


def test_picture_is_described_anew():
    image = make_image(caption="Stays")

    image.describe(by=Sample(), decorative=True, alt="", credit="Ole Brush")

    image.refresh_from_db()
    assert (image.alt, image.decorative, image.credit, image.caption) == ("", True, "Ole Brush", "Stays")
    assert Activity.objects.first().verb == "described"


def test_description_that_cannot_be_kept_changes_nothing():
    image = make_image()

    with pytest.raises(PictureRefused, match=r"^A decorative picture has no alt text\."):
        image.describe(by=Sample(), decorative=True)

    image.refresh_from_db()
    assert (image.alt, image.decorative) == ("Three coloured fields", False)


def test_database_refuses_alt_text_on_a_decorative_picture():
    image = make_image()

    with pytest.raises(IntegrityError), transaction.atomic():
        Image.objects.filter(pk=image.pk).update(decorative=True)


def test_picture_outlives_whoever_sent_it():
    edda = User.objects.create_user("edda@example.org", "a long enough password", name="Edda Editor")
    image = make_image(by=edda)

    edda.delete()

    image.refresh_from_db()
    assert image.created_by is None


def test_largest_jpeg_is_the_widest_there_is():
    image = make_image(draw.jpeg(1400, 700))
    assert image.largest_jpeg == (image.file.url, 960, 480)

    finished = make_image(draw.jpeg(1400, 700), finished=True)

    widest = finished.renditions.get(format="jpeg", width=1400)
    assert finished.largest_jpeg == (widest.file.url, 1400, 700)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"title": "Fields", "alt": "Three"}, "Fields"),
        ({"alt": "Three"}, "Three"),
        ({"alt": "", "caption": "Seen"}, "Seen"),
    ],
)
def test_picture_is_called_by_the_best_name_it_has(fields, name):
    assert str(make_image(**fields)) == name
    nameless = make_image(alt="")
    assert str(nameless) == nameless.file_name
