"""How much caution a piece asks for: signals with points, which order the queue and never reject by themselves.

Everything here is computed anew from what is kept, so that it can be asked again when more is known.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from commentary import words
from commentary.states import Status

if TYPE_CHECKING:
    from commentary.models.submission import Submission

BADGE = 30  # from here on the inbox shows a badge
QUARANTINE = 69  # above this a piece waits apart
MOST = 100

_HURRY = 20  # seconds in which nobody fills in the form, not even with a text that is pasted
_HASTE = 60
_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
_MANY_LINKS = 10
_DENSE_LINKS = 3  # for each hundred words, where there are as many at all
_LATELY = timedelta(days=30)
_MANY_PIECES = 4


class Signal(NamedTuple):
    points: int
    told: str  # a sentence for an editor


def assess(piece: "Submission") -> tuple[int, list[str]]:
    """Points, 100 at most, and a sentence for each signal, the heaviest first."""
    found = [*_of_form(piece), *_of_text(piece), *_of_past(piece), *_of_likeness(piece)]
    found.sort(key=lambda signal: -signal.points)
    return min(MOST, sum(signal.points for signal in found)), [signal.told for signal in found]


def _of_form(piece: "Submission") -> Iterator[Signal]:
    """What the form noticed; a piece that was not sent by the form has noticed nothing."""
    noticed = piece.noticed
    if noticed.get("trap"):
        yield Signal(40, "A field that people cannot see was filled in. Programs do that, and some password managers.")
    if noticed.get("proof") is False:
        yield Signal(15, "The browser did no proof of work: it may run no scripts, or be no browser.")
    seconds = noticed.get("seconds")
    if isinstance(seconds, int) and seconds < _HASTE:
        yield Signal(25 if seconds < _HURRY else 10, f"The form was open for {seconds} seconds before it was sent.")
    if "letters to an address" in noticed.get("limits", []):
        yield Signal(70, "Far more letters were asked for to this address than one person needs.")
    if "letters from a network" in noticed.get("limits", []):
        yield Signal(70, "Many pieces were sent from the same network at that time.")
    if "letters to strangers" in noticed.get("limits", []):
        yield Signal(70, "Far more pieces than usual came from everywhere at that time.")


def _of_text(piece: "Submission") -> Iterator[Signal]:
    version, writer = piece.version, piece.writer
    links = len(_LINK.findall(version.text))
    if links > _DENSE_LINKS and links * 100 > _DENSE_LINKS * words.count(version.text):
        yield Signal(30, f"The text has {links} links, which is a lot for its length.")
    elif links > _MANY_LINKS:
        yield Signal(15, f"The text has {links} links.")
    if _LINK.search(f"{version.headline} {writer.name} {writer.city}"):
        yield Signal(40, "There is a link in the headline, the name or the city.")


def _of_past(piece: "Submission") -> Iterator[Signal]:
    """What else came from the same address."""
    email = piece.writer.email
    if not email:
        return
    rows = type(piece)._default_manager.filter(writers__email__iexact=email, writers__position=1).exclude(pk=piece.pk)
    if rows.filter(status=Status.SPAM).exists():
        yield Signal(40, "An earlier piece from this address was marked as spam.")
    lately = rows.filter(received_at__gte=timezone.now() - _LATELY).count()
    if lately >= _MANY_PIECES:
        yield Signal(20, f"{lately} other pieces came from this address within 30 days.")


def _of_likeness(piece: "Submission") -> Iterator[Signal]:
    """What ``commentary.likeness`` has found; nothing before it has looked."""
    found = [*piece.version.likenesses.all(), *piece.version.likenesses_of_later.all()]
    stories = [row.share for row in found if row.article_id]
    pieces = [row.share for row in found if not row.article_id]
    if pieces:
        number = "another piece" if len(pieces) == 1 else f"{len(pieces)} other pieces"
        yield Signal(25, f"The text is like that of {number}: up to {max(pieces)} % are the same words.")
    if stories:
        yield Signal(20, f"{max(stories)} % of the text stand in a story we have published.")
    if piece.cluster:
        yield Signal(20, "Several writers have sent these words: it looks like a campaign.")
