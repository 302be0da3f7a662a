"""Takes a backup while people write."""

import errno
import os
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from accounts.models import ActivityHead
from files.naming import is_named, naming_fields
from newsroom.backup.archive import BackupRefused, Manifest, Table, Writer, table_member
from newsroom.backup.tables import kept_models, last_numbers, snapshot, write_rows

TRIES = 5  # how often a picture may be deleted in the middle before we ask for a quieter moment


class _Vanished(Exception):  # noqa: N818 -- never leaves this module
    """A file of the snapshot was deleted, with its row, before it could be copied."""


def take(path: Path, *, allow_missing: bool, say: Callable[[str], object]) -> Manifest:
    """Keep the newsroom in a new file at ``path``: whole under that name, or not at all.

    Rows first, all of one moment; then the files they name, which were there before the rows, never change and are
    rarely deleted. If one is, with its row, everything is read again. Raises ``BackupRefused``.
    """
    migrations = _applied_migrations()
    with _new_file(path) as raw:
        for _ in range(TRIES):
            raw.seek(0)
            raw.truncate()
            try:
                return _write(raw, migrations, folder=path.parent, allow_missing=allow_missing)
            except _Vanished as gone:
                say(f"{gone} was deleted meanwhile. Everything is read once more.")
    raise BackupRefused(f"{TRIES} times a picture was deleted meanwhile. Take the backup at a quieter moment.")


def product_version() -> str:
    """The version of this product, as pyproject.toml tells it."""
    return str(tomllib.loads((settings.ROOT / "pyproject.toml").read_text())["project"]["version"])


def _applied_migrations() -> list[list[str]]:
    """What the database has; refuses one that is not at the version of this code."""
    executor = MigrationExecutor(connection)
    applied = set(executor.loader.applied_migrations)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()) or applied - set(executor.loader.disk_migrations):
        raise BackupRefused(
            "The database is not at the version of this code. Start the newsroom once, or run “manage.py migrate”, and "
            "take the backup then."
        )
    return sorted([app, name] for app, name in applied)


def _write(raw: BinaryIO, migrations: list[list[str]], *, folder: Path, allow_missing: bool) -> Manifest:
    writer = Writer(raw)
    manifest = Manifest(product_version(), timezone.now().isoformat(), connection.vendor, migrations, "")
    named: dict[str, list[str]] = {}
    with snapshot(connection):
        manifest.log_head = str(ActivityHead.current())
        for model in kept_models():
            fields = naming_fields(model)
            watched: dict[str, list[str]] = {field: [] for field in fields}
            with tempfile.TemporaryFile(dir=folder) as packed:
                table = write_rows(model, packed, watched)
                size = packed.tell()
                packed.seek(0)
                writer.add(table_member(model._meta.db_table), packed, size)
            manifest.tables[model._meta.db_table] = table
            for field, names in watched.items():
                named.setdefault(fields[field], []).extend(name for name in names if name)
        numbers = last_numbers(connection)
    for name, table in manifest.tables.items():
        manifest.tables[name] = _numbered(table, numbers.get(name))
    for alias, names in named.items():
        for name in dict.fromkeys(names):
            _add_file(writer, alias, name, manifest, allow_missing=allow_missing)
    writer.close(manifest)
    return manifest


def _numbered(table: Table, last: int | None) -> Table:
    return replace(table, last_number=last or None)


def _add_file(writer: Writer, alias: str, name: str, manifest: Manifest, *, allow_missing: bool) -> None:
    member = f"files/{alias}/{name}"
    try:
        file = storages[alias].open(name)
        size = file.size
    except FileNotFoundError:
        if not is_named(alias, name):
            raise _Vanished(f"“{name}”") from None
    except OSError as error:
        raise BackupRefused(f"“{member}” cannot be read: {error.strerror or error}. Nothing was kept.") from error
    else:
        with file:
            writer.add(member, file, size)  # type: ignore[arg-type] # a Django file reads like any other
        return
    if not allow_missing:
        raise BackupRefused(
            f"“{member}” is missing, and a picture needs it. Put it back from an older backup; or give "
            "“--allow-missing” to keep everything else."
        )
    manifest.missing.append(member)


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """A file for the owner's eyes alone that gets its name when the block ends well, and never exists otherwise.

    Where the file system can, it has no name at all before: then even a kill leaves nothing behind.
    """
    if os.path.lexists(path):
        raise BackupRefused(f"“{path}” is there already. Give a name that is not taken.")
    draft = None
    try:
        descriptor = _unnamed(path.parent)
        if descriptor is None:
            descriptor, draft = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".part", dir=path.parent)
        with os.fdopen(descriptor, "w+b") as raw:
            yield raw
            raw.flush()
            os.fsync(descriptor)
            _name(draft or f"/proc/self/fd/{descriptor}", path)
    except OSError as error:
        raise BackupRefused(_why(error, path)) from error
    finally:
        if draft:
            Path(draft).unlink(missing_ok=True)


def _unnamed(folder: Path) -> int | None:
    kind = getattr(os, "O_TMPFILE", None)
    try:
        return None if kind is None else os.open(folder, kind | os.O_RDWR, 0o600)
    except OSError as error:
        if error.errno in {errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL}:
            return None
        raise


def _name(source: str, path: Path) -> None:
    """Give a file its name, never one that is taken, and have the disk keep it."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.link(source, path, src_dir_fd=folder, follow_symlinks=True)  # follows only where a folder is given
        os.fsync(folder)
    finally:
        os.close(folder)


def _why(error: OSError, path: Path) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            free = shutil.disk_usage(path.parent).free // 1_000_000
            return f"There is no room for the backup in “{path.parent}” ({free} MB are free). Nothing was kept."
        case errno.EEXIST:
            return f"“{path}” is there already. Give a name that is not taken."
    return f"“{path}” cannot be written: {error.strerror or error}. Nothing was kept."
