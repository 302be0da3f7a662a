from datetime import timedelta

import pytest
from django.test import RequestFactory

from commentary import limits, risk
from commentary.models import Bucket, Letter, Submission
from tests.articles.test_races import at_once
from tests.commentary.make import guest, make_draft, make_editor, make_piece
from tests.make import NOW

pytestmark = pytest.mark.django_db


def make_sent(*, signals=None, network="", **fields):
    """Sent by the form, which noticed ``signals``, and confirmed."""
    piece = make_draft(**fields)
    piece.send(by=guest(piece), agreed=True, network=network, signals=signals)
    piece.confirm(by=guest(piece))
    return piece


def test_an_ordinary_piece_has_no_signals():
    piece = make_sent(signals={"trap": False, "proof": True, "seconds": 600})

    assert (piece.risk, piece.signals, piece.quarantined_at) == (0, [], None)


def test_a_writer_without_scripts_gets_no_badge():
    piece = make_sent(signals={"proof": False})

    assert piece.risk < risk.BADGE
    assert piece.signals == ["The browser did no proof of work: it may run no scripts, or be no browser."]


def test_the_hidden_field_alone_is_a_badge_and_no_quarantine():
    piece = make_sent(signals={"trap": True, "proof": True, "seconds": 300})

    assert risk.BADGE <= piece.risk <= risk.QUARANTINE
    assert piece.quarantined_at is None
    assert piece in Submission.objects.readable().undisturbed()


def test_a_program_lands_in_quarantine_and_reads_as_received():
    piece = make_sent(signals={"trap": True, "proof": False, "seconds": 2})

    assert piece.risk > risk.QUARANTINE
    assert piece.status == "received"
    assert piece.quarantined_at is not None
    assert piece not in Submission.objects.readable().undisturbed()
    assert Letter.objects.filter(code="received").count() == 1
    assert piece.signals == [
        "A field that people cannot see was filled in. Programs do that, and some password managers.",
        "The form was open for 2 seconds before it was sent.",
        "The browser did no proof of work: it may run no scripts, or be no browser.",
    ]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"text": "Buy here: https://a.example https://b.example www.c.example http://d.example"}, "4 links, which is"),
        ({"text": f"{'word ' * 650} {'https://example.org/study ' * 11}"}, "The text has 11 links."),
        ({"writer.name": "Cheap www.pills.example"}, "There is a link in the headline"),
        ({"headline": "HTTPS://pills.example"}, "There is a link in the headline"),
    ],
)
def test_links_are_counted(fields, told):
    piece = make_sent(**fields)

    assert len(piece.signals) == 1
    assert told in piece.signals[0]


def test_sources_are_no_signal():
    piece = make_sent(text=f"{'word ' * 300} https://a.example https://b.example https://c.example https://d.example")

    assert piece.signals == []


def test_an_address_is_known_by_its_spam():
    first = make_piece()
    first.mark_spam(by=make_editor())

    piece = make_sent(text="Another text altogether.", **{"writer.email": "GAIL@example.org"})

    assert piece.signals == ["An earlier piece from this address was marked as spam."]


def test_much_from_one_address_is_told():
    for number in range(4):
        make_piece(text=f"Text {number} of mine.")

    piece = make_piece(text="And one more of mine.")

    assert piece.signals == ["4 other pieces came from this address within 30 days."]


def test_points_end_at_a_hundred():
    everything = {"trap": True, "proof": False, "seconds": 1}

    piece = make_sent(signals=everything, headline="www.x.example", text="https://a.b " * 9)

    assert piece.risk == 100


def test_what_is_no_signal_of_ours_is_not_kept():
    piece = make_sent(signals={"trap": False, "note": "<script>"})

    assert piece.noticed == {"trap": False}


def test_10_000_confirmation_requests_for_one_address_are_three_letters(now):
    for number in range(12):  # and ten thousand in tests/soak
        piece = make_draft(text=f"Text {number}.", **{"writer.email": ["v@example.org", "V@Example.org"][number % 2]})
        piece.send(by=guest(piece), agreed=True)
        assert piece.status == "unconfirmed"

    assert Letter.objects.filter(code="confirm").count() == 3
    piece.confirm(by=guest(piece))
    assert piece.quarantined_at is not None
    assert piece.signals == ["Far more letters were asked for to this address than one person needs."]


