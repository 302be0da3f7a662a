"""Letters leave after the commit, at least once each, through a mail server that may refuse or go away."""

import email
import email.policy
import re
import smtplib
import ssl
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from commentary import keys, outgoing, posting, replies
from commentary.models import Letter, Link, Submission, Writer, letters
from commentary.refusals import Meaning, meaning, said
from tests.commentary.make import guest, make_draft, make_editor, make_piece
from tests.commentary.post_office import ask_often, open_office
from tests.make import NOW

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def office(settings):
    settings.LETTERS_KEPT = False
    with open_office(settings) as office:
        yield office


def letter(code):
    return Letter.objects.filter(code=code).latest("pk")


def only(*codes):
    """No other letters wait."""
    Letter.objects.exclude(code__in=codes).update(cancelled_at=timezone.now())


def parsed(envelope):
    return email.message_from_bytes(envelope.content, policy=email.policy.default)


def test_a_letter_leaves_as_plain_text_and_simple_html(office, settings):
    make_piece(status="unconfirmed")

    posting.post_letters.call()

    (envelope,) = office.taken
    mail = parsed(envelope)
    plain, rich = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    (token,) = re.findall(rf"{settings.SITE_ADDRESS}/commentary/key/([\w-]{{43}})/", plain)
    assert f'<a href="{settings.SITE_ADDRESS}/commentary/key/{token}/">' in rich
    assert not re.search(r"<img|<script|style=|https?://(?!127\.0\.0\.1)", rich)
    assert (mail["Message-ID"], mail["Auto-Submitted"]) == (letter("confirm").message_id, "auto-generated")
    assert (mail["To"], envelope.rcpt_tos) == ("gail@example.org", ["gail@example.org"])
    link = keys.find(token)
    assert (link.purpose, link.submission.reference) == ("confirm", re.search(r"\[(.+)\]", mail["Subject"])[1])


def test_the_key_is_in_the_outgoing_copy_alone(office):
    make_piece(status="unconfirmed")

    posting.post_letters.call()

    (token,) = re.findall(r"/key/([\w-]{43})/", parsed(office.taken[0]).get_body(("plain",)).get_content())
    held = " ".join(
        str(row) for model in (Letter, Link, Submission, Writer, DBTaskResult) for row in model.objects.values()
    )
    assert (token in held, letter("confirm").copy) == (False, "")


def test_a_newline_or_three_thousand_characters_in_a_name_do_not_break_the_head(office):
    piece = make_piece(headline="One\r\nBcc: all@example.org\0\u2028Two")
    Writer.objects.update(name="Gail\nBcc: all@example.org\u2028" + "x" * 80)
    letters.write(piece, "withdrawn", writer=piece.writer, by=guest(piece))
    Letter.objects.filter(code="withdrawn").update(subject=f"Bcc: x {'y' * 280}")
    letters.write(piece, "reopened", writer=piece.writer, by=guest(piece))
    only("withdrawn", "reopened", "received")

    posting.post_letters.call()

    mails = [parsed(envelope) for envelope in office.taken]
    assert [mail["Bcc"] for mail in mails] == [None] * 3
    assert {tuple(envelope.rcpt_tos) for envelope in office.taken} == {("gail@example.org",)}
    assert all(len(line) <= 998 for envelope in office.taken for line in envelope.content.split(b"\r\n"))
    assert all(mail.get_body(("plain",)).get_content().isprintable() is False for mail in mails)  # it has lines


def test_a_line_of_three_thousand_characters_leaves(office):
    make_piece(text="x" * 3_000 + " \u05d0\u05d1\u05d2 株式 👩‍🌾")
    only("received")

    posting.post_letters.call()

    assert "x" * 3_000 + " \u05d0\u05d1\u05d2 株式 👩‍🌾" in parsed(office.taken[0]).get_body(("plain",)).get_content()


def test_script_in_every_field_is_text_in_the_mail(office):
    names = ["headline", "text", "writer.name", "writer.about", "writer.city", "elsewhere_where"]
    make_piece(**{name: f"{HOSTILE} {name}" for name in names})
    only("received")

    posting.post_letters.call()

    rich = parsed(office.taken[0]).get_body(("html",)).get_content()
    assert ("<script" in rich, rich.count("&lt;script&gt;alert(1)&lt;/script&gt;")) == (False, 4)


