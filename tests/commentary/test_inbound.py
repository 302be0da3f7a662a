"""Mail that comes back: answers, notices, undelivered letters, and what somebody made to hurt."""

import base64
import random
import time
from email.message import EmailMessage
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from commentary import inbound, quoting, replies
from commentary.inbound import Taken
from commentary.models import Letter, Message, Writer
from commentary.states import Status
from tests.commentary.make import guest, make_editor, make_piece

pytestmark = pytest.mark.django_db

SECRET = "a secret of more than twenty characters"
DOOR = "/commentary/mail/"


@pytest.fixture(autouse=True)
def takes_mail(settings):
    settings.INBOUND_ADDRESS = "commentary@news.example.org"
    settings.INBOUND_SECRET = SECRET


def mail(piece, text="It is my own well.", *, html=None, **heads):
    made = EmailMessage()
    wanted = {
        "From": "Gail Guest <gail@example.org>",
        "To": f"The desk <{replies.address(piece.reference)}>",
        "Subject": "Re: your piece",
        "Message-ID": "<one@example.org>",
    } | {name.replace("_", "-"): value for name, value in heads.items()}
    for name, value in wanted.items():
        if value is not None:
            made[name] = value
    if text is not None:
        made.set_content(text)
    if html is not None:
        made.add_alternative(html, subtype="html") if text is not None else made.set_content(html, subtype="html")
    return made


def report(piece, *, action="failed", status="5.1.1", recipient="gail@example.org", original=""):
    address = replies.address(piece.reference)
    return (
        f"From: Mail Delivery System <mailer-daemon@mx.example.net>\r\nTo: {address}\r\nReturn-Path: <>\r\n"
        "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="cut"\r\n\r\n'
        "--cut\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
        "--cut\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 No such user\r\n\r\n"
        f"--cut\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {original}\r\n\r\n--cut--\r\n"
    ).encode()


def said():
    return list(Message.objects.values_list("text", flat=True))


def test_an_answer_is_a_message_to_the_desk():
    piece = make_piece()

    taken = inbound.take(mail(piece).as_bytes())

    message = piece.messages.get()
    assert (taken, message.text, message.by_name, message.mail_id) == (
        Taken.MESSAGE, "It is my own well.", "Gail Guest", "<one@example.org>",
    )  # fmt: skip
    piece.refresh_from_db()
    assert piece.spoke_last == "writer"


def test_the_same_mail_twice_is_one_message():
    piece = make_piece()
    raw, nameless = mail(piece).as_bytes(), mail(piece, "Without a name.", Message_ID=None).as_bytes()

    taken = [inbound.take(raw) for raw in (raw, raw, nameless, nameless)]

    assert (taken, said()) == ([Taken.MESSAGE] * 4, ["It is my own well.", "Without a name."])


def test_the_sender_of_a_mail_is_not_believed_and_the_address_is():
    piece, other = make_piece(), make_piece(text="Another text.", **{"writer.email": "otto@example.org"})

    forged = inbound.take(mail(piece, From="otto@example.org").as_bytes())
    guessed = inbound.take(
        mail(
            other, To="commentary+c-aaaa-aaa.00000000000000000000@news.example.org", From="otto@example.org"
        ).as_bytes()
    )
    plain = inbound.take(mail(other, To="commentary@news.example.org", From="otto@example.org").as_bytes())

    assert (forged, guessed, plain) == (Taken.MESSAGE, Taken.STRANGE, Taken.STRANGE)
    assert (piece.messages.count(), other.messages.count()) == (1, 0)


@pytest.mark.parametrize("status", ["unconfirmed", "withdrawn"])
def test_a_mail_about_a_private_piece_reaches_nobody(status):
    piece = make_piece(status=status)

    taken = inbound.take(mail(piece).as_bytes())

    assert (taken, len(said())) == ((Taken.STRANGE, 0) if status == "unconfirmed" else (Taken.MESSAGE, 1))


