"""Has a picture's renditions made, after the commit of whatever changed what they show."""

from functools import partial

from django.db import transaction
from django.utils.module_loading import import_string

# By name: what makes renditions knows the picture, and not the other way round.
TASK = "images.renditions.make_renditions"


def ask_for_renditions(image_id: int) -> None:
    # robust: a queue that cannot be reached must not undo a picture that is already committed
    transaction.on_commit(partial(_enqueue, image_id), robust=True)


def _enqueue(image_id: int) -> None:
    import_string(TASK).enqueue(image_id)
