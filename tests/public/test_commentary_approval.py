"""The writer before the edited text: every change told, and a yes that counts for exactly what was shown."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from commentary.models import Message, Submission
from commentary.states import Status
from tests.commentary.make import guest, make_editor, make_piece, make_publishable
from tests.make import NOW, TOMORROW
from tests.public.guests import enter, heading, home, visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
TWO = {"cowriter.name": "Otto Other", "cowriter.email": "otto@example.org"}


def edit(piece, *, editor, **fields):
    """A further text of the story, sent for approval."""
    piece = Submission.objects.get(pk=piece.pk)
    article = piece.article
    article.revise(replace(article.current_draft().text, **fields), revision=article.current_draft(), by=editor)
    piece = Submission.objects.get(pk=piece.pk)
    return piece.send_for_approval(by=editor)


def make_edited(*, editor=None, edits=None, **fields):
    """In front of its writer, with changes."""
    editor = editor or make_editor()
    piece = make_piece(status="editing", editor=editor, **fields)
    changed = {
        "headline": "Who drinks our river",
        "summary": "A farmer on the river.",
        "body": "<p>My river runs dry every summer.</p><p>It did not when I was a child, and I know why.</p>",
    }
    edit(piece, editor=editor, **(changed if edits is None else edits))
    return Submission.objects.get(pk=piece.pk)


def approve(client, piece, *, number=1, name="Gail Guest"):
    return client.post(home(piece, "approve/"), {"approve": "yes", "name": name, "round": number}, follow=True)


def standing_of(piece):
    return Submission.objects.get(pk=piece.pk).status


def read(text):
    """A page's main part as a screen reader says it."""
    main = text.partition("<main")[2].partition("</main")[0]
    return " ".join(re.sub(r"<[^>]+>", "", main).split())


def test_marked_text_says_every_change_in_words():
    piece = make_edited()

    response = visitor(piece, "approve").get(home(piece, "approve/"))

    said = read(response.text)
    assert "Compared with the text you sent." in said
    assert "Who drinks [removed: the] [added: our] river" in said
    assert "every [removed: August] [added: summer]" in said
    assert "3 changes" in said
    links = re.findall(r'<li><a href="#(change-\d)" dir="auto">(.*?)</a>', response.text)
    assert [name for name, _ in links] == ["change-1", "change-2", "change-3"]
    assert all(f'id="{name}"' in response.text for name, _ in links)
    assert "“August” became “summer”" in links[2][1]


def test_all_that_readers_get_is_shown():
    editor = make_editor()
    piece = make_piece(status="editing", editor=editor)
    piece.review_disclosure("Gail Guest owns a pump.", by=editor)
    edit(piece, editor=editor, deck="Below it.", summary="In short.")

    marked = read(visitor(piece, "approve").get(home(piece, "approve/")).text)
    clean = read(visitor(piece, "approve").get(home(piece, "approve/?view=clean")).text)

    for part in (
        "Who drinks the river",
        "Below it.",
        "In short.",
        "Gail Guest owns a pump.",
        "farms almonds near Fresno",
    ):
        assert (part in marked, part in clean) == (True, True), part
    assert "By Gail Guest" in clean
    assert "Guest commentary" in clean
    assert "removed" not in clean


def test_original_is_the_text_as_it_was_sent():
    piece = make_edited()

    said = read(visitor(piece).get(home(piece, "approve/?view=original")).text)

    assert ("every August" in said, "every summer" in said) == (True, False)


def test_later_round_is_compared_with_what_the_writer_last_saw(time_machine_at):
    editor = make_editor()
    piece = make_edited(editor=editor)
    client = visitor(piece, "approve")
    time_machine_at(NOW + timedelta(hours=1))
    client.post(
        home(piece, "approve/"), {"object": "yes", "text": "It is not all of it.", "paragraph": "1", "round": 1}
    )
    time_machine_at(NOW + timedelta(hours=2))
    edit(
        piece,
        editor=editor,
        body="<p>My river runs dry most summers.</p><p>It did not when I was a child, and I know why.</p>",
    )

    last = client.get(home(piece, "approve/"))
    whole = client.get(home(piece, "approve/?since=submitted"))

    assert "Compared with the version you last saw" in read(last.text)
    assert "[removed: every summer] [added: most summers]" in read(last.text)
    assert "August" not in read(last.text)
    assert "[removed: every August] [added: most summers]" in read(whole.text)


