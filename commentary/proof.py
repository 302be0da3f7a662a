"""A proof of work on the last page of the form, as ALTCHA's widget does it: a signal, never a gate.

The browser looks for the number whose SHA-256 with our salt is the challenge; only we can sign challenges, each is
for one draft and for a while, and each proof counts once. Source: the ALTCHA protocol, version 1.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode

from django.conf import settings
from django.utils.crypto import salted_hmac

from accounts.models import Tally

if TYPE_CHECKING:
    from commentary.models import Submission

ALGORITHM = "SHA-256"
HARDEST = 50_000  # about a second on a phone
LASTS = 60 * 60  # seconds
LONGEST = 2_000  # characters of an answer that are looked at
ACTION = "proofs of work"


@dataclass(frozen=True)
class Challenge:
    """As the widget takes it: ``asdict`` of it is the JSON to answer with."""

    algorithm: str
    challenge: str
    maxnumber: int
    salt: str
    signature: str


def challenge(piece: "Submission") -> dict[str, Any]:
    """A new one for a draft, to be answered as JSON and never stored by anybody on the way."""
    told = urlencode({"expires": int(time.time()) + LASTS, "piece": piece.reference})
    salt = f"{secrets.token_hex(12)}?{told}&"  # the last sign keeps digits of the number out of the salt
    wanted = hashlib.sha256(f"{salt}{secrets.randbelow(HARDEST + 1)}".encode()).hexdigest()
    return asdict(Challenge(ALGORITHM, wanted, HARDEST, salt, _signature(wanted)))


def passes(answer: str, piece: "Submission") -> bool:
    """Whether ``answer``, the widget's field as it was posted, proves work for this draft, for the first time.

    Anything else is false, whatever it is: nobody loses a text by it. Of fifty at once exactly one passes.
    """
    try:
        told = json.loads(base64.b64decode(answer[:LONGEST], validate=True))
        salt, number, wanted = str(told["salt"]), int(told["number"]), str(told["challenge"])
        signature, algorithm = str(told["signature"]), told["algorithm"]
        facts = parse_qs(salt.partition("?")[2], strict_parsing=False)
        expires, reference = int(facts["expires"][0]), facts["piece"][0]
    except (ValueError, KeyError, TypeError, IndexError, RecursionError, OverflowError, binascii.Error):
        return False
    if algorithm != ALGORITHM or not 0 <= number <= HARDEST or not salt.endswith("&"):
        return False
    if reference != piece.reference or expires < time.time():
        return False
    found = hashlib.sha256(f"{salt}{number}".encode()).hexdigest()
    is_ours = hmac.compare_digest(signature.encode(), _signature(wanted).encode())
    if not is_ours or not hmac.compare_digest(found.encode(), wanted.encode()):
        return False
    return Tally.take(ACTION, wanted, most=1, until=datetime.fromtimestamp(expires, UTC))


def _signature(wanted: str) -> str:
    return salted_hmac("commentary.proof", wanted, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()
