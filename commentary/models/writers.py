"""Who writes a piece: one person, or two."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from authors.models import Author
from images.models import Image

LONGEST_ABOUT = 60  # words


class Writer(models.Model):
    """A writer as they gave themselves. ``position`` 1 sent the piece, 2 is the co-writer they named."""

    class Check(models.TextChoices):
        PHONE = "phone", "Spoke on the phone"
        KNOWN = "known", "Known to us"
        OFFICIAL = "official", "Official address or page"
        DOCUMENT = "document", "Saw a document"

    submission = models.ForeignKey("commentary.Submission", on_delete=models.CASCADE, related_name="writers")
    position = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    city = models.CharField(max_length=120, blank=True)
    about = models.TextField(blank=True, max_length=1_000, help_text="Who they are, as readers will see it.")
    portrait = models.ForeignKey(Image, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Author, null=True, blank=True, on_delete=models.PROTECT, related_name="guest_pieces")

    confirmed_at = models.DateTimeField(null=True, help_text="Opened the link in the letter and pressed the button.")
    agreed_at = models.DateTimeField(null=True, help_text="Confirmed the acceptance.")
    agreed_as = models.CharField(max_length=120, blank=True)
    refused_at = models.DateTimeField(null=True, help_text="A co-writer who says they had no part.")
    mail_failed_at = models.DateTimeField(null=True)
    mail_trouble = models.CharField(max_length=300, blank=True)

    checked_at = models.DateTimeField(null=True, help_text="When an editor made sure who this is.")
    checked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    checked_how = models.CharField(max_length=8, choices=Check, blank=True)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["email"], name="writer_email")]
        constraints = [
            models.UniqueConstraint(fields=["submission", "position"], name="writer_position_once"),
            models.CheckConstraint(condition=Q(position__gte=1, position__lte=2), name="writer_position_known"),
        ]

    def __str__(self) -> str:
        return self.name or "A writer"
