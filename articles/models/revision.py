from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

import richtext
from accounts.models import User
from articles.texts import LIMITS, PLAIN_FIELDS, Credit, Text
from authors.models import Author
from images.models import Image
from richtext.fields import BodyField

LONGEST_NAME = 120
KEPT = timedelta(days=30)  # a text that nothing else keeps


class RevisionQuerySet(models.QuerySet["Revision"]):
    def with_differences(self) -> "RevisionQuerySet":
        """Newest first, without the bodies, each knowing its ``difference`` in words to the text it was written on."""
        return self.annotate(words_before=F("base__words")).defer("body").order_by("-number")

    def prunable(self, moment: datetime) -> "RevisionQuerySet":
        """What may be removed: last saved ``KEPT`` before ``moment`` or earlier, nameless, never seen by readers.

        Nothing that holds on to it either: the draft and the live text of a story, a planned update, a correction,
        a shared preview, and whatever else one day points here and restricts its removal.
        """
        old = self.filter(saved_at__lte=moment - KEPT, name="", went_live_at__isnull=True)
        for relation in Revision._meta.get_fields(include_hidden=True):
            if isinstance(relation, models.ManyToOneRel) and relation.on_delete in {models.RESTRICT, models.PROTECT}:
                holders = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
                old = old.filter(~Exists(holders))
        return old


class Revision(models.Model):
    """One text of a story as readers would see it, with who wrote it and when.

    May be overwritten only while ``sealed_at`` is empty, and only through ``Article.revise``; ``saves``
    counts how often that happened, so that a save can say exactly which text it started from.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    base = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    conflicted = models.BooleanField(default=False, help_text="Kept from a save that came too late; never the draft.")

    headline = models.CharField(max_length=LIMITS["headline"], blank=True)
    summary = models.TextField(max_length=LIMITS["summary"], blank=True)
    deck = models.CharField(max_length=LIMITS["deck"], blank=True)
    body = BodyField(blank=True)
    kicker = models.CharField(max_length=LIMITS["kicker"], blank=True)
    disclosure = models.TextField(max_length=LIMITS["disclosure"], blank=True)
    lead_image = models.ForeignKey(Image, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lead_caption = models.TextField(max_length=LIMITS["lead_caption"], blank=True)
    search_title = models.CharField(max_length=LIMITS["search_title"], blank=True)
    search_description = models.CharField(max_length=LIMITS["search_description"], blank=True)
    words = models.PositiveIntegerField(default=0)

    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    saves = models.PositiveIntegerField(default=1)
    sealed_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)
    sitting = models.CharField(max_length=36, blank=True, help_text="The opened editor that wrote it.")
    turn = models.PositiveIntegerField(default=0, help_text="The sitting's last save, as the editor counts them.")
    name = models.CharField(max_length=LONGEST_NAME, blank=True, help_text="Kept for ever under this name.")
    went_live_at = models.DateTimeField(null=True, help_text="When readers saw this text first.")

    objects: ClassVar[RevisionQuerySet] = RevisionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-number"]
        indexes = [
            models.Index(
                fields=["saved_at"],
                condition=Q(name="", went_live_at__isnull=True),
                name="revision_prunable",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["made_by", "sitting"],
                condition=Q(number=1) & ~Q(sitting=""),
                name="revision_sitting_begins_once",
            ),
            models.CheckConstraint(
                condition=Q(conflicted=False) | Q(sealed_at__isnull=False), name="revision_conflicted_is_sealed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.headline or 'Untitled'} ({self.number})"

    @property
    def text(self) -> Text:
        """What the row says, as the value it was made from."""
        plain = {name: getattr(self, name) for name in PLAIN_FIELDS}
        return Text(
            **plain, bylines=tuple(Credit(line.author, line.role) for line in self.bylines.select_related("author"))
        )

    @property
    def difference(self) -> str:
        """“+12”, “−3”, “±0”; empty where it is unknown. For rows that came ``with_differences``."""
        before: int | None = getattr(self, "words_before", None)
        if before is None:
            return ""
        words = self.words - before
        sign = "+" if words > 0 else "−" if words < 0 else "±"
        return f"{sign}{abs(words)}"

    @property
    def reading_minutes(self) -> int:
        return richtext.reading_minutes(self.words)

    def as_seen(self, saves: int) -> "Revision":
        """This revision as a person saw it, at its ``saves``-th save: what a verb compares with the present."""
        self.saves = saves
        return self

    def is_as_in(self, seen: "Revision") -> bool:
        """Nobody has saved anything since ``seen`` was read."""
        return (self.pk, self.saves) == (seen.pk, seen.saves)

    def set_bylines(self, lines: tuple[Credit, ...]) -> None:
        """Replace the byline rows. Only ``articles.writing`` calls it, on an unsealed or new revision."""
        self.bylines.all().delete()
        Byline.objects.bulk_create(
            Byline(revision=self, author=line.author, role=line.role, position=position)
            for position, line in enumerate(lines)
        )


class Byline(models.Model):
    """An author's part in one revision, in order."""

    class Role(models.TextChoices):
        BY = "by", "By"
        PHOTOGRAPHS = "photographs", "Photographs by"
        TRANSLATED = "translated", "Translated by"
        WITH = "with", "With"

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="bylines")
    role = models.CharField(max_length=12, choices=Role, default=Role.BY)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "author", "role"], name="byline_author_once_a_role"),
            models.CheckConstraint(
                condition=Q(role__in=["by", "photographs", "translated", "with"]), name="byline_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.author}"


def stored(text: Text) -> dict[str, Any]:
    """The columns of ``text``, a normalised one, without its bylines."""
    columns = {name: getattr(text, name) for name in PLAIN_FIELDS}
    return columns | {"words": richtext.word_count(text.body)}
