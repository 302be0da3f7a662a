import pytest

import richtext
from accounts.actors import Sample
from tests.documents.make import CSV, make_document, upload

pytestmark = pytest.mark.django_db


def body(document, caption=""):
    inside = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<p>Before.</p><figure data-document="{document.pk}">{inside}</figure>'


@pytest.mark.parametrize("variant", ["page", "desk"])
def test_a_document_in_a_text_is_a_card_that_says_what_one_gets(variant):
    document = make_document(title="Beds & costs", description="By county.")

    shown = richtext.render(body(document), variant)

    assert f'href="{document.get_absolute_url()}" download' in shown
    assert "Beds &amp; costs" in shown
    assert "PDF, 81\xa0bytes" in shown
    assert "<figcaption>By county.</figcaption>" in shown


def test_a_caption_of_its_own_stands_in_place_of_the_description():
    document = make_document(description="By county.")

    shown = richtext.render(body(document, "Read <em>page 4</em>"), "page")

    assert "<figcaption>Read <em>page 4</em></figcaption>" in shown
    assert "By county." not in shown


@pytest.mark.parametrize("variant", ["feed", "mail"])
def test_feeds_and_letters_link_to_a_document_with_its_whole_address(variant, settings):
    document = make_document(title="Beds")

    shown = richtext.render(body(document), variant)

    assert f'<a href="{settings.SITE_ADDRESS}{document.get_absolute_url()}">Beds</a> (PDF, 81\xa0bytes)' in shown


def test_a_replaced_document_is_shown_as_it_is_now():
    document = make_document(title="Beds")
    stored = body(document)
    document.replace(upload(CSV, "beds.csv"), by=Sample())

    shown = richtext.render(stored, "page")

    assert "beds.csv" in shown
    assert "CSV, " in shown


def test_a_document_that_is_gone_is_nothing_to_readers_and_a_warning_to_the_desk():
    document = make_document()
    stored = body(document)
    document.remove(by=Sample())

    assert richtext.render(stored, "page") == "<p>Before.</p>"
    assert "is not in the library any more" in richtext.render(stored, "desk")


def test_many_documents_of_a_text_are_one_query(django_assert_num_queries):
    documents = [make_document(anyway=True) for _ in range(3)]
    stored = "".join(map(body, documents))

    with django_assert_num_queries(1):
        richtext.render(stored, "page")
