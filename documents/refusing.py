class DocumentRefused(Exception):  # noqa: N818 -- named for what happened; its text is shown as it stands
    """A document is not taken in, or not changed; the text says why and what to do, for the person who sent it."""


class DocumentInUse(DocumentRefused):
    """It is not deleted, because something refers to it."""
