"""What kinds of piece a newsroom publishes, and what readers are told each one is."""

from django.db.models import TextChoices


class Kind(TextChoices):
    NEWS = "news", "News"
    ANALYSIS = "analysis", "Analysis"
    EXPLAINER = "explainer", "Explainer"
    COMMENTARY = "commentary", "Guest commentary"
    REACTION = "reaction", "Reader reaction"


# Written by people outside the newsroom: labelled in words everywhere, opinion to machines.
GUEST_KINDS = frozenset({Kind.COMMENTARY, Kind.REACTION})


class Change(TextChoices):
    """What a new text of a live story is to its readers, and so what it does to the dates."""

    TYPO = "typo", "A typo: the dates stay as they are"
    UPDATE = "update", "An update: readers see “updated” with today's date"
    CLARIFICATION = "clarification", "A clarification: a dated note tells readers what was unclear"
    CORRECTION = "correction", "A correction: a dated note tells readers what was wrong"


# The changes that open a ``Correction``, which readers see beside the story for ever.
CORRECTING = frozenset({Change.CLARIFICATION, Change.CORRECTION})
