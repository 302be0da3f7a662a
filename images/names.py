"""What picture files are called. No name can be guessed, or told from another name or from the one a file came with."""

import re

from files.keeping import new_name

PUBLIC, ORIGINALS = "default", "originals"  # their storages: no address leads to the second

ENDINGS = {"jpeg": "jpg", "webp": "webp", "avif": "avif"}
# Exactly the names given here: nothing else is looked for, so no path leads out of the pictures.
SHAPE = re.compile(rf"pictures/[0-9a-f]{{2}}/[0-9a-f]{{40}}\.(?:{'|'.join(ENDINGS.values())})")


def public_name(kind: str) -> str:
    """A new name for a file readers can load; ``kind`` as in `ENDINGS`."""
    return new_name("pictures", ENDINGS[kind])


def original_name() -> str:
    """A new name for a sender's own file."""
    return new_name()
