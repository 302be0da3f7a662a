"""The commentary desk's queues: what stands where, what a row says, what several at once become."""

from datetime import timedelta

import pytest
from django.utils import timezone

from commentary.models import Submission
from commentary.queues import QUEUES
from newsroom.roles import ADMINISTRATOR, COMMENTARY_EDITOR, EDITOR, PRODUCER, REPORTER
from tests.commentary.make import guest, make_editor, make_piece, make_publishable
from tests.commentary.test_likeness import letter, prose
from tests.desk.conftest import signed_in
from tests.make import make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/commentary/submission/"


@pytest.fixture
def ruben(client):
    return signed_in(client, COMMENTARY_EDITOR, name="Ruben Adeyemi")


def other_piece(number=1, **fields):
    """A further piece, by somebody else."""
    who = {"writer.name": f"Guest {number}", "writer.email": f"guest{number}@example.org", "headline": "Roads"}
    return make_piece(**{"text": f"Text number {number} of somebody."} | who | fields)


def shown(client, query=""):
    return [row.piece for row in client.get(LIST + query).context["shelf"].rows]


def counts(client):
    return {tally.queue.name: tally.count for tally in client.get(LIST).context["shelf"].tallies if tally.count}


def test_a_queue_opens_on_the_inbox_with_counts_and_oldest_age(client, ruben):
    piece = make_piece()

    response = client.get(LIST)

    shelf = response.context["shelf"]
    assert ([row.piece for row in shelf.rows], shelf.name) == ([piece], "inbox")
    inbox = next(tally for tally in shelf.tallies if tally.queue.name == "inbox")
    assert (inbox.count, inbox.oldest) == (1, piece.received_at)


def test_each_piece_stands_where_its_status_says(client, ruben):
    other = make_editor(name="Olive Other")
    wanted = {
        "received": {"inbox"},
        "in_review": set(),
        "changes_requested": {"waiting"},
        "accepted": {"waiting"},
        "editing": {"editing", "answered"},
        "awaiting_approval": {"waiting"},
        "approved": {"ready"},
        "declined": {"closed"},
        "spam": {"closed"},
    }

    found = {}
    for number, status in enumerate(wanted):
        piece = other_piece(number, status=status, editor=other)
        found[status] = {name for name in QUEUES if name != "legal_hold" and piece in shown(client, f"?queue={name}")}

    assert found == wanted


def test_mine_holds_what_i_have(client, ruben):
    mine = make_piece(status="in_review", editor=ruben)
    other_piece(status="in_review", editor=make_editor())

    assert shown(client, "?queue=mine") == [mine]


def test_published_is_read_from_the_article(client, ruben):
    piece = make_publishable(editor=ruben)
    assert shown(client, "?queue=ready") == [piece]

    piece.article.publish(revision=piece.article.draft, by=ruben)

    assert (shown(client, "?queue=ready"), shown(client, "?queue=published")) == ([], [piece])


def test_a_late_promise_tops_overdue(client, ruben, time_machine):
    piece = make_piece()
    assert shown(client, "?queue=overdue") == []

    time_machine.move_to(piece.promise_at + timedelta(minutes=1))
    client.force_login(ruben)

    assert shown(client, "?queue=overdue") == [piece]
    assert "late by" in client.get(f"{LIST}?queue=overdue").content.decode()


def test_what_is_held_leaves_the_inbox(client, ruben):
    piece = make_piece()

    piece.hold(timezone.now() + timedelta(days=3), by=ruben)

    assert counts(client) == {"held": 1}


def test_quarantine_and_mail_problems_have_queues_of_their_own(client, ruben):
    set_apart, failing = make_piece(), other_piece()
    set_apart.quarantine(aside=True, by=ruben)
    failing.writers.update(mail_failed_at=timezone.now(), mail_trouble="No such mailbox")

    assert (shown(client, "?queue=quarantine"), shown(client, "?queue=mail")) == ([set_apart], [failing])
    assert shown(client) == [failing]


