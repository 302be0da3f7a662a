"""How much mail strangers can make us send before they have shown that an address is theirs.

Token buckets, counted by rows (``commentary.models.buckets``). Whoever is over a limit is not refused: the letter
waits or stays away, and the piece is looked at with more caution (``commentary.risk``).
"""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest

from accounts import client


@dataclass(frozen=True)
class Limit:
    """A bucket that holds ``most`` and gets one more ``every`` so long; beyond that one may wait ``longest``."""

    name: str
    most: int
    every: timedelta
    longest: timedelta = timedelta(0)


# An address is somebody's who may know nothing of us; a network may be a whole university's.
ADDRESS = Limit("letters to an address", 3, timedelta(hours=2))
NETWORK = Limit("letters from a network", 10, timedelta(minutes=6), timedelta(hours=24))
EVERYWHERE = Limit("letters to strangers", 100, timedelta(seconds=10), timedelta(hours=24))
LINKS = Limit("new links to an address", 5, timedelta(hours=1))  # asked for by anybody who knows it


def network(request: HttpRequest) -> str:
    """Where a request comes from, as ``Submission.send`` keeps it: an IPv4 address or a household's IPv6 network.

    Empty where nobody knows: those are not one and the same.
    """
    return client.network(request) if client.address(request) else ""
