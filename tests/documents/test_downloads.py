import pytest
from django.core.files.storage import storages

from accounts.actors import Sample
from tests.documents.make import CSV, PDF, make_document, upload, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("either_storage")]


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "report.exe", "application/pdf"),
        (CSV, "report.html", "text/csv"),
        (workbook(), "report", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
    ids=["pdf", "csv", "xlsx"],
)
def test_a_document_is_saved_and_never_shown(client, content, name, kind):
    document = make_document(content, name=name)

    response = client.get(document.get_absolute_url())

    headers = response.headers
    assert (response.status_code, body(response)) == (200, content)
    assert headers["Content-Type"] == kind
    assert headers["Content-Disposition"] == f'attachment; filename="{document.name}"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Content-Length"] == str(len(content))
    assert headers["Cache-Control"] == "public, no-cache"
    assert "Set-Cookie" not in headers
    assert "Vary" not in headers


def test_a_name_of_other_letters_is_sent_as_rfc_6266_says(client):
    document = make_document(name="Überblick 2026.pdf")

    response = client.get(document.get_absolute_url())

    assert response.headers["Content-Disposition"] == "attachment; filename*=utf-8''%C3%9Cberblick-2026.pdf"


def test_an_unchanged_document_is_not_sent_again(client):
    document = make_document()
    etag = client.get(document.get_absolute_url()).headers["ETag"]

    response = client.get(document.get_absolute_url(), headers={"If-None-Match": etag})

    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["ETag"] == etag


def test_a_replaced_file_is_sent_to_whoever_has_the_old_one_and_the_old_address(client):
    document = make_document()
    address = document.get_absolute_url()
    etag = client.get(address).headers["ETag"]
    document.replace(upload(CSV, "beds.csv"), by=Sample())

    response = client.get(address, headers={"If-None-Match": etag}, follow=True)

    assert response.redirect_chain == [(document.get_absolute_url(), 302)]
    assert body(response) == CSV


@pytest.mark.parametrize(
    ("asked", "expected", "where"),
    [
        ("bytes=0-3", PDF[:4], "0-3"),
        ("bytes=5-", PDF[5:], f"5-{len(PDF) - 1}"),
        ("bytes=-4", PDF[-4:], f"{len(PDF) - 4}-{len(PDF) - 1}"),
        ("bytes=-9999", PDF, f"0-{len(PDF) - 1}"),
        ("bytes=2-9999", PDF[2:], f"2-{len(PDF) - 1}"),
    ],
)
def test_a_download_goes_on_where_it_broke_off(client, either_storage, asked, expected, where):
    response = client.get(make_document().get_absolute_url(), headers={"Range": asked})

    assert (response.status_code, body(response)) == (206, expected)
    assert response.headers["Content-Range"] == f"bytes {where}/{len(PDF)}"
    assert response.headers["Content-Length"] == str(len(expected))
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("asked", ["bytes=9999-", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(client, asked):
    response = client.get(make_document().get_absolute_url(), headers={"Range": asked})

    assert (response.status_code, response.headers["Content-Range"]) == (416, f"bytes */{len(PDF)}")


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,4-5", "bytes=5-2", "bytes=-", "lines=1-2", "bytes=a-b", f"bytes={10**99}-"]
)
def test_a_part_that_cannot_be_understood_is_the_whole(client, asked):
    response = client.get(make_document().get_absolute_url(), headers={"Range": asked})

    assert (response.status_code, body(response)) == (200, PDF)


def test_a_download_of_another_file_begins_anew(client):
    address = make_document().get_absolute_url()

    response = client.get(address, headers={"Range": "bytes=5-", "If-Range": '"another"'})

    assert (response.status_code, body(response)) == (200, PDF)


def test_a_head_tells_what_a_get_would_send(client):
    response = client.head(make_document().get_absolute_url(), headers={"Range": "bytes=0-3"})

    assert (response.status_code, response.headers["Content-Length"]) == (200, str(len(PDF)))


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_else_can_be_done_at_its_address(client, method):
    assert getattr(client, method)(make_document().get_absolute_url()).status_code == 405


@pytest.mark.parametrize(
    "address",
    [
        "/documents/",
        "/documents/000000000000000000000000/report.pdf",
        "/documents/{token}",
        "/documents/{token}/",
        "/documents/{token}/../../settings.py",
        "/documents/{token}/..%2f..%2fsettings.py",
        "/documents/{stored}",
        "/media/documents/{stored}",
        "/media/{stored}",
    ],
)
def test_no_other_address_leads_to_a_file(client, address):
    document = make_document()

    response = client.get(address.format(token=document.token, stored=document.stored), follow=True)

    assert response.status_code in {200, 404}
    assert response.status_code == 404 or "attachment" in response.headers.get("Content-Disposition", "")
    assert b"BASE_DIR" not in body(response)


def test_a_wrong_name_leads_to_the_right_one(client):
    document = make_document()

    response = client.get(f"/documents/{document.token}/evil.html")

    assert (response.status_code, response.url) == (302, document.get_absolute_url())


def test_a_lost_file_is_not_found(client, either_storage, caplog):
    document = make_document()
    storages["documents"].delete(document.stored)

    response = client.get(document.get_absolute_url())

    assert response.status_code == 404
    assert "is lost" in caplog.text


def test_a_download_asks_for_the_document_and_the_zone_alone(client, django_assert_num_queries):
    address = make_document().get_absolute_url()

    with django_assert_num_queries(2):
        body(client.get(address))


def test_a_store_that_does_not_answer_is_said_and_kept_by_nobody(client, monkeypatch):
    document = make_document()
    monkeypatch.setattr("documents.models.Document.open", lambda _: (_ for _ in ()).throw(OSError("away")))

    response = client.get(document.get_absolute_url())

    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert response.headers["Cache-Control"] == "no-store"
