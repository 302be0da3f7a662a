"""How much caution a piece asks for: signals with points, which order the queue and never reject by themselves."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commentary.models.submission import Submission

BADGE = 30  # from here on the inbox shows a badge
QUARANTINE = 69  # above this a piece waits apart


def assess(piece: "Submission") -> tuple[int, list[str]]:
    """Points, 100 at most, and a sentence for each signal."""
    return 0, []
