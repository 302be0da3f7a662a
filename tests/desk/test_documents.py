import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Activity
from documents.models import Document
from newsroom.roles import PRODUCER, REPORTER
from tests.desk.conftest import signed_in
from tests.documents.make import CSV, PDF, make_document, upload
from tests.make import make_article, make_user

LIST = "/admin/documents/document/"
UPLOAD = "/admin/documents/upload/"


def page_of(document, name="change"):
    return f"{LIST}{document.pk}/{name}/"


def test_a_script_uploads_a_document(client, reporter):
    response = client.post(UPLOAD, {"file": upload(CSV, "beds.csv"), "title": " Beds "})

    document = Document.objects.get()
    assert response.status_code == 201
    assert response.json() == {
        "id": document.pk,
        "name": "Beds",
        "title": "Beds",
        "description": "",
        "kind": "CSV",
        "size": len(CSV),
        "file_name": "beds.csv",
        "added": response.json()["added"],
        "href": page_of(document),
        "describe": page_of(document, "describe"),
    }
    assert document.created_by == reporter


def test_a_file_that_is_there_is_offered_and_kept_twice_only_when_wanted(client, reporter):
    document = make_document(title="The report")

    response = client.post(UPLOAD, {"file": upload()})

    assert response.status_code == 409
    assert response.json()["errors"] == ["This file is among the documents already, as “The report”."]
    assert (response.json()["already"]["id"], response.json()["exact"]) == (document.pk, True)
    assert client.post(UPLOAD, {"file": upload(), "anyway": "1"}).status_code == 201
    assert Document.objects.count() == 2


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({}, "Choose a file."),
        ({"file": b""}, "The file is empty. Choose it again, or another one."),
        ({"file": b"<svg/>"}, None),
        ({"file": PDF, "title": "x" * 201}, None),
        ({"file": PDF, "title": "a\0b"}, None),
        ({"file": PDF, "description": "x" * 1_001}, None),
    ],
)
def test_a_refused_upload_says_why_and_keeps_nothing(client, reporter, posted, sentence):
    files = {"file": upload(posted["file"])} if "file" in posted else {}

    response = client.post(UPLOAD, posted | files)

    (error,) = response.json()["errors"]
    assert response.status_code == 422
    assert error == sentence or (sentence is None and error.endswith("."))
    assert not Document.objects.exists()


def test_an_upload_by_nobody_or_without_the_right_is_refused_in_the_same_form(client, db):
    signed_out = client.post(UPLOAD, {"file": upload()})
    signed_in(client, PRODUCER)
    without = client.post(UPLOAD, {"file": upload()})

    assert (signed_out.status_code, without.status_code) == (401, 403)
    assert list(signed_out.json()) == list(without.json()) == ["errors"]
    assert not Document.objects.exists()


def test_several_are_added_without_a_script_and_the_others_are_named_with_the_reason(client, reporter):
    make_document(CSV, title="Beds")
    sent = [upload(PDF, "a.pdf"), upload(b"<html>", "b.pdf"), upload(CSV, "c.csv"), upload(b"", "d.pdf")]

    response = client.post(f"{LIST}add/", {"chosen": sent}, follow=True)

    added = Document.objects.get(file_name="a.pdf")
    told = [str(message) for message in response.context["messages"]]
    assert response.redirect_chain[0][0] == page_of(added)
    assert [sentence.split(":")[0] for sentence in told[:-1]] == ["b.pdf", "c.csv", "d.pdf"]
    assert told[-1] == "1 document is added."
    assert Document.objects.count() == 2


def test_nothing_chosen_is_said(client, reporter):
    response = client.post(f"{LIST}add/", {})

    assert response.context["form"].errors["chosen"] == ["Choose one file or several."]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["Beds", "Report"]),
        ("?q=bed", ["Beds"]),
        ("?kind=pdf", ["Report"]),
        ("?kind=exe", ["Beds", "Report"]),
        ("?used=no", ["Beds", "Report"]),
        ("?used=yes", []),
        ("?person={person}", ["Report"]),
        ("?person=999999", ["Beds", "Report"]),
        ("?since=2001-01-01&until=2001-01-02", []),
        ("?since=nonsense&until=0000-00-00", ["Beds", "Report"]),
        ("?page=99999999999", ["Beds", "Report"]),
        ("?q=%00bed", ["Beds", "Report"]),
    ],
)
def test_the_list_is_searched_and_filtered(client, editor, asked, found):
    ada = make_user(name="Ada")
    make_document(title="Report", by=ada)
    make_document(CSV, title="Beds")

    response = client.get(LIST + asked.format(person=ada.pk), follow=True)

    assert [str(document) for document in response.context["shelf"].page] == found