def test_an_address_gets_letters_again_after_a_while(now, time_machine_at):
    for number in range(5):
        piece = make_draft(text=f"Text {number}.")
        piece.send(by=guest(piece), agreed=True)

    time_machine_at(NOW + limits.ADDRESS.every + timedelta(seconds=1))
    piece = make_draft(text="A late text.")
    piece.send(by=guest(piece), agreed=True)

    assert Letter.objects.filter(code="confirm").count() == 4
    assert piece.noticed == {}


def test_letters_asked_from_one_network_wait_for_their_turn(now):
    for number in range(12):
        piece = make_draft(**{"writer.email": f"{number}@example.org"})
        piece.send(by=guest(piece), agreed=True, network="192.0.2.7")

    waits = [letter.send_after - NOW for letter in Letter.objects.filter(code="confirm").order_by("pk")]
    assert waits == [timedelta(0)] * 10 + [timedelta(minutes=6), timedelta(minutes=12)]
    piece.confirm(by=guest(piece))
    assert piece.signals == ["Many pieces were sent from the same network at that time."]


def test_letters_to_strangers_leave_at_a_pace(now):
    for _ in range(limits.EVERYWHERE.most):
        Bucket.take(limits.EVERYWHERE, "")
    piece = make_draft()

    piece.send(by=guest(piece), agreed=True)

    assert Letter.objects.get(code="confirm").send_after == NOW + limits.EVERYWHERE.every
    assert piece.noticed == {"limits": ["letters to strangers"]}


def test_a_corrected_address_counts_for_both(now):
    victim = {"writer.email": "victim@example.org"}
    for number in range(3):
        piece = make_draft(text=f"Text {number}.", **victim)
        piece.send(by=guest(piece), agreed=True)
    other = make_draft(text="Quite another.")
    other.send(by=guest(other), agreed=True)

    other.correct_address("Victim@example.org", by=guest(other))

    assert Letter.objects.filter(to__iexact="victim@example.org").count() == 3


def test_full_buckets_are_forgotten(now, time_machine_at):
    Bucket.take(limits.ADDRESS, "gail@example.org")

    assert Bucket.forget_full() == 0
    time_machine_at(NOW + limits.ADDRESS.every + timedelta(seconds=1))
    assert Bucket.forget_full() == 1


def test_a_bucket_does_not_tell_whom_it_counts():
    Bucket.take(limits.ADDRESS, "gail@example.org")

    assert "gail" not in str(Bucket.objects.values().get())


@pytest.mark.django_db(transaction=True)
def test_of_twenty_at_once_a_bucket_gives_what_it_holds():
    waits = at_once(*[lambda: Bucket.take(limits.ADDRESS, "gail@example.org")] * 20)

    assert sorted(str(wait) for wait in waits) == ["0:00:00"] * 3 + ["None"] * 17


@pytest.mark.parametrize(
    ("address", "network"),
    [("", ""), ("192.0.2.7", "192.0.2.7"), ("2001:db8::1:2:3:4", "2001:db8::/64"), ("2001:db8::9", "2001:db8::/64")],
)
def test_a_household_is_one_network(address, network):
    assert limits.network(RequestFactory().get("/", REMOTE_ADDR=address)) == network


def test_the_same_text_again_is_told_to_a_confirmed_address():
    first = make_piece()
    second = make_draft()

    second.send(by=guest(second), agreed=True)

    told = Letter.objects.get(code="merged")
    assert (second.status, second.duplicate_of, told.submission, told.to) == (
        "withdrawn",
        first,
        first,
        "gail@example.org",
    )


def test_the_same_text_again_writes_no_letter_to_a_stranger():
    first = make_piece(status="unconfirmed")
    second = make_draft()

    second.send(by=guest(second), agreed=True)

    assert second.duplicate_of == first
    assert list(Letter.objects.values_list("code", flat=True)) == ["confirm"]


@pytest.mark.django_db(transaction=True)
def test_50_concurrent_identical_submissions_are_one_piece():
    drafts = [make_draft() for _ in range(50)]

    at_once(*[lambda draft=draft: draft.send(by=guest(draft), agreed=True) for draft in drafts])

    kept = Submission.objects.filter(status="unconfirmed").get()
    assert Submission.objects.filter(status="withdrawn", duplicate_of=kept, reason="merged").count() == 49
    assert Letter.objects.filter(code="confirm").count() == 1
