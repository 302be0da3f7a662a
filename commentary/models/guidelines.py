"""What the newsroom promises guest writers and asks of them: versioned, so that a promise given is kept."""

from typing import ClassVar

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.activity import record
from accounts.actors import Actor, person
from accounts.models import User
from articles.kinds import Kind
from richtext.fields import BodyField

HARD_STOP = 3  # times the target: longer pieces cannot be sent
LICENCE = (
    "You keep the copyright of your text.\n"
    "We may publish it, edit it with your approval, and let others republish it with your name.\n"
    "You may publish it elsewhere after it has appeared here."
)
KEEPS = (
    "Your text, your name and how to reach you, for as long as we need them to answer you.\n"
    "What is not published is erased half a year after we close it; you can erase it sooner yourself."
)
BODY = (
    "<p>We publish commentary by people who know what they write about, and short reactions to our own stories. "
    "Every piece is read by an editor, answered by the day we promise, and published only in words its writer has "
    "approved.</p>"
)


class SignOff(models.TextChoices):
    REQUIRED = "required", "Runs only when the writer has approved it"
    NOTIFY = "notify", "Runs on the announced day unless the writer objects"


class Guidelines(models.Model):
    """One version. A piece keeps the version it was begun under; the public page and new drafts show the newest.

    Lengths are in words, promises in business days, the reaction window in days. Rows are never changed.
    """

    number = models.PositiveIntegerField(unique=True)
    body = BodyField(default=BODY)
    commentary_words = models.PositiveIntegerField("words of a commentary", default=650)
    reaction_words = models.PositiveIntegerField("words of a reaction", default=150)
    most_writers = models.PositiveSmallIntegerField(default=2)
    answer_days = models.PositiveSmallIntegerField("business days until the first answer", default=3)
    urgent_answer_days = models.PositiveSmallIntegerField("business days for what is time-sensitive", default=1)
    reaction_window = models.PositiveSmallIntegerField("days a story can be reacted to", default=30)
    licence = models.TextField(default=LICENCE, help_text="Plain language, a line for each point.")
    keeps = models.TextField("what we keep", default=KEEPS, help_text="Plain language, a line for each point.")
    questions = models.JSONField(
        default=list, blank=True, help_text="Further questions asked on the last page but one: a list of sentences."
    )
    commentary_sign_off = models.CharField(max_length=8, choices=SignOff, default=SignOff.REQUIRED)
    reaction_sign_off = models.CharField(max_length=8, choices=SignOff, default=SignOff.NOTIFY)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    TERMS: ClassVar[tuple[str, ...]] = (
        "body", "commentary_words", "reaction_words", "most_writers", "answer_days", "urgent_answer_days",
        "reaction_window", "licence", "keeps", "questions", "commentary_sign_off", "reaction_sign_off",
    )  # fmt: skip

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "guidelines"

    def __str__(self) -> str:
        return f"Guidelines {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("public:guidelines")

    @classmethod
    def current(cls) -> "Guidelines":
        """The newest version, or the defaults before anybody has written one."""
        return cls.objects.first() or cls(number=0, made_at=timezone.now())

    @classmethod
    def kept_current(cls) -> "Guidelines":
        """The newest version as a row, which drafts can point at."""
        found = cls.objects.first()
        if found is None:
            first = Guidelines(number=1, made_at=timezone.now())
            Guidelines.objects.bulk_create([first], ignore_conflicts=True)
            found = cls.objects.get(number=1)
        return found

    def issue(self, *, by: Actor) -> "Guidelines":
        """Make these terms the newest version; ``self`` is an unsaved or changed copy."""
        with transaction.atomic():
            newest = Guidelines.objects.select_for_update().first()
            terms = {name: getattr(self, name) for name in self.TERMS}
            number = (newest.number if newest else 0) + 1
            made = Guidelines.objects.create(number=number, made_at=timezone.now(), made_by=person(by), **terms)
            record("issued guidelines", made, by=by)
        return made

    @property
    def licence_lines(self) -> list[str]:
        return [line for line in self.licence.splitlines() if line.strip()]

    @property
    def keeps_lines(self) -> list[str]:
        return [line for line in self.keeps.splitlines() if line.strip()]

    def words(self, kind: str) -> int:
        """The target length for ``kind``."""
        return self.reaction_words if kind == Kind.REACTION else self.commentary_words

    def most_words(self, kind: str) -> int:
        """The hard stop for ``kind``: nothing longer can be sent."""
        return self.words(kind) * HARD_STOP

    def sign_off(self, kind: str) -> str:
        return self.reaction_sign_off if kind == Kind.REACTION else self.commentary_sign_off
