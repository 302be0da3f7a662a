"""“We want to hear from you”: the masthead's sentence with its two places filled in, and the door to a reaction."""

import re
from dataclasses import dataclass

from articles.models import Article
from commentary import reactions
from commentary.models import Office
from masthead.models import Masthead

PLACE = re.compile(r"(\{guidelines\}|\{commentary\})")
SENTENCE = r"[^.?!]*\{%s\}[^.?!]*(?:[.?!]\s*|$)"  # with the white space around it


@dataclass(frozen=True)
class Part:
    """A piece of the invitation: ``kind`` is text, guidelines or commentary."""

    kind: str
    text: str = ""


@dataclass(frozen=True)
class Invitation:
    """What stands below a story; ``reacts`` where a reaction to it may be written."""

    parts: list[Part]
    reacts: bool


def below(story: Article, masthead: Masthead) -> Invitation:
    office = Office.current()
    shown = parts(masthead, with_guidelines=office.takes_pieces)
    return Invitation(shown, reacts=reactions.would_be_open(story, office))


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
