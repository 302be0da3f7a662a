from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

STAYS = timedelta(days=1)  # after its row is gone: pages that others still keep go on showing it


class LeftoverQuerySet(models.QuerySet["Leftover"]):
    def leave(self, storage: str, names: Iterable[str], *, after: timedelta = STAYS) -> None:
        """No row will name these files any more, or none does yet: they go ``after`` this time.

        Called in the transaction that lets go of them. A name that was left already keeps its moment.
        """
        due = timezone.now() + after
        rows = [Leftover(storage=storage, name=name, due=due) for name in names if name]
        self.bulk_create(rows, ignore_conflicts=True)

    def claim(self, storage: str, names: Iterable[str]) -> bool:
        """Rows of this transaction name the files from now on; false if one of them is being swept."""
        wanted = set(names)
        return self.filter(storage=storage, name__in=wanted, condemned=False).delete()[0] == len(wanted)

    def due_by(self, moment: datetime) -> "LeftoverQuerySet":
        return self.filter(due__lte=moment).order_by("due", "pk")


class Leftover(models.Model):
    """A file in a storage that no row names: not yet, or no longer. It goes when it is due.

    The row is committed before the file is written and deleted in the transaction that names the file, so that
    whatever is killed leaves either a file with a row that names it or a file with a row here.
    """

    storage = models.CharField(max_length=20, help_text="Its alias in settings.STORAGES.")
    name = models.CharField(max_length=200)
    due = models.DateTimeField(db_index=True)
    condemned = models.BooleanField(default=False, help_text="Being deleted: nobody may claim it any more.")

    objects = LeftoverQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["storage", "name"], name="leftover_once")]

    def __str__(self) -> str:
        return f"{self.storage}/{self.name}"

    def condemn(self) -> bool:
        """Nobody can claim the file from now on; false where somebody just has."""
        return bool(Leftover.objects.filter(pk=self.pk).update(condemned=True))

    def put_off(self, wait: timedelta) -> None:
        Leftover.objects.filter(pk=self.pk).update(due=timezone.now() + wait)
