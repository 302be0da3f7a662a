from commentary.models.approvals import Approval, Snapshot
from commentary.models.buckets import Bucket
from commentary.models.drafting import StaleDraft, Unfinished
from commentary.models.guidelines import Guidelines, SignOff
from commentary.models.likenesses import Likeness, Sketch
from commentary.models.links import Link, Purpose
from commentary.models.office import Office
from commentary.models.portraits import Portrait
from commentary.models.submission import Submission
from commentary.models.thread import Event, Letter, LetterTemplate, Message
from commentary.models.tombstones import Tombstone
from commentary.models.versions import Version
from commentary.models.writers import Writer

__all__ = [
    "Approval",
    "Bucket",
    "Event",
    "Guidelines",
    "Letter",
    "LetterTemplate",
    "Likeness",
    "Link",
    "Message",
    "Office",
    "Portrait",
    "Purpose",
    "SignOff",
    "Sketch",
    "Snapshot",
    "StaleDraft",
    "Submission",
    "Tombstone",
    "Unfinished",
    "Version",
    "Writer",
]
