"""What was done to a piece, what was said about it, and what goes to its writer."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Never, Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from commentary import wordings
from commentary.models.writers import Writer

CLAIMED = timedelta(minutes=5)  # longer than a server can keep us with one letter: after it, a worker has died


class EventQuerySet(models.QuerySet["Event"]):
    def update(self, **columns: Any) -> Never:
        raise TypeError("The history of a piece is never changed.")


class Event(models.Model):
    """One move or fact, append-only: who, when, from where to where. Erasure alone takes rows away, with the piece."""

    submission = models.ForeignKey("commentary.Submission", on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    verb = models.CharField(max_length=40)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20, blank=True)
    party = models.CharField(max_length=8)
    actor = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    actor_name = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    details = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("The history of a piece is never changed.")
        super().save(*args, **kwargs)


class Message(models.Model):
    """What a writer wrote to the desk, or an editor to colleagues. Letters to the writer are ``Letter`` rows."""

    class Kind(models.TextChoices):
        WRITER = "writer", "From the writer"
        NOTE = "note", "Internal note"
        OBJECTION = "objection", "Objection to the edit"

    submission = models.ForeignKey("commentary.Submission", on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=9, choices=Kind)
    text = models.TextField(max_length=20_000)
    quoted = models.TextField(blank=True, help_text="What an answer by mail quoted from our letter.")
    paragraph = models.PositiveIntegerField(null=True, help_text="Which paragraph of the edit it is about.")
    writer = models.ForeignKey(Writer, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    mail_id = models.CharField(max_length=300, blank=True, help_text="The Message-ID it came with, if by mail.")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["writer", "note", "objection"]), name="message_kind_known"),
            models.UniqueConstraint(
                fields=["submission", "mail_id"], condition=~Q(mail_id=""), name="message_mail_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by_name}: {self.text[:60]}"


class LetterTemplate(models.Model):
    """A newsroom's own words for a letter; where there is no row the product's words go out."""

    code = models.CharField(max_length=40, unique=True)
    subject = models.CharField(max_length=200)
    text = models.TextField(max_length=8_000)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self) -> Self:
        """Neither sent nor cancelled nor given up."""
        return self.filter(sent_at__isnull=True, cancelled_at__isnull=True, failed_at__isnull=True)

    def due(self, moment: datetime) -> Self:
        """May leave at ``moment``, and no living worker has it in hand: claims end, also those of a clock set back."""
        free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=moment - CLAIMED) | Q(claimed_at__gt=moment + CLAIMED)
        return self.waiting().filter(free, send_after__lte=moment)

    def in_trouble(self) -> Self:
        """Given up, or tried in vain so far."""
        return self.filter(Q(failed_at__isnull=False) | Q(sent_at__isnull=True, tries__gt=0), cancelled_at__isnull=True)


class Letter(models.Model):
    """One letter, written in the transaction of what it tells, and sent afterwards: at least once, never unsent.

    ``text`` holds places for links, as in ``{link:status}``; their tokens are cut when the letter leaves and are
    never stored. ``to`` is kept even when the writer corrects the address later.
    """

    submission = models.ForeignKey("commentary.Submission", null=True, on_delete=models.CASCADE, related_name="letters")
    writer = models.ForeignKey(Writer, null=True, on_delete=models.CASCADE, related_name="letters")
    reader = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+", help_text="An editor.")
    code = models.CharField(max_length=40)
    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    made_at = models.DateTimeField()
    send_after = models.DateTimeField(db_index=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True, help_text="The address refused it, or all tries failed.")
    trouble = models.CharField(max_length=500, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    message_id = models.CharField(max_length=200, unique=True)
    copy = models.TextField(blank=True, help_text="As it left, links and all: kept only where no mail leaves.")

    objects: ClassVar[LetterQuerySet] = LetterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [
            models.Index(
                fields=["send_after"],
                condition=Q(sent_at__isnull=True, cancelled_at__isnull=True, failed_at__isnull=True),
                name="letter_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def shown(self) -> str:
        """The text as pages show it: the keys were in the letter alone."""
        return wordings.without_links(self.text)
