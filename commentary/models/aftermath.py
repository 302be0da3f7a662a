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
from commentary.states import Status
from masthead.models import Masthead

if TYPE_CHECKING:
    from commentary.models.submission import Submission


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


def _write_to_all(piece: "Submission", code: str, text: str, *, by: Actor) -> None:
    if piece.article is None or piece.status == Status.ERASED:
        return
    story = Masthead.current().absolute(piece.article.get_absolute_url())
    for writer in piece.signing:
        if writer.email:
            letters.write(piece, code, writer=writer, by=by, text=text, story=story)
