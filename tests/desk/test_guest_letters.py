import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commentary import posting
from commentary.models import Letter
from newsroom.roles import COMMENTARY_EDITOR, REPORTER
from tests.commentary.make import make_editor, make_piece
from tests.make import make_user

pytestmark = pytest.mark.django_db

LETTERS = "/admin/commentary/letters/"


@pytest.fixture
def at_desk(client):
    client.force_login(make_editor())
    return client


def listed(response):
    return [letter.code for letter in response.context["shelf"].page.object_list]


def test_letters_of_unconfirmed_pieces_are_hidden_where_mail_leaves(at_desk, settings):
    settings.LETTERS_KEPT = False
    make_piece(status="unconfirmed", text="Another text.", **{"writer.email": "canary@example.org"})
    make_piece(status="received")
    hidden = Letter.objects.get(to="canary@example.org")

    response = at_desk.get(LETTERS)

    assert (listed(response), b"canary" in response.content) == (["received", "confirm"], False)
    assert at_desk.get(f"{LETTERS}{hidden.pk}/").status_code == 404


def test_where_no_mail_leaves_a_letter_is_read_with_its_links(at_desk, settings, mailoutbox):
    settings.LETTERS_KEPT = True
    make_piece(status="unconfirmed")
    posting.post_letters.call()
    letter = Letter.objects.get()

    page = at_desk.get(f"{LETTERS}{letter.pk}/").content.decode()

    assert page.count(f'<a href="{settings.SITE_ADDRESS}/commentary/key/') == 1
    assert listed(at_desk.get(LETTERS)) == ["confirm"]


def test_production_shows_no_link_even_of_a_letter_that_was_kept_before(at_desk, settings, mailoutbox):
    settings.LETTERS_KEPT = True
    make_piece(status="received")
    posting.post_letters.call()
    settings.LETTERS_KEPT = False
    letter = Letter.objects.get(code="received")

    page = at_desk.get(f"{LETTERS}{letter.pk}/").content.decode()

    assert ("/commentary/key/" in page, "a link that was in the letter alone" in page) == (False, True)


def test_script_in_a_letter_is_text_on_its_page(at_desk, settings):
    settings.LETTERS_KEPT = False
    make_piece(headline="<script>alert(1)</script>", text="<img src=x onerror=alert(1)>")
    letter = Letter.objects.get(code="received")

    page = at_desk.get(f"{LETTERS}{letter.pk}/").content.decode()

    assert "<script>alert" not in page
    assert "&lt;img src=x" in page


def test_a_letter_that_did_not_arrive_is_found_and_sent_again(at_desk):
    piece = make_piece(status="received")
    make_piece(text="Another text.")
    letter = Letter.objects.get(code="received", submission=piece)
    posting.fail(letter, "550 No such user")

    found = listed(at_desk.get(f"{LETTERS}?show=trouble"))
    response = at_desk.post(f"{LETTERS}{letter.pk}/again/", follow=True)

    assert found == ["received"]
    assert "on its way again" in response.content.decode()
    assert Letter.objects.due(timezone.now()).filter(pk=letter.pk).exists()
    assert listed(at_desk.get(f"{LETTERS}?show=trouble")) == []


def test_whoever_stepped_back_reads_no_letter_of_the_piece(client):
    editor = make_editor()
    piece = make_piece(editor=editor)
    piece.recuse(by=editor)
    client.force_login(editor)

    assert listed(client.get(LETTERS)) == []


def test_letters_are_searched_by_address_and_reference(at_desk):
    piece = make_piece()
    make_piece(text="Another text.", **{"writer.email": "otto@example.org"})

    assert listed(at_desk.get(f"{LETTERS}?q=otto")) == ["received", "confirm"]
    assert len(listed(at_desk.get(f"{LETTERS}?q={piece.reference.lower()}"))) == 2
    assert listed(at_desk.get(f"{LETTERS}?q=%25")) == []


@pytest.mark.parametrize(("role", "status"), [(REPORTER, 403), (COMMENTARY_EDITOR, 200)])
def test_letters_are_for_whoever_works_on_pieces(client, role, status):
    client.force_login(make_user(role=role))

    assert client.get(LETTERS).status_code == status


def test_the_list_takes_as_many_queries_for_three_letters_as_for_one(at_desk):
    make_piece()
    Letter.objects.exclude(code="received").delete()
    with CaptureQueriesContext(connection) as one:
        at_desk.get(LETTERS)
    for name in ("a", "b"):
        make_piece(text=f"Text of {name}.", **{"writer.email": f"{name}@example.org"})

    with CaptureQueriesContext(connection) as three:
        at_desk.get(LETTERS)

    assert len(three) == len(one)
