"""A look at a text for people without an account: bound to a story, expiring, revocable, counted."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from articles.models.revision import Revision


class PreviewLink(models.Model):
    """Whoever has the address sees ``revision``, or the newest text where it is empty, until the link ends."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="preview_links")
    revision = models.ForeignKey(Revision, null=True, blank=True, on_delete=models.RESTRICT, related_name="+")
    token = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=120, blank=True, help_text="For whom it was made.")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    openings = models.PositiveIntegerField(default=0)
    last_opened_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(token=""), name="preview_link_has_a_token"),
        ]

    def __str__(self) -> str:
        return f"Preview of {self.article}"
