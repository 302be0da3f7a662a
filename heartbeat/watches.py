"""What else must be in order before this newsroom calls itself ready: apps that know say so."""

from collections.abc import Callable

type Watch = Callable[[], list[str]]

_watches: dict[str, Watch] = {}


def watch(name: str) -> Callable[[Watch], Watch]:
    """Have ``/health/ready`` ask a function, which answers with a sentence for everything that is wrong.

    Called in ``AppConfig.ready``. The function makes a few quick queries; any sentence turns the answer into a 503.
    Raises ``ValueError`` if another function has the name already.
    """

    def register(function: Watch) -> Watch:
        if _watches.setdefault(name, function) is not function:
            raise ValueError(f"Another watch is called “{name}” already. Choose a name of its own.")
        return function

    return register


def wrong() -> dict[str, list[str]]:
    """What every watch has to say, by its name; those with nothing to say are left out."""
    said = {name: function() for name, function in _watches.items()}
    return {name: sentences for name, sentences in said.items() if sentences}
