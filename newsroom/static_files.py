"""The files every page needs, collected and compressed only when one of them has changed."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # has no types
    """Hashed names, in what modules import too, and gzip.

    Brotli costs minutes at the first start, and proxies make their own.
    """

    support_js_module_import_aggregation = True

    def create_compressor(self, **options: Any) -> Compressor:
        return Compressor(use_brotli=False, **options)


def collect_if_changed() -> bool:
    """Collect the static files unless those collected last time are still the same; says whether it did."""
    kept = Path(settings.STATIC_ROOT) / ".collected-from"
    now = _fingerprint()
    if kept.exists() and kept.read_text() == now:
        return False
    call_command("collectstatic", verbosity=0, interactive=False)
    kept.write_text(now)
    return True


def _fingerprint() -> str:
    """Tells one set of source files from another by path, size and time of change."""
    told = hashlib.sha256(settings.STATIC_URL.encode())
    for line in sorted(_described()):
        told.update(line.encode())
    return told.hexdigest()


def _described() -> Iterator[str]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            yield f"{path} {stat.st_size} {stat.st_mtime_ns}\n"
