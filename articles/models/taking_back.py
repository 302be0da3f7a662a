"""What takes a story from readers, for a while or for good, and what the newsroom says to them about it.

Every function runs inside the verb's transaction, with the article's row held.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.activity import record
from accounts.actors import Actor, person
from articles import checklist
from articles.models import publishing
from articles.models.corrections import Correction
from articles.models.moves import move
from articles.models.plans import PlannedUpdate
from articles.models.revision import Revision
from articles.models.telling import tell
from articles.notes import Note
from articles.states import MoveRefused, NotReady, Stage
from articles.texts import TextRefused

if TYPE_CHECKING:
    from articles.models.article import Article

LONGEST_NOTE = 1_000


def unschedule(article: "Article", *, by: Actor, note: str = "") -> None:
    """Take back a date to come; the text stays ready."""
    if not article.is_scheduled:
        raise MoveRefused("This story is not scheduled: readers already see it, or no date is set.")
    columns = {"live": None, "published_at": None, "first_published_on": None, "unpublish_at": None}
    move(article, "unschedule", by=by, note=note, columns=columns | {"stage": Stage.READY})


def recheck(article: "Article", *, by: Actor) -> None:
    """Unschedule what the checklist has something against by now."""
    if not article.is_scheduled or article.live is None or article.published_at is None:
        return
    if problems := _problems(article, article.live, article.published_at):
        unschedule(article, by=by, note=" ".join(problems))


def withdraw(article: "Article", note: str, *, by: Actor, at: datetime | None) -> None:
    """Take a story from readers, with the reason at its address."""
    note = _reason(note)
    if article.is_scheduled:
        raise MoveRefused("Readers have not seen this story yet. Unschedule it instead.")
    columns = {"withdrawal_note": note, "withdrawn_at": at or timezone.now()}
    _drop_plan(article)
    move(article, "withdraw", by=by, note=note, at=at, columns=columns)


def retract(article: "Article", note: str, *, by: Actor, at: datetime | None) -> None:
    """Withdraw for good, and tell it among the corrections."""
    note = _reason(note)
    if article.is_scheduled:
        raise MoveRefused("Readers have not seen this story yet. Unschedule it instead.")
    moment = at or timezone.now()
    columns = {"withdrawal_note": note, "withdrawn_at": article.withdrawn_at or moment, "retracted_at": moment}
    _drop_plan(article)
    move(article, "retract", by=by, note=note, at=at, columns=columns)
    told = Note(note, severity="major")
    kind = Correction.Kind.RETRACTION
    publishing.correct(article, kind, told, article.live, by=str(by), user=person(by), at=moment)


def reinstate(article: "Article", *, by: Actor) -> None:
    """Give a withdrawn story back to readers."""
    if article.retracted_at:
        raise MoveRefused("A retraction stands: readers were told that this story is not to be relied on.")
    if article.live and (problems := _problems(article, article.live, timezone.now())):
        raise NotReady(problems)
    move(article, "reinstate", by=by, columns={"withdrawal_note": "", "withdrawn_at": None})


def amend(article: "Article", correction: Correction, note: str, *, by: Actor, at: datetime | None) -> Correction:
    """A further correction that says more about ``correction``."""
    if correction.article_id != article.pk:
        raise MoveRefused("That correction belongs to another story.")
    said = Note(note, severity=correction.severity).normalised()
    amending = Correction.objects.create(
        article=article,
        kind=correction.kind,
        severity=correction.severity,
        note=said.text,
        revision=article.live,
        amends=correction,
        made_at=at or timezone.now(),
        made_by=person(by),
        made_by_name=str(by)[:200],
    )
    record("amended a correction", article, by=by, note=said.text, at=at)
    tell(article, "amended")
    return amending


def _problems(article: "Article", text: Revision, moment: datetime) -> list[str]:
    """What blocks a text that was found fine before. A missing summary was answered for then."""
    case = checklist.Case(article, text, moment, without_summary="Answered when published.")
    return [finding.sentence for finding in checklist.findings(case) if finding.blocks]


def _drop_plan(article: "Article") -> None:
    PlannedUpdate.objects.filter(article=article).delete()


def _reason(note: str) -> str:
    note = note.replace("\r\n", "\n").strip()
    if not note:
        raise MoveRefused("Readers who follow a link need to know why the story is gone. Write a note.")
    if "\0" in note or len(note) > LONGEST_NOTE:
        sentence = f"The note is longer than {LONGEST_NOTE:,} characters, or holds one that cannot be stored."
        raise TextRefused({"note": f"{sentence} Shorten it, or type it again."})
    return note
