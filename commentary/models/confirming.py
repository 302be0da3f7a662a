"""The letter that asks a stranger's address whether a piece is really its owner's: as many as the limits allow.

Runs inside the verb's transaction, with the row held.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from accounts.actors import Actor
from commentary import limits
from commentary.models import letters
from commentary.models.buckets import Bucket
from commentary.models.moving import write

if TYPE_CHECKING:
    from commentary.models.submission import Submission


def ask(piece: "Submission", *, by: Actor) -> bool:
    """Write the letter, later where too many are asked for; false where none is written.

    Whoever asks is told the same either way. What was over a limit stands in ``piece.noticed``.
    """
    waits: list[timedelta] = []
    for limit, key in [
        (limits.ADDRESS, piece.writer.email.casefold()),
        (limits.NETWORK, piece.network),
        (limits.EVERYWHERE, ""),
    ]:
        if limit == limits.NETWORK and not key:
            continue
        wait = Bucket.take(limit, key)
        if wait is None or wait:
            over = [*piece.noticed.get("limits", []), limit.name]
            write(piece, noticed=piece.noticed | {"limits": sorted(set(over))})
        if wait is None:
            return False
        waits.append(wait)
    letters.write(piece, "confirm", writer=piece.writer, by=by, delay=max(waits))
    return True
