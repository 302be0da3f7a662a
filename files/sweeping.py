"""Files that no row names go when they are due."""

import logging
from datetime import timedelta

from django.core.files.storage import storages
from django.utils import timezone

from files.models import Leftover
from files.naming import is_named

AT_ONCE = 500
TRIED_AGAIN = timedelta(hours=1)

logger = logging.getLogger(__name__)


def sweep() -> None:
    """Delete the files that are due, oldest first; one that a row names is never touched.

    First the row is condemned, so that nobody can claim the file any more; then the file goes, then the row. Cut
    short anywhere, the next sweep goes on; any number of them may run at once.
    """
    for leftover in Leftover.objects.due_by(timezone.now())[:AT_ONCE]:
        if is_named(leftover.storage, leftover.name):
            logger.error("%s is named by a row and was to be deleted. It stays.", leftover)
            leftover.delete()
        elif leftover.condemn():
            _remove(leftover)


def _remove(leftover: Leftover) -> None:
    try:
        storages[leftover.storage].delete(leftover.name)
    except Exception as error:  # noqa: BLE001 -- a storage raises what its library raises; the others must go on
        logger.warning("%s cannot be deleted now, next try in %s: %s", leftover, TRIED_AGAIN, error)
        leftover.put_off(TRIED_AGAIN)
    else:
        leftover.delete()
