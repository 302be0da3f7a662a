"""The exact words a writer was shown, and whether they approved them."""

from django.db import models

from accounts.models import User
from articles.models import Revision
from commentary.models.guidelines import SignOff
from commentary.models.writers import Writer


class Snapshot(models.Model):
    """What readers will see of a piece, as it was sent for approval: one round. Rows are never changed.

    ``digest`` is the SHA-256 of the canonical text (``commentary.canon``): publication is bound to it.
    """

    submission = models.ForeignKey("commentary.Submission", on_delete=models.CASCADE, related_name="snapshots")
    number = models.PositiveIntegerField()
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    headline = models.CharField(max_length=250)
    deck = models.CharField(max_length=400, blank=True)
    summary = models.TextField(blank=True)
    lead_caption = models.TextField(blank=True)
    body = models.TextField()
    byline = models.CharField(max_length=300)
    biography = models.TextField(blank=True)
    disclosure = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    mode = models.CharField(max_length=8, choices=SignOff)
    note = models.TextField(blank=True, help_text="What the editor says of the edit.")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    due_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="snapshot_number_once")]

    def __str__(self) -> str:
        return f"Round {self.number} of {self.submission}"


class Approval(models.Model):
    """A writer's yes to one snapshot, with the name they typed. ``digest`` is what they were shown."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="approvals")
    writer = models.ForeignKey(Writer, on_delete=models.CASCADE, related_name="approvals")
    digest = models.CharField(max_length=64)
    typed_name = models.CharField(max_length=120)
    silent = models.BooleanField(default=False, help_text="By not objecting, where the guidelines promised that.")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["snapshot", "writer"], name="approval_once_a_writer")]

    def __str__(self) -> str:
        return f"{self.typed_name} on {self.at:%Y-%m-%d}"
