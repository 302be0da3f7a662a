"""What becomes of a published piece: its writers hear of it.

Every function runs inside the verb's transaction, with the row held. The history remembers what was told, so that a
thing heard twice is told once.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from accounts.actors import Actor
from articles.models import Correction
from commentary.models import letters
from commentary.models.moving import tell
from commentary.states import CLOSED, Status
from masthead.models import Masthead

if TYPE_CHECKING:
    from commentary.models.submission import Submission

LIVE = "live"
_TOLD = {
    "date_set": "told of the date",
    "date_moved": "told of a new date",
    "date_off": "told that the date is off",
    "live": "told that readers have it",
}


def tell_of_correction(piece: "Submission", correction: Correction, *, by: Actor) -> None:
    """A letter to each writer, once for each correction. A retraction is told as what it is: the end of the story."""
    if piece.article_id != correction.article_id or piece.events.filter(details__correction=correction.pk).exists():
        return
    code = "retraction" if correction.kind == Correction.Kind.RETRACTION else "correction"
    _write_to_all(piece, code, correction.note, by=by)
    tell(piece, f"told of a {correction.get_kind_display().lower()}", by=by, correction=correction.pk)


def tell_of_withdrawal(piece: "Submission", note: str, at: datetime, *, by: Actor) -> None:
    """A letter to each writer, once for each time the story is withdrawn."""
    if piece.events.filter(details__gone=at.isoformat()).exists():
        return
    _write_to_all(piece, "retraction", note, by=by)
    tell(piece, "told of the withdrawal", by=by, gone=at.isoformat())


def news(piece: "Submission") -> tuple[str, str]:
    """Which letter is due about the piece's date, and the date it tells of; empty where all has been told.

    The history remembers what was told last: a date, that there is none any more, or that readers have it.
    """
    article = piece.article
    if article is None or piece.status in CLOSED:
        return "", ""
    told = list(piece.events.filter(details__has_key="date").values_list("details__date", flat=True))
    last = told[-1] if told else ""
    if LIVE in told:
        return "", ""
    if article.has_appeared:
        return "live", LIVE
    if article.is_scheduled and article.published_at:
        date = article.published_at.isoformat()
        return ("", "") if date == last else ("date_moved" if last else "date_set", date)
    return ("date_off", "") if last else ("", "")


def tell_of_appearing(piece: "Submission", *, by: Actor) -> None:
    """A letter to each writer when the date is set, moved or off, and when readers have the piece."""
    code, date = news(piece)
    if not code or piece.article is None:
        return
    story = Masthead.current().absolute(piece.article.get_absolute_url()) if code == "live" else ""
    if code in {"live", "date_off"}:
        letters.cancel(piece, "date_set", "date_moved", "date_off")
    for writer in piece.signing:
        if writer.email:
            letters.write(piece, code, writer=writer, by=by, story=story, when=piece.article.published_at)
    if code == "date_off" and piece.assignee and piece.assignee.is_active:
        letters.tell_editor(piece, "unscheduled", piece.assignee)
    tell(piece, _TOLD[code], by=by, date=date)


def _write_to_all(piece: "Submission", code: str, text: str, *, by: Actor) -> None:
    if piece.article is None or piece.status == Status.ERASED:
        return
    story = Masthead.current().absolute(piece.article.get_absolute_url())
    for writer in piece.signing:
        if writer.email:
            letters.write(piece, code, writer=writer, by=by, text=text, story=story)
