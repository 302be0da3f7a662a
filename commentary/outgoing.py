"""How many letters that anybody can ask for may leave to one address, and in all.

``commentary.limits`` makes the letters of one network wait before they are written; this counts what leaves, whoever
wrote it, so that an address nobody has confirmed hears from us three times and not more.
"""

from datetime import datetime, timedelta
from enum import Enum

from django.utils import timezone

from accounts.actors import Clock
from accounts.limits import Limit
from commentary.models import Letter, Writer

# Letters that go to whatever address a stranger typed, and those to addresses that we know.
TO_STRANGERS = frozenset({"confirm", "confirm_reminder", "resume", "cowriter", "address_link"})
ASKED_FOR = TO_STRANGERS | {"status_link", "withdraw_link", "erase_link", "address_ask"}

STRANGER = Limit("letters to a stranger's address", 3, timedelta(days=7))
KNOWN = Limit("letters asked by a known address", 12, timedelta(days=1))
ALL = Limit("letters asked for in all", 600, timedelta(hours=1))

TOO_OLD = timedelta(hours=72)
PAUSE = timedelta(hours=1)


class Answer(Enum):
    LEAVES = "leaves"
    WAITS = "waits"
    NEVER = "never"


def ask(letter: Letter) -> Answer:
    """Whether a letter may leave now. One that may not sets its piece apart, which is refused to nobody."""
    if letter.code not in ASKED_FOR or letter.tries:
        return Answer.LEAVES
    if letter.made_at < timezone.now() - TOO_OLD:
        return Answer.NEVER
    address, key = _limit(letter), letter.to.casefold()
    if not address.take(key):
        _set_apart(letter, "More letters were asked for to its address than we send.")
        return Answer.NEVER
    if not ALL.take(""):
        address.give_back(key)
        return Answer.WAITS
    return Answer.LEAVES


def again_at() -> datetime:
    return timezone.now() + PAUSE


def _limit(letter: Letter) -> Limit:
    """Nobody has confirmed the address: it may be that of somebody who knows nothing of us."""
    known = Writer.objects.filter(email__iexact=letter.to, confirmed_at__isnull=False).exists()
    return KNOWN if known else STRANGER


def _set_apart(letter: Letter, why: str) -> None:
    if letter.submission and not letter.submission.is_in_quarantine:
        letter.submission.set_apart(why, by=Clock())
