from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar, Never

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import User
from articles.kinds import Kind
from articles.models import Article, Correction
from commentary.models import aftermath, asking, deciding, drafting, editing, facts, joining, leaving, proving, timing
from commentary.models.guidelines import Guidelines
from commentary.models.queries import SubmissionQuerySet
from commentary.models.standing import Standing
from commentary.models.versions import Version
from commentary.states import Status


class Submission(Standing, models.Model):
    """A piece by somebody outside the newsroom, from its first autosaved word to its publication or its end.

    Every change is a verb with ``by=``; ``seen`` is ``moves`` as the actor saw it, and a verb refuses with
    ``ChangedMeanwhile`` where it has grown since. A verb does all it says in one transaction, with its ``Event`` and
    its letters, or raises ``MoveRefused`` and does nothing.
    """

    reference = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=12, choices=[(kind, kind.label) for kind in (Kind.COMMENTARY, Kind.REACTION)])
    guidelines = models.ForeignKey(Guidelines, on_delete=models.PROTECT, related_name="+")
    answers = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.SET_NULL, related_name="responses", help_text="The story."
    )
    article = models.OneToOneField(
        Article, null=True, blank=True, on_delete=models.SET_NULL, related_name="submission", help_text="It became."
    )
    language = models.CharField(max_length=12, default="en")

    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    moves = models.PositiveIntegerField(default=0, help_text="How often it was changed: what an actor says they saw.")
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    status_at = models.DateTimeField(help_text="Since when it has its status.")
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    # What the writer declares. Nothing is pre-selected: an empty answer is no answer.
    elsewhere = models.CharField(max_length=3, blank=True, choices=[("no", "No"), ("yes", "Yes")])
    elsewhere_where = models.TextField(blank=True, max_length=1_000)
    interests = models.CharField(max_length=3, blank=True, choices=[("no", "No"), ("yes", "Yes")])
    interests_which = models.TextField(blank=True, max_length=1_000)
    helped = models.CharField(max_length=3, blank=True, choices=[("no", "No"), ("yes", "Yes")])
    helped_by = models.TextField(blank=True, max_length=1_000)
    ai = models.CharField(max_length=3, blank=True, choices=[("no", "No"), ("yes", "Yes")])
    ai_how = models.TextField(blank=True, max_length=1_000)
    further = models.JSONField(default=list, blank=True, help_text="Answers to the guidelines' further questions.")
    why_urgent = models.TextField(blank=True, max_length=500, help_text="Why it cannot wait, in the writer's words.")
    agreed_at = models.DateTimeField(null=True, help_text="Consent on the last page.")
    disclosure = models.TextField(blank=True, max_length=600, help_text="The line readers see, set by an editor.")

    # Facts beside the status; who made each of them so is in the events.
    promise_at = models.DateTimeField(null=True, help_text="When the first answer was promised for.")
    answered_at = models.DateTimeField(null=True, help_text="First answer by a person.")
    released_at = models.DateTimeField(null=True, help_text="The promise passed: free to be offered elsewhere.")
    due_at = models.DateTimeField(null=True, help_text="When the next thing is due from whomever it waits for.")
    reminders = models.PositiveSmallIntegerField(default=0)
    is_urgent = models.BooleanField("time-sensitive", default=False)
    held_until = models.DateTimeField(null=True)
    risk = models.PositiveSmallIntegerField(default=0)
    signals = models.JSONField(default=list, blank=True, help_text="What the score is made of, as sentences.")
    noticed = models.JSONField(
        default=dict, blank=True, help_text="What the form noticed: trap, proof, seconds, limits."
    )
    quarantined_at = models.DateTimeField(null=True)
    duplicate_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="duplicates")
    likeness = models.PositiveSmallIntegerField(default=0, help_text="Per cent: how like the likest other text it is.")
    cluster = models.CharField(max_length=64, blank=True, help_text="Pieces that share their text, if this does.")
    disclosure_reviewed_at = models.DateTimeField(null=True)
    legal_hold_at = models.DateTimeField(null=True)
    assignee = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="pieces")
    claimed_at = models.DateTimeField(null=True, help_text="When the assignee last did something with it.")
    recused = models.ManyToManyField(User, blank=True, related_name="+")
    spoke_last = models.CharField(max_length=6, blank=True, choices=[("writer", "Writer"), ("desk", "Desk")])
    spoke_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=40, blank=True, help_text="Why it was closed.")
    address_changes = models.PositiveSmallIntegerField(default=0)
    open_key = models.CharField(max_length=64, blank=True, help_text="Of address and text, while it is open.")
    network = models.CharField(max_length=64, blank=True, help_text="Where it came from; truncated after 14 days.")

    objects: ClassVar[SubmissionQuerySet] = SubmissionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-changed_at", "-pk"]
        verbose_name = "piece"
        permissions = [
            ("decide_submission", "Can accept and decline pieces"),
            ("kill_submission", "Can decline a piece after its acceptance"),
            ("hold_submission", "Can put a piece under legal hold"),
        ]
        indexes = [
            models.Index(fields=["status", "promise_at"], name="submission_queue"),
            models.Index(fields=["status", "due_at"], name="submission_due"),
            models.Index(fields=["assignee", "status"], name="submission_mine"),
            models.Index(fields=["cluster"], condition=~Q(cluster=""), name="submission_cluster"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["open_key"], condition=~Q(open_key=""), name="submission_open_once"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="submission_status_known"),
            models.CheckConstraint(condition=Q(kind__in=["commentary", "reaction"]), name="submission_kind_known"),
            models.CheckConstraint(
                condition=Q(
                    status__in=[Status.DECLINED, Status.WITHDRAWN, Status.LAPSED, Status.SPAM, Status.ERASED],
                    closed_at__isnull=False,
                )
                | (
                    ~Q(status__in=[Status.DECLINED, Status.WITHDRAWN, Status.LAPSED, Status.SPAM, Status.ERASED])
                    & Q(closed_at__isnull=True)
                ),
                name="submission_closed_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    # The writer's side

    @classmethod
    def begin(cls, kind: str, *, answers: Article | None = None, language: str = "en") -> "Submission":
        """A draft, at its first autosave. Nobody at the desk reads it."""
        return drafting.begin(cls, kind, answers=answers, language=language)

    def write(self, changes: dict[str, Any], *, version: Version, by: Actor) -> Version:
        """Autosave: ``changes`` maps field names of this row, of ``writer.…``, ``cowriter.…``, and headline and text.

        Only what belongs to the writer may be named. ``version`` is the text the page was written on, as it saw it;
        raises ``StaleDraft`` with the newest text where another page has saved since.
        """
        with self._held() as now:
            return drafting.write(now, changes, version, by=by)

    def send(
        self, *, by: Actor, agreed: bool, network: str = "", signals: Mapping[str, bool | int] | None = None
    ) -> None:
        """The last page's button: asks the address for its confirmation. Raises ``Unfinished`` with all problems.

        The same text from the same address is one piece: a further one is closed as merged into ``duplicate_of``.
        ``network`` is as ``commentary.limits.network`` tells it. ``signals`` are what the form noticed: ``trap`` (the
        hidden field was filled in), ``proof`` (``commentary.proof.passes``), ``seconds`` (since it was opened).
        """
        try:
            with self._held() as now:
                drafting.send(now, by=by, agreed=agreed, network=network, signals=signals or {})
        except IntegrityError:  # the same was sent in the same moment, and is there now
            with self._held() as now:
                drafting.send(now, by=by, agreed=agreed, network=network, signals=signals or {})

    def ask_again(self, *, by: Actor) -> None:
        """The letter that asks for the confirmation, once more. Refuses where one has just left, and the fourth."""
        with self._held() as now:
            asking.ask_again(now, by=by)

    def correct_address(self, email: str, *, by: Actor) -> None:
        """Ask another address for the confirmation, twice at most; the letter to the first is worth nothing then."""
        with self._held() as now:
            asking.correct_address(now, email, by=by)

    def confirm(self, *, by: Actor) -> None:
        """The link in the letter: the desk gets the piece, and the promise begins. A second time changes nothing."""
        with self._held() as now:
            drafting.confirm(now, by=by)

    def replace(self, headline: str, text: str, *, note: str = "", by: Actor) -> Version:
        """A newer text, while nobody has claimed the piece."""
        with self._held() as now:
            return drafting.replace(now, headline, text, note=note, by=by)

    def resubmit(self, headline: str, text: str, *, note: str = "", by: Actor, seen: int | None = None) -> Version:
        """The revised text that was asked for, with an answer to the question."""
        with self._held(seen) as now:
            return drafting.resubmit(now, headline, text, note=note, by=by)

    def say(self, text: str, *, by: Actor, mail_id: str = "", quoted: str = "", writer: Any = None) -> None:
        """A message of the writer to the desk."""
        with self._held() as now:
            facts.say(now, text, by=by, mail_id=mail_id, quoted=quoted, writer=writer)

    def complete(self, answers: dict[str, Any], *, writer: Any, by: Actor, seen: int | None = None) -> None:
        """One writer confirms the acceptance; when all have, the article is made, exactly once."""
        with self._held(seen) as now:
            editing.complete(now, answers, writer, by=by)

    def approve(self, snapshot: Any, typed_name: str, *, writer: Any, by: Actor) -> None:
        """A writer's yes to exactly ``snapshot``; when all have given theirs, the text can be published."""
        with self._held() as now:
            editing.approve(now, snapshot, typed_name, writer, by=by)

    def object(self, text: str, *, snapshot: Any, writer: Any, by: Actor, paragraph: int | None = None) -> None:
        """A writer wants something changed in the edit: it goes back to the desk, whoever has approved already."""
        with self._held() as now:
            editing.object_to(now, text, snapshot, writer, by=by, paragraph=paragraph)

    def withdraw(self, *, by: Actor, note: str = "") -> None:
        """The writer takes it back, at any moment before readers have it; what is scheduled is unscheduled."""
        with self._held() as now:
            leaving.withdraw(now, note, by=by)

    def reopen(self, *, by: Actor, seen: int | None = None) -> None:
        """Bring back a piece that lapsed, within 30 days."""
        with self._held(seen) as now:
            leaving.reopen(now, by=by)

    def join(self, *, writer: Any, by: Actor) -> None:
        """Whoever was named as the second writer says that they are."""
        with self._held() as now:
            joining.join(now, writer, by=by)

    def refuse_part(self, *, writer: Any, by: Actor) -> None:
        """Whoever was named as the second writer says that they had no part in it."""
        with self._held() as now:
            joining.refuse_part(now, writer, by=by)

    def ask_for(self, purpose: str, *, writer: Any, by: Actor) -> None:
        """A letter with a fresh link for ``purpose``, to be sure that it is ``writer`` who asks."""
        with self._held() as now:
            proving.ask_for(now, purpose, writer, by=by)

    def ask_address(self, email: str, *, writer: Any, by: Actor) -> None:
        """A letter to the address ``writer`` wants to have from now on."""
        with self._held() as now:
            proving.ask_address(now, email, writer, by=by)

    def change_address(self, email: str, *, writer: Any, by: Actor) -> None:
        """``email`` is proved to be ``writer``'s: letters go there, and older links end."""
        with self._held() as now:
            proving.change_address(now, email, writer, by=by)

    # The desk's side

    def claim(self, *, by: Actor, to: User | None = None, seen: int | None = None) -> None:
        """``by`` takes the piece, or gives it to somebody."""
        with self._held(seen) as now:
            deciding.claim(now, to, by=by)

    def release(self, *, by: Actor, seen: int | None = None) -> None:
        """Put it back into the inbox."""
        with self._held(seen) as now:
            deciding.release(now, by=by)

    def give_back(self, *, by: Actor) -> None:
        """Its editor has left the desk."""
        with self._held() as now:
            deciding.give_back(now, by=by)

    def request_changes(self, text: str, *, by: Actor, days: int = 7, seen: int | None = None) -> None:
        """Ask the writer for a revised text or an answer; ``text`` is the editor's letter."""
        with self._held(seen) as now:
            deciding.request_changes(now, text, days=days, by=by)

    def accept(self, text: str = "", *, by: Actor, seen: int | None = None) -> None:
        """Offer to publish it; a reaction goes straight to editing."""
        with self._held(seen) as now:
            deciding.accept(now, text, by=by)

    def decline(self, reason: str, text: str, *, by: Actor, seen: int | None = None) -> None:
        """Say no, kindly; after acceptance it takes a senior editor and a text of their own."""
        with self._held(seen) as now:
            deciding.decline(now, reason, text, by=by)

    def answer(self, text: str, *, by: Actor, seen: int | None = None) -> None:
        """Write to the writers without deciding anything."""
        with self._held(seen) as now:
            deciding.answer(now, text, by=by)

    def undo(self, *, by: Actor, seen: int | None = None) -> None:
        """Take back the last decision while its letter has not left."""
        with self._held(seen) as now:
            deciding.undo(now, by=by)

    def send_for_approval(self, *, by: Actor, note: str = "", seen: int | None = None) -> Any:
        """Freeze what readers will see and ask the writers for their approval; answers with the snapshot."""
        with self._held(seen) as now:
            return editing.send_for_approval(now, note, by=by)

    def recall(self, *, by: Actor, note: str = "", seen: int | None = None) -> None:
        """Take an edited text back from the writer: a newer one is coming."""
        with self._held(seen) as now:
            editing.recall(now, note, by=by)

    def remake(self, *, by: Actor, seen: int | None = None) -> None:
        """Its story was deleted from the bin: begin a new one from the writer's text."""
        with self._held(seen) as now:
            editing.remake(now, by=by)

    def mark_spam(self, *, by: Actor, seen: int | None = None) -> None:
        with self._held(seen) as now:
            leaving.mark_spam(now, by=by)

    def unmark_spam(self, *, by: Actor, seen: int | None = None) -> None:
        with self._held(seen) as now:
            leaving.unmark_spam(now, by=by)

    def note(self, text: str, *, by: Actor) -> None:
        """A word to colleagues, which never leaves the desk."""
        with self._held() as now:
            facts.note(now, text, by=by)

    def hold(self, until: datetime | None, *, by: Actor, seen: int | None = None) -> None:
        """Lay it aside until a date, 30 days at most; ``None`` takes it up again."""
        with self._held(seen) as now:
            facts.hold(now, until, by=by)

    def recuse(self, *, by: User) -> None:
        """Whoever has an interest in it stays out of it."""
        with self._held() as now:
            facts.recuse(now, by=by)

    def mark_urgent(self, *, urgent: bool, by: Actor, seen: int | None = None) -> None:
        with self._held(seen) as now:
            facts.mark_urgent(now, urgent=urgent, by=by)

    def quarantine(self, *, aside: bool, by: Actor, seen: int | None = None) -> None:
        with self._held(seen) as now:
            facts.quarantine(now, aside=aside, by=by)

    def set_apart(self, why: str, *, by: Actor) -> None:
        with self._held() as now:
            facts.set_apart(now, why, by=by)

    def mail_failed(self, writer: Any, trouble: str, *, by: Actor) -> None:
        """A letter to ``writer`` cannot arrive; ``trouble`` is what the mail server said."""
        with self._held() as now:
            facts.mail_failed(now, writer, trouble, by=by)

    def check_identity(self, writer: Any, how: str, *, by: Actor, seen: int | None = None) -> None:
        with self._held(seen) as now:
            facts.check_identity(now, writer, how, by=by)

    def review_disclosure(self, line: str, *, by: Actor, seen: int | None = None) -> None:
        """Set the line readers see about the writer's interests, or say with an empty one that none is needed."""
        with self._held(seen) as now:
            facts.review_disclosure(now, line, by=by)

    def set_legal_hold(self, *, held: bool, by: Actor, note: str = "", seen: int | None = None) -> None:
        with self._held(seen) as now:
            facts.set_legal_hold(now, note, held=held, by=by)

    def tell_of_correction(self, correction: Correction, *, by: Actor) -> None:
        """What readers were told of a mistake, to the writers too. A second time changes nothing."""
        with self._held() as now:
            aftermath.tell_of_correction(now, correction, by=by)

    def tell_of_withdrawal(self, note: str, at: datetime, *, by: Actor) -> None:
        """That readers cannot read it any more, and why, to its writers. A second time changes nothing."""
        with self._held() as now:
            aftermath.tell_of_withdrawal(now, note, at, by=by)

    def tell_of_appearing(self, *, by: Actor) -> None:
        """That the piece has a date, another one, none any more, or readers. A second time changes nothing."""
        with self._held() as now:
            aftermath.tell_of_appearing(now, by=by)

    def strike(self, hour: str, *, by: Actor, seen: int) -> None:
        """A moment has come for the piece: ``hour`` is a name in ``timing.HOURS``."""
        with self._held(seen) as now:
            timing.HOURS[hour](now, by=by)

    def lapse(self, *, by: Actor) -> None:
        with self._held() as now:
            leaving.lapse(now, by=by)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        """Refuses: erasure alone takes a piece away."""
        raise TypeError("A piece is erased by commentary.erasure, never deleted.")

    # How a verb holds and lets go

    @contextmanager
    def _held(self, seen: int | None = None) -> Iterator["Submission"]:
        """The row as it is now, in a transaction; afterwards ``self`` is read anew.

        The first statement writes, so that SQLite and PostgreSQL hold the row alike.
        """
        with transaction.atomic():
            rows = Submission.objects.filter(pk=self.pk)
            if seen is not None:
                rows = rows.filter(moves=seen)
            if not rows.update(moves=models.F("moves") + 1, changed_at=timezone.now()):
                raise deciding.missed(Submission, self.pk)
            yield Submission.objects.get(pk=self.pk)
        self.refresh_from_db()
