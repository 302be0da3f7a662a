from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

# Heartbeats on several machines may disagree about the time by this much.
CLOCKS_DIFFER_BY = timedelta(minutes=5)


class Beat(models.Model):
    """When a registered beat ran and is due again: the row through which heartbeat processes share the work."""

    name = models.CharField(max_length=100, unique=True)
    next_due = models.DateTimeField()
    last_started = models.DateTimeField(null=True)
    last_finished = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True, default="")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def claim(cls, name: str, *, every: timedelta) -> Self | None:
        """The beat, if it is due and this call is the one that may run it; the next is due in ``every``.

        One conditional UPDATE decides, so of any number of processes exactly one gets the beat. A beat due
        absurdly late (its period was shortened, or a clock was set back) counts as due.
        """
        now = timezone.now()
        due = Q(next_due__lte=now) | Q(next_due__gt=now + every + CLOCKS_DIFFER_BY)
        if not cls.objects.filter(due, name=name).exists():
            if cls.objects.filter(name=name).exists():
                return None
            cls.objects.bulk_create([cls(name=name, next_due=now)], ignore_conflicts=True)
        claimed = cls.objects.filter(due, name=name).update(next_due=now + every, last_started=now)
        return cls.objects.get(name=name) if claimed else None

    def finish(self, *, error: str = "") -> None:
        """Keep that the beat is over, and how it failed if it did."""
        type(self).objects.filter(pk=self.pk).update(last_finished=timezone.now(), last_error=error)


class WorkerQuerySet(models.QuerySet["Worker"]):
    def silent_since(self, moment: datetime) -> Self:
        return self.filter(seen_at__lt=moment)

    def suspected_since(self, moment: datetime) -> Self:
        return self.filter(suspected_at__lte=moment)


class Worker(models.Model):
    """A worker process that gave a sign of life lately. A row that stays silent is a worker that died or ended."""

    name = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()
    suspected_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Worker"]] = WorkerQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def sign_of_life(cls, name: str) -> None:
        """The worker of this name lives; a suspicion against it is dropped."""
        seen = {"seen_at": timezone.now(), "suspected_at": None}
        if not cls.objects.filter(name=name).update(**seen):
            cls.objects.create(name=name, **seen)

    def strike_off(self) -> bool:
        """Forget a suspected worker, unless it has just been seen: then nothing happens and the answer is no."""
        struck, _ = type(self).objects.filter(pk=self.pk, suspected_at=self.suspected_at).delete()
        return bool(struck)


class GivenUp(models.Model):
    """A failed task that will not be tried again, kept so that it is reported exactly once."""

    result = models.OneToOneField(DBTaskResult, on_delete=models.CASCADE, related_name="given_up")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "given up"

    def __str__(self) -> str:
        return f"{self.result.task_path} {self.result_id}"
