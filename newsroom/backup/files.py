"""Where the files lie that the rows of a backup name."""

from collections.abc import Iterator

from django.core.files.storage import FileSystemStorage, Storage, storages


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