def test_the_same_words_by_three_people_are_form_letters(client, ruben):
    campaign = [letter(number) for number in range(3)]
    two = [letter(number, text=prose(9, 150)) for number in range(3, 5)]

    assert set(shown(client, "?queue=form_letters")) == set(campaign)
    assert set(shown(client)) == set(two)
    assert "Similar" in client.get(LIST).content.decode()


def test_form_letters_are_answered_once(client, ruben):
    campaign = [letter(number) for number in range(3)]

    ticked = [f"{piece.pk}:{Submission.objects.get(pk=piece.pk).moves}" for piece in campaign]
    client.post(f"{LIST}bulk/", {"do": "decline", "reason": "form_letter", "piece": ticked})

    assert {piece.status for piece in Submission.objects.all()} == {"declined"}


def test_the_writer_who_answered_is_found(client, ruben):
    piece = make_piece(status="changes_requested", editor=ruben)

    piece.resubmit("Who drinks the river", "A revised text that says how I know.", by=guest(piece))

    assert shown(client, "?queue=answered") == [piece]


def test_a_legal_hold_hides_a_piece_from_whoever_may_not_lift_it(client, ruben):
    piece = make_piece()

    piece.set_legal_hold(held=True, by=ruben, note="A threat")

    for queue in (*QUEUES, "all"):
        assert shown(client, f"?queue={queue}") == []
    assert client.get(f"{LIST}{piece.pk}/").status_code == 404
    assert shown(client, f"?q={piece.reference}") == []
    signed_in(client, EDITOR)
    assert shown(client, "?queue=legal_hold") == [piece]


def test_whoever_stepped_back_neither_finds_nor_opens_a_piece(client, ruben):
    piece = make_piece()
    piece.recuse(by=ruben)

    found = [shown(client, f"?queue={queue}") for queue in (*QUEUES, "all")]

    assert found == [[]] * len(found)
    assert client.get(f"{LIST}{piece.pk}/").status_code == 403
    assert client.post(f"{LIST}{piece.pk}/claim/", {"seen": piece.moves + 1}).status_code == 403


@pytest.mark.parametrize(("role", "status"), [(REPORTER, 403), (PRODUCER, 403), (EDITOR, 200), (ADMINISTRATOR, 200)])
def test_the_queues_are_for_the_commentary_desk(client, role, status):
    signed_in(client, role)

    assert client.get(LIST).status_code == status


@pytest.mark.parametrize("typed", ["river", "gail guest", "GAIL@example", "reference"])
def test_words_are_looked_for_in_reference_title_and_writer(client, ruben, typed):
    piece = make_piece(status="declined", editor=ruben)
    other_piece()

    query = piece.reference if typed == "reference" else typed

    assert shown(client, f"?q={query}") == [piece]


def test_filters_live_in_the_address(client, ruben):
    helped = make_piece(helped="yes", helped_by="A friend read it.")
    other_piece(status="received")

    assert shown(client, "?flag=help&kind=commentary&who=nobody") == [helped]
    assert shown(client, "?flag=help&who=me") == []


@pytest.mark.parametrize(
    "query", ["?queue=nonsense", "?who=99999999999999999999", "?page=x&kind=y", "?q=%C2%A0&flag=x"]
)
def test_a_strange_address_shows_a_queue(client, ruben, query):
    make_piece()

    assert client.get(LIST + query).status_code == 200


def test_a_row_says_what_an_editor_decides_by(client, ruben):
    earlier = make_publishable(editor=ruben)
    earlier.article.publish(revision=earlier.article.draft, by=ruben)
    make_piece(text="word " * 700, ai="yes", ai_how="A spell checker")

    page = client.get(LIST).content.decode()

    assert "published today" in page
    assert "50 over" in page
    assert '<span class="flag" title="A spell checker">AI</span>' in page


def test_a_queue_asks_the_same_number_of_questions_for_one_and_for_many(client, ruben, django_assert_num_queries):
    make_piece()
    client.get(LIST)
    with django_assert_num_queries(15) as one:
        client.get(LIST)
    for number in range(3):
        other_piece(number)

    with django_assert_num_queries(len(one)):
        client.get(LIST)


