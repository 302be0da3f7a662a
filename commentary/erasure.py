"""Forgets writers: a piece with everything that hangs on it, down to the free space of the database.

A piece nobody received goes with its row. Of one the desk has had, a row stays that names nobody, for the numbers. Of
one that readers have seen stays what was agreed and approved, until its time is over (``commentary.retention``).
"""

import os
from pathlib import Path

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.actors import Actor, Clock, Guest
from accounts.erasure import erase_subjects
from articles.models import Article, spiking
from articles.states import MoveRefused
from authors.models import Author
from commentary import traces
from commentary.forgetting import PATHS, delete_unused, forget, holding, nobody, rows_of
from commentary.models import Letter, Submission, Tombstone, letters, making
from commentary.models.moving import is_kept_from, refuse_unless_may
from commentary.privacy import Rule
from commentary.states import Status
from heartbeat import retried
from images.models import Image

REST = (Rule.TEXT, Rule.PHONE, Rule.NETWORK)  # what goes of a piece that readers have seen
KEPT_FILE = "erased"  # in DATA_DIR: a line for each tombstone, for databases that have not got it
LAST = "erased"  # the letter that says so


def erase(piece: Submission, *, by: Actor, tell: bool = True) -> None:
    """Forget ``piece`` and its writers. The same person can write again.

    Raises ``MoveRefused`` for a piece that is open, which has to be withdrawn first, and for one under legal hold. An
    address that was confirmed is told unless ``tell`` is false; that letter is forgotten too once it has left.
    """
    with transaction.atomic():
        held = _held(piece)
        if held.is_published and is_kept_from(held, by=by):
            raise MoveRefused("You may not do this with this piece. A senior editor may.")
        if not held.is_published:
            refuse_unless_may(held, "erase", by=by)
        if held.legal_hold_at:
            raise MoveRefused("We have to keep this piece for the time being. Write to us, and we tell you why.")
        if tell and held.received_at:
            _tell(held, by=by)
        _forget(held, whole=not held.is_published, by=by)
        have_space_freed()


def forget_again() -> int:
    """Forget anew what a restored backup has brought back; answers how many pieces that were.

    Knows what was erased by the tombstones in the database, and by those in ``DATA_DIR``, which are newer.
    """
    known = _kept() | {stone.digest: stone.whole for stone in Tombstone.objects.all()}
    found = 0
    for piece in Submission.objects.exclude(status=Status.ERASED).iterator() if known else ():
        whole = known.get(Tombstone.of(piece.reference))
        if whole or (whole is False and holding(Submission.objects.filter(pk=piece.pk), *REST).exists()):
            with transaction.atomic():
                _forget(_held(piece), whole=whole, by=Clock())
            found += 1
    return found


def have_space_freed() -> None:
    """Have the worker do so, once for all that is erased until then."""
    if not DBTaskResult.objects.filter(task_path=free_space.module_path).ready().exists():
        free_space.enqueue()


@retried(attempts=8)
def free_space() -> None:
    """Have the database keep nothing in pages it does not use any more. Runs outside transactions, for a while.

    Raises ``RuntimeError`` where somebody reads just now; the task is tried again.
    """
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("VACUUM")
            return
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if (cursor.fetchone() or [1])[0]:
            raise RuntimeError("Somebody reads the database just now. Its log is emptied at the next try.")


def overwrite() -> None:
    """Have SQLite write zeros over what this connection deletes from here on."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def _held(piece: Submission) -> Submission:
    """The row as it is now, nobody else's until the transaction ends."""
    overwrite()
    if not Submission.objects.filter(pk=piece.pk).update(moves=models.F("moves") + 1):
        raise MoveRefused("This piece is not here any more.")
    return Submission.objects.get(pk=piece.pk)


def _tell(piece: Submission, *, by: Actor) -> None:
    """The last letter belongs to no piece any more; ``commentary.retention`` deletes it when it has left."""
    for writer in piece.signing:
        if writer.confirmed_at and writer.email:
            letter = letters.write(piece, LAST, writer=writer, by=by)
            Letter.objects.filter(pk=letter.pk).update(submission=None, writer=None)