def test_a_strangers_link_in_a_letter_is_no_link_of_ours(office):
    make_piece(text="See https://evil.example.com/key/ and answer.")
    only("received")

    posting.post_letters.call()

    assert 'href="https://evil' not in parsed(office.taken[0]).get_body(("html",)).get_content()


def test_a_letter_of_a_move_that_failed_never_leaves(office):
    piece = make_draft()

    with transaction.atomic():
        piece.send(by=guest(piece), agreed=True)
        transaction.set_rollback(True)
    posting.post_letters.call()

    assert office.taken == []


def test_decision_letters_wait_ten_minutes(office, time_machine_at):
    make_piece(status="accepted")
    only("accepted")

    posting.post_letters.call()
    early = len(office.taken)
    time_machine_at(NOW + timedelta(minutes=10))
    posting.post_letters.call()

    assert (early, len(office.taken)) == (0, 1)


def test_a_decision_taken_back_in_time_leaves_nothing(office, time_machine_at):
    editor = make_editor()
    piece = make_piece(status="accepted", editor=editor)
    piece.undo(by=editor)
    piece.decline("fit", "", by=editor)
    only("accepted", "declined")

    time_machine_at(NOW + timedelta(minutes=11))
    posting.post_letters.call()

    assert [parsed(envelope)["Subject"] for envelope in office.taken] == [f"About your commentary [{piece.reference}]"]


def test_an_address_that_is_refused_is_trouble_on_the_letter_and_the_writer(office):
    editor = make_editor()
    piece = make_piece(status="in_review", editor=editor)
    only()
    letters.write(piece, "reopened", writer=piece.writer, by=editor)
    office.answers["gail@example.org"] = "550 5.1.1 No such user here"

    posting.post_letters.call()

    told = letter("reopened")
    piece.refresh_from_db()
    assert (told.failed_at is not None, told.trouble) == (True, "550 5.1.1 No such user here")
    assert piece.writer.mail_trouble == "550 5.1.1 No such user here"
    assert letter("bounced").reader == editor
    assert "No such user here" in letter("bounced").text


def test_a_letter_that_is_put_off_leaves_later(office, time_machine_at):
    make_piece(status="unconfirmed")
    office.answers["gail@example.org"] = "451 4.7.1 Try again in a minute"

    posting.post_letters.call()
    put_off = letter("confirm")
    posting.post_letters.call()
    tries_at_once = letter("confirm").tries
    office.answers.clear()
    time_machine_at(NOW + timedelta(minutes=1))
    Letter.objects.update(send_after=NOW)
    posting.post_letters.call()

    assert (put_off.tries, tries_at_once, put_off.failed_at) == (1, 1, None)
    assert put_off.send_after > put_off.made_at + timedelta(seconds=29)
    assert len(office.taken) == 1


def test_a_server_that_goes_away_in_the_middle_gets_the_letter_again(office):
    make_piece(status="unconfirmed")
    office.vanish = True

    posting.post_letters.call()
    between = letter("confirm")
    Letter.objects.update(send_after=timezone.now())
    posting.post_letters.call()

    assert (between.sent_at, between.failed_at, between.claimed_at, between.tries) == (None, None, None, 1)
    assert [parsed(envelope)["Message-ID"] for envelope in office.taken] == [letter("confirm").message_id]


def test_no_other_letter_is_tried_while_the_server_is_away(office):
    for number in range(3):
        make_piece(status="unconfirmed", text=f"Text number {number}.", **{"writer.email": f"w{number}@example.org"})
    office.shutdown()
    office.server_close()

    posting.post_letters.call()

    assert sorted(Letter.objects.values_list("tries", flat=True)) == [0, 0, 1]


def test_a_text_the_server_refuses_for_good_is_given_up(office):
    make_piece(status="unconfirmed")
    office.after_text = "554 5.7.1 Message refused"

    posting.post_letters.call()

    assert letter("confirm").failed_at is not None