def test_a_queue_has_pages(client, ruben, monkeypatch):
    monkeypatch.setattr("desk.commentary.listing.listed.__kwdefaults__", {"size": 2})
    for number in range(3):
        other_piece(number)

    assert [len(shown(client, f"?page={page}")) for page in (1, 2)] == [2, 1]


def test_several_are_taken_at_once_and_only_those_ticked(client, ruben):
    first, second, left = other_piece(1), other_piece(2), other_piece(3)

    ticked = [f"{piece.pk}:{piece.moves}" for piece in (first, second)]
    response = client.post(f"{LIST}bulk/", {"do": "claim", "piece": ticked}, follow=True)

    assert "2 pieces are yours now." in response.content.decode()
    assert set(Submission.objects.filter(assignee=ruben)) == {first, second}
    left.refresh_from_db()
    assert left.assignee is None


def test_what_somebody_moved_meanwhile_is_skipped_and_named(client, ruben):
    first, second = other_piece(1), other_piece(2)
    ticked = [f"{piece.pk}:{piece.moves}" for piece in (first, second)]
    first.claim(by=make_editor(name="Olive Other"))

    data = {"do": "decline", "reason": "fit", "piece": ticked}
    page = client.post(f"{LIST}bulk/", data, follow=True).content.decode()

    assert "Skipped" in page
    assert "This changed since you opened it" in page
    assert {piece.status for piece in Submission.objects.filter(pk=first.pk)} == {"in_review"}
    assert {piece.status for piece in Submission.objects.filter(pk=second.pk)} == {"declined"}


def test_a_piece_that_is_a_story_already_is_not_declined_in_bulk(client, ruben):
    piece = make_publishable(editor=ruben)

    data = {"do": "decline", "reason": "fit", "piece": [f"{piece.pk}:{piece.moves}"]}
    page = client.post(f"{LIST}bulk/", data, follow=True).content.decode()

    piece.refresh_from_db()
    assert piece.status == "approved"
    assert "Decide about it on its page." in page


def test_the_button_of_one_row_leaves_other_boxes_alone(client, ruben):
    one, ticked = other_piece(1), other_piece(2)

    sent = {"alone": f"claim {one.pk}:{one.moves}", "piece": [f"{ticked.pk}:{ticked.moves}"]}
    client.post(f"{LIST}bulk/", sent)

    assert list(Submission.objects.filter(assignee=ruben)) == [one]


@pytest.mark.parametrize(
    "data", [{}, {"do": "claim"}, {"do": "nonsense", "piece": "1:1"}, {"do": "assign", "piece": "1:1"}]
)
def test_bulk_that_says_too_little_does_nothing(client, ruben, data):
    piece = make_piece()

    assert client.post(f"{LIST}bulk/", data, follow=True).status_code == 200

    assert Submission.objects.get(pk=piece.pk).moves == piece.moves


def test_cells_of_an_export_begin_no_formula(client, ruben):
    make_piece(headline="=1+1", **{"writer.name": "@SUM(A1)"})

    page = b"".join(client.get(f"{LIST}export/").streaming_content).decode()

    assert "'=1+1,'@SUM(A1)," in page
    assert "example.org" not in page


def test_an_export_holds_what_its_address_asks(client, ruben):
    make_piece()
    other_piece(headline="Left out", status="declined", editor=ruben)

    lines = b"".join(client.get(f"{LIST}export/?queue=inbox").streaming_content).decode().splitlines()

    assert len(lines) == 2
    assert "Left out" not in lines[1]


def test_the_rail_counts_what_waits(client, ruben):
    make_piece()

    rail = {door.label: door for door in client.get("/admin/").context["rail"]}

    assert (rail["Commentary"].count, rail["Commentary"].address) == (1, LIST)


def test_somebody_else_has_no_room_for_it(client):
    client.force_login(make_user(role=REPORTER))

    assert "Commentary" not in {door.label for door in client.get("/admin/").context["rail"]}
