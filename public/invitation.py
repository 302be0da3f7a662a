"""“We want to hear from you”: the masthead's sentence, with its two places filled in."""

import re
from dataclasses import dataclass

from masthead.models import Masthead

PLACE = re.compile(r"(\{guidelines\}|\{commentary\})")
SENTENCE = r"[^.?!]*\{%s\}[^.?!]*(?:[.?!]\s*|$)"  # with the white space around it


@dataclass(frozen=True)
class Part:
    """A piece of the invitation: ``kind`` is text, guidelines or commentary."""

    kind: str
    text: str = ""


def parts(masthead: Masthead, *, with_guidelines: bool) -> list[Part]:
    """The invitation in order. A sentence whose place cannot be filled is left out, never half said."""
    words = masthead.invitation
    address = masthead.commentary_email or masthead.contact_email
    if not address:
        words = re.sub(SENTENCE % "commentary", " ", words)
    if not with_guidelines:
        words = re.sub(SENTENCE % "guidelines", " ", words)
    pieces = [piece for piece in PLACE.split(words.strip()) if piece]
    return [_part(piece, address) for piece in pieces]


def _part(piece: str, address: str) -> Part:
    if piece == "{guidelines}":
        return Part("guidelines")
    if piece == "{commentary}":
        return Part("commentary", address)
    return Part("text", piece)
