"""One piece on the desk: what is shown of it, what can be done to it, and that nothing typed is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from commentary.canon import canon
from commentary.models import Event, Letter, Message, Submission
from newsroom.roles import COMMENTARY_EDITOR, EDITOR
from tests.commentary.make import guest, make_editor, make_piece, make_publishable
from tests.commentary.test_likeness import letter
from tests.desk.conftest import signed_in
from tests.make import TOMORROW, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruben(client):
    return signed_in(client, COMMENTARY_EDITOR, name="Ruben Adeyemi")


def address(piece, deed=""):
    return f"/admin/commentary/submission/{piece.pk}/{deed}{'/' if deed else ''}"


def fresh(piece):
    return Submission.objects.get(pk=piece.pk)


def does(client, piece, deed, **typed):
    """Press the button on a page that shows the piece as it is."""
    return client.post(address(piece, deed), {"seen": fresh(piece).moves} | typed, follow=True)


def page(client, piece, query=""):
    return client.get(address(piece) + query).content.decode()


def test_a_piece_shows_text_writer_and_thread(client, ruben):
    piece = make_piece(**{"writer.phone": "+1 555 0100"})
    piece.note("She called me.", by=ruben)

    shown = page(client, piece)

    for words in ("My river runs dry every August.", "Gail Guest farms almonds", "+1 555 0100", "She called me."):
        assert words in shown


def test_versions_are_compared_word_by_word(client, ruben):
    piece = make_piece(status="changes_requested", editor=ruben)
    piece.resubmit("Who drinks the river", "My river runs dry every July.", by=guest(piece))

    shown = page(client, piece, "?version=2&against=1")

    assert "<ins" in shown
    assert "July" in shown
    assert client.get(address(piece) + "?version=99&against=x").status_code == 200


def test_links_of_a_text_are_listed_with_where_they_lead(client, ruben):
    piece = make_piece(text="Read https://example.com/a?b=1. And http://[broken and https://example.com/a?b=1 again.")

    shown = page(client, piece)

    assert shown.count("<strong>example.com</strong>") == 1


def test_similar_texts_are_shown_side_by_side_to_whom_may_open_both(client, ruben):
    other, piece = letter(1, headline="The other one"), letter(2)
    newest = Submission.objects.get(pk=other.pk).version

    shown = page(client, piece, f"?beside=piece-{newest.pk}")
    other.set_legal_hold(held=True, by=ruben)
    hidden = page(client, piece, f"?beside=piece-{newest.pk}")

    assert "The other one" in shown
    assert "I am writer 1." in shown
    assert "A piece you may not open" in hidden
    assert "The other one" not in hidden
    assert "I am writer 1." not in hidden


def test_earlier_pieces_from_the_same_address_are_listed(client, ruben):
    earlier = make_piece(headline="The first one", text="Something else.", status="declined", editor=ruben)
    piece = make_piece(**{"writer.email": "GAIL@example.org"})

    shown = page(client, piece)

    assert f'href="{address(earlier)}"' in shown
    assert "The first one" in shown


@pytest.mark.parametrize(
    ("status", "button"),
    [
        ("received", "Take it"),
        ("in_review", "Accept …"),
        ("changes_requested", "Accept …"),
        ("editing", "Send for approval …"),
        ("awaiting_approval", "Take back for editing …"),
        ("spam", "Not spam"),
        ("lapsed", "Reopen"),
    ],
)
def test_each_status_has_one_primary_button(client, ruben, status, button):
    piece = make_piece(status=status, editor=ruben)

    bar = page(client, piece).split("</header>")[0]

    assert bar.count("button--primary") == 1
    assert button in bar.split("button--primary")[1]


def test_taking_a_piece(client, ruben):
    piece = make_piece()

    response = does(client, piece, "claim")

    assert "It is yours." in response.content.decode()
    assert (fresh(piece).assignee, fresh(piece).status) == (ruben, "in_review")


@pytest.mark.parametrize(
    ("status", "deed", "typed", "becomes"),
    [
        ("received", "request_changes", {"text": "How do you know?", "days": "7"}, "changes_requested"),
        ("in_review", "accept", {"text": ""}, "accepted"),
        ("in_review", "decline", {"reason": "fit", "text": "Thank you."}, "declined"),
        ("in_review", "release", {}, "received"),
        ("received", "spam", {}, "spam"),
        ("spam", "not_spam", {}, "received"),
        ("lapsed", "reopen", {}, "received"),
        ("editing", "send_for_approval", {"text": "I cut a paragraph."}, "awaiting_approval"),
        ("awaiting_approval", "recall", {"text": ""}, "editing"),
    ],
)
def test_a_button_moves_a_piece(client, ruben, status, deed, typed, becomes):
    piece = make_piece(status=status, editor=ruben)

    does(client, piece, deed, **typed)

    assert fresh(piece).status == becomes


def test_facts_beside_the_status_are_set_and_taken_back(client, ruben):
    piece = make_piece()
    until = timezone.localtime(timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")

    does(client, piece, "hold", until=until)
    does(client, piece, "urgent")
    does(client, piece, "quarantine")
    held = fresh(piece)
    does(client, piece, "take_up")
    does(client, piece, "not_urgent")
    does(client, piece, "let_out")

    assert (held.is_held, held.is_urgent, held.is_in_quarantine) == (True, True, True)
    now = fresh(piece)
    assert (now.is_held, now.is_urgent, now.is_in_quarantine) == (False, False, False)


def test_identity_and_disclosure_are_kept_from_the_page(client, ruben):
    piece = make_piece()

    does(client, piece, "check_identity", writer=piece.writer.pk, how="phone")
    does(client, piece, "disclosure", line="She sells almonds.")

    now = fresh(piece)
    assert (now.writer.checked_how, now.writer.checked_by, now.disclosure) == ("phone", ruben, "She sells almonds.")
    assert "Spoke on the phone" in page(client, piece)


def test_the_writer_of_another_piece_is_not_checked_here(client, ruben):
    piece, other = make_piece(), make_piece(text="Something else altogether.")

    does(client, piece, "check_identity", writer=other.writer.pk, how="phone")

    assert fresh(other).writer.checked_at is None


def test_a_note_is_never_mailed(client, ruben):
    piece = make_piece()
    letters = Letter.objects.count()

    does(client, piece, "note", text="Looks like PR.")

    assert Message.objects.get(submission=piece).kind == "note"
    assert Letter.objects.count() == letters


def test_a_letter_that_decides_nothing_reaches_the_writer(client, ruben):
    piece = make_piece(status="in_review", editor=ruben)

    does(client, piece, "answer", text="We are still checking two facts.")

    letter = Letter.objects.get(code="message")
    assert (letter.to, "two facts" in letter.text, fresh(piece).spoke_last) == ("gail@example.org", True, "desk")


def test_a_decision_is_taken_back_while_its_letter_waits(client, ruben):
    piece = make_piece(status="in_review", editor=ruben)
    does(client, piece, "decline", reason="fit", text="")
    assert "Take the decision back" in page(client, piece)

    does(client, piece, "undo")

    assert fresh(piece).status == "in_review"
    assert Letter.objects.get(code="declined").cancelled_at is not None
    assert "Take the decision back" not in page(client, piece)


def test_accepted_then_declined_inside_the_undo_window_sends_one_letter(client):
    senior = signed_in(client, EDITOR)
    piece = make_piece(status="in_review", editor=senior)

    does(client, piece, "accept", text="")
    does(client, piece, "decline", reason="facts", text="I was too quick. I am sorry.")

    waiting = Letter.objects.filter(cancelled_at__isnull=True, code__in=["accepted", "declined", "killed"])
    assert (fresh(piece).status, [letter.code for letter in waiting]) == ("declined", ["killed"])


def test_declining_after_acceptance_is_not_offered_to_whoever_may_not(client, ruben):
    piece = make_piece(status="accepted", editor=ruben)

    does(client, piece, "decline", reason="facts", text="No.")

    assert fresh(piece).status == "accepted"


def test_of_two_who_decide_at_once_the_second_is_told_and_keeps_what_was_typed(client, ruben):
    piece = make_piece(status="in_review", editor=ruben)
    opened = client.get(address(piece, "request_changes")).context["form"]
    fresh(piece).claim(by=make_editor(name="Olive Other"))

    typed = {"seen": opened["seen"].value(), "event": opened["event"].value(), "text": "How do you know?", "days": "7"}
    response = client.post(address(piece, "request_changes"), typed)

    shown = response.content.decode()
    assert response.status_code == 409
    assert "This changed since you opened it" in shown
    assert "Olive Other assigned" in shown
    assert "How do you know?" in shown
    assert fresh(piece).status == "in_review"
    again = response.context["form"]
    client.post(address(piece, "request_changes"), typed | {"seen": again["seen"].value()})
    assert fresh(piece).status == "changes_requested"


def test_what_was_typed_for_a_decision_that_cannot_be_made_any_more_can_be_kept_as_a_note(client, ruben):
    piece = make_piece(status="in_review", editor=ruben)
    seen = piece.moves
    piece.decline("fit", "", by=make_editor(name="Olive Other"))

    response = client.post(address(piece, "accept"), {"seen": seen, "text": "A fine piece, thank you."})

    shown = response.content.decode()
    assert (response.status_code, fresh(piece).status) == (409, "declined")
    assert "A fine piece, thank you." in shown
    assert "Keep it as a note" in shown


@pytest.mark.parametrize(
    ("deed", "typed"),
    [
        ("decline", {"reason": "nonsense", "text": "Kept words"}),
        ("request_changes", {"days": "99", "text": "Kept words"}),
        ("decline", {"reason": "fit", "text": "Kept words", "seen": "x"}),
        ("hold", {"until": "2001-01-01T10:00"}),
        ("assign", {"to": "999999"}),
        ("legal_hold", {"text": "Kept words", "seen": ""}),
    ],
)
def test_what_is_refused_is_shown_again_with_the_reason(client, ruben, deed, typed):
    piece = make_piece()

    response = client.post(address(piece, deed), {"seen": piece.moves} | typed)

    shown = response.content.decode()
    assert (response.status_code, fresh(piece).moves) == (200, piece.moves)
    assert "errorlist" in shown
    assert typed.get("text", "") in shown


def test_stepping_back_leads_away_from_the_piece(client, ruben):
    piece = make_piece(status="in_review", editor=ruben)

    response = does(client, piece, "recuse")

    assert response.redirect_chain[-1][0].startswith("/admin/commentary/submission/")
    assert (fresh(piece).assignee, fresh(piece).status) == (None, "received")


def test_a_legal_hold_leads_away_whoever_may_not_lift_it(client, ruben):
    piece = make_piece()

    response = does(client, piece, "legal_hold", text="They threaten us.")

    assert response.status_code == 200
    assert fresh(piece).legal_hold_at is not None
    assert client.get(address(piece)).status_code == 404


def test_only_a_senior_editor_lifts_a_legal_hold(client, ruben):
    piece = make_piece()
    assert client.post(address(piece, "lift_hold"), {"seen": fresh(piece).moves}).status_code == 403
    piece.set_legal_hold(held=True, by=ruben)

    assert client.post(address(piece, "lift_hold"), {"seen": fresh(piece).moves}).status_code == 404
    signed_in(client, EDITOR)
    does(client, piece, "lift_hold", text="Settled")

    assert fresh(piece).legal_hold_at is None


def test_the_page_says_what_the_guard_still_wants(client, ruben):
    piece = make_piece(status="editing", editor=ruben)

    shown = page(client, piece)

    assert "Nobody has made sure yet who the writer is" in shown
    assert f"/admin/articles/article/{piece.article.pk}/change/" in shown


def test_the_neighbours_of_a_queue_are_at_hand(client, ruben):
    first = make_piece()
    second = make_piece(text="Another text.", **{"writer.email": "otto@example.org"})

    shown = page(client, first, "?queue=inbox")

    assert f'href="{address(second)}?queue=inbox" data-key="j"' in shown
    assert 'data-key="k"' not in shown


HOSTILE = "<script>alert(1)</script><img src=x>"
FIELDS = (
    "headline", "text", "writer.name", "writer.phone", "writer.city", "writer.about", "cowriter.name",
    "elsewhere_where", "interests_which", "helped_by", "ai_how", "why_urgent",
)  # fmt: skip


def test_script_in_every_field_shown_to_an_editor_stays_words(client, ruben):
    piece = make_piece(
        **dict.fromkeys(FIELDS, HOSTILE),
        **{"cowriter.email": "co@example.org"},
        ai="yes",
        helped="yes",
        interests="yes",
        elsewhere="yes",
    )
    piece.say(HOSTILE, by=guest(piece), quoted=HOSTILE)
    piece.request_changes(HOSTILE, by=ruben)
    piece.resubmit(f"{HOSTILE}!", f"{HOSTILE} more", note=HOSTILE, by=guest(piece))
    addresses = [
        "/admin/", "/admin/commentary/submission/?queue=all", address(piece), address(piece, "decline"),
        f"{address(piece)}?version=2&against=1",
    ]  # fmt: skip

    for where in addresses:
        shown = client.get(where).content.decode()
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


@pytest.mark.parametrize("status", ["draft", "unconfirmed"])
def test_nobody_opens_what_its_writer_has_not_confirmed(client, status):
    signed_in(client, EDITOR)
    piece = make_piece(status=status)

    assert client.get(address(piece)).status_code == 404
    assert client.post(address(piece, "claim"), {"seen": piece.moves}).status_code == 404
    assert not Event.objects.filter(submission=piece, verb="took the piece").exists()


def test_the_pages_of_the_story_lead_back_to_the_piece(client, ruben):
    piece = make_publishable(editor=ruben)

    for name in ("change", "publish", "read"):
        shown = client.get(f"/admin/articles/article/{piece.article.pk}/{name}/").content.decode()
        assert f'href="{address(piece)}"' in shown
        assert "locked" in shown


def test_edit_after_approval_by_bulk_action_lets_no_other_text_through(client, now):
    senior = signed_in(client, EDITOR)
    piece = make_publishable(editor=senior)
    piece.article.publish(revision=piece.article.draft, by=senior, at=TOMORROW)
    bulk = "/admin/articles/article/bulk/"

    for do in ("file", "submit", "mark_ready", "spike"):
        client.post(bulk, {"do": do, "section": make_section("Water").pk, "story": [piece.article.pk]})

    article = Article.objects.get(pk=piece.article.pk)
    assert (article.is_scheduled, article.section.name) == (True, "Water")
    assert canon(article.live).digest == fresh(piece).snapshots.get().digest


def test_bulk_of_the_guest_desk_takes_no_approved_text_from_readers(client, ruben):
    piece = make_publishable(editor=ruben)
    seen = [f"{piece.pk}:{fresh(piece).moves}"]

    for do in ("decline", "spam", "let_out"):
        client.post("/admin/commentary/submission/bulk/", {"do": do, "reason": "fit", "piece": seen})

    assert fresh(piece).status == "approved"