def test_round_that_was_never_opened_is_not_what_the_writer_saw(time_machine_at):
    editor = make_editor()
    piece = make_edited(editor=editor)
    time_machine_at(NOW + timedelta(hours=1))
    piece.recall(by=editor)
    edit(piece, editor=editor, headline="Who drains the river")

    said = read(visitor(piece, "approve").get(home(piece, "approve/")).text)

    assert "Compared with the text you sent." in said
    assert "[removed: August] [added: summer]" in said


def test_approving_takes_the_typed_name():
    piece = make_edited()
    client = visitor(piece, "approve")

    unnamed = approve(client, piece, name=" ")
    given = approve(client, piece)

    assert "Type your name to approve the text." in unnamed.text
    assert heading(given) == "Approved"
    assert "Thank you. You have approved the text." in given.text
    assert standing_of(piece) == Status.APPROVED
    assert piece.snapshots.get().approvals.get().typed_name == "Gail Guest"


def test_approving_twice_is_once():
    piece = make_edited()
    client = visitor(piece, "approve")

    approve(client, piece)
    again = approve(client, piece)

    assert heading(again) == "Approved"
    assert piece.snapshots.get().approvals.count() == 1


def test_approval_of_a_superseded_text():
    """It is refused kindly, the newest text is shown, and what was typed stays."""
    editor = make_editor()
    piece = make_edited(editor=editor)
    client = visitor(piece, "approve")
    piece.recall(by=editor)
    edit(piece, editor=editor, headline="Who drains the river")

    response = approve(client, piece, number=1)

    assert "A newer version has come since you opened this page. Nothing was sent." in response.text
    assert "drains" in read(response.text)
    assert 'name="round" value="2"' in response.text
    assert 'value="Gail Guest"' in response.text
    assert standing_of(piece) == Status.AWAITING_APPROVAL
    assert not any(snapshot.approvals.exists() for snapshot in piece.snapshots.all())


def test_text_that_was_taken_back_cannot_be_approved():
    editor = make_editor()
    piece = make_edited(editor=editor)
    client = visitor(piece, "approve")
    piece.recall(by=editor)

    response = approve(client, piece)

    assert heading(response) == "There is nothing to approve now"
    assert "A newer version is coming" in response.text
    assert standing_of(piece) == Status.EDITING


def test_objection_to_a_paragraph_returns_the_piece():
    piece = make_edited()
    client = visitor(piece, "approve")
    chosen = client.get(home(piece, "approve/?about=2"))

    response = client.post(
        home(piece, "approve/"),
        {"object": "yes", "text": "Say how I know.", "paragraph": "2", "round": "1"},
        follow=True,
    )

    assert '<option value="2" selected>Paragraph 2: It did not when I was a child' in chosen.text
    assert heading(response) == "Being edited"
    message = piece.messages.get()
    assert (message.kind, message.text, message.paragraph) == (Message.Kind.OBJECTION, "Say how I know.", 2)
    assert "asked for a change to the edit:" in response.text


@pytest.mark.parametrize("paragraph", ["x", "0", "-1", "9" * 30, "1\0"])
def test_nonsense_in_the_paragraph_is_no_error_of_the_server(paragraph):
    piece = make_edited()
    fields = {"object": "yes", "text": "Say how I know.", "paragraph": paragraph, "round": "1"}

    response = visitor(piece, "approve").post(home(piece, "approve/"), fields)

    assert (response.status_code, "Say how I know." in response.text) == (200, True)
    assert standing_of(piece) == Status.AWAITING_APPROVAL


def test_two_writers_two_links_and_one_hash():
    """Both have to approve the same text: what one approved in an earlier round does not count for the next."""
    editor = make_editor()
    piece = make_edited(editor=editor, **TWO)
    gail, otto = (visitor(piece, "approve", writer=writer) for writer in piece.signing)
    first = approve(gail, piece)
    waiting = standing_of(piece)
    piece.refresh_from_db()
    piece.recall(by=editor)
    edit(piece, editor=editor, headline="Who drains the river")
    approve(otto, piece, number=2, name="Otto Other")
    half = standing_of(piece)

    approve(gail, piece, number=2)

    assert "We wait for Otto Other to read it too." in first.text
    assert (waiting, half, standing_of(piece)) == ("awaiting_approval", "awaiting_approval", "approved")
    rounds = {snapshot.number: snapshot for snapshot in piece.snapshots.all()}
    assert rounds[1].digest != rounds[2].digest
    assert [rounds[number].approvals.count() for number in (1, 2)] == [1, 2]


