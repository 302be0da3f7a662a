"""What becomes of texts once they are written: named, brought back, and one day pruned.

The verbs run inside the transaction of ``Article``, with the article's row held.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from accounts.activity import record
from accounts.actors import Actor
from articles.models import writing
from articles.models.revision import LONGEST_NAME, Byline, Revision
from articles.states import AlreadySo, MoveRefused
from articles.texts import TextRefused

if TYPE_CHECKING:
    from articles.models.article import Article

AT_ONCE = 200  # rows in one transaction, so that nobody who saves waits for the pruning
ROUNDS = 25

GONE = "This text is in the history no longer. Reload it to see what is."


def restore(article: "Article", revision: Revision, draft: Revision, *, by: Actor, at: datetime | None) -> Revision:
    """A new draft that says what ``revision`` says; ``draft`` is the newest text as somebody saw it."""
    now = article.current_draft()
    old = _held(article, revision)
    if old.text == now.text:
        raise AlreadySo("The newest text says exactly this already. Nothing is to be restored.")
    if not now.is_as_in(draft):
        raise MoveRefused(
            f"{now.made_by_name} has saved a newer text since you opened this page. Look at what would change now, "
            "then restore."
        )
    moment = at or timezone.now()
    writing.seal(now, moment)  # or the person's own autosave would be overwritten
    restored = article.revise(old.text, revision=now, by=by, at=moment)
    Revision.objects.filter(pk=restored.pk).update(note=f"Restored from text {old.number}")
    record("restored a text of", article, by=by, at=at, text=restored.number, restored_from=old.number)
    return restored


def name(article: "Article", revision: Revision, wanted: str, *, by: Actor) -> None:
    """Keep ``revision`` for ever under a name; from then on it never changes."""
    wanted = " ".join(wanted.split())
    if not wanted:
        raise TextRefused({"name": "Write a name, such as “as sent to the lawyer”."})
    if "\0" in wanted or len(wanted) > LONGEST_NAME:
        raise TextRefused({"name": f"A name has {LONGEST_NAME} characters at most, all of them readable. Shorten it."})
    held = _held(article, revision)
    if held.name == wanted:
        raise AlreadySo("The text has this name already.")
    writing.seal(held, timezone.now())
    _rename(article, held, wanted, "renamed a text of" if held.name else "named a text of", wanted, by=by)


def unname(article: "Article", revision: Revision, *, by: Actor) -> None:
    """Take the name off; the text stays as long as any other."""
    held = _held(article, revision)
    if not held.name:
        raise AlreadySo("The text has no name.")
    _rename(article, held, "", "took the name off a text of", held.name, by=by)


def prune() -> None:
    """Remove what nobody needs, oldest first, in small bites; a heartbeat cut short goes on with the next one."""
    moment = timezone.now()
    for _ in range(ROUNDS):
        if _prune_some(moment) < AT_ONCE:
            break


def _held(article: "Article", revision: Revision) -> Revision:
    """The row as it is now; it may have been pruned since somebody saw it."""
    held = article.revisions.select_for_update().filter(pk=revision.pk).first()
    if held is None:
        raise MoveRefused(GONE)
    return held


def _rename(article: "Article", held: Revision, wanted: str, verb: str, note: str, *, by: Actor) -> None:
    if not Revision.objects.filter(pk=held.pk, name=held.name).update(name=wanted):
        raise MoveRefused(GONE)
    record(verb, article, by=by, note=note, text=held.number)


def _prune_some(moment: datetime) -> int:
    """Looked for without holding anything up, then asked again of each row while it is held.

    So a text that is named or shared at this moment is either kept or gone, never both.
    """
    found = Revision.objects.prunable(moment).order_by("saved_at", "pk").values_list("pk", flat=True)[:AT_ONCE]
    candidates = list(found)
    with transaction.atomic():
        held = Revision.objects.prunable(moment).filter(pk__in=candidates).select_for_update(of=("self",))
        going = list(held.values_list("pk", flat=True))
        Byline.objects.filter(revision__in=going).delete()
        Revision.objects.filter(pk__in=going).only("pk").delete()  # without reading the bodies, which may be long
    return len(candidates)
