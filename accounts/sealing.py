"""Seals what was done: a chain of hashes over the log, in the order in which its rows were found.

A verb writes its row unchained, so that no verb waits for another. Afterwards committed rows are given a
``position`` and a ``seal`` that covers the seal before it. A row that commits late, with a lower number than
some already sealed, takes the next position. ``accounts.audit`` reads the chain again.
"""

import hashlib
import hmac
import json
import secrets
from datetime import UTC

from django.db import models, transaction

from accounts.models import Activity, ActivityHead

BATCH = 200  # rows in one transaction: on SQLite it holds up every other writer
BATCHES = 10  # in one go, some two seconds of work: other beats are due


def seal_waiting() -> None:
    """Seal the rows that wait, at most ``BATCH * BATCHES`` of them. May be cut short anywhere and called anywhere."""
    for _ in range(BATCHES):
        if _seal_batch() < BATCH:
            break


def digest_of(row: Activity) -> str:
    """The part of a row that may be erased, told by nobody who lacks the salt."""
    text = _canonical([row.actor_name, row.subject_name, row.note])
    return hmac.new(row.salt.encode(), text, hashlib.sha256).hexdigest()


def seal_of(row: Activity, *, previous: str) -> str:
    """What ``row`` is sealed with at its position, after a row sealed with ``previous``."""
    moment = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    who_and_what = [row.verb, row.actor_kind, row.actor_id, row.subject_kind, row.subject_id, row.details]
    return hashlib.sha256(
        _canonical(["activity 1", row.position, previous, row.pk, moment, *who_and_what, row.digest])
    ).hexdigest()


@transaction.atomic
def _seal_batch() -> int:
    """The head's lock lets one heartbeat at a time come here; the unique position stands behind it."""
    if not Activity.objects.waiting().exists():
        return 0
    head = ActivityHead.locked()
    rows = list(Activity.objects.waiting().order_by("pk")[:BATCH])
    position, seal = head.position, head.seal
    for row in rows:
        row.position = position = position + 1
        row.salt = secrets.token_hex(16)
        row.digest = digest_of(row)
        row.seal = seal = seal_of(row, previous=seal)
    # The one way past ActivityQuerySet, which refuses to change a row.
    changing: models.QuerySet[Activity] = models.QuerySet(Activity)
    changing.bulk_update(rows, ["position", "salt", "digest", "seal"], batch_size=100)
    ActivityHead.objects.filter(pk=head.pk).update(position=position, seal=seal)
    return len(rows)


def _canonical(parts: list[object]) -> bytes:
    return json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()