def test_objection_of_one_writer_returns_what_the_other_approved():
    piece = make_edited(**TWO)
    gail, otto = (visitor(piece, "approve", writer=writer) for writer in piece.signing)
    approve(gail, piece)

    otto.post(home(piece, "approve/"), {"object": "yes", "text": "Not my words.", "round": "1"})

    assert standing_of(piece) == Status.EDITING
    assert piece.messages.get().writer.name == "Otto Other"


def test_couple_with_one_address_approves_one_after_the_other():
    """Two links to one mailbox: each opens the page of one of them, in the same browser."""
    piece = make_edited(**{"cowriter.name": "Otto Guest", "cowriter.email": "gail@example.org"})
    client = Client()
    for writer in piece.signing:
        enter(client, piece, "approve", writer=writer)
        approve(client, piece, name=writer.name)

    assert standing_of(piece) == Status.APPROVED
    given = piece.snapshots.get().approvals.order_by("writer__position").values_list("typed_name", flat=True)
    assert list(given) == ["Gail Guest", "Otto Guest"]


def test_cowriter_who_had_no_part_voids_the_approval():
    editor = make_editor()
    piece = make_publishable(editor=editor, **TWO)
    piece.article.publish(revision=piece.article.draft, by=editor, at=TOMORROW)

    visitor(piece, "cowriter", writer=piece.cowriter).post(home(piece, "cowriter/"), {"answer": "no"})

    piece = Submission.objects.get(pk=piece.pk)
    assert (piece.status, piece.is_scheduled, piece.article.live) == (Status.EDITING, False, None)


def test_notify_mode_says_when_it_runs():
    piece = make_piece(status="awaiting_approval", kind="reaction", answers=make_story())

    text = read(visitor(piece, "approve").get(home(piece, "approve/")).text)

    assert "It runs unless you object by Wednesday 16 Sep, 5 pm." in text
    assert "Reader reaction" in read(visitor(piece, "approve").get(home(piece, "approve/?view=clean")).text)


def make_story():
    from tests.make import YESTERDAY, make_article

    return make_article(published_at=YESTERDAY)


def test_reading_takes_any_key_and_answering_the_one_from_the_letter():
    piece = make_edited()

    text = visitor(piece).get(home(piece, "approve/")).text

    assert "Who drinks" in text
    assert ('name="approve"' in text, "Send me that letter again" in text) == (False, True)


def test_script_in_every_field_of_the_edit_is_shown_as_written():
    editor = make_editor()
    piece = make_piece(
        status="editing",
        editor=editor,
        headline=SCRIPT,
        text=f"{SCRIPT}\n\nPlain.",
        **{"writer.name": SCRIPT, "writer.about": SCRIPT},
    )
    piece.review_disclosure(SCRIPT, by=editor)
    body = f"<p>{SCRIPT}</p><p>Plain, edited.</p>"
    edit(piece, editor=editor, headline=f"{SCRIPT} edited", deck=SCRIPT, summary=SCRIPT, lead_caption=SCRIPT, body=body)
    client = visitor(piece, "approve")

    for query in ("", "?since=submitted", "?view=clean", "?view=original", "?view=<script>", "?about=<script>"):
        text = client.get(home(piece, f"approve/{query}")).text
        assert ("<script>alert" in text, "<img src=x" in text, '<script>"' in text) == (False, False, False), query
        assert "&lt;script&gt;" in text, query


def test_approved_text_stays_readable_when_published():
    editor = make_editor()
    piece = make_publishable(editor=editor)
    piece.article.publish(revision=piece.article.draft, by=editor)

    response = visitor(piece).get(home(piece, "approve/?view=clean"))

    assert heading(response) == "The text you approved"
    assert "Approved by you on 14 Sep 2026 as “Gail Guest”." in response.text


def test_withdrawn_piece_shows_no_text_to_approve():
    piece = make_edited()
    client = visitor(piece, "approve")
    piece.withdraw(by=guest(piece))

    response = approve(client, piece)

    assert heading(response) == "There is nothing to approve now"
    assert standing_of(piece) == Status.WITHDRAWN
