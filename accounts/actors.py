"""Who does a thing: a person who signs in, or somebody named who cannot.

Every verb takes ``by=``, an ``Actor``. Nothing in the product happens without one.
"""

from dataclasses import dataclass

from accounts.models import User


@dataclass(frozen=True)
class Guest:
    """A guest writer, known by the reference of the piece they sent."""

    reference: str

    def __str__(self) -> str:
        return f"Guest writer ({self.reference})"


@dataclass(frozen=True)
class Clock:
    """The heartbeat, acting because a moment has come."""

    def __str__(self) -> str:
        return "The clock"


@dataclass(frozen=True)
class Import:
    """An import from another system, known by its source."""

    source: str

    def __str__(self) -> str:
        return f"Import from {self.source}"


@dataclass(frozen=True)
class Sample:
    """The sample newsroom being filled."""

    def __str__(self) -> str:
        return "Sample newsroom"


@dataclass(frozen=True)
class Operator:
    """Whoever runs the server, by a command."""

    def __str__(self) -> str:
        return "Operator"


type Actor = User | Guest | Clock | Import | Sample | Operator


def person(actor: Actor) -> User | None:
    """The user behind ``actor``, for columns that point at one."""
    return actor if isinstance(actor, User) else None
