"""The texts of a piece as its writer sent them. Edits are revisions of the article it becomes."""

from django.db import models

from commentary import words

LONGEST_HEADLINE = 250
LONGEST_TEXT = 400_000  # characters; far beyond the hard stop, so that no paste is ever cut


class Version(models.Model):
    """One text. That of a draft is overwritten by autosave, counted by ``saves``; sending seals it."""

    submission = models.ForeignKey("commentary.Submission", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    headline = models.CharField(max_length=LONGEST_HEADLINE, blank=True)
    text = models.TextField(blank=True, max_length=LONGEST_TEXT)
    words = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, db_index=True)
    saves = models.PositiveIntegerField(default=1)
    note = models.TextField(blank=True, help_text="What the writer says of this version.")
    made_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)
    compared_at = models.DateTimeField(null=True, help_text="When it was compared with all other texts.")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="version_number_once")]
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(compared_at=None, sealed_at__isnull=False), name="version_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.headline or 'Untitled'} ({self.number})"

    def measure(self) -> None:
        """Set what follows from the text."""
        self.words = words.count(self.text)
        self.digest = words.digest(self.headline, self.text)
