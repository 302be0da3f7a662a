"""What publishing does: now, at a date to come, or with a text of a live story that waits for its moment.

Every function runs inside the verb's transaction, with the article's row held.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts.activity import record
from accounts.actors import Actor, Clock, person
from articles import checklist
from articles.kinds import CORRECTING, Change
from articles.models import slugs, writing
from articles.models.corrections import Correction
from articles.models.moves import move
from articles.models.plans import PlannedUpdate
from articles.models.revision import Revision
from articles.models.telling import tell
from articles.notes import Note
from articles.states import AlreadySo, MoveRefused, NotConfirmed, NotReady, Stage
from masthead.models import Masthead

if TYPE_CHECKING:
    from articles.models.article import Article


@dataclass(frozen=True)
class Answers:
    """What a person has said about a text before it goes to readers.

    ``change`` says what a new text of a live story is to readers, ``note`` what they are told of a clarification or
    correction, ``without_summary`` why there is no summary; ``despite`` holds the codes of the checklist's questions
    that were seen and found to be fine.
    """

    change: Change = Change.UPDATE
    note: Note | None = None
    without_summary: str = ""
    despite: Collection[str] = ()


def publish(article: "Article", revision: Revision, answers: Answers, *, by: Actor, at: datetime | None) -> None:
    """Show readers ``revision`` from ``at`` on; a live story shows it at once."""
    moment = at or timezone.now()
    draft = _unmoved(article, revision)
    note = _note(article, answers)
    if article.has_appeared and at and at > timezone.now():
        raise MoveRefused("Readers see this story already. Plan the update for that moment instead.")
    if not note and article.live_id == draft.pk and (article.has_appeared or article.published_at == moment):
        raise AlreadySo("This text is already published.")
    if note and _stands(article, answers.change, note, draft):
        raise AlreadySo("This note stands beside the story already.")
    check(article, draft, answers, by=by, at=moment)
    dropped = PlannedUpdate.objects.filter(article=article).delete()[0]
    columns = _dates(article, draft, moment, answers.change) | {"live": draft, "stage": Stage.WRITING}
    _show(draft, moment)
    told: dict[str, Any] = {"change": str(answers.change)} if article.has_appeared else {"from": moment.isoformat()}
    if dropped:
        told["dropped"] = "the planned update"
    move(
        article,
        "publish",
        by=by,
        note=answers.without_summary,
        at=at if moment <= timezone.now() else None,
        columns=columns,
        revision=draft.number,
        **told,
    )
    if note:
        correct(article, answers.change, note, draft, by=str(by), user=person(by), at=moment)


def plan(article: "Article", revision: Revision, answers: Answers, *, by: Actor, at: datetime) -> None:
    """Pin ``revision``, which replaces the live text at ``at``; an earlier plan gives way."""
    draft = _unmoved(article, revision)
    note = _note(article, answers) or Note("")
    if not article.is_public:
        raise MoveRefused("Only a story that readers see can be updated at a moment to come. Schedule it instead.")
    if at <= timezone.now():
        raise MoveRefused("That moment has passed. Choose one to come, or publish the update now.")
    if article.unpublish_at and at >= article.unpublish_at:
        raise MoveRefused("The story ends before that moment. Choose an earlier one, or move its end.")
    if article.live_id == draft.pk and not note.text:
        raise AlreadySo("This text is already published.")
    if PlannedUpdate.objects.filter(
        article=article,
        revision=draft,
        at=at,
        change=answers.change,
        note=note.text,
        severity=note.severity if note.text else "",
    ).exists():
        raise AlreadySo("This update is planned already.")
    check(article, draft, answers, by=by, at=at)
    writing.seal(draft, timezone.now())
    PlannedUpdate.objects.filter(article=article).delete()
    PlannedUpdate.objects.create(
        article=article,
        revision=draft,
        at=at,
        change=answers.change,
        severity=note.severity if note.text else "",
        note=note.text,
        before=note.before,
        after=note.after,
        without_summary=answers.without_summary[:300],
        made_at=timezone.now(),
        made_by=person(by),
        made_by_name=str(by)[:200],
    )
    details: dict[str, Any] = {"revision": draft.number, "change": str(answers.change), "for": at.isoformat()}
    record("planned an update", article, by=by, **details)


def unplan(article: "Article", *, by: Actor, note: str = "") -> None:
    """Drop the planned update; its text stays the draft or in the history."""
    if not PlannedUpdate.objects.filter(article=article).delete()[0]:
        raise MoveRefused("No update of this story is planned.")
    record("dropped the planned update", article, by=by, note=note)


def fold(article: "Article", planned: PlannedUpdate) -> None:
    """The moment of ``planned`` has come: readers see its revision. Any number of callers fold it once.

    If something stands against the text by now, the plan is dropped and the log says why: readers keep the old text.
    """
    claimed = PlannedUpdate.objects.filter(pk=planned.pk, at=planned.at, at__lte=timezone.now()).delete()[0]
    if not claimed:
        return
    case = checklist.Case(article, planned.revision, planned.at, planned.without_summary)
    problems = [finding.sentence for finding in checklist.findings(case) if finding.blocks]
    if problems or not article.has_appeared:
        record("dropped the planned update", article, by=Clock(), note=" ".join(problems))
        return
    change = Change(planned.change)
    columns = _dates(article, planned.revision, planned.at, change) | {"live": planned.revision}
    _show(planned.revision, planned.at)
    move(
        article,
        "publish",
        by=Clock(),
        at=planned.at,
        columns=columns,
        revision=planned.revision.number,
        change=planned.change,
        planned_by=planned.made_by_name,
    )
    if change in CORRECTING:
        note = Note(planned.note, planned.severity, planned.before, planned.after)
        correct(article, change, note, planned.revision, by=planned.made_by_name, user=planned.made_by, at=planned.at)


def limit(article: "Article", until: datetime | None, *, by: Actor) -> None:
    """Readers see the story until ``until``, or without end."""
    if until == article.unpublish_at:
        return
    if article.published_at is None or not (article.is_scheduled or article.has_appeared) or not article.live_id:
        raise MoveRefused("Only a story that is published or scheduled can be given an end.")
    if until and until <= max(timezone.now(), article.published_at):
        raise MoveRefused("A story ends after it has appeared and not in the past. To take it back now, withdraw it.")
    planned = PlannedUpdate.objects.filter(article=article).first()
    if until and planned and planned.at >= until:
        raise MoveRefused("An update is planned after that moment. Drop it first, or choose a later end.")
    type(article).objects.filter(pk=article.pk).update(unpublish_at=until, ended_at=None, changed_at=timezone.now())
    details: dict[str, Any] = {"for": until.isoformat()} if until else {}
    record("set the end" if until else "took the end away", article, by=by, **details)
    tell(article, "limited")


def correct(
    article: "Article", change: str, note: Note, revision: Revision | None, *, by: str, user: Any, at: datetime
) -> Correction:
    """The row readers see from now on."""
    return Correction.objects.create(
        article=article,
        kind=change,
        severity=note.severity,
        note=note.text,
        before=note.before,
        after=note.after,
        revision=revision,
        made_at=at,
        made_by=user,
        made_by_name=by[:200],
    )


def check(article: "Article", draft: Revision, answers: Answers, *, by: Actor, at: datetime) -> None:
    """``NotReady`` with all that blocks, else ``NotConfirmed`` with what a person has not yet found to be fine."""
    found = checklist.findings(checklist.Case(article, draft, at, answers.without_summary))
    if blocking := [finding.sentence for finding in found if finding.blocks]:
        raise NotReady(blocking)
    asked = [finding for finding in found if finding.code not in answers.despite]
    if asked and person(by):
        raise NotConfirmed([finding.sentence for finding in asked], [finding.code for finding in asked])


def _unmoved(article: "Article", revision: Revision) -> Revision:
    """The draft, if it still is the text the person saw."""
    draft = article.current_draft()
    if not draft.is_as_in(revision):
        raise MoveRefused(f"{draft.made_by_name} has saved a newer text. Read it, then publish.")
    return draft


def _note(article: "Article", answers: Answers) -> Note | None:
    """What readers are told; nothing unless a live story is clarified or corrected."""
    if not article.has_appeared or answers.change not in CORRECTING:
        return None
    return (answers.note or Note("")).normalised()


def _stands(article: "Article", change: Change, note: Note, draft: Revision) -> bool:
    """A click that came twice tells readers once."""
    return article.corrections.filter(kind=change, note=note.text, revision=draft).exists()


def _show(revision: Revision, moment: datetime) -> None:
    """Seal what readers get, and keep since when they have it."""
    writing.seal(revision, timezone.now())
    if moment <= timezone.now():
        Revision.objects.filter(pk=revision.pk, went_live_at__isnull=True).update(went_live_at=moment)


def _dates(article: "Article", draft: Revision, moment: datetime, change: Change) -> dict[str, Any]:
    """The columns that publishing at ``moment`` sets: dates and, until readers know it, the address."""
    if article.has_appeared:
        return {} if change == Change.TYPO else {"updated_at": moment}
    day = moment.astimezone(Masthead.current().zone).date()
    wanted = article.slug or slugs.from_headline(draft.headline)
    return {
        "published_at": moment,
        "first_published_on": day,
        "slug": slugs.free(article, wanted, day),
        "updated_at": None,
        "announced_at": timezone.now() if moment <= timezone.now() else None,
    }
