"""Pictures on the desk: taken in, described, found, and never exchanged."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Drawing

from accounts.actors import Sample
from accounts.models import Activity
from images.intake import receive
from images.models import Image


def jpeg(width=64, height=48):
    file = io.BytesIO()
    Drawing.new("RGB", (width, height), "#456").save(file, "JPEG")
    return file.getvalue()


def sent(content=None, name="photo.jpg"):
    return SimpleUploadedFile(name, jpeg() if content is None else content, "image/jpeg")


def make_picture(**wording):
    return receive(
        ContentFile(jpeg(), "photo.jpg"), by=Sample(), anyway=True, **{"alt": "A well", "credit": "Ada"} | wording
    )


def upload(client, **posted):
    return client.post("/admin/pictures/upload/", posted)


def test_a_script_uploads_a_picture(client, reporter):
    response = upload(client, file=sent(), alt=" A well ", credit="Ada Writer", caption="On Monday")

    image = Image.objects.get()
    assert response.status_code == 201
    assert response.json() == {
        "id": image.pk,
        "name": "A well",
        "thumb": image.immediate.url,
        "alt": "A well",
        "credit": "Ada Writer",
        "caption": "On Monday",
        "width": 64,
        "height": 48,
    }
    assert image.created_by == reporter


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({}, "Choose a file."),
        ({"file": b""}, "The file is empty. Choose it again, or another one."),
        ({"file": b"<svg></svg>"}, "This is an SVG drawing. Export it as PNG and upload that."),
        ({"file": jpeg()[:200]}, None),
        ({"file": jpeg(), "alt": "x", "decorative": "on"}, None),
        ({"file": jpeg(), "credit_link": "javascript:alert(1)"}, None),
        ({"file": jpeg(), "credit": "x" * 201}, None),
        ({"file": jpeg(), "alt": "a\0b"}, None),
    ],
)
def test_a_refused_upload_says_why_and_keeps_nothing(client, reporter, posted, sentence):
    files = {"file": sent(posted["file"])} if "file" in posted else {}

    response = upload(client, **posted | files)

    (error,) = response.json()["errors"]
    assert response.status_code == 422
    assert error == sentence or (sentence is None and error.endswith("."))
    assert not Image.objects.exists()


def test_an_upload_by_nobody_is_refused_in_the_same_form(client, db):
    response = upload(client, file=sent())

    assert (response.status_code, list(response.json())) == (401, ["errors"])
    assert not Image.objects.exists()


def test_an_upload_before_the_second_factor_says_what_to_do(client, reporter, settings):
    settings.SECOND_FACTOR_REQUIRED = True

    response = upload(client, file=sent())

    assert response.status_code == 403
    assert response.json()["errors"][0].startswith("Set up your second factor first")
    assert not Image.objects.exists()


def test_an_upload_without_the_right_is_refused(client, reporter):
    reporter.groups.clear()

    response = upload(client, file=sent())

    assert response.status_code == 403
    assert not Image.objects.exists()


def test_an_upload_needs_a_token(reporter):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reporter)

    assert upload(strict, file=sent()).status_code == 403


def test_a_picture_is_added_on_the_desk(client, editor):
    response = client.post(
        "/admin/images/image/add/", {"file": sent(), "alt": "A well", "credit": "Ada", "caption": "", "title": "Well"}
    )

    image = Image.objects.get()
    assert response.url == "/admin/images/image/"
    assert (image.title, image.alt, image.created_by) == ("Well", "A well", editor)
    assert list(Activity.objects.values_list("verb", flat=True)) == ["received"]


def test_a_refused_picture_gives_back_the_words(client, editor):
    response = client.post("/admin/images/image/add/", {"file": sent(b"%PDF-1.7"), "alt": "A well", "credit": "Ada"})

    page = response.content.decode()
    assert response.status_code == 200
    assert "This is a PDF or PostScript document" in page
    assert "A well" in page
    assert not Image.objects.exists()


def test_a_picture_added_beside_a_choice_answers_the_window_that_asked(client, editor):
    response = client.post("/admin/images/image/add/?_popup=1", {"file": sent(), "alt": "A well", "_popup": "1"})

    assert response.template_name[-1] == "admin/popup_response.html"
    assert str(Image.objects.get().pk) in response.content.decode()


def test_describing_a_picture_changes_its_words_and_never_its_file(client, editor):
    image = make_picture()
    before = (image.file.name, image.original, image.sha256)

    client.post(
        f"/admin/images/image/{image.pk}/change/",
        {"alt": "", "decorative": "on", "credit": "Ada Writer", "file": sent(jpeg(10, 10))},
    )

    image.refresh_from_db()
    assert (image.alt, image.decorative, image.credit) == ("", True, "Ada Writer")
    assert (image.file.name, image.original, image.sha256) == before
    assert list(Activity.objects.about(image).values_list("verb", flat=True)) == ["described", "received"]


def test_a_decorative_picture_with_alt_text_is_refused_with_a_sentence(client, editor):
    image = make_picture()

    response = client.post(
        f"/admin/images/image/{image.pk}/change/", {"alt": "A well", "decorative": "on", "credit": "Ada"}
    )

    assert response.context["adminform"].form.errors["alt"] == [
        "A decorative picture has no alt text. Clear it, or say the picture is not decoration."
    ]


def test_the_form_says_what_a_picture_still_needs(client, editor):
    image = make_picture(credit="")

    page = client.get(f"/admin/images/image/{image.pk}/change/").content.decode()

    assert "has no credit. Say who made it." in page


def test_the_list_costs_the_same_for_one_picture_and_for_five(client, editor, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/admin/images/image/").status_code == 200
        return len(queries)

    make_picture()
    cost()  # content types are cached from here on
    one = cost()
    for _ in range(4):
        make_picture()

    assert cost() == one
