"""The links in letters: what opens, for whom, until when, and that looking at one changes nothing."""

import hashlib
from datetime import timedelta

import pytest
from django.test import Client

from commentary import keys
from commentary.models import Event, Letter, Link, Purpose, Submission
from commentary.states import Status
from tests.commentary.make import guest, make_draft, make_editor, make_piece
from tests.make import NOW, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def address(piece, purpose, **fields):
    return f"/commentary/key/{keys.cut(piece, purpose, writer=piece.writer, **fields)}/"


def standing_of(piece):
    return Submission.objects.get(pk=piece.pk).status


def state():
    """All that opening a link could change."""
    links = list(Link.objects.values_list("used_at", "revoked_at"))
    return (list(Submission.objects.values_list("status", "moves")), Event.objects.count(), links)


def test_only_the_digest_of_a_key_is_kept():
    piece = make_draft()

    token = keys.cut(piece, Purpose.RESUME, writer=piece.writer)

    kept = Link.objects.get()
    assert len(token) == 43
    assert kept.digest == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(Link.objects.values().get())
    assert keys.find(token) == kept
    assert [keys.find(other) for other in ("", token[:-1], token * 3, "\udcff", "ü")] == [None] * 5


@pytest.mark.parametrize(
    ("purpose", "lasts"),
    [
        ("resume", timedelta(days=30)), ("confirm", timedelta(hours=72)), ("status", timedelta(days=180)),
        ("cowriter", timedelta(days=14)), ("withdraw", timedelta(minutes=30)), ("erase", timedelta(minutes=30)),
        ("address", timedelta(minutes=30)),
    ],
)  # fmt: skip
def test_a_key_lasts_as_long_as_its_purpose_needs(purpose, lasts, time_machine_at):
    piece = make_draft()
    link = keys.find(keys.cut(piece, purpose, writer=piece.writer))

    time_machine_at(NOW + lasts - timedelta(seconds=1))
    good = link.is_good
    time_machine_at(NOW + lasts)

    assert (good, link.is_good) == (True, False)


def test_a_key_to_approve_lasts_two_weeks_beyond_the_day_it_is_due():
    piece = make_piece(status="awaiting_approval")

    link = keys.find(keys.cut(piece, Purpose.APPROVE, writer=piece.writer))

    assert link.expires_at == piece.snapshots.first().due_at + timedelta(days=14)


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("purpose", Purpose.values)
def test_looking_at_a_link_changes_nothing(client, method, purpose):
    piece = make_draft()
    if purpose != "resume":
        piece.send(by=guest(piece), agreed=True)
    link = address(piece, purpose)
    before = state()

    seen = getattr(client, method)(link)

    assert (seen.status_code, state(), dict(client.cookies).keys() - {"csrftoken"}) == (200, before, set())
    assert {"private", "no-store"} <= set(seen.headers["Cache-Control"].split(", "))
    assert seen.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in seen.headers["X-Robots-Tag"]
    assert piece.version.headline not in seen.text


