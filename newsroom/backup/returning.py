"""Puts a backup back into an empty place: everything of it, or nothing."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import Error, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor

from commentary import erasure
from files.naming import STORAGES
from newsroom.backup.archive import CHUNK, Archive, BackupRefused, Manifest
from newsroom.backup.files import is_local, present
from newsroom.backup.tables import continue_numbers, load_rows

type Say = Callable[[str], object]


def put_back(path: Path, *, check_only: bool, say: Say) -> Manifest:
    """Fill an empty database and empty storages from the backup at ``path``.

    Nothing is touched before the whole file was read and every checksum compared. Files come first: until the
    database is there, in one step, nothing names them. Raises ``BackupRefused``; what was written is gone then.
    """
    if not check_only:
        _clear_after_a_kill(say)
    _refuse_occupied()
    try:
        with path.open("rb") as raw:
            archive = Archive(raw)
            _refuse_newer(archive.manifest)
            _refuse_full(archive.manifest)
            if not check_only:
                _fill(archive)
    except OSError as error:
        raise BackupRefused(f"Nothing was put back: {error.strerror or error} ({error.filename or path}).") from error
    except Error as error:
        raise BackupRefused(f"Nothing was put back. The database refused a row: {error}") from error
    return archive.manifest


def _fill(archive: Archive) -> None:
    mark = _mark()
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    done = False
    try:
        for name in archive.manifest.files:
            _put_file(archive, name)
        with _new_database():
            _load(archive)
            forgotten = erasure.forget_again()
            mark.unlink()  # from here on the files may be a newsroom's: nothing removes them without being asked
        done = True
        if forgotten:
            erasure.free_space.call()
    finally:
        if not done:
            _remove_files()
        mark.unlink(missing_ok=True)


def _mark() -> Path:
    """Is there while a restore runs: what lies in the storages then is of a restore that was killed."""
    return Path(settings.DATA_DIR) / "restoring"


def _clear_after_a_kill(say: Say) -> None:
    if not _mark().exists() or _tables():
        return
    say("An earlier restore was cut short. What it left is removed.")
    _remove_files()
    _mark().unlink(missing_ok=True)


def _remove_files() -> None:
    for alias in STORAGES:
        for name in list(present(alias)):
            storages[alias].delete(name)


def _tables() -> list[str]:
    try:
        with connection.cursor() as cursor:
            return connection.introspection.table_names(cursor)
    except Error as error:
        raise BackupRefused(f"The database does not answer: {error}") from error


def _refuse_occupied() -> None:
    """A restore never mixes with what is there."""
    if _tables():
        raise BackupRefused(
            "There is a newsroom in this database already. A backup goes into an empty place only: name another "
            "database in DATABASE_URL, or another folder in DATA_DIR."
        )
    for alias in STORAGES:
        if (found := next(present(alias), None)) and not _mark().exists():
            raise BackupRefused(
                f"There are files here already, “{found}” for one. A backup goes into an empty place only: name "
                "another folder in DATA_DIR."
            )


def _refuse_newer(manifest: Manifest) -> None:
    known = {f"{app}.{name}" for app, name in MigrationExecutor(connection).loader.disk_migrations}
    unknown = [f"{app}.{name}" for app, name in manifest.migrations if f"{app}.{name}" not in known]
    if unknown:
        raise BackupRefused(
            f"This backup is of version {manifest.product} and newer than this newsroom, which does not know "
            f"{unknown[0]}. Install that version first."
        )


def _refuse_full(manifest: Manifest) -> None:
    needed = sum(manifest.members[name].size for name in manifest.files) if is_local(storages["default"]) else 0
    if connection.vendor == "sqlite":
        needed += 2 * sum(table.unpacked for table in manifest.tables.values())
    place = next(folder for folder in [settings.DATA_DIR, *settings.DATA_DIR.parents] if folder.exists())
    free = shutil.disk_usage(place).free
    if needed > free:
        raise BackupRefused(
            f"There is no room in “{place}”: {needed // 1_000_000} MB are needed, {free // 1_000_000} MB are free."
        )


def _put_file(archive: Archive, member: str) -> None:
    _, alias, name = member.split("/", 2)
    if alias not in STORAGES:
        raise BackupRefused(f"“{member}” in this backup belongs nowhere.")
    reading = archive.read(member)
    kept = storages[alias].save(name, _Passing(reading, name))  # type: ignore[arg-type] # it is read, nothing else
    if kept != name:
        raise BackupRefused(f"“{member}” could not be put back under its name.")
    reading.end()


class _Passing(File[bytes]):
    """A file that goes through once, from the archive to a storage."""

    closed = False

    def seekable(self) -> bool:
        return False

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        while self.file is not None and (chunk := self.file.read(chunk_size or CHUNK)):
            yield chunk


@contextmanager
def _new_database() -> Iterator[None]:
    """A database that is there when the block ends well: one transaction, or one file that is renamed."""
    if connection.vendor != "sqlite":
        with transaction.atomic():
            yield
        return
    final = Path(connection.settings_dict["NAME"])
    draft = final.with_name(f"{final.name}.restoring")
    _unlink(draft)
    connection.close()
    connection.settings_dict["NAME"] = str(draft)
    try:
        yield
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        draft.chmod(0o600)
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        _unlink(final)
        draft.rename(final)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(final)
        _unlink(draft)


def _unlink(database: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + ending).unlink(missing_ok=True)


def _load(archive: Archive) -> None:
    """Make the tables as they were when the backup was taken, fill them, then bring them up to date."""
    executor = MigrationExecutor(connection, progress_callback=_settle)
    applied = {(app, name) for app, name in archive.manifest.migrations}
    state = executor.migrate(_last_of_each(executor, applied))
    tables = {model._meta.db_table: model for model in state.apps.get_models(include_auto_created=True)}
    with transaction.atomic():
        _empty(tables)
        for name, told in archive.manifest.tables.items():
            if name not in tables:
                raise BackupRefused(f"This backup has a table “{name}”, which no newsroom has.")
            load_rows(connection, tables[name], told.columns, archive.lines(name))
        connection.check_constraints()
        for name, told in archive.manifest.tables.items():
            continue_numbers(connection, tables[name], told.last_number)
    _settle("loaded")
    executor.loader.build_graph()
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def _last_of_each(executor: MigrationExecutor, applied: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """The migrations of a backup that no other migration of it, of the same app, comes after."""
    graph = executor.loader.graph
    return sorted(
        key
        for key in applied
        if key in graph.nodes
        and not any(child.key[0] == key[0] and child.key in applied for child in graph.node_map[key].children)
    )


def _settle(action: str, *_: Any) -> None:
    """Check what PostgreSQL would check at the end of the transaction: no table with checks to come can be altered."""
    if connection.vendor != "sqlite" and connection.in_atomic_block and "start" not in action:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _empty(tables: dict[str, type[models.Model]]) -> None:
    """What migrations put into an empty newsroom gives way to what the backup holds."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 -- a name of our own
