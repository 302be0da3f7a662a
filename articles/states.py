"""Where a story can be and which moves exist: the one table that every verb obeys.

``Status`` is what readers may see, ``Stage`` is where the working text stands. Scheduled is no status: it is
published with a date to come.
"""

from datetime import timedelta

from django.db.models import TextChoices


class Status(TextChoices):
    UNPUBLISHED = "unpublished", "Not published"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"
    SPIKED = "spiked", "Spiked"


class Stage(TextChoices):
    WRITING = "writing", "Writing"
    REVIEW = "review", "In review"
    READY = "ready", "Ready"


KEPT_IN_BIN = timedelta(days=90)  # how long what is spiked can be brought back; then it is deleted


# verb: (from these, to this)
STATUS_MOVES: dict[str, tuple[frozenset[Status], Status]] = {
    "publish": (frozenset({Status.UNPUBLISHED, Status.PUBLISHED}), Status.PUBLISHED),
    "unschedule": (frozenset({Status.PUBLISHED}), Status.UNPUBLISHED),
    "withdraw": (frozenset({Status.PUBLISHED}), Status.WITHDRAWN),
    "retract": (frozenset({Status.PUBLISHED, Status.WITHDRAWN}), Status.WITHDRAWN),
    "reinstate": (frozenset({Status.WITHDRAWN}), Status.PUBLISHED),
    "spike": (frozenset({Status.UNPUBLISHED}), Status.SPIKED),
    "restore": (frozenset({Status.SPIKED}), Status.UNPUBLISHED),
}

STAGE_MOVES: dict[str, tuple[frozenset[Stage], Stage]] = {
    "submit": (frozenset({Stage.WRITING}), Stage.REVIEW),
    "send_back": (frozenset({Stage.REVIEW, Stage.READY}), Stage.WRITING),
    "mark_ready": (frozenset({Stage.WRITING, Stage.REVIEW}), Stage.READY),
}


# How the log tells of a move.
TOLD = {
    "publish": "published",
    "unschedule": "unscheduled",
    "withdraw": "withdrew",
    "retract": "retracted",
    "reinstate": "reinstated",
    "spike": "spiked",
    "restore": "restored",
    "submit": "submitted",
    "send_back": "sent back",
    "mark_ready": "marked ready",
}


# How the log tells of what may change pages that readers see: each of these is told to the apps above.
TELLING = frozenset(
    {
        *(TOLD[verb] for verb in ("publish", "unschedule", "withdraw", "retract", "reinstate")),
        *("appeared", "ended", "classified", "amended a correction", "set the end", "took the end away"),
    }
)


class MoveRefused(Exception):  # noqa: N818 -- named for what happened; its text is shown as it stands
    """A verb did nothing. ``str()`` of it says what was refused and what to do."""


class AlreadySo(MoveRefused):
    """The verb had nothing to do: a repeated click, or two people who wanted the same."""


class NotReady(MoveRefused):
    """A text may not be published yet; ``problems`` are sentences, all of them at once."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class NotConfirmed(NotReady):
    """Nothing blocks, but a person has to say that what the checklist asks about is fine: ``codes`` name it."""

    def __init__(self, problems: list[str], codes: list[str]) -> None:
        super().__init__(problems)
        self.codes = codes


class StoryIsKept(TypeError):  # noqa: N818 -- named as it reads where it is raised
    """Raised where code would delete stories past the bin."""

    def __init__(self) -> None:
        super().__init__("A story is never deleted. Spike it: it leaves the bin by itself when its time there is over.")
