"""Files that guests send instead of typing: read to plain paragraphs, by a process with little to lose.

Nothing here knows Django, so that the process that opens strangers' files does not either.
"""

from commentary.manuscripts.reading import Manuscript, read
from commentary.manuscripts.refusing import Unreadable

__all__ = ["Manuscript", "Unreadable", "read"]