def _forget(piece: Submission, *, whole: bool, by: Actor) -> None:
    """All of it, or what is not agreed and published; and where else it stands."""
    reference, words = piece.reference, traces.words_of(piece)
    by = Guest(nobody(piece.pk)) if isinstance(by, Guest) else by
    if whole:
        for twin in Submission.objects.filter(duplicate_of=piece, reason="merged"):
            _forget(twin, whole=True, by=by)
        subjects = _delete(piece, by=by)
    else:
        forget(piece, *REST, by=by)
        subjects = [(Submission._meta.label_lower, piece.pk)]
    piece.reference = nobody(piece.pk) if whole else reference
    erase_subjects(subjects, Guest(reference), told_of=piece, by=by)
    traces.out_of_admin_log(subjects)
    traces.out_of_tasks(words)
    traces.out_of_sessions(words)
    digest = Tombstone.of(reference)
    Tombstone.objects.update_or_create(digest=digest, defaults={"whole": whole, "made_at": timezone.now()})
    transaction.on_commit(lambda: _keep(digest, whole=whole))
    transaction.on_commit(lambda: traces.out_of_kept_mail(words))


def _delete(piece: Submission, *, by: Actor) -> list[tuple[str, int]]:
    """Rows, story, author and pictures; answers with label and number of all that had a line in a log."""
    writers = list(piece.writers.select_related("portrait", "author"))
    article = piece.article
    now = timezone.now()
    Submission.objects.filter(pk=piece.pk).update(status=Status.ERASED, status_at=now, closed_at=piece.closed_at or now)
    piece.refresh_from_db()
    subjects = [(row._meta.label_lower, row.pk) for row in [piece, *writers]]
    if article:
        subjects.append((article._meta.label_lower, article.pk))
        _delete_story(piece, article)
    for model in PATHS:
        if model is not Submission:
            rows_of(model, piece.pk).delete()
    authors = [writer.author for writer in writers if writer.author and _is_nobodys(writer.author)]
    portraits = [writer.portrait for writer in writers] + [author.portrait for author in authors]
    images = list({image.pk: image for image in portraits if image}.values())
    names = [name for image in images for name in _files(image)]
    for author in authors:
        subjects.append((author._meta.label_lower, author.pk))
        author.delete()
    subjects += [(image._meta.label_lower, image.pk) for image in delete_unused(images, by=Clock())]
    transaction.on_commit(lambda: traces.out_of_storages(names))
    if piece.received_at:
        piece.recused.clear()
        forget(piece, *[rule for rule in Rule if rule.is_personal], by=Clock())
    else:
        rows_of(Submission, piece.pk).delete()
    return subjects


def _delete_story(piece: Submission, article: Article) -> None:
    """What the piece had become, which no reader has seen."""
    making.let_go(piece, by=Clock())
    article.refresh_from_db()
    spiking.forget(article, by=Clock())


def _files(image: Image) -> list[str]:
    return [image.original, str(image.file.name), *map(str, image.renditions.values_list("file", flat=True))]


def _is_nobodys(author: Author) -> bool:
    """A guest who stands over no story and has sent no other piece."""
    is_used = author.bylines.exists() or author.guest_pieces.exists()
    return author.is_guest and author.user_id is None and not is_used


def _keep(digest: str, *, whole: bool) -> None:
    """Add a tombstone to the file beside the database, so that it outlives it."""
    path = Path(settings.DATA_DIR) / KEPT_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a") as file:
        file.write(f"{digest} {'whole' if whole else 'rest'}\n")
        file.flush()
        os.fsync(file.fileno())


def _kept() -> dict[str, bool]:
    path = Path(settings.DATA_DIR) / KEPT_FILE
    lines = path.read_text().splitlines() if path.is_file() else []
    return {words[0]: words[1] == "whole" for line in lines if len(words := line.split()) == 2}