@pytest.mark.parametrize(
    ("text", "own", "quoted"),
    [
        ("Yes.\n\nOn Mon, 14 Sep 2026, The desk wrote:\n> Is it?\n> Well?", "Yes.", "On Mon, 14 Sep"),
        (
            "Yes.\n\nOn Mon, 14 Sep 2026 at 12:00, The Valley Record\n<commentary@x.org> wrote:\n> Is it?",
            "Yes.",
            "On Mon",
        ),
        ("Sí.\n\nEl lun, 14 sept 2026, La mesa escribió:\n> ¿Es así?", "Sí.", "El lun"),
        ("Yes.\n\n-----Original Message-----\nFrom: The desk\nIs it?", "Yes.", "-----Original"),
        ("Yes.\n\n________________________________\nFrom: The desk\n\nIs it?", "Yes.", "____"),
        ("> Is it?\nYes.\n> Since when?\n1998.", "> Is it?\nYes.\n> Since when?\n1998.", ""),
        ("Yes.\n\n> Is it?\n--\nGail", "Yes.", "> Is it?"),
        ("On reflection I wrote: too much.", "On reflection I wrote: too much.", ""),
        ("Just words.", "Just words.", ""),
    ],
)
def test_what_a_mail_quotes_is_folded_away(text, own, quoted):
    found = quoting.split(text)

    assert (found[0], found[1][: len(quoted)], bool(found[1])) == (own, quoted, bool(quoted))


def test_words_of_html_are_read_where_there_is_no_plain_text():
    piece = make_piece()
    html = "<p>It is <b>mine</b>.</p><script>alert(1)</script><p>Truly.</p><img src=x onerror=alert(1)>"

    inbound.take(mail(piece, None, html=html).as_bytes())

    (text,) = said()
    assert ("It is mine." in text, "Truly." in text, "alert" in text) == (True, True, False)


def test_files_are_left_out_with_a_word():
    piece = make_piece()
    sent = mail(piece)
    sent.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="draft\u202efdp.exe")

    inbound.take(sent.as_bytes())

    assert said() == ["It is my own well.\n\n(Files that came with this mail were not taken: draftfdp.exe.)"]


@pytest.mark.parametrize(
    "heads",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated"},
        {"Precedence": "bulk"},
        {"List_Id": "<talk.example.org>"},
        {"X_Autoreply": "yes"},
        {"Return_Path": "<>"},
        {"From": "MAILER-DAEMON@example.org"},
        {"From": "No Reply <no-reply@example.org>"},
    ],
)
def test_what_no_person_wrote_is_passed_over(heads):
    piece = make_piece()

    taken = inbound.take(mail(piece, **heads).as_bytes())

    assert (taken, said()) == (Taken.PASSED_OVER, [])


def test_our_own_letter_that_comes_back_is_a_loop():
    piece = make_piece()

    taken = inbound.take(mail(piece, Message_ID=Letter.objects.first().message_id).as_bytes())

    assert (taken, said()) == (Taken.PASSED_OVER, [])


@pytest.mark.parametrize("returned", [True, False])
def test_a_letter_that_came_back_marks_its_writer_and_tells_the_editor(returned):
    editor = make_editor()
    piece = make_piece(status="in_review", editor=editor)
    Letter.objects.update(sent_at=timezone.now())
    letter = Letter.objects.get(code="received")

    taken = inbound.take(report(piece, original=letter.message_id if returned else ""))

    letter.refresh_from_db()
    assert (taken, letter.trouble) == (Taken.BOUNCE, "550 5.1.1 No such user")
    assert piece.writers.get().mail_trouble == "550 5.1.1 No such user"
    assert Letter.objects.get(code="bounced").reader == editor
    assert said() == []


@pytest.mark.parametrize("fields", [{"action": "delayed", "status": "4.4.1"}, {"recipient": "else@example.org"}])
def test_a_letter_that_is_only_late_or_anothers_marks_nobody(fields):
    piece = make_piece()
    Letter.objects.update(sent_at=timezone.now())

    taken = inbound.take(report(piece, **fields))

    assert (taken, Writer.objects.get().mail_failed_at) == (Taken.PASSED_OVER, None)


def _nested(depth):
    boxes = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(depth))
    return boxes + b"Content-Type: text/plain\n\nDeep.\n"


def bombs(piece):
    head = f"To: {replies.address(piece.reference)}\nMIME-Version: 1.0\n".encode()
    parts = b'Content-Type: multipart/mixed; boundary="x"\n\n' + b"--x\nContent-Type: text/plain\n\na\n" * 3_000
    return {
        "large": head + b"\n" + b"a" * inbound.MOST_BYTES,
        "nested": head + _nested(5_000),
        "parts": head + parts,
        "head": head + b"X-Long: " + b"a" * 400_000 + b"\n\nHello",
        "heads": head + b"X-Many: a\n" * 50_000 + b"\nHello",
    }


@pytest.mark.parametrize("kind", ["large", "nested", "parts", "head", "heads"])
def test_a_bomb_is_refused_quickly(kind):
    piece = make_piece()
    raw = bombs(piece)[kind]
    begun = time.process_time()

    taken = inbound.take(raw)

    assert (taken, said(), time.process_time() - begun < 2) == (Taken.REFUSED, [], True)


