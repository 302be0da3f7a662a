"""Where else a writer may stand than in rows of their own: tasks, sessions, the admin's log, letters kept as files."""

import json
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from commentary.models import Submission
from files import sweeping
from files.models import Leftover

_SHORT = 4  # letters; a shorter name stands in half of all texts
_SIGNED_IN = "_auth_user_"  # how the keys of a session begin that are not to be lost


def words_of(piece: Submission) -> set[str]:
    """What somebody would search for to find the writers of ``piece``."""
    found = {piece.reference}
    for writer in piece.writers.all():
        found |= {word for word in (writer.email, writer.name, writer.phone) if len(word) > _SHORT}
    return found


def out_of_tasks(words: Iterable[str]) -> int:
    """Delete what was done, or failed, with these words in it."""
    rows = DBTaskResult.objects.annotate(
        told=Cast("args_kwargs", TextField()), answered=Cast("return_value", TextField())
    )
    wanted = Q()
    for word in words:
        for form in {word, json.dumps(word)[1:-1]}:
            wanted |= Q(told__icontains=form) | Q(answered__icontains=form) | Q(traceback__icontains=word)
    return rows.filter(wanted).delete()[0] if wanted else 0


def out_of_sessions(words: Iterable[str]) -> int:
    """Take these words out of what is kept between two pages; nobody is signed out by it."""
    changed = 0
    for session in Session.objects.iterator():
        data = session.get_decoded()
        kept = {
            key: value
            for key, value in data.items()
            if key.startswith(_SIGNED_IN) or not _holds(json.dumps(value, default=str, ensure_ascii=False), words)
        }
        if kept != data:
            encoded = SessionStore().encode(kept)
            changed += Session.objects.filter(pk=session.pk).update(session_data=encoded)
    return changed


def out_of_admin_log(subjects: Iterable[tuple[str, int]]) -> int:
    """Empty the lines about these rows (label and number) in the log of Django's admin."""
    changed = 0
    for label, number in subjects:
        app, model = label.split(".")
        rows = LogEntry.objects.filter(content_type__app_label=app, content_type__model=model, object_id=str(number))
        changed += rows.update(object_repr="Erased", change_message="")
    return changed


def out_of_kept_mail(words: Iterable[str]) -> int:
    """Delete letters that are kept as files, where no mail leaves (``make run``)."""
    folder = settings.MAILERS["default"].get("OPTIONS", {}).get("file_path")
    if not folder or not Path(folder).is_dir():
        return 0
    wanted = [word.encode() for word in words]
    holding = [
        file for file in Path(folder).iterdir() if file.is_file() and any(w in file.read_bytes() for w in wanted)
    ]
    for file in holding:
        file.unlink(missing_ok=True)
    return len(holding)


def out_of_storages(names: Iterable[str]) -> None:
    """Have files that no row names any more go now instead of in a day."""
    if Leftover.objects.filter(name__in=list(names)).update(due=timezone.now()):
        sweeping.sweep()


def _holds(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)
