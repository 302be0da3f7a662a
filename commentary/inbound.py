"""Takes mail that comes back: answers of writers, and letters that could not be delivered.

What comes from outside is read as bytes with limits before anything is decoded: its size, its parts, how deep they
lie. The address says which piece it is about (``commentary.replies``); nobody believes its sender.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import Message
from enum import Enum

from accounts.actors import Guest
from accounts.limits import Limit
from articles.states import MoveRefused
from commentary import posting, replies
from commentary.models import Letter, Submission, Writer
from commentary.quoting import split
from commentary.reading import attachments, one_line, own_words

MOST_BYTES = 10 * 1024 * 1024
MOST_PARTS = 500
DEEPEST = 40
LONGEST_HEAD = 256 * 1024  # bytes
LONGEST = 19_000  # characters of an answer; a note that it was cut must fit besides
A_DAY = Limit("mails to a piece", 50, timedelta(days=1))
_TO = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
_ADDRESS = re.compile(r"[^\s<>,;:\"'()\[\]]{1,120}@[^\s<>,;:\"'()\[\]]{1,200}")
_ID = re.compile(r"<[^<>\s]{1,250}>")
_NOBODY = re.compile(
    r"^\s*(\"?mail delivery|mailer-daemon|postmaster)|<(mailer-daemon|postmaster|no-?reply)@", re.IGNORECASE
)


class Taken(Enum):
    """What became of a mail."""

    MESSAGE = "a message to the desk"
    BOUNCE = "a letter that did not arrive"
    PASSED_OVER = "written by no person, or without a word"
    STRANGE = "about no piece of ours"
    REFUSED = "too large, or made to hurt"


def take(raw: bytes, recipient: str = "") -> Taken:
    """Take one mail as it came in; ``recipient`` is whom its server had it for. The same mail twice is one message."""
    if len(raw) > MOST_BYTES or _is_bomb(raw):
        return Taken.REFUSED
    try:
        mail = message_from_bytes(raw, policy=policy.compat32)
        return _take(mail, raw, recipient)
    except RecursionError:
        return Taken.REFUSED


def _take(mail: Message, raw: bytes, recipient: str) -> Taken:
    reference = _reference(mail, recipient)
    piece = Submission.objects.filter(reference=reference).first() if reference else None
    if piece is None:
        return Taken.STRANGE
    if mail.get_content_type() == "multipart/report":
        return _returned(piece, mail)
    if _is_automatic(mail):
        return Taken.PASSED_OVER
    if not A_DAY.take(piece.reference):
        return Taken.REFUSED
    return _said(piece, mail, raw)


def _said(piece: Submission, mail: Message, raw: bytes) -> Taken:
    """A message to the desk, under the name of the writer whose address it comes from, else of the one who sent it."""
    own, quoted = split(own_words(mail))
    left = attachments(mail)
    if not own.strip() and not left:
        return Taken.PASSED_OVER
    if len(own) > LONGEST:
        own = f"{own[:LONGEST]}…\n\n(The mail is longer; the rest was cut.)"
    if left:
        names = ", ".join(left[:5]) + (f" and {len(left) - 5} more" if len(left) > 5 else "")
        own = f"{own}\n\n(Files that came with this mail were not taken: {names}.)".strip()
    mail_id = one_line(mail.get("Message-ID", ""))[:200] or f"<{hashlib.sha256(raw).hexdigest()}>"
    writers = {writer.email.casefold(): writer for writer in piece.writers.all() if writer.refused_at is None}
    found = _ADDRESS.search(one_line(mail.get("From", "")))
    writer = writers.get(found[0].casefold() if found else "")
    try:
        piece.say(own, by=Guest(piece.reference), mail_id=mail_id, quoted=quoted, writer=writer)
    except MoveRefused:
        return Taken.STRANGE
    return Taken.MESSAGE


def _returned(piece: Submission, mail: Message) -> Taken:
    """A report of a mail server (RFC 3464): what it failed to deliver marks the letter and its writer."""
    failed = next((report for report in _reports(mail) if _has_failed(report)), None)
    if failed is None:
        return Taken.PASSED_OVER
    letter = _letter(piece, mail, failed)
    if letter is None:
        return Taken.PASSED_OVER
    trouble = one_line(failed.get("Diagnostic-Code", "") or f"Status {failed.get('Status', 'unknown')}")
    posting.fail(letter, re.sub(r"^smtp;\s*", "", trouble, flags=re.IGNORECASE))
    return Taken.BOUNCE


def _reports(mail: Message) -> Iterator[Message]:
    for part in _inner(mail):
        if part.get_content_type() == "message/delivery-status":
            yield from (one for one in _inner(part) if one.get("Final-Recipient"))


def _has_failed(report: Message) -> bool:
    """For good; what is only late is tried again by its server."""
    action, status = one_line(report.get("Action", "")).lower(), one_line(report.get("Status", ""))
    return action == "failed" and not status.startswith("4")


def _letter(piece: Submission, mail: Message, report: Message) -> Letter | None:
    """The letter that is meant: by its Message-ID where the report returns that, else the newest to the address."""
    letters = Letter.objects.filter(submission=piece, writer__isnull=False, sent_at__isnull=False)
    for part in _inner(mail):
        if found := letters.filter(message_id__in=_ids(part)).first():
            return found
    address = _ADDRESS.search(one_line(report.get("Final-Recipient", "")).partition(";")[2])
    if address is None or not Writer.objects.filter(submission=piece, email__iexact=address[0]).exists():
        return None
    return letters.filter(to__iexact=address[0]).order_by("-sent_at", "-pk").first()


def _ids(part: Message) -> list[str]:
    """The Message-IDs in what a report returns of a letter: the whole of it, or its head."""
    if part.get_content_type() == "text/rfc822-headers":
        held = part.get_payload(decode=True)
        return _ID.findall(held[:50_000].decode("utf-8", "replace"))[:100] if isinstance(held, bytes) else []
    return [one_line(one.get("Message-ID", "")) for one in _inner(part)[:1]]


def _reference(mail: Message, recipient: str) -> str:
    heads = [recipient, *(str(value)[:5_000] for name in _TO for value in mail.get_all(name, [])[:20])]
    found = (replies.reference_of(address) for head in heads for address in _ADDRESS.findall(head)[:50])
    return next((reference for reference in found if reference), "")


def _is_automatic(mail: Message) -> bool:
    """A vacation notice, a list, a loop of our own letters: no editor wants to read those (RFC 3834)."""
    said = {name: one_line(mail.get(name, "")).lower() for name in ("Auto-Submitted", "Precedence", "Return-Path")}
    if said["Auto-Submitted"] not in {"", "no"} or said["Return-Path"] == "<>":
        return True
    if said["Precedence"] in {"bulk", "junk", "list", "auto_reply"}:
        return True
    if any(mail.get(name) for name in ("List-Id", "X-Autoreply", "X-Autorespond", "X-Autoresponse")):
        return True
    ours = Letter.objects.filter(message_id=one_line(mail.get("Message-ID", ""))[:200]).exists()
    return ours or bool(_NOBODY.search(one_line(mail.get("From", ""))))


def _is_bomb(raw: bytes) -> bool:
    """More parts than any mail has, or boxes in boxes: counted before they are opened."""
    head = re.search(rb"\r?\n\r?\n", raw)
    if raw.count(b"\n--") > MOST_PARTS * 4 or (head.start() if head else len(raw)) > LONGEST_HEAD:
        return True
    nested = len(re.findall(rb"(?i)\ncontent-type:\s*(?:multipart|message)/", b"\n" + raw))
    return nested > DEEPEST or len(re.findall(rb"(?i)\ncontent-type:", raw)) > MOST_PARTS


def _inner(mail: Message) -> list[Message]:
    held = mail.get_payload()
    return [part for part in held if isinstance(part, Message)] if isinstance(held, list) else []
