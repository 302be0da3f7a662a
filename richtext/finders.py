"""Static files: every app's, but of the editor only those the desk uses (``editor.FILES``)."""

from collections.abc import Collection, Iterable, Iterator
from fnmatch import fnmatchcase
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder

from richtext.editor import FILES

EDITOR = "ckeditor"


class AppsFinder(AppDirectoriesFinder):
    """Django's own finder without the editor's package, which ships samples, uploads and a preview page."""

    def __init__(self, app_names: Collection[str] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(app_names, *args, **kwargs)
        self.apps = [name for name in self.apps if name != EDITOR]
        self.storages.pop(EDITOR, None)


class EditorFinder(AppDirectoriesFinder):
    """The editor's files that the desk uses; the rest can neither be collected nor fetched."""

    def __init__(self, app_names: Collection[str] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__([EDITOR], *args, **kwargs)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        for path, storage in super().list(ignore_patterns):
            if _is_used(path):
                yield path, storage

    def find_in_app(self, app: str, path: str) -> str | None:
        return super().find_in_app(app, path) if _is_used(path) else None


def _is_used(path: str) -> bool:
    return any(fnmatchcase(path.replace("\\", "/"), pattern) for pattern in FILES)
