"""Empty places to restore into, and what a place holds, for comparing."""

import gzip
import hashlib
import io
import json
import tarfile
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.core.files.storage import storages
from django.db import connection, models

from files.naming import STORAGES
from newsroom.backup.files import present
from newsroom.backup.tables import kept_models
from newsroom.storing import IN_A_BUCKET


@contextmanager
def another_place(settings, folder):
    """Inside, database and files are others, and empty: a new file of SQLite, or a new database of PostgreSQL."""
    before = connection.settings_dict["NAME"], settings.STORAGES, settings.DATA_DIR
    name = str(folder / "newsroom.sqlite3") if connection.vendor == "sqlite" else f"place_{uuid4().hex}"
    folder.mkdir()
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    _move(settings, name, located(settings.STORAGES, folder), folder)
    try:
        yield folder
    finally:
        _move(settings, *before)
        if connection.vendor != "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"DROP DATABASE {name}")


def located(all_storages, folder):
    own = {}
    for alias, where in [("default", "media"), ("originals", "originals"), ("documents", "documents")]:
        kept = all_storages[alias]
        place = f"{folder.name}/{where}" if kept["BACKEND"] == IN_A_BUCKET else folder / where
        own[alias] = kept | {"OPTIONS": kept.get("OPTIONS", {}) | {"location": place}}
    return all_storages | own


def _move(settings, name, all_storages, data_dir):
    connection.close()
    connection.settings_dict["NAME"] = name
    settings.STORAGES = all_storages
    settings.DATA_DIR = data_dir


def rows():
    """Every row of every table that is kept, by table, with the columns' own values."""
    found = {}
    for model in kept_models():
        every = models.QuerySet(model).order_by("pk").values()
        found[model._meta.db_table] = [{name: _comparable(value) for name, value in row.items()} for row in every]
    return found


def _comparable(value):
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else value


def files():
    """Every file with its hash."""
    found = {}
    for alias in STORAGES:
        for name in present(alias):
            with storages[alias].open(name) as file:
                found[alias, name] = hashlib.sha256(file.read()).hexdigest()
    return found


def is_empty():
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor) and not files()


def members(path):
    with tarfile.open(path, "r:") as tar:
        return {info.name: tar.extractfile(info).read() for info in tar}


def rewrite(path, change):
    """Write a backup anew after ``change`` worked on its unpacked tables and its manifest; all hashes fit again."""
    content = members(path)
    manifest = json.loads(content.pop("manifest.json"))
    tables = {
        name: [json.loads(line) for line in gzip.decompress(content.pop(f"database/{name}.jsonl.gz")).splitlines()]
        for name in manifest["tables"]
    }
    change(tables, manifest)
    for name, lines in tables.items():
        text = "".join(json.dumps(line) + "\n" for line in lines).encode()
        content[f"database/{name}.jsonl.gz"] = gzip.compress(text)
        manifest["tables"][name] |= {"rows": len(lines), "unpacked": len(text)}
    hashes = {name: {"size": len(held), "sha256": hashlib.sha256(held).hexdigest()} for name, held in content.items()}
    manifest["members"] = hashes
    write_tar(path, [*content.items(), ("manifest.json", json.dumps(manifest).encode())])


def write_tar(path, entries):
    """Each entry a name with its bytes, or a TarInfo as it is."""
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as tar:
        for entry in entries:
            if isinstance(entry, tarfile.TarInfo):
                tar.addfile(entry)
                continue
            name, held = entry
            info = tarfile.TarInfo(name)
            info.size = len(held)
            tar.addfile(info, io.BytesIO(held))


def listed(folder: Path):
    return sorted(entry.name for entry in folder.iterdir())
