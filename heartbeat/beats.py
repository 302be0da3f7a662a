"""The register of what the heartbeat does, and how often."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class RegisteredBeat:
    """What runs under a name: at most once in each ``every``, in whichever heartbeat process gets there first."""

    name: str
    every: timedelta
    function: Callable[[], None]


_registered: dict[str, RegisteredBeat] = {}


def beat[F: Callable[[], None]](name: str, *, every: timedelta) -> Callable[[F], F]:
    """Have the heartbeat call a function once in each period; registering the same one again changes nothing.

    Called in ``AppConfig.ready`` of the app that knows the work. The function takes nothing and must bear to be
    called again after it was cut short: a heartbeat can be stopped in the middle. Long work belongs into a task.
    Raises ``ValueError`` if another function has the name already.
    """

    def register(function: F) -> F:
        wanted = RegisteredBeat(name, every, function)
        if _registered.setdefault(name, wanted) != wanted:
            raise ValueError(f"Another beat is called “{name}” already. Choose a name of its own.")
        return function

    return register


def registered_beats() -> list[RegisteredBeat]:
    """Every registered beat, in the order of registration: lower apps first."""
    return list(_registered.values())
