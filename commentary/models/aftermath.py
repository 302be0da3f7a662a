"""What becomes of a published piece: its writers hear of it.

Every function runs inside the verb's transaction, with the row held.
"""

from typing import TYPE_CHECKING

from accounts.actors import Actor
from articles.models import Correction
from commentary.models import letters
from commentary.models.moving import tell
from commentary.states import Status

if TYPE_CHECKING:
    from commentary.models.submission import Submission


def tell_of_correction(piece: "Submission", correction: Correction, *, by: Actor) -> None:
    """A letter to each writer, once for each correction: the history remembers which were told."""
    if piece.status == Status.ERASED or piece.article_id != correction.article_id:
        return
    if piece.events.filter(details__correction=correction.pk).exists():
        return
    code = "retraction" if correction.kind == Correction.Kind.RETRACTION else "correction"
    for writer in piece.signing:
        if writer.email:
            letters.write(piece, code, writer=writer, by=by, text=correction.note)
    tell(piece, f"told of a {correction.get_kind_display().lower()}", by=by, correction=correction.pk)
