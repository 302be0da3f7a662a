"""A new text of a live story, waiting for its moment."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from articles.kinds import Change
from articles.models.corrections import Correction
from articles.models.revision import Revision


class PlannedUpdate(models.Model):
    """The exact revision that replaces the live one ``at`` a moment to come; later edits do not leak into it.

    Made by ``Article.plan``, folded in by the heartbeat through ``Article.fold``: never early.
    """

    article = models.OneToOneField("articles.Article", on_delete=models.CASCADE, related_name="planned")
    revision = models.ForeignKey(Revision, on_delete=models.RESTRICT, related_name="+")
    at = models.DateTimeField(db_index=True)
    change = models.CharField(max_length=14, choices=Change)
    severity = models.CharField(max_length=8, choices=Correction.Severity, blank=True)
    note = models.TextField(blank=True, max_length=2_000, help_text="What readers are told of a correction.")
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    without_summary = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(change__in=Change.values), name="planned_change_known"),
            models.CheckConstraint(
                condition=~Q(change__in=[Change.CLARIFICATION, Change.CORRECTION]) | ~Q(note=""),
                name="planned_correction_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision} at {self.at}"
