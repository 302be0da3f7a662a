"""Which files the rows of a backup name, and where they lie."""

from collections.abc import Iterator

from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import models

from images.models import Image
from newsroom.backup.tables import columns_of, kept_models

KEPT = ("default", "originals")  # the storages of settings.STORAGES whose files cannot be made again
NAMED_IN_TEXT: dict[tuple[type[models.Model], str], str] = {(Image, "original"): "originals"}


def naming_fields(model: type[models.Model]) -> dict[str, str]:
    """The fields of a model that name files, each with the storage they lie in."""
    found = {}
    for column in columns_of(model):
        if isinstance(column, models.FileField):
            found[column.name] = next(alias for alias in KEPT if column.storage == storages[alias])
        elif (model, column.name) in NAMED_IN_TEXT:
            found[column.name] = NAMED_IN_TEXT[model, column.name]
    return found


def is_still_named(alias: str, name: str) -> bool:
    """Whether a row names the file now, whatever the snapshot says."""
    for model in kept_models():
        rows: models.QuerySet[models.Model] = models.QuerySet(model)
        fields = [field for field, where in naming_fields(model).items() if where == alias]
        if any(rows.filter(**{field: name}).exists() for field in fields):
            return True
    return False


def present(alias: str) -> Iterator[str]:
    """The names of all files in a storage."""
    storage, folders = storages[alias], [""]
    while folders:
        folder = folders.pop()
        try:
            below, names = storage.listdir(folder)
        except FileNotFoundError:
            continue
        folders += [f"{folder}/{name}".lstrip("/") for name in below if name]
        yield from (f"{folder}/{name}".lstrip("/") for name in names if name)


def is_local(storage: Storage) -> bool:
    """Whether its files take room on this machine."""
    return isinstance(storage, FileSystemStorage)