def test_a_confirm_link_pressed_gives_the_desk_the_piece_and_its_writer_the_status_page(client):
    piece = make_piece(status="unconfirmed")

    answered = client.post(address(piece, "confirm"))

    assert (answered.status_code, answered.url) == (302, f"/commentary/s/{piece.reference}/")
    assert standing_of(piece) == Status.RECEIVED
    cookie = answered.cookies["visit-status"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (
        f"/commentary/s/{piece.reference}/",
        True,
        "Lax",
    )


def test_a_confirm_link_pressed_twice_answers_the_same(client):
    piece = make_piece(status="unconfirmed")
    link = address(piece, "confirm")
    first = client.post(link)
    before = Event.objects.count()

    second = Client().post(link)

    assert (second.status_code, second.url) == (first.status_code, first.url)
    assert Event.objects.count() == before
    assert Letter.objects.filter(code="received").count() == 1


def test_a_confirm_link_pressed_late_offers_a_new_letter(client, time_machine_at):
    piece = make_piece(status="unconfirmed")
    token = keys.cut(piece, "confirm", writer=piece.writer)
    time_machine_at(NOW + timedelta(hours=73))

    late = client.post(f"/commentary/key/{token}/")
    client.post("/commentary/lost/", {"key": token})

    assert late.status_code == 410
    assert "Send me a new link" in late.text
    assert "September 17, 2026, 12:30 PM" in late.text
    assert (standing_of(piece), Letter.objects.filter(code="confirm").count()) == (Status.UNCONFIRMED, 2)


def test_a_confirm_link_after_withdrawal_says_so(client):
    piece = make_piece(status="unconfirmed")
    link = address(piece, "confirm")
    piece.withdraw(by=guest(piece))

    answers = [client.get(link), client.post(link)]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert all("You withdrew this piece on September 14, 2026." in answer.text for answer in answers)
    assert standing_of(piece) == Status.WITHDRAWN


def test_a_forwarded_link_opens_its_own_purpose_and_no_other(client):
    piece = make_piece(status="editing")

    answered = client.post(address(piece, "status"))

    assert answered.url == f"/commentary/s/{piece.reference}/"
    assert set(answered.cookies) == {"visit-status"}


def test_a_cookie_renamed_opens_nothing_else(rf):
    from public.commentary import visits

    piece, other = make_piece(), make_piece(text="Another one.", **{"writer.email": "otto@example.org"})
    link = keys.open_to(piece, Purpose.STATUS, writer=piece.writer)
    seal = Client().post(address(piece, "status")).cookies["visit-status"].value

    def comes(name, reference, *purposes, value=seal):
        request = rf.get("/")
        request.COOKIES[name] = value
        return visits.visit(request, reference, *purposes)

    assert comes("visit-status", piece.reference, "status").piece == piece
    assert comes("visit-status", other.reference, "status") is None
    assert comes("visit-status", piece.reference, "approve", "withdraw") is None
    assert comes("visit-withdraw", piece.reference, "withdraw") is None
    assert comes("visit-status", piece.reference, "status", value=str(link.pk)) is None
    keys.revoke(piece)
    assert comes("visit-status", piece.reference, "status") is None


def test_a_key_opens_nothing_for_whoever_is_signed_in_at_the_desk(client):
    piece = make_piece(status="unconfirmed")
    client.force_login(make_editor())

    answered = client.post(address(piece, "confirm"))

    assert (answered.status_code, standing_of(piece)) == (403, Status.UNCONFIRMED)
    assert not {name for name in answered.cookies if name.startswith("visit")}


def test_an_unknown_key_is_answered_kindly(client):
    answered = client.get("/commentary/key/no-such-key/")

    assert answered.status_code == 404
    assert "Get a new link" in answered.text


def test_the_lost_link_page_answers_the_same_for_any_address(client):
    make_piece(**{"writer.email": "gail@example.org"})
    make_user(email="edda@example.org")

    answers = [client.post("/commentary/lost/", {"email": email}) for email in ("gail@example.org", "nina@example.org")]

    known, unknown = (
        answer.text.replace("gail@", "x@").replace("nina@", "x@").partition("<main")[2] for answer in answers
    )
    assert known == unknown
    assert list(Letter.objects.filter(code="status_link").values_list("to", flat=True)) == ["gail@example.org"]


def test_a_lost_link_brings_the_letter_that_fits_where_the_piece_is(client):
    make_draft(**{"writer.email": "drafting@example.org"})
    make_piece(status="unconfirmed", text="One.", **{"writer.email": "waiting@example.org"})
    make_piece(status="editing", text="Two.", **{"writer.email": "taken@example.org"})
    before = Letter.objects.values_list("pk", flat=True)
    seen = list(before)

    for name in ("drafting", "waiting", "taken"):
        client.post("/commentary/lost/", {"email": f"{name.upper()}@example.org"})

    sent = Letter.objects.exclude(pk__in=seen).values_list("to", "code")
    assert sorted(sent) == [("drafting@example.org", "resume"), ("taken@example.org", "status_link")]


def test_whoever_asks_again_and_again_fills_nobodys_mailbox(client, time_machine_at):
    pieces = [make_piece(text=f"Piece {number}.") for number in range(3)]
    for minutes in range(0, 60, 11):
        time_machine_at(NOW + timedelta(minutes=minutes))
        answered = client.post("/commentary/lost/", {"email": "gail@example.org"})

    assert "a letter with a new link is on its way" in answered.text
    assert len(pieces) < Letter.objects.filter(code="status_link").count() <= 6


def test_a_wrong_address_is_named_beside_the_field_and_on_top(client):
    answered = client.post("/commentary/lost/", {"email": "nowhere"})

    assert "<title>Error: Get a new link" in answered.text
    assert answered.text.count("Write an e-mail address, as in name@example.org.") == 2
    assert 'value="nowhere"' in answered.text
