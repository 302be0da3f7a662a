"""Token buckets as rows, so that a limit holds over all processes and survives a restart."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from commentary.limits import Limit

_AT_ONCE = 1.0  # seconds by which the clocks of those may differ who ask in the same moment


class Bucket(models.Model):
    """When a bucket would be full again, in seconds since 1970: all there is to know of it (as in ITU-T I.371).

    ``key`` is a digest: whose address it counts cannot be read from it.
    """

    name = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    full_at = models.FloatField(default=0, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "key"], name="bucket_once")]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def take(limit: Limit, key: str) -> timedelta | None:
        """How long the next one has to wait, none where there is room; ``None`` if that is longer than it may.

        One conditional UPDATE decides: of any number at once, as many succeed as there is room for.
        """
        now, every = timezone.now().timestamp(), limit.every.total_seconds()
        digest = salted_hmac("commentary.Bucket", key, algorithm="sha256").hexdigest()
        Bucket.objects.bulk_create([Bucket(name=limit.name, key=digest)], ignore_conflicts=True)
        row = Bucket.objects.filter(name=limit.name, key=digest)
        latest = now + every * (limit.most - 1) + limit.longest.total_seconds() + _AT_ONCE
        filled: Any = Greatest(F("full_at"), now) + every
        if not row.filter(full_at__lte=latest).update(full_at=filled):
            return None
        wait = row.values_list("full_at", flat=True).get() - every * limit.most - now
        return timedelta(seconds=wait) if wait > _AT_ONCE else timedelta(0)

    @staticmethod
    def forget_full() -> int:
        """Delete those that have filled up: a new one is the same. Answers how many there were."""
        return Bucket.objects.filter(full_at__lt=timezone.now().timestamp()).delete()[0]
