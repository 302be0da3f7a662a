"""A piece's own page: what its writer reads and may do in every place it can be, and what they never learn."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client

from articles.models import Article
from commentary.models import Letter, Submission
from commentary.states import Status
from tests.commentary.make import TEXT, guest, make_editor, make_piece, make_publishable
from tests.images.draw import jpeg
from tests.make import NOW, TOMORROW, make_user
from tests.public.guests import deliver, enter, heading, home, visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

SCRIPT = '<script>alert("x")</script><img src=x onerror=alert(1)>'
# Status: what the page is called, a sentence of it, and what may be done there.
TABLE = {
    "received": ("Received", "An editor will answer by", {"revise/", "withdraw/", "write"}),
    "in_review": ("Being considered", "An editor will answer by", {"withdraw/", "write"}),
    "changes_requested": (
        "We need something from you",
        "we need something from you by",
        {"revise/", "withdraw/", "write"},
    ),
    "accepted": ("Accepted: action needed", "read the terms and confirm them", {"complete/", "withdraw/"}),
    "editing": ("Being edited", "You will see every change before publication", {"withdraw/", "write"}),
    "awaiting_approval": ("Your approval is needed", "with every change marked", {"approve/", "withdraw/"}),
    "approved": ("Approved", "Approved by you on 14 Sep 2026", {"approve/", "withdraw/"}),
    "declined": ("Not taken", "You are free to offer it elsewhere", set()),
    "withdrawn": ("Withdrawn", "you are free to offer it elsewhere", set()),
    "lapsed": ("Closed without a reply", "You are free to offer it elsewhere", {"reopen/"}),
    "spam": ("Not taken", "You are free to offer it elsewhere", set()),
}
DEEDS = ("revise/", "withdraw/", "complete/", "approve/", "reopen/")


def page(piece):
    return visitor(piece).get(home(piece))


def deeds_on(response, piece):
    found = {deed for deed in DEEDS if f'"{home(piece, deed)}"' in response.text}
    return found | ({"write"} if 'name="text"' in response.text else set())


@pytest.mark.parametrize("status", TABLE)
def test_page_says_what_the_table_says(status):
    piece = make_piece(status=status)
    deliver(piece)

    response = page(piece)

    called, sentence, deeds = TABLE[status]
    assert (response.status_code, heading(response)) == (200, called)
    assert sentence in response.text
    assert deeds_on(response, piece) == deeds


def test_promise_is_told_in_the_newsrooms_zone():
    piece = make_piece()

    assert ">Thursday 17 Sep, 5 pm</time>" in page(piece).text


def test_published_piece_links_the_story_and_takes_reports():
    editor = make_editor()
    piece = make_publishable(editor=editor)
    piece.article.publish(revision=piece.article.draft, by=editor)

    response = page(piece)

    assert heading(response) == "Published"
    assert f'href="{piece.article.get_absolute_url()}">Who drinks the river</a>' in response.text
    assert "Report an error" in response.text
    assert deeds_on(response, piece) == {"write"}


def test_page_says_when_readers_have_lost_the_story():
    editor = make_editor()
    piece = make_publishable(editor=editor)
    piece.article.publish(revision=piece.article.draft, by=editor)
    piece.article.withdraw(note="The well was not <hers>.", by=editor)

    text = page(piece).text

    assert "is not on our pages any more" in text
    assert "The well was not &lt;hers&gt;." in text


def test_quarantined_piece_reads_as_received():
    piece = make_piece()
    plain = page(piece).text
    piece.quarantine(aside=True, by=make_editor())

    assert heading(page(piece)) == "Received"
    assert "quarantine" not in plain.lower() + page(piece).text.lower()


def test_writer_never_sees_scores_notes_or_who_has_it():
    editor = make_editor(name="Ruben Adeyemi")
    piece = make_piece(status="in_review", editor=editor)
    piece.note("Sounds invented to me.", by=editor)
    Submission.objects.filter(pk=piece.pk).update(risk=57, signals=["The network sent eleven pieces."])

    text = page(piece).text

    for hidden in ("Ruben", "Sounds invented", "57", "eleven pieces"):
        assert hidden not in text


def test_a_piece_that_is_kept_waiting_says_so():
    piece = make_piece(status="in_review")
    piece.hold(NOW + timedelta(days=10), by=make_editor())
    held = page(piece).text
    Submission.objects.filter(pk=piece.pk).update(held_until=None, released_at=NOW)

    late = page(piece).text

    assert "would like to keep it until <strong>" in held
    assert "You are free to offer the piece elsewhere; we still read it" in late


@pytest.mark.parametrize(
    "below", ["", "revise/", "complete/", "approve/", "withdraw/", "address/", "cowriter/", "text/1/"]
)
def test_without_a_key_every_reference_answers_the_same(below):
    piece = make_piece(status="awaiting_approval")
    client = Client()

    known, unknown = client.get(home(piece, below)), client.get(f"/commentary/s/C-2222-222/{below}")

    assert (known.status_code, unknown.status_code) == (403, 403)
    assert known.text == unknown.text
    assert "Who drinks" not in known.text
    assert ("no-store" in known["Cache-Control"], known["Referrer-Policy"]) == (True, "no-referrer")
    assert "noindex" in known["X-Robots-Tag"]


def test_forwarded_link_opens_one_piece_and_takes_nothing_away():
    """Whoever was passed a link can read and write in the piece; what ends or approves it takes the mailbox."""
    piece = make_piece(status="awaiting_approval")
    deliver(piece)
    other = make_piece(text="A text by somebody else.", **{"writer.email": "otto@example.org"})
    client = visitor(piece)

    withdrawn = client.post(home(piece, "withdraw/"), {"note": ""})
    approved = client.post(home(piece, "approve/"), {"approve": "yes", "name": "Gail Guest", "round": "1"})
    moved = client.post(home(piece, "address/"), {"email": "thief@example.org"})

    piece.refresh_from_db()
    assert piece.status == Status.AWAITING_APPROVAL
    assert piece.writer.email == "gail@example.org"
    assert client.get(home(other)).status_code == 403
    for response in (withdrawn, approved, moved):
        assert (heading(response), "g…@example.org" in response.text) == ("Look into your mail", True)
    codes = Letter.objects.filter(submission=piece, sent_at=None).values_list("code", "to")
    assert sorted(codes) == [("address_ask", "gail@example.org"), ("withdraw_link", "gail@example.org")]


def test_desk_session_is_not_let_in():
    piece = make_piece()
    client = visitor(piece)
    client.force_login(make_user())

    assert client.get(home(piece)).status_code == 403


def test_accept_then_decline_inside_the_undo_window():
    """The writer learns of a decision when its letter leaves, and of one that was taken back never."""
    editor = make_editor()
    piece = make_piece(status="in_review", editor=editor)
    deliver(piece)
    piece.accept("We love it.", by=editor)
    accepted = page(piece)
    piece.undo(by=editor)
    piece.decline("fit", "Not for us, sorry.", by=editor)
    declined = page(piece)
    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        deliver(piece)
        told = page(piece)

    assert [heading(one) for one in (accepted, declined, told)] == ["Being considered", "Being considered", "Not taken"]
    assert "Accepted" not in accepted.text + declined.text + told.text
    assert "We love it." not in told.text
    assert "Not for us, sorry." not in accepted.text + declined.text
    assert "Not for us, sorry." in told.text
    assert deeds_on(accepted, piece) == {"withdraw/", "write"}


def test_thread_tells_letters_messages_and_decisions_in_order():
    editor = make_editor()
    piece = make_piece(status="in_review", editor=editor)
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        piece.say("May I add a map?", by=guest(piece))
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        piece.request_changes("Please say how you know.", by=editor)
        deliver(piece)

        text = page(piece).text

    parts = [
        "Sent by you", "You confirmed your address", "Our letter:", "May I add a map?", "We asked you for changes",
        "Please say how you know.",
    ]  # fmt: skip
    assert [part for part in parts if part not in text] == []
    assert sorted(parts, key=text.find) == parts
    assert "{link:" not in text


def test_message_reaches_the_desk_and_says_so():
    piece = make_piece(status="in_review")
    client = visitor(piece)

    response = client.post(home(piece), {"text": "May I add a map?"}, follow=True)

    assert [message.text for message in piece.messages.all()] == ["May I add a map?"]
    assert "Your message is with the desk." in response.text


@pytest.mark.parametrize("text", ["", " \u200b ", "x" * 20_001])
def test_message_that_cannot_be_kept_is_shown_back(text):
    piece = make_piece(status="in_review")

    response = visitor(piece).post(home(piece), {"text": text})

    assert "<title>Error: Being considered" in response.text
    assert text in response.text
    assert not piece.messages.exists()


def test_flood_of_messages_is_refused_and_shown_back():
    piece = make_piece(status="in_review")
    client = visitor(piece)
    for number in range(20):
        client.post(home(piece), {"text": f"Message {number}"})

    response = client.post(home(piece), {"text": "One too many"})

    assert "We have twenty messages of yours from this hour" in response.text
    assert "One too many</textarea>" in response.text
    assert piece.messages.count() == 20


def test_replacing_the_text_until_somebody_reads_it():
    piece = make_piece()
    client = visitor(piece)

    sent = client.post(
        home(piece, "revise/"), {"headline": "New", "text": "A new text.", "note": "Better."}, follow=True
    )
    piece.claim(by=make_editor())
    late = client.post(home(piece, "revise/"), {"headline": "Newest", "text": "Another one.", "note": ""})

    assert "We have your new text." in sent.text
    assert [version.headline for version in piece.versions.all()] == ["New", "Who drinks the river"]
    assert "An editor is reading this piece already" in late.text
    assert "Another one." in late.text


def test_revising_what_was_asked_for():
    piece = make_piece(status="changes_requested")
    client = visitor(piece)
    asked = client.get(home(piece, "revise/"))

    sent = client.post(home(piece, "revise/"), {"headline": "New", "text": TEXT, "note": "I measured it."}, follow=True)

    assert "Please say how you know." in asked.text
    assert "<strong>18</strong> of 650 words" in asked.text
    assert "We have your revised text." in sent.text
    assert heading(sent) == "Being considered"
    assert piece.version.note == "I measured it."


def test_revision_that_is_refused_stays_on_the_page():
    piece = make_piece(status="changes_requested")
    text = "word " * 1_951

    response = visitor(piece).post(home(piece, "revise/"), {"headline": "", "text": text, "note": "Mine"})

    assert 'href="#id_headline">Write a headline.</a>' in response.text
    assert "1,951 words; we can take 1,950 at most" in response.text
    assert (text.strip() in response.text, ">\nMine</textarea>" in response.text) == (True, True)


def test_text_typed_before_the_way_in_ended_is_given_back():
    piece = make_piece(status="changes_requested")

    response = Client().post(home(piece, "revise/"), {"headline": "H", "text": "All of my <b>words</b>."})

    assert "Nothing was sent." in response.text
    assert "All of my &lt;b&gt;words&lt;/b&gt;." in response.text


def test_terms_are_confirmed_once_and_the_story_is_made():
    piece = make_piece(status="accepted")
    deliver(piece)
    client = visitor(piece)
    answers = {
        "exclusive": "on",
        "interests": "yes",
        "interests_which": "I own a pump.",
        "about": "Gail farms.",
        "name": "Gail Guest",
    }

    sent = client.post(home(piece, "complete/"), answers, follow=True)
    again = client.post(home(piece, "complete/"), answers, follow=True)

    piece = Submission.objects.get(pk=piece.pk)
    assert (heading(sent), heading(again)) == ("Being edited", "Being edited")
    assert (piece.interests_which, piece.writer.agreed_as, piece.writer.about) == (
        "I own a pump.", "Gail Guest", "Gail farms.",
    )  # fmt: skip
    assert Article.objects.count() == 1


def test_portrait_sent_with_the_terms_stands_beside_the_piece():
    piece = make_piece(status="accepted")
    deliver(piece)
    terms = {"exclusive": "on", "interests": "no", "about": "Gail farms.", "name": "Gail Guest"}
    refused = visitor(piece).post(home(piece, "complete/"), terms | {"portrait": ContentFile(b"GIF89a", "me.gif")})

    visitor(piece).post(home(piece, "complete/"), terms | {"portrait": ContentFile(jpeg(400, 500), "me.jpg")})

    assert "A portrait has to be a JPEG, PNG or WebP." in refused.text
    author = Submission.objects.get(pk=piece.pk).writer.author
    assert (author.portrait.width, author.portrait.height) == (400, 500)


@pytest.mark.parametrize("below", ["revise/", "approve/", "complete/", ""])
def test_expired_form_gives_everything_back(below):
    piece = make_piece(status="changes_requested")
    client = Client(enforce_csrf_checks=True)
    client.cookies = visitor(piece).cookies
    fields = {"text": "All of my <b>words</b>.", "round": "1", "approve": "yes", "csrfmiddlewaretoken": "old"}

    response = client.post(home(piece, below), fields)

    assert response.status_code == 403
    assert "All of my &lt;b&gt;words&lt;/b&gt;." in response.text
    assert '<input type="hidden" name="round" value="1">' in response.text
    assert f'action="{home(piece, below)}"' in response.text


def test_terms_that_are_not_complete_say_what_is_missing():
    piece = make_piece(status="accepted")
    deliver(piece)

    response = visitor(piece).post(home(piece, "complete/"), {"interests": "yes", "about": "word " * 61, "name": ""})

    for sentence in (
        "not published or offered elsewhere",
        "Say a little more",
        "has 61 words; 60 fit",
        "Type your name",
    ):
        assert sentence in response.text
    assert not Article.objects.exists()


def test_second_writers_answer_does_not_hide_the_first_ones_interest():
    piece = make_piece(status="accepted", **{"cowriter.name": "Otto Other", "cowriter.email": "otto@example.org"})
    deliver(piece)
    terms = {"exclusive": "on", "about": "A farmer.", "name": "Me"}
    visitor(piece).post(home(piece, "complete/"), terms | {"interests": "yes", "interests_which": "I own a pump."})
    waiting = page(piece)

    visitor(piece, writer=piece.cowriter).post(home(piece, "complete/"), terms | {"interests": "no"})

    piece = Submission.objects.get(pk=piece.pk)
    assert "We wait for Otto Other to do the same" in waiting.text
    assert (piece.status, piece.interests, piece.interests_which) == (Status.EDITING, "yes", "I own a pump.")


def test_offer_is_declined_by_a_fresh_link():
    piece = make_piece(status="accepted")
    deliver(piece)
    client = Client()
    enter(client, piece, "withdraw")

    response = client.post(home(piece, "withdraw/"), {"note": "Sold elsewhere."}, follow=True)

    assert heading(response) == "Withdrawn"
    assert Submission.objects.get(pk=piece.pk).status == Status.WITHDRAWN


def test_withdrawing_before_acceptance_takes_one_press():
    piece = make_piece()

    response = visitor(piece).post(home(piece, "withdraw/"), {"note": ""}, follow=True)

    assert "The piece is withdrawn." in response.text


def test_withdrawal_at_23_59_before_00_00(client, time_machine_at):
    """The story was to appear at midnight; its writer took it back a minute before, and no reader ever sees it."""
    editor = make_editor()
    piece = make_publishable(editor=editor)
    midnight = TOMORROW.replace(hour=7, minute=0)
    piece.article.publish(revision=piece.article.draft, by=editor, at=midnight)
    address = piece.article.get_absolute_url()
    time_machine_at(midnight - timedelta(minutes=1))
    writer = visitor(piece, "withdraw")

    writer.post(home(piece, "withdraw/"), {"note": ""})
    seen = []
    for minutes in (0, 1, 60):
        time_machine_at(midnight + timedelta(minutes=minutes))
        seen.append((client.get(address).status_code, Article.objects.published().count()))

    assert seen == [(404, 0)] * 3
    assert Submission.objects.get(pk=piece.pk).status == Status.WITHDRAWN


def test_lapsed_piece_is_reopened_within_thirty_days(time_machine_at):
    piece = make_piece(status="lapsed")
    time_machine_at(NOW + timedelta(days=31))
    late = visitor(piece)
    offered = 'reopen/"' in late.get(home(piece)).text
    time_machine_at(NOW + timedelta(days=29))

    response = visitor(piece).post(home(piece, "reopen/"), follow=True)

    assert not offered
    assert heading(response) == "Received"
    assert "The piece is open again." in response.text


def test_address_is_changed_by_two_mailboxes():
    piece = make_piece(status="in_review")
    old = visitor(piece)
    client = Client()
    enter(client, piece, "address", fact="gail@example.org")
    client.post(home(piece, "address/"), {"email": "new@example.org"})
    asked = Letter.objects.get(code="address_link")
    unchanged = Submission.objects.get(pk=piece.pk).writer.email
    enter(client, piece, "address", fact="new@example.org")

    response = client.post(home(piece, "address/"), follow=True)

    piece = Submission.objects.get(pk=piece.pk)
    assert (asked.to, unchanged, piece.writer.email) == ("new@example.org", "gail@example.org", "new@example.org")
    assert "Your address is changed." in response.text
    assert Letter.objects.get(code="address_changed").to == "gail@example.org"
    assert old.get(home(piece)).status_code == 403


def test_one_person_with_two_addresses_has_two_pieces():
    first = make_piece()
    second = make_piece(headline="Who owns the rain", text="Another text.", **{"writer.email": "gail@work.example.org"})
    visitors = [visitor(piece) for piece in (first, second)]

    seen = [[client.get(home(piece)).status_code for piece in (first, second)] for client in visitors]
    visitors[0].post(home(first, "withdraw/"), {"note": ""})

    assert seen == [[200, 403], [403, 200]]
    assert [Submission.objects.get(pk=piece.pk).status for piece in (first, second)] == ["withdrawn", "received"]


def test_article_deleted_under_an_approved_piece():
    editor = make_editor()
    piece = make_publishable(editor=editor)
    deliver(piece)
    Submission.objects.filter(pk=piece.pk).update(article=None)
    client = visitor(piece)

    approved = client.get(home(piece))
    text = client.get(home(piece, "approve/?view=clean"))
    Submission.objects.get(pk=piece.pk).remake(by=editor)
    remade = client.get(home(piece))

    assert heading(approved) == "Approved"
    assert "A farmer on the river." in text.text
    assert heading(remade) == "Being edited"


def test_both_writers_hear_of_a_withdrawal():
    piece = make_piece(status="editing", **{"cowriter.name": "Otto Other", "cowriter.email": "otto@example.org"})
    piece.join(writer=piece.cowriter, by=guest(piece))

    visitor(piece, "withdraw").post(home(piece, "withdraw/"), {"note": ""})

    told = Letter.objects.filter(submission=piece, code="withdrawn").values_list("to", flat=True)
    assert sorted(told) == ["gail@example.org", "otto@example.org"]


def test_whoever_had_no_part_has_no_say():
    piece = make_piece(status="in_review", **{"cowriter.name": "Otto Other", "cowriter.email": "otto@example.org"})
    otto = visitor(piece, writer=piece.cowriter)
    visitor(piece, "cowriter", writer=piece.cowriter).post(home(piece, "cowriter/"), {"answer": "no"})

    response = otto.post(home(piece, "withdraw/"), {"note": ""})

    assert response.status_code == 403
    assert Submission.objects.get(pk=piece.pk).status == Status.IN_REVIEW


def test_named_cowriter_confirms_or_refuses():
    piece = make_piece(**{"cowriter.name": "Otto Other", "cowriter.email": "otto@example.org"})
    client = visitor(piece, "cowriter", writer=piece.cowriter)
    asked = client.get(home(piece, "cowriter/"))

    client.post(home(piece, "cowriter/"), {"answer": "yes"})
    confirmed = Submission.objects.get(pk=piece.pk).cowriter.confirmed_at
    refused = client.post(home(piece, "cowriter/"), {"answer": "no"})

    piece = Submission.objects.get(pk=piece.pk)
    assert "My river runs dry" in asked.text
    assert (confirmed, piece.cowriter.refused_at) == (NOW, NOW)
    assert "Nothing will appear under your name" in refused.text
    assert [writer.name for writer in piece.signing] == ["Gail Guest"]


def test_script_in_every_field_is_shown_as_written():
    fields = {f"writer.{name}": SCRIPT for name in ("name", "city", "about")}
    piece = make_piece(
        status="changes_requested",
        headline=SCRIPT,
        text=f"{SCRIPT}\n\n{SCRIPT}",
        interests="yes",
        interests_which=SCRIPT,
        **fields,
    )
    piece.say(SCRIPT, by=guest(piece))
    piece.resubmit(SCRIPT, f"{SCRIPT} again", note=SCRIPT, by=guest(piece))
    piece.accept(SCRIPT, by=make_editor())
    deliver(piece)
    client = visitor(piece)

    for below in ("", "text/1/", "text/2/", "complete/", "withdraw/"):
        text = client.get(home(piece, below)).text
        assert ("<script>alert" in text, "<img src=x" in text) == (False, False), below
        assert "&lt;script&gt;" in text, below


def test_page_costs_the_same_queries_however_long_the_thread(django_assert_max_num_queries):
    piece = make_piece(status="in_review")
    client = visitor(piece)
    for number in range(12):
        piece.say(f"Message {number}", by=guest(piece))

    with django_assert_max_num_queries(20):
        client.get(home(piece))