def test_an_address_mail_cannot_write_is_trouble_and_stops_nobody(office):
    make_piece(status="unconfirmed")
    make_piece(status="unconfirmed", text="Another text.", **{"writer.email": "otto@example.org"})
    Letter.objects.filter(to="gail@example.org").update(to="gäil@example.org")

    posting.post_letters.call()

    assert [envelope.rcpt_tos for envelope in office.taken] == [["otto@example.org"]]
    assert Letter.objects.get(failed_at__isnull=False).to == "gäil@example.org"


def test_after_five_days_of_trying_a_letter_is_given_up(office, time_machine_at):
    make_piece(status="awaiting_approval")
    only("please_approve")
    office.answers["gail@example.org"] = "451 Later"
    time_machine_at(NOW + timedelta(days=5, minutes=1))

    posting.post_letters.call()

    assert letter("please_approve").failed_at is not None


def test_a_letter_that_was_given_up_can_be_sent_again(office):
    make_piece(status="unconfirmed")
    office.answers["gail@example.org"] = "550 No"
    posting.post_letters.call()
    office.answers.clear()

    editor = make_editor()
    again = posting.again(letter("confirm"), by=editor)
    posting.post_letters.call()

    assert Writer.objects.get().mail_failed_at is None
    assert (again, posting.again(letter("confirm"), by=editor), len(office.taken)) == (True, False, 1)


def test_a_claim_of_a_worker_that_died_ends(office, time_machine_at):
    make_piece(status="unconfirmed")
    posting.claim()

    posting.post_letters.call()
    held = len(office.taken)
    time_machine_at(NOW + timedelta(minutes=6))
    posting.post_letters.call()

    assert (held, len(office.taken)) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_at_once_one_has_the_letter():
    make_piece(status="unconfirmed")

    def claim(_):
        try:
            return posting.claim()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as workers:
        claimed = list(workers.map(claim, range(8)))

    assert len([one for one in claimed if one]) == 1


def test_one_task_is_begun_however_often_the_heart_beats(office):
    posting.post()
    none = DBTaskResult.objects.count()
    make_piece(status="unconfirmed")

    posting.post()
    posting.post()

    assert (none, DBTaskResult.objects.filter(task_path=posting.post_letters.module_path).count()) == (0, 1)


def test_production_without_a_mail_server_keeps_no_key_and_sends_nothing(settings):
    settings.LETTERS_LEAVE = settings.LETTERS_KEPT = False
    make_piece(status="unconfirmed")

    posting.post()

    assert (DBTaskResult.objects.count(), Link.objects.count(), letter("confirm").sent_at) == (0, 0, None)


def test_an_operator_is_told_that_letters_wait(settings):
    settings.LETTERS_LEAVE = False
    waiting = {message.id for message in run_checks()}
    settings.LETTERS_LEAVE = True
    leaving = {message.id for message in run_checks()}

    assert waiting - leaving == {"commentary.W001"}


def test_the_newsroom_of_make_run_keeps_its_letters_with_links(settings, mailoutbox):
    settings.LETTERS_KEPT = True
    make_piece(status="unconfirmed")

    posting.post_letters.call()

    assert len(re.findall(r"/commentary/key/[\w-]{43}/", letter("confirm").copy)) == 1


def test_three_hundred_requests_for_one_address_are_three_letters(office, now):
    """The soak test asks ten thousand times."""
    piece = make_piece(status="unconfirmed")
    ask_often(piece, 299)

    for _ in range(2):
        posting.post_letters.call()

    piece.refresh_from_db()
    assert (len(office.taken), piece.is_in_quarantine, piece.status) == (3, True, "unconfirmed")
    assert Letter.objects.waiting().count() == 0


def test_a_piece_set_apart_for_its_letters_stays_apart_when_it_is_confirmed(now):
    piece = make_piece(status="unconfirmed")
    piece.set_apart("More letters were asked for than we send.", by=make_editor())

    piece.confirm(by=guest(piece))

    assert (piece.status, piece.is_in_quarantine) == ("received", True)