def test_a_slow_encoding_is_not_used():
    piece = make_piece()
    body = base64.encodebytes(b"a" * 200_000)
    head = f"To: {replies.address(piece.reference)}\nContent-Type: text/plain; charset=punycode\n".encode()
    begun = time.process_time()

    inbound.take(head + b"Content-Transfer-Encoding: base64\n\n" + body)

    assert time.process_time() - begun < 2
    assert "the rest was cut" in said()[0]


def test_a_mail_of_fifty_thousand_words_is_cut_and_kept():
    piece = make_piece()

    taken = inbound.take(mail(piece, "word " * 50_000).as_bytes())

    assert (taken, len(said()[0]) <= 20_000, "the rest was cut" in said()[0]) == (Taken.MESSAGE, True, True)


def test_broken_mail_is_taken_or_refused_and_raises_nothing():
    """A thousand ways of breaking three kinds of mail, the same ones each time."""
    piece = make_piece()
    chance = random.Random(5)  # noqa: S311 -- to break mail with
    whole = mail(piece, "Yes.\n\nOn Monday X wrote:\n> No.", html="<p>Yes</p>", Subject="=?utf-8?q?=C3?=")
    whole.add_attachment(b"x", maintype="image", subtype="png", filename="ä.png")
    models = [whole.as_bytes(), report(piece), mail(piece).as_bytes()]
    for _ in range(1_000):
        raw = bytearray(chance.choice(models))
        for _ in range(chance.randint(1, 12)):
            place = chance.randrange(len(raw))
            raw[place : place + chance.randint(0, 6)] = bytes(
                chance.randrange(256) for _ in range(chance.randint(0, 4))
            )

        assert isinstance(inbound.take(bytes(raw)), Taken)


def test_a_piece_takes_no_flood():
    piece = make_piece()
    for _ in range(inbound.A_DAY.most):
        inbound.A_DAY.take(piece.reference)

    assert inbound.take(mail(piece).as_bytes()) == Taken.REFUSED


def test_the_door_opens_for_the_secret_alone(client, settings):
    piece = make_piece()
    raw = mail(piece).as_bytes()

    def post(**heads):
        return client.post(DOOR, raw, content_type="message/rfc822", headers=heads).status_code

    answers = [post(), post(Authorization="Bearer wrong"), post(Authorization=f"Bearer {SECRET}")]
    settings.INBOUND_SECRET = ""
    shut = [post(Authorization="Bearer "), post(Authorization="Bearer None")]

    assert (answers, shut, said()) == ([401, 401, 204], [404, 404], ["It is my own well."])
    assert client.get(DOOR).status_code == 405


def test_the_door_tells_nobody_which_pieces_there_are(client):
    piece = make_piece()
    heads = {"Authorization": f"Bearer {SECRET}"}
    mails = [mail(piece).as_bytes(), mail(piece, To="nobody@example.org").as_bytes(), b"", b"\x00\xff nonsense"]

    answers = {client.post(DOOR, raw, content_type="message/rfc822", headers=heads).status_code for raw in mails}

    assert answers == {204}


def test_the_door_refuses_what_is_too_large(client):
    heads = {"Authorization": f"Bearer {SECRET}"}
    raw = b"a" * (inbound.MOST_BYTES + 1)

    assert client.post(DOOR, raw, content_type="message/rfc822", headers=heads).status_code == 413


def test_a_maildir_is_emptied_into_the_thread(tmp_path):
    piece = make_piece()
    (tmp_path / "new").mkdir()
    for name, raw in {"1.a": mail(piece).as_bytes(), "2.a": b"nothing of ours", "3.a": mail(piece).as_bytes()}.items():
        (tmp_path / "new" / name).write_bytes(raw)
    (tmp_path / "new" / "4.a").symlink_to("/etc/hostname")
    told = StringIO()

    call_command("fetch_mail", tmp_path, stdout=told)

    assert said() == ["It is my own well."]
    assert sorted(path.name for path in (tmp_path / "cur").iterdir()) == ["1.a:2,S", "2.a:2,S", "3.a:2,S"]
    assert sorted(told.getvalue().splitlines()) == ["1: about no piece of ours", "2: a message to the desk"]


def test_a_folder_that_is_no_maildir_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="is no maildir"):
        call_command("fetch_mail", tmp_path)


def test_an_answer_stops_the_clock_of_what_was_asked():
    piece = make_piece(status="changes_requested")

    inbound.take(mail(piece, "Which paragraph?").as_bytes())

    piece.refresh_from_db()
    assert (piece.status, piece.spoke_last, piece.writer.name) == (Status.CHANGES_REQUESTED, "writer", "Gail Guest")
    assert guest(piece).reference == piece.reference
