"""Reads the sealed log again and finds the first row that is not as it was sealed."""

import re
from dataclasses import dataclass

from accounts.erasure import erased_rows
from accounts.models import Activity, ActivityHead
from accounts.sealing import digest_of, seal_of

PAGE = 1000
UNREADABLE = (ValueError, TypeError, AttributeError)  # what Python makes of a column that holds something else


class LogBroken(Exception):  # noqa: N818 -- named for what happened; its text is shown as it stands
    """The log is not what was sealed; the text names the first row and says what is wrong with it."""


@dataclass(frozen=True)
class Head:
    """Where the chain ends: how many rows, and the seal of the last."""

    position: int = 0
    seal: str = ""

    def __str__(self) -> str:
        return f"{self.position}:{self.seal}"

    @classmethod
    def read(cls, text: str) -> "Head":
        """The head as it was printed; raises ``ValueError`` for anything else."""
        if not re.fullmatch(r"0:|[1-9][0-9]{0,17}:[0-9a-f]{64}", text):
            raise ValueError("A head is a number, a colon and 64 letters and digits, as this command prints it.")
        position, _, seal = text.partition(":")
        return cls(int(position), seal)


@dataclass(frozen=True)
class Verdict:
    """A log that is whole: its head, how many sealed rows were emptied by erasing, and how many rows wait."""

    head: Head
    erased: int
    waiting: int


def verify(*, expected: Head | None = None) -> Verdict:
    """Walk the whole chain, and past ``expected``, a head noted earlier and kept elsewhere.

    Raises ``LogBroken`` at the first broken row. Rows may be written, sealed and erased meanwhile. Somebody who
    can write to the database can seal a changed log afresh, or cut rows off its end and move the head back: only
    a head kept elsewhere tells.
    """
    walk = _Walk(expected or Head())
    while True:
        page = _page(walk.head.position)
        for row in page:
            walk.step(row)
        if not page:
            stored = ActivityHead.current()
            if stored.position <= walk.head.position or not _page(walk.head.position):
                break
    walk.arrive(Head(stored.position, stored.seal))
    return Verdict(walk.head, walk.erased, Activity.objects.waiting().count())


def _page(position: int) -> list[Activity]:
    """The next sealed rows after ``position``; fewer where one cannot be read, so that it comes first."""
    rows = Activity.objects.filter(position__gt=position).order_by("position")
    try:
        return list(rows[:PAGE])
    except UNREADABLE:
        readable = []
        for number in rows.values_list("pk", flat=True)[:PAGE]:
            try:
                readable.append(Activity.objects.get(pk=number))
            except UNREADABLE:
                if readable:
                    break
                raise LogBroken(f"Row {position + 1} of the log, number {number}, cannot be read any more.") from None
        return readable


class _Walk:
    """One walk along the chain: where it stands, and what it knows of erased rows."""

    def __init__(self, expected: Head) -> None:
        self.head = Head()
        self.erased = 0
        self._expected = expected
        self._erasures = erased_rows()

    def step(self, row: Activity) -> None:
        place = self.head.position + 1
        if row.position != place:
            raise LogBroken(f"Row {place} of the log is missing: the next one is row {row.position}, {_name(row)}.")
        if row.is_erased:
            self._allow_erased(row)
        elif row.digest != digest_of(row):
            raise LogBroken(f"Row {place} of the log, {_name(row)}, has been altered: a name in it, or its note.")
        if row.seal != _seal_of(row, previous=self.head.seal):
            raise LogBroken(
                f"Row {place} of the log, {_name(row)}, is not what was sealed there: it has been altered, put in, or "
                "moved from its place."
            )
        self.head = Head(place, row.seal)
        if place == self._expected.position and self.head != self._expected:
            raise LogBroken(
                f"Row {place} of the log, {_name(row)}, ends another chain than the head you gave: rows have been "
                "changed and sealed afresh."
            )

    def arrive(self, stored: Head) -> None:
        """The last row is the one the stored head names, and not before the head that was expected."""
        place = self.head.position
        if stored.position < place:
            raise LogBroken(f"Row {stored.position + 1} of the log has been put in: only those before it were sealed.")
        furthest = max(stored.position, self._expected.position)
        if furthest > place:
            raise LogBroken(f"Row {place + 1} of the log is missing, and all after it: {furthest} rows were sealed.")
        if stored != self.head:
            raise LogBroken(f"Row {place} of the log is not the one that was sealed last.")

    def _allow_erased(self, row: Activity) -> None:
        """An emptied row is whole only if an erasure names it."""
        self.erased += 1
        if row.pk not in self._erasures:
            self._erasures = erased_rows()  # one may have been committed meanwhile
        if row.pk not in self._erasures:
            raise LogBroken(f"Row {row.position} of the log, {_name(row)}, was emptied, and no erasure tells of it.")


def _seal_of(row: Activity, *, previous: str) -> str:
    try:
        return seal_of(row, previous=previous)
    except UNREADABLE:
        return ""


def _name(row: Activity) -> str:
    moment = f", {row.at:%Y-%m-%d %H:%M} UTC" if row.at else ""
    return f"number {row.pk} (“{row}”{moment})"
