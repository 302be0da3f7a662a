from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from commentary import erasure, posting, retention
from commentary.models import Approval, Letter, Message, Portrait, Snapshot, Submission, Version
from heartbeat.beats import registered_beats
from images.models import Image
from tests.commentary.make import guest, make_draft, make_editor, make_piece, make_publishable
from tests.images.make import make_image
from tests.make import NOW

pytestmark = pytest.mark.django_db

EPOCH = timedelta(seconds=1)


@pytest.fixture
def later(time_machine_at):
    """Go to so many days after ``NOW``."""
    time_machine_at(NOW)
    return lambda **span: time_machine_at(NOW + timedelta(**span) + EPOCH)


def told():
    """What a dry run says, having shown that a real one does exactly that."""
    before = list(Submission.objects.order_by("pk").values()), Version.objects.count(), Letter.objects.count()
    planned = retention.due()
    assert before == (list(Submission.objects.order_by("pk").values()), Version.objects.count(), Letter.objects.count())
    assert retention.keep_no_longer() == planned
    assert retention.due() == []
    return [(step.what, step.why) for step in planned]


def published(**fields):
    editor = make_editor()
    piece = make_publishable(editor=editor, **fields)
    piece.article.publish(revision=piece.article.draft, by=editor)
    return Submission.objects.get(pk=piece.pk)


def test_an_unsent_draft_goes_after_thirty_days(later):
    make_draft()
    later(days=29)
    make_draft(text="A young one.")
    assert told() == []

    later(days=30)

    assert told() == [("everything", "a draft nobody went on with")]
    assert Submission.objects.count() == 1


def test_what_was_never_confirmed_goes_after_72_hours(later):
    piece = make_piece(status="unconfirmed")
    piece.withdraw(by=guest(piece))
    later(hours=71)
    assert told() == []

    later(hours=72)

    assert told() == [("everything", "never confirmed")]
    assert not Submission.objects.exists()


def test_spam_goes_after_thirty_days(later):
    make_piece(status="spam", **{"writer.phone": ""})
    later(days=30)

    assert told() == [("everything", "spam")]
    assert Submission.objects.get().status == "erased"


def test_a_phone_number_goes_thirty_days_after_the_end(later):
    piece = make_piece(status="declined", **{"writer.phone": "+1 555 0100"})
    later(days=29)
    assert told() == []

    later(days=30)

    assert told() == [("the phone number", "closed 30 days ago")]
    assert (piece.writers.get().phone, piece.writers.get().name) == ("", "Gail Guest")


def test_a_phone_number_goes_thirty_days_after_publication(later):
    piece = published(**{"writer.phone": "+1 555 0100"})

    later(days=30)

    assert told() == [("the phone number", "published 30 days ago")]
    assert piece.writers.get().phone == ""


def test_an_unpublished_portrait_goes_after_thirty_days(later):
    image = make_image()
    piece = make_piece(status="declined", **{"writer.portrait": image})

    later(days=30)

    assert told() == [("the portrait", "closed 30 days ago")]
    assert piece.writers.get().portrait is None
    assert not Image.objects.exists()


def test_a_portrait_that_never_reached_the_library_goes_too(later):
    piece = make_piece(status="declined")
    Portrait.objects.create(writer=piece.writer, jpeg=b"\xff\xd8\xff", width=8, height=6, made_at=NOW)

    later(days=30)

    assert told() == [("the portrait", "closed 30 days ago")]
    assert not Portrait.objects.exists()


def test_the_portrait_readers_see_stays(later):
    image = make_image()
    piece = published(**{"writer.phone": "", "writer.portrait": image})

    later(days=30)

    assert told() == [("the portrait", "published 30 days ago")]
    assert piece.writers.get().author.portrait == image


def test_a_portrait_that_something_else_shows_stays(later):
    image = make_image()
    make_piece(status="declined", **{"writer.portrait": image})
    make_piece(text="A second text.", **{"writer.portrait": image})

    later(days=30)

    assert told() == [("the portrait", "closed 30 days ago")]
    assert Image.objects.get() == image