def test_what_is_beyond_the_limit_of_all_waits_and_is_not_refused(office, now):
    for _ in range(outgoing.ALL.most):
        outgoing.ALL.take("")
    make_piece(status="unconfirmed")

    posting.post_letters.call()

    waiting = letter("confirm")
    assert (office.taken, waiting.cancelled_at, waiting.send_after) == ([], None, now + timedelta(hours=1))


def test_the_time_to_confirm_begins_when_the_letter_leaves(office, time_machine_at):
    piece = make_piece(status="unconfirmed")
    time_machine_at(NOW + timedelta(days=2))

    posting.post_letters.call()

    piece.refresh_from_db()
    assert piece.due_at == NOW + timedelta(days=5)


def test_answers_and_bounces_go_to_the_address_of_the_piece(office, settings):
    settings.INBOUND_ADDRESS = "commentary@news.example.org"
    piece = make_piece(status="unconfirmed")

    posting.post_letters.call()

    (envelope,) = office.taken
    own = replies.address(piece.reference)
    assert (parsed(envelope)["Reply-To"], envelope.mail_from, parsed(envelope)["From"]) == (
        own,
        own,
        settings.DEFAULT_FROM_EMAIL,
    )
    assert replies.reference_of(own.upper()) == piece.reference


@pytest.mark.parametrize("spoilt", ["+c-aaaa-aaa.", ".0123456789", "@other.example.org", "someone+"])
def test_an_address_that_is_not_ours_belongs_to_no_piece(settings, spoilt):
    settings.INBOUND_ADDRESS = "commentary@news.example.org"
    own = replies.address("C-7F3K-92Q")
    wrong = {
        "+c-aaaa-aaa.": own.replace("c-7f3k-92q", "c-aaaa-aaa"),
        ".0123456789": re.sub(r"\.[0-9a-f]{20}@", ".01234567890123456789@", own),
        "@other.example.org": own.replace("@news.example.org", "@other.example.org"),
        "someone+": own.replace("commentary+", "someone+"),
    }[spoilt]

    assert (replies.reference_of(own), replies.reference_of(wrong)) == ("C-7F3K-92Q", "")


def _provider(status):
    """What anymail raises when a provider's interface answers with ``status``."""
    from anymail.exceptions import AnymailRequestsAPIError
    from requests import Response

    response = Response()
    response.status_code = status
    return AnymailRequestsAPIError(response=response)


def _refused_by_provider():
    from anymail.exceptions import AnymailRecipientsRefused

    return AnymailRecipientsRefused()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (smtplib.SMTPRecipientsRefused({"a": (550, b"No")}), Meaning.NEVER),
        (smtplib.SMTPRecipientsRefused({"a": (451, b"Later")}), Meaning.LATER),
        (smtplib.SMTPDataError(554, b"No"), Meaning.NEVER),
        (smtplib.SMTPDataError(452, b"Full"), Meaning.LATER),
        (smtplib.SMTPSenderRefused(550, b"Who are you", "a"), Meaning.AWAY),
        (smtplib.SMTPAuthenticationError(535, b"No"), Meaning.AWAY),
        (smtplib.SMTPServerDisconnected("gone"), Meaning.AWAY),
        (smtplib.SMTPConnectError(554, b"No service"), Meaning.AWAY),
        (ConnectionRefusedError(), Meaning.AWAY),
        (TimeoutError(), Meaning.AWAY),
        (ssl.SSLCertVerificationError(), Meaning.AWAY),
        (ValueError("Invalid address"), Meaning.NEVER),
        (KeyError("a provider's answer"), Meaning.LATER),
        (_provider(401), Meaning.AWAY),
        (_provider(429), Meaning.AWAY),
        (_provider(503), Meaning.AWAY),
        (_provider(422), Meaning.LATER),
        (_refused_by_provider(), Meaning.NEVER),
    ],
)
def test_what_an_error_means_for_the_letter_and_those_after_it(error, told):
    assert meaning(error) is told


def test_what_a_server_said_is_a_line_without_the_letter():
    error = smtplib.SMTPRecipientsRefused({"gail@example.org": (550, b"5.1.1 No\r\n such\0 user")})

    assert said(error) == "550 5.1.1 No such user"