def test_the_list_costs_the_same_for_one_document_and_for_three(client, editor):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    make_document(by=editor)
    cost()
    one = cost()
    for number in range(2):
        make_document(anyway=True, by=make_user(name=f"Person {number}"))

    assert cost() == one


def test_describing_a_document_tells_who_did_it(client, reporter):
    document = make_document()

    client.post(page_of(document), {"title": "Beds", "description": "By county"})

    document.refresh_from_db()
    assert (document.title, document.description) == ("Beds", "By county")
    assert Activity.objects.about(document)[0].actor == reporter


@pytest.mark.parametrize("title", ["", "x" * 201, "a\0b"])
def test_a_title_that_cannot_be_kept_is_given_back_with_a_sentence(client, reporter, title):
    document = make_document(title="Beds")

    page = client.post(page_of(document), {"title": title, "description": ""})
    script = client.post(page_of(document, "describe"), {"title": title, "description": ""})

    assert page.status_code == 200
    assert page.context["form"].errors["title"]
    assert (script.status_code, len(script.json()["errors"])) == (422, 1)
    assert Document.objects.get().title == "Beds"


def test_a_replaced_file_is_offered_at_the_address_the_old_one_had(client, editor):
    document = make_document()

    response = client.post(page_of(document, "replace"), {"file": upload(CSV, "beds.csv")})

    document.refresh_from_db()
    assert response.url == page_of(document)
    assert (document.kind, document.file_name) == ("csv", "beds.csv")


def test_a_bad_replacement_is_refused_with_its_reason(client, editor):
    document = make_document()

    response = client.post(page_of(document, "replace"), {"file": upload(b"<html>", "beds.csv")})

    assert "This is a web page" in response.context["form"].errors["file"][0]
    assert Document.objects.get().kind == "pdf"


def test_a_reporter_replaces_only_what_is_theirs_and_nobody_uses(client, db):
    rosa = signed_in(client, REPORTER)
    own, other = make_document(by=rosa), make_document(CSV)

    answers = [client.get(page_of(document, "replace")).status_code for document in (own, other)]

    assert answers == [200, 403]


def test_a_document_is_deleted_after_it_was_asked(client, editor):
    document = make_document(title="Beds")

    asked = client.get(page_of(document, "delete"))
    response = client.post(page_of(document, "delete"), follow=True)

    assert "Delete “Beds”?" in asked.content.decode()
    assert [str(message) for message in response.context["messages"]] == ["“Beds” is deleted."]
    assert not Document.objects.exists()


def test_its_page_says_who_can_get_it(client, reporter, settings):
    document = make_document()

    page = client.get(page_of(document)).content.decode()

    assert f"{settings.SITE_ADDRESS}{document.get_absolute_url()}" in page
    assert "whoever has it can download the file, also before a story with it is published" in page


def test_a_document_in_a_story_stays_and_its_page_names_no_story_one_may_not_read(client, reporter):
    document = make_document(title="Beds")
    offering = f'<figure data-document="{document.pk}"></figure>'
    mine = make_article(headline="My draft", body=offering, by=reporter)
    make_article(headline="Hidden draft", body=offering)

    page = client.get(page_of(document)).content.decode()

    assert f'<a href="/admin/articles/article/{mine.pk}/change/">My draft</a>' in page
    assert "Hidden draft" not in page
    assert "A story you may not read" in page


def test_a_document_in_use_is_not_deleted_and_says_where_it_is(client, editor):
    document = make_document(title="Beds")
    make_article(headline="The story with it", body=f'<figure data-document="{document.pk}"></figure>')

    asked = client.get(page_of(document, "delete")).content.decode()
    response = client.post(page_of(document, "delete"), follow=True)

    told = [str(message) for message in response.context["messages"]]
    assert "“Beds” cannot be deleted" in asked
    assert "The story with it" in asked
    assert told == ["“Beds” cannot be deleted: it is in use. Take it out of what uses it first, or replace its file."]
    assert list(Document.objects.used()) == [document]
    assert not Activity.objects.filter(verb="deleted").exists()


def test_a_document_somebody_uses_is_replaced_by_editors_alone(client, reporter):
    document = make_document(by=reporter)
    make_article(body=f'<figure data-document="{document.pk}"></figure>')

    assert client.get(page_of(document, "replace")).status_code == 403
