"""How often somebody may try: signing in, second factors, letters. Decision: docs/decisions/0007-sign-in.md.

Counted by rows (``Tally``), so that a limit holds over all web processes and machines and survives a restart.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.client import network
from accounts.models import Tally

_KEPT = timedelta(days=1)  # after its end, for clocks that differ and for whoever looks into an attack


@dataclass(frozen=True)
class Limit:
    """At most ``most`` within each stretch of ``within``; the stretches are those of the clock."""

    action: str
    most: int
    within: timedelta

    def take(self, key: str) -> bool:
        """Whether this one is still within the limit; it counts at once, before anything is tried."""
        return Tally.take(self.action, _digest(key), most=self.most, until=self._until())

    def give_back(self, key: str) -> None:
        """It went well, and only failures count."""
        Tally.give_back(self.action, _digest(key), until=self._until())

    def _until(self) -> datetime:
        seconds = self.within.total_seconds()
        return datetime.fromtimestamp((timezone.now().timestamp() // seconds + 1) * seconds, UTC)


_QUARTER = timedelta(minutes=15)

# One address may be a whole newsroom's, so it has more tries than one person.
ADDRESS = Limit("failures of an address", 60, _QUARTER)
PASSWORD = Limit("passwords for an account", 10, _QUARTER)  # from one address
ACCOUNT = Limit("passwords for an account, everywhere", 100, timedelta(hours=1))
CODE = Limit("second factors of a person", 10, _QUARTER)
AGAIN = Limit("passwords to prove it", 10, _QUARTER)
LETTER = Limit("letters to an address", 3, timedelta(hours=1))
ASKING = Limit("letters asked by an address", 20, timedelta(hours=1))
QUESTION = Limit("passkey questions", 120, _QUARTER)

WAIT = "Too many tries. Wait a quarter of an hour, then try again."


@dataclass(frozen=True)
class Try:
    """Something about to be tried, counted against several limits at once."""

    counts: tuple[tuple[Limit, str], ...]

    def begin(self) -> bool:
        """Whether it may be tried. One that is refused by one limit does not use up the others."""
        taken: list[tuple[Limit, str]] = []
        for limit, key in self.counts:
            if not limit.take(key):
                for other, used in taken:
                    other.give_back(used)
                return False
            taken.append((limit, key))
        return True

    def succeed(self) -> None:
        for limit, key in self.counts:
            limit.give_back(key)


def sign_in(request: HttpRequest, email: str) -> Try:
    """A password for ``email``. Unknown addresses are counted as known ones are."""
    where, who = network(request), email.lower()
    return Try(((ADDRESS, where), (PASSWORD, f"{who} {where}"), (ACCOUNT, who)))


def second_factor(request: HttpRequest, person: int) -> Try:
    """A code or a passkey of somebody whose password was right."""
    return Try(((ADDRESS, network(request)), (CODE, str(person))))


def passkey(request: HttpRequest) -> Try:
    """A passkey instead of everything else: whose it is shows only afterwards."""
    return Try(((ADDRESS, network(request)),))


def proof(request: HttpRequest, person: int) -> Try:
    """The password of somebody who is signed in, once more."""
    return Try(((ADDRESS, network(request)), (AGAIN, str(person))))


def forget_old() -> None:
    """Delete the tallies whose time is over."""
    Tally.objects.filter(until__lt=timezone.now() - _KEPT).delete()


def _digest(key: str) -> str:
    return salted_hmac("accounts.Tally", key, algorithm="sha256").hexdigest()