def test_text_and_thread_go_180_days_after_closing(later):
    editor = make_editor()
    piece = make_piece(status="declined", editor=editor, helped="yes", helped_by="My son.")
    piece.say("Why?", by=guest(piece))
    piece.note("He will write again.", by=editor)
    later(days=179)
    assert told() == []

    later(days=180)

    assert told() == [
        ("text, letters and messages", "closed 180 days ago"),
        ("what was agreed and approved", "closed 180 days ago"),
    ]
    piece.refresh_from_db()
    assert (piece.version.headline, piece.version.text, piece.helped_by) == ("", "", "")
    assert not Message.objects.exists()
    assert not Letter.objects.filter(submission=piece).exists()
    assert (piece.reference[:2], piece.writer.email) == ("C-", "gail@example.org")
    assert piece.events.exists()


def test_name_and_address_go_after_a_year(later):
    make_piece(status="withdrawn")
    later(days=364)
    told()

    later(days=365)

    assert told() == [("everything", "closed a year ago")]
    assert Submission.objects.get().reference.startswith("E-")


def test_agreements_and_approvals_of_what_was_published_stay_seven_years(later):
    piece = published(**{"writer.phone": ""})
    later(days=7 * 365 - 1)
    assert told() == [("text, letters and messages", "published 180 days ago")]
    assert Approval.objects.get().typed_name == "Gail Guest"
    assert Snapshot.objects.count() == 1
    assert piece.writers.get().agreed_as == "Gail Guest"

    later(days=7 * 365)

    assert told() == [
        ("what was agreed and approved", "published 2555 days ago"),
        ("name and address", "published 2555 days ago"),
    ]
    assert not Approval.objects.exists()
    piece.refresh_from_db()
    assert (piece.writer.name, piece.writer.email, piece.article) == ("", "", None)


@pytest.mark.parametrize(
    ("network", "kept"),
    [("192.0.2.77", "192.0.2.0/24"), ("2001:db8:1:2::/64", "2001:db8:1::/48"), ("None", ""), ("", "")],
)
def test_an_address_is_truncated_after_14_days(later, network, kept):
    piece = make_draft()
    piece.send(by=guest(piece), agreed=True, network=network)
    piece.confirm(by=guest(piece))
    later(days=13)
    assert told() == []

    later(days=14)

    assert told() == ([("the address of the connection", "sent 14 days ago")] if network else [])
    piece.refresh_from_db()
    assert piece.network == kept


def test_nothing_goes_under_legal_hold(later):
    editor = make_editor()
    piece = make_piece(status="declined", editor=editor, **{"writer.phone": "+1 555 0100"})
    piece.set_legal_hold(held=True, by=editor)

    later(days=4000)

    assert told() == []


def test_open_pieces_are_kept(later):
    make_piece(status="in_review", **{"writer.phone": "+1 555 0100"})

    later(days=4000)

    assert told() == []


def test_the_last_letter_goes_when_it_has_left(later, settings):
    settings.LETTERS_LEAVE = True
    piece = make_piece(status="withdrawn")

    erasure.erase(piece, by=guest(piece))
    letter = Letter.objects.get()
    assert (letter.code, letter.to, letter.submission) == ("erased", "gail@example.org", None)
    assert told() == []

    posting.post_letters.call()

    assert told() == [("the last letter", "it has left")]
    assert not Letter.objects.exists()


def test_the_command_says_what_it_would_erase_and_then_erases_it(later):
    piece = make_draft()
    later(days=31)
    dry, real, again = StringIO(), StringIO(), StringIO()

    call_command("retention", "--dry-run", stdout=dry)
    assert Submission.objects.exists()
    call_command("retention", stdout=real)
    call_command("retention", stdout=again)

    line = f"{piece.reference}: everything (a draft nobody went on with)\n"
    assert dry.getvalue() == f"{line}1 would be erased.\n"
    assert real.getvalue() == f"{line}1 erased.\n"
    assert again.getvalue() == "Nothing is kept longer than it may be.\n"


def test_it_happens_every_night():
    beat = next(beat for beat in registered_beats() if beat.name == "commentary.retention")

    assert beat.every == timedelta(days=1)
