"""Rows on their way out of a database and into another: lines of JSON that belong to neither.

A row is read and written column by column through Django's fields, past the models and their verbs: what is put
back is what was there, not what a verb would make of it today.
"""

import base64
import gzip
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import batched
from typing import Any, BinaryIO
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.duration import duration_string

from newsroom.backup.archive import BackupRefused, Table

# Rows about this moment on this machine. After a restore everybody signs in again, and the heartbeat finds by itself
# what is due: a task from the past would be done twice, and a letter from the past be sent again.
LEFT_OUT = frozenset(
    {
        "sessions.session",
        "usersessions.usersession",
        "django_tasks_database.dbtaskresult",
        "heartbeat.givenup",
        "heartbeat.beat",
        "heartbeat.worker",
        "files.leftover",
        "newsroom.firstkey",
        "desk.presence",
        "desk.pen",
        "accounts.tally",
        "commentary.bucket",
    }
)
CHUNK = 2000


def kept_models() -> list[type[models.Model]]:
    """Every model whose rows are in a backup, those between two models included."""
    listed = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    kept = [model for model in listed if not model._meta.proxy and model._meta.label_lower not in LEFT_OUT]
    return sorted(kept, key=lambda model: model._meta.db_table)


@contextmanager
def snapshot(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Everything read inside is of one moment, and nobody who writes is held up.

    SQLite reads the state its WAL had at the first read; Django's own transactions would take the write lock.
    """
    connection.ensure_connection()
    if connection.vendor != "sqlite":
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def columns_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if field.column and not field.generated]


def write_rows(model: type[models.Model], into: BinaryIO, watched: dict[str, list[str]]) -> Table:
    """Write a table as packed lines; the values of the fields in ``watched`` are noted there as they pass."""
    fields = columns_of(model)
    noted = [(watched[column.name], place) for place, column in enumerate(fields) if column.name in watched]
    rows: models.QuerySet[models.Model] = models.QuerySet(model)
    count = size = 0
    with gzip.GzipFile(fileobj=into, mode="wb", compresslevel=4, mtime=0) as packed:
        attributes = [column.attname for column in fields]
        for row in rows.order_by("pk").values_list(*attributes).iterator(chunk_size=CHUNK):
            line = (json.dumps(row, default=_plain, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
            packed.write(line)
            count, size = count + 1, size + len(line)
            for names, place in noted:
                names.append(row[place])
    return Table([str(column.column) for column in fields], count, size)


def load_rows(
    connection: BaseDatabaseWrapper, model: type[models.Model], columns: list[str], rows: Iterable[list[Any]]
) -> None:
    """Insert rows as they were. Raises ``BackupRefused`` for columns or values the table cannot hold."""
    fields = {column.column: column for column in columns_of(model)}
    table = model._meta.db_table
    if set(columns) != set(fields) or len(columns) != len(fields):
        raise BackupRefused(f"The table “{table}” of this backup has other columns than it should have.")
    ordered = [fields[name] for name in columns]
    quote = connection.ops.quote_name
    into = f"INSERT INTO {quote(table)} ({', '.join(map(quote, columns))}) VALUES "  # noqa: S608 -- names of our own tables
    placeholders = f"({', '.join(['%s'] * len(columns))})"
    most = connection.features.max_query_params or CHUNK * len(columns)
    with connection.cursor() as cursor:
        for batch in batched(rows, max(1, min(500, most // len(columns))), strict=False):
            values = [
                _value(connection, field, cell) for row in batch for field, cell in zip(ordered, row, strict=True)
            ]
            cursor.execute(into + ", ".join([placeholders] * len(batch)), values)


def last_numbers(connection: BaseDatabaseWrapper) -> dict[str, int]:
    """By table, the highest number a row ever had: a number is never given twice, even if its row is gone."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            return dict(cursor.fetchall())
        numbers = {}
        for table in [model._meta.db_table for model in kept_models()]:
            for sequence in connection.introspection.get_sequences(cursor, table):
                name = connection.ops.quote_name(sequence["name"])
                cursor.execute(f"SELECT last_value FROM {name} WHERE is_called")  # noqa: S608 -- from the database's catalogue
                numbers[table] = (cursor.fetchone() or [0])[0]
        return numbers


def continue_numbers(connection: BaseDatabaseWrapper, model: type[models.Model], last: int | None) -> None:
    """Have the next row of a table numbered after every one there ever was."""
    table, key = model._meta.db_table, model._meta.pk
    if not isinstance(key, models.AutoField | models.BigAutoField | models.SmallAutoField):
        return
    rows: models.QuerySet[models.Model] = models.QuerySet(model)
    last = max(last or 0, rows.using(connection.alias).aggregate(last=models.Max("pk"))["last"] or 0)
    if not last:
        return
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            quoted = connection.ops.quote_name(table)
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [quoted, key.column, last])
            return
        cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last, table])
        if not cursor.rowcount:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])


def _plain(value: object) -> object:
    """What JSON does not know, as the text Django's fields read again."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta():
            return duration_string(value)
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
    raise TypeError(f"{type(value).__name__} has no form in a backup.")


def _value(connection: BaseDatabaseWrapper, field: models.Field[Any, Any], cell: Any) -> Any:
    if cell is None:
        is_json_null = isinstance(field, models.JSONField) and not field.null
        return connection.ops.adapt_json_value(None, None) if is_json_null else None
    try:
        return field.get_db_prep_save(field.to_python(cell), connection)
    except (ValidationError, ValueError, TypeError) as odd:
        raise BackupRefused(f"A value of “{field.name}” in this backup is none: {str(cell)[:60]}") from odd
