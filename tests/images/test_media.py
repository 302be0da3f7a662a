import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from tests.images import draw
from tests.images.make import make_image

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("either_storage")]

NAME = "pictures/ab/ab34567890ab34567890ab34567890ab34567890"


def test_picture_is_served_with_headers_of_its_own(client):
    image = make_image(finished=True)
    rendition = image.renditions.get(shape="body", format="webp")

    for file, kind in [(image.file, "image/jpeg"), (rendition.file, "image/webp")]:
        response = client.get(file.url)

        assert response.status_code == 200
        assert b"".join(response.streaming_content) == file.read()
        assert {
            name: value
            for name, value in response.headers.items()
            if name not in {"Last-Modified", "Permissions-Policy"}
        } == {
            "Content-Type": kind,
            "Content-Length": str(file.size),
            "Content-Disposition": f'inline; filename="{file.name[12:]}"',
            "ETag": f'"{file.name[12:52]}"',
            "Cache-Control": "public, max-age=31536000, immutable",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
        }
        assert response.cookies == {}


def test_address_is_that_of_the_storage():
    image = make_image()

    assert image.file.url == reverse("images:file", args=[image.file.name])


def test_head_answers_without_the_picture(client):
    response = client.head(make_image().file.url)

    assert (response.status_code, response["Content-Type"], response.getvalue()) == (200, "image/jpeg", b"")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed_here(client, method):
    assert getattr(client, method)(make_image().file.url).status_code == 405


def test_unchanged_picture_is_not_sent_again(client):
    url = make_image().file.url
    first = client.get(url)

    for condition in [{"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}]:
        again = client.get(url, headers=condition)

        assert (again.status_code, again.content) == (304, b"")
        for header in ["ETag", "Last-Modified", "Cache-Control", "Content-Security-Policy"]:
            assert again[header] == first[header]
    assert client.get(url, headers={"If-None-Match": '"another"'}).status_code == 200


def test_lost_file_is_missing_not_an_error(client):
    image = make_image()
    default_storage.delete(image.file.name)

    response = client.get(image.file.url, headers={"If-None-Match": f'"{image.file.name[12:52]}"'})

    assert (response.status_code, response["Content-Type"], response.content) == (
        404,
        "text/plain; charset=utf-8",
        b"There is no such file.\n",
    )


def test_originals_cannot_be_had(client):
    image = make_image()

    for path in [
        f"/media/{image.original}",
        f"/media/{image.original}.jpg",
        f"/media/pictures/{image.original}.jpg",
        f"/media/originals/{image.original}",
        f"/media/../originals/{image.original}",
        f"/media/pictures/..%2f..%2foriginals/{image.original}",
    ]:
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "secret-key",
        f"{NAME}.html",
        f"{NAME}.svg",
        f"{NAME}.jpg.html",
        f"{NAME}.JPG",
        f"{NAME}.jpg/",
        f"{NAME}.jpg%0a",
        f"{NAME}.jpg%00",
        f"{NAME}.jpg%00.html",
        f"pictures/..%2fab/{NAME[12:]}.jpg",
        f"./{NAME}.jpg",
        f"/{NAME}.jpg",
        f"..%2fmedia/{NAME}.jpg",
        "..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
        "....//....//etc/passwd",
        "%5c..%5c..%5cetc%5cpasswd",
        "pictures/",
        "pictures/ab/",
        "",
    ],
)
def test_nothing_else_is_looked_for(client, name):
    default_storage.save("secret-key", ContentFile(b"secret"))
    for ending in ["jpg", "html", "svg", "JPG"]:
        default_storage.save(f"{NAME}.{ending}", ContentFile(draw.jpeg()))
    assert client.get(f"/media/{NAME}.jpg").status_code == 200

    response = client.get(f"/media/{name}")

    assert response.status_code == 404
    assert b"secret" not in response.content


def test_store_that_does_not_answer_is_said(client, settings, bucket):
    image = make_image()
    away = settings.STORAGES["default"]["OPTIONS"] | {"endpoint_url": "http://127.0.0.1:1", "client_config": None}
    settings.STORAGES = settings.STORAGES | {"default": settings.STORAGES["default"] | {"OPTIONS": away}}

    response = client.get(image.file.url)

    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "30", "no-store")
