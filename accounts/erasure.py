"""Takes a person's text out of the log without breaking its seals."""

from collections.abc import Iterable
from itertools import batched

from django.db import models, transaction
from django.db.models import Q

from accounts.activity import record
from accounts.actors import Actor, Guest
from accounts.models import Activity, ActivityHead, User

ERASED = "erased"  # the verb; and, as “Erased”, what stands where a name stood
CHUNK = 1000  # row numbers told in one row of the log


@transaction.atomic
def erase_person(user: User, *, by: Actor) -> int:
    """Take the name and the notes of a person out of every row they did and every row about their account.

    What was done, when and to what stays, under the number of the account. The log tells of the erasing itself and
    names the sealed rows, so that a row emptied without an erasure is noticed. Answers with how many rows held
    such text.
    """
    ActivityHead.locked()  # nothing is sealed meanwhile with the text that goes
    name = ERASED.capitalize()
    rows: models.QuerySet[Activity] = models.QuerySet(Activity)  # ActivityQuerySet refuses to change a row
    done = rows.filter(actor=user).exclude(actor_name=name, note="")
    about = rows.filter(subject_kind=User._meta.label_lower, subject_id=user.pk).exclude(subject_name=name, note="")
    both = rows.filter(Q(pk__in=done.values("pk")) | Q(pk__in=about.values("pk")))
    found = both.count()
    for numbers in batched(both.exclude(salt="").order_by("pk").values_list("pk", flat=True), CHUNK, strict=False):
        record(ERASED, user, by=by, rows=list(numbers))
    done.update(actor_name=name, note="", salt="")
    about.update(subject_name=name, note="", salt="")
    return found


@transaction.atomic
def erase_subjects(subjects: Iterable[tuple[str, int]], guest: Guest, *, told_of: models.Model, by: Actor) -> int:
    """Take the names and notes out of every row about ``subjects`` (label and number), and of what ``guest`` did.

    For what is a person's without being their account. Who of the newsroom did what stays. The log tells of the
    erasing under ``told_of``. Answers with how many rows held such text.
    """
    ActivityHead.locked()  # nothing is sealed meanwhile with the text that goes
    wanted = Q(actor_kind="guest", actor_name=str(guest))
    for label, number in subjects:
        wanted |= Q(subject_kind=label, subject_id=number)
    rows: models.QuerySet[Activity] = models.QuerySet(Activity)  # ActivityQuerySet refuses to change a row
    found = list(rows.filter(wanted).values_list("pk", "salt").order_by("pk"))
    for sealed in list(batched((pk for pk, salt in found if salt), CHUNK, strict=False)) or [()]:
        record(ERASED, told_of, by=by, rows=list(sealed))
    name = ERASED.capitalize()
    for numbers in batched((pk for pk, _ in found), CHUNK, strict=False):
        held = rows.filter(pk__in=numbers)
        held.filter(actor_kind="guest").update(actor_name=name)
        held.update(subject_name=name, note="", salt="")
    return len(found)


def erased_rows() -> set[int]:
    """The numbers of all rows that an erasure names."""
    told = Activity.objects.filter(verb=ERASED).values_list("details__rows", flat=True)
    return {number for numbers in told if isinstance(numbers, list) for number in numbers if isinstance(number, int)}
