"""What we hold of a writer: theirs to see, to take along and to have erased, and nobody else's."""

import json

import pytest

from commentary.models import Letter, Submission, Version
from tests.commentary.make import guest, make_editor, make_piece
from tests.public.guests import deliver, heading, home, visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

SCRIPT = "<script>alert(1)</script>"


def test_seeing_it_takes_the_mailbox():
    piece = make_piece(**{"writer.phone": "559 555 0100"})
    client = visitor(piece)

    before = client.get(home(piece, "held/"))
    asked = client.post(home(piece, "held/"))

    assert "555 0100" not in before.text + asked.text
    assert client.get(home(piece, "held/download/")).status_code == 403
    assert Letter.objects.filter(code="erase_link").values_list("to", flat=True).get() == "gail@example.org"


def test_download_holds_everything_of_the_writer():
    editor = make_editor()
    piece = make_piece(status="in_review", editor=editor, **{"writer.phone": "559 555 0100"})
    piece.say("May I add a map?", by=guest(piece))
    piece.note("Sounds invented to me.", by=editor)

    response = visitor(piece, "erase").get(home(piece, "held/download/"))

    told = json.loads(response.content)
    assert response["Content-Disposition"] == f'attachment; filename="{piece.reference}.json"'
    assert told["writers"][0]["phone"] == "559 555 0100"
    assert [message["text"] for message in told["messages"]] == ["May I add a map?"]
    assert told["texts"][0]["headline"] == "Who drinks the river"
    assert "Sounds invented" not in response.text
    assert told["notes_among_editors"] == 1


def test_other_writer_is_named_and_no_more():
    piece = make_piece(
        **{"writer.phone": "559 555 0100", "cowriter.name": "Otto Other", "cowriter.email": "otto@example.org"}
    )
    client = visitor(piece, "erase", writer=piece.cowriter)

    told = client.get(home(piece, "held/download/")).json()

    assert told["writers"][0] == {"name": "Gail Guest"}
    assert {letter["to"] for letter in told["letters"]} <= {"otto@example.org"}


def test_page_shows_what_was_typed_as_it_was_written():
    piece = make_piece(interests="yes", interests_which=SCRIPT, **{"writer.name": SCRIPT, "writer.about": SCRIPT})

    text = visitor(piece, "erase").get(home(piece, "erase/")).text

    assert (SCRIPT in text, "&lt;script&gt;" in text) == (False, True)


@pytest.mark.django_db(transaction=True)
def test_erasing_takes_everything_and_the_way_in():
    piece = make_piece(status="withdrawn")
    deliver(piece)
    client = visitor(piece, "erase")

    unsure = client.post(home(piece, "erase/"))
    kept = Version.objects.count()
    sure = client.post(home(piece, "erase/"), {"sure": "on"})

    assert "Tick the box" in unsure.text
    assert (kept, heading(sure)) == (1, "Everything is erased")
    assert not Version.objects.exists()
    assert client.get(home(piece, "erase/")).status_code == 403


def test_open_piece_has_to_be_withdrawn_first():
    piece = make_piece()
    client = visitor(piece, "erase")

    page = client.get(home(piece, "erase/"))
    refused = client.post(home(piece, "erase/"), {"sure": "on"})

    assert "Withdraw it</a> first" in page.text
    assert refused.status_code == 200
    assert Submission.objects.get(pk=piece.pk).version.headline == "Who drinks the river"
