"""Which rows name which files: every `FileField`, and the text columns that apps register."""

from django.apps import apps
from django.core.files.storage import storages
from django.db import models

STORAGES = ("default", "originals", "documents")  # those of settings.STORAGES whose files cannot be made again

_registered: dict[tuple[str, str], str] = {}


def register(model: str, column: str, storage: str) -> None:
    """The text in ``column`` of ``model`` ("app.Model") names a file in ``storage``. Called in ``AppConfig.ready``."""
    _registered[model.lower(), column] = storage


def naming_fields(model: type[models.Model]) -> dict[str, str]:
    """The columns of ``model`` that name files, each with the alias of the storage they lie in."""
    found = {}
    for column in model._meta.concrete_fields:
        registered = _registered.get((model._meta.label_lower, column.name))
        if isinstance(column, models.FileField):
            found[column.name] = next(alias for alias in STORAGES if column.storage == storages[alias])
        elif registered:
            found[column.name] = registered
    return found


def is_named(storage: str, name: str) -> bool:
    """Whether a row names the file now."""
    for model in apps.get_models():
        rows: models.QuerySet[models.Model] = models.QuerySet(model)
        columns = [column for column, where in naming_fields(model).items() if where == storage]
        if any(rows.filter(**{column: name}).exists() for column in columns):
            return True
    return False
