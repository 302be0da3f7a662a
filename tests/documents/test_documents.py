import pytest

from accounts.actors import Sample
from accounts.models import Activity
from documents.intake import AlreadyThere, receive
from documents.models import Document
from documents.refusing import DocumentRefused
from files.sweeping import sweep
from newsroom.backup.files import present
from tests.documents.make import CSV, PDF, make_document, upload, workbook
from tests.make import make_user

pytestmark = pytest.mark.django_db


def stored():
    """The names of all files among the documents."""
    return set(present("documents"))


def told(document):
    return list(Activity.objects.about(document).values_list("verb", flat=True))


def test_a_document_comes_in_with_its_name_for_a_title(either_storage):
    ada = make_user(name="Ada")

    document = make_document(CSV, name="beds_by-county.csv", by=ada)

    assert (document.title, document.kind, document.size) == ("beds by county", "csv", len(CSV))
    assert (document.file_name, document.created_by) == ("beds_by-county.csv", ada)
    assert document.open().read() == CSV
    assert stored() == {document.stored}
    assert told(document) == ["received"]


def test_its_address_cannot_be_told_from_its_name_or_from_another_one():
    one, other = make_document(), make_document(anyway=True)

    assert one.get_absolute_url() != other.get_absolute_url()
    assert one.get_absolute_url().endswith("/report.pdf")
    assert len(one.token) == 24
    assert one.token not in one.stored


@pytest.mark.parametrize(
    ("content", "wording", "sentence"),
    [
        (b"", {}, "empty"),
        (b"<svg/>", {}, "web page"),
        (PDF, {"title": "x" * 201}, "201 characters"),
        (PDF, {"title": "a\0b"}, "NUL"),
        (PDF, {"description": "x" * 1_001}, "1,001 characters"),
    ],
)
def test_what_is_refused_is_kept_nowhere(content, wording, sentence):
    with pytest.raises(DocumentRefused, match=sentence):
        make_document(content, **wording)

    assert (Document.objects.count(), stored(), Activity.objects.count()) == (0, set(), 0)


def test_a_file_longer_than_the_limit_is_refused_where_it_crosses_it(monkeypatch):
    monkeypatch.setattr("documents.storing.MOST_BYTES", 20)

    with pytest.raises(DocumentRefused, match="larger than"):
        make_document()

    assert stored() == set()


def test_the_same_file_is_offered_in_place_of_a_second_copy():
    first = make_document(title="The report")

    with pytest.raises(AlreadyThere) as there:
        make_document(name="other name.pdf")

    assert there.value.document == first
    assert str(there.value) == "This file is among the documents already, as “The report”."
    assert (Document.objects.count(), len(stored())) == (1, 1)


def test_a_second_copy_is_kept_if_that_is_wanted():
    make_document()

    again = make_document(anyway=True)

    assert Document.objects.filter(sha256=again.sha256).count() == 2


def test_describing_a_document_changes_its_words_alone():
    document = make_document()
    before = (document.stored, document.token, document.sha256)

    document.describe(title=" Hospital  beds ", description="By county.\r\n", by=Sample())

    document.refresh_from_db()
    assert (document.title, document.description) == ("Hospital beds", "By county.")
    assert (document.stored, document.token, document.sha256) == before
    assert told(document) == ["described", "received"]


def test_describing_it_as_it_is_tells_nobody():
    document = make_document(title="Beds")

    document.describe(title="Beds", description="", by=Sample())

    assert told(document) == ["received"]


def test_a_document_without_a_title_is_refused():
    document = make_document()

    with pytest.raises(DocumentRefused, match="has no title"):
        document.describe(title="  ", description="", by=Sample())

    document.refresh_from_db()
    assert document.title == "report"


def test_a_replaced_file_stands_at_the_address_of_the_old_one_and_the_old_one_goes(either_storage):
    document = make_document()
    old, token = document.stored, document.token

    document.replace(upload(workbook(), "beds.xlsx"), by=Sample())
    sweep()

    document.refresh_from_db()
    assert (document.kind, document.name, document.token) == ("xlsx", "beds.xlsx", token)
    assert document.open().read().startswith(b"PK")
    assert stored() == {document.stored} != {old}
    assert told(document) == ["replaced the file of", "received"]


def test_a_file_is_not_replaced_by_itself_or_by_no_document():
    document = make_document()
    before = stored()

    for content in (PDF, b"<html>"):
        with pytest.raises(DocumentRefused):
            document.replace(upload(content), by=Sample())

    document.refresh_from_db()
    assert stored() == before == {document.stored}
    assert told(document) == ["received"]


def test_of_two_who_replace_a_file_at_once_one_is_told():
    document = make_document()
    same = Document.objects.get()
    document.replace(upload(CSV, "beds.csv"), by=Sample())

    with pytest.raises(DocumentRefused, match="Somebody else has just replaced"):
        same.replace(upload(workbook(), "beds.xlsx"), by=Sample())

    assert Document.objects.get().kind == "csv"


def test_a_document_nobody_uses_is_deleted_with_its_file(either_storage):
    document = make_document()

    document.remove(by=Sample())
    sweep()

    assert not Document.objects.exists()
    assert stored() == set()
    assert Activity.objects.filter(verb="deleted").get().subject_name == "report"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("beds", ["Beds by county"]),
        ("BEDS county", ["Beds by county"]),
        ("SAN JOSE", ["Beds by county"]),
        ("beds schools", []),
        ("2026", ["Schools"]),
        ("answers", ["Schools"]),
        ("", ["Schools", "Beds by county"]),
        ("a\0z", []),
        ("100%", []),
        ("%", ["Schools", "Beds by county"]),
    ],
)
def test_documents_are_found_by_title_description_and_file_name(typed, found):
    make_document(CSV, name="kern.csv", title="Beds by county", description="San José too")
    make_document(PDF, name="report_2026.pdf", title="Schools", description="What the ministry answers")

    assert [str(document) for document in Document.objects.search(typed)] == found


def test_a_document_is_received_with_whatever_it_is_called():
    document = receive(upload(PDF, "…"), by=Sample())

    assert (document.title, document.name) == ("…", "….pdf")
