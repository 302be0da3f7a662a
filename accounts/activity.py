"""Writes the log of who did what, in the transaction of the verb that did it."""

from datetime import datetime
from typing import Any

from django.db import connection, models
from django.utils import timezone

from accounts.actors import Actor, person
from accounts.models import Activity


def record(
    verb: str, subject: models.Model, *, by: Actor, at: datetime | None = None, note: str = "", **details: Any
) -> Activity:
    """One row: ``by`` did ``verb`` to ``subject``.

    ``at`` is the moment the verb counts from, an aware time; without one it counts from now. ``note`` is what
    a person wrote and may have to be erased one day; ``details`` are plain JSON values that name nobody.
    Refuses to run outside a transaction, where the row could outlive a verb that failed.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Activity is recorded inside the transaction of the verb it tells of.")
    return Activity.objects.create(
        at=at or timezone.now(),
        verb=verb,
        actor_kind=type(by).__name__.lower(),
        actor_name=str(by)[:200],
        actor=person(by),
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_name=str(subject)[:200],
        note=note,
        details=details,
    )
