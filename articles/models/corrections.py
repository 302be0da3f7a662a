"""What the newsroom told its readers it had got wrong: append-only, amended by a further one, never deleted."""

from datetime import datetime
from typing import Any, ClassVar, Never

from django.db import models
from django.db.models import Q

from accounts.models import User
from articles.models.revision import Revision


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def public(self) -> "CorrectionQuerySet":
        """What readers may see, newest first: beside stories they can read, and of stories that were retracted."""
        article: Any = self.model._meta.get_field("article").related_model
        shown = Q(article__in=article.objects.published()) | Q(article__in=article.objects.retracted())
        return self.filter(shown).order_by("-made_at", "-pk")

    def since(self, moment: datetime) -> "CorrectionQuerySet":
        """What readers have been told from ``moment`` on, newest first."""
        return self.filter(made_at__gte=moment).order_by("-made_at", "-pk")

    def update(self, **columns: Any) -> Never:
        raise TypeError("A correction stands as it was made. Amend it by a further one.")

    def delete(self) -> Never:
        raise TypeError("A correction is never deleted. Amend it by a further one.")


class Correction(models.Model):
    """One dated note to readers about what a story said before. Made only by ``Article``'s verbs."""

    class Kind(models.TextChoices):
        CLARIFICATION = "clarification", "Clarification"
        CORRECTION = "correction", "Correction"
        RETRACTION = "retraction", "Retraction"

    class Severity(models.TextChoices):
        MINOR = "minor", "Minor: the note stands at the foot of the story"
        MAJOR = "major", "Serious: the note stands above the story"

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=14, choices=Kind)
    severity = models.CharField(max_length=8, choices=Severity, default=Severity.MINOR)
    note = models.TextField(max_length=2_000, help_text="What readers are told, in plain text.")
    before = models.TextField(blank=True, help_text="The words that were wrong, where they are few enough to quote.")
    after = models.TextField(blank=True)
    revision = models.ForeignKey(Revision, null=True, on_delete=models.RESTRICT, related_name="corrections")
    amends = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="amendments")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_by_name = models.CharField(max_length=200)

    objects: ClassVar[CorrectionQuerySet] = CorrectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["-made_at", "-id"], name="correction_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["clarification", "correction", "retraction"]), name="correction_kind_known"
            ),
            models.CheckConstraint(condition=Q(severity__in=["minor", "major"]), name="correction_severity_known"),
            models.CheckConstraint(condition=~Q(note=""), name="correction_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.note[:80]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("A correction stands as it was made. Amend it by a further one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise TypeError("A correction is never deleted. Amend it by a further one.")
