"""Makes the mail that leaves out of a letter's row: keys are cut here, and are kept nowhere else."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from commentary import keys, replies, wordings
from commentary.models import Letter, Purpose
from masthead.models import Masthead

ADDRESS = re.compile(r"(https?://\S+)")


@dataclass(frozen=True)
class Run:
    """A stretch of a line; links are those to ourselves alone."""

    text: str
    is_link: bool = False


def mail(letter: Letter) -> EmailMultiAlternatives:
    """The outgoing copy, as plain text and as simple HTML. Each call cuts new keys.

    ``Auto-Submitted`` (RFC 3834) keeps vacation notices from answering. Where a piece has an address, answers and what
    mail servers send back go there.
    """
    masthead = Masthead.current()
    text = wordings.with_links(letter.text, _addresses(letter, masthead)) + "\n"
    headers = {
        "Message-ID": letter.message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "From": settings.DEFAULT_FROM_EMAIL,
    }
    own = replies.address(letter.submission.reference) if letter.submission and letter.writer else ""
    answer = own or masthead.commentary_email
    made = EmailMultiAlternatives(
        letter.subject, text, own or None, [letter.to], headers=headers, reply_to=[answer] if answer else []
    )
    made.attach_alternative(_html(letter.subject, text, masthead), "text/html")
    return made


def blocks(text: str) -> list[list[list[Run]]]:
    """Paragraphs of lines of runs, where what leads to ourselves is a link."""
    ours = (Masthead.current().absolute("/"), f"{settings.SITE_ADDRESS}/")
    return [
        [[Run(part, part.startswith(ours)) for part in ADDRESS.split(line) if part] for line in block.split("\n")]
        for block in text.strip().split("\n\n")
    ]


def _addresses(letter: Letter, masthead: Masthead) -> dict[str, str]:
    piece = letter.submission
    if piece is None:
        return {}
    found = {}
    for link in wordings.linked(letter.text):
        fact = letter.to if link == Purpose.ADDRESS else ""
        token = keys.cut(piece, link, writer=letter.writer, fact=fact)
        found[link] = masthead.absolute(reverse("public:commentary_key", args=[token]))
    return found


def _html(subject: str, text: str, masthead: Masthead) -> str:
    """The text again: no picture, no style, nothing that is counted."""
    context = {"subject": subject, "blocks": blocks(text), "language": masthead.language}
    return render_to_string("commentary/letter.html", context)
