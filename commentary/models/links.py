"""The keys in letters: who holds one may do one thing to one piece, until it expires."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from commentary.models.writers import Writer


class Purpose(models.TextChoices):
    """Never interchangeable. ``FRESH`` ones are asked for on the status page and live half an hour."""

    RESUME = "resume", "Go on with the draft"
    CONFIRM = "confirm", "Confirm the address"
    STATUS = "status", "See where the piece is"
    APPROVE = "approve", "Read and approve the edited text"
    COWRITER = "cowriter", "Confirm or refuse to be a co-writer"
    WITHDRAW = "withdraw", "Withdraw after acceptance"
    ERASE = "erase", "Erase everything"
    ADDRESS = "address", "Change the address"


class Link(models.Model):
    """A key of 32 random bytes, of which only the SHA-256 is kept."""

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=8, choices=Purpose)
    submission = models.ForeignKey("commentary.Submission", on_delete=models.CASCADE, related_name="links")
    writer = models.ForeignKey(Writer, null=True, on_delete=models.CASCADE, related_name="links")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    fact = models.CharField(max_length=254, blank=True, help_text="The new address, for a change of address.")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="link_purpose_known")]

    def __str__(self) -> str:
        return f"{self.purpose} until {self.expires_at}"

    @property
    def is_good(self) -> bool:
        """It opens something. One that was used still does: people open the same letter twice."""
        return self.revoked_at is None and not self.is_expired

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()
