"""From acceptance to approval: the writer's terms, the frozen text, their yes or no.

Every function runs inside the verb's transaction, with the row held.
"""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts.actors import Actor, Clock, person
from articles.models import Revision
from articles.states import AlreadySo, MoveRefused
from commentary import words
from commentary.canon import Canon, canon
from commentary.models import letters, making
from commentary.models.approvals import Approval, Snapshot
from commentary.models.guidelines import SignOff
from commentary.models.moving import move, refuse_unless_editor, refuse_unless_may, tell, write
from commentary.models.office import Office
from commentary.models.thread import Message
from commentary.models.writers import LONGEST_ABOUT, Writer
from commentary.states import Status

if TYPE_CHECKING:
    from commentary.models.submission import Submission

APPROVE_DAYS = 2  # business days


def complete(piece: "Submission", answers: dict[str, Any], writer: Writer, *, by: Actor) -> None:
    """One writer agrees: ``name`` as they typed it, ``exclusive``, and whatever they told anew of themselves."""
    refuse_unless_may(piece, "complete", by=by)
    _refuse_stranger(piece, writer)
    if not words.is_visible(answers.get("name", "")):
        raise MoveRefused("Type your name to agree.")
    if not answers.get("exclusive"):
        raise MoveRefused(
            "Confirm that the piece is not published or offered elsewhere. If it is, write to us instead."
        )
    if words.count(answers.get("about", "")) > LONGEST_ABOUT:
        raise MoveRefused(f"Tell readers who you are in {LONGEST_ABOUT} words at most.")
    if answers.get("interests") == "yes" and not words.is_visible(answers.get("interests_which", "")):
        raise MoveRefused("You answered yes. Say a little more about your interests.")
    _declare(piece, answers, writer)
    columns = {name: answers[name] for name in ("about", "portrait") if name in answers}
    agreed = {"agreed_at": timezone.now(), "agreed_as": answers["name"].strip()[:120]}
    Writer.objects.filter(pk=writer.pk).update(**agreed | columns)
    tell(piece, "agreed to the acceptance", by=by, writer=writer.position)
    if all(one.agreed_at for one in piece.writers.filter(refused_at__isnull=True)):
        article = making.article_of(piece, by=by)
        move(piece, "complete", by=by, columns={"article": article, "spoke_last": "writer", "spoke_at": timezone.now()})
        letters.write(piece, "in_editing", writer=piece.writer, by=by)


def _declare(piece: "Submission", answers: dict[str, Any], writer: Writer) -> None:
    """Interests, asked again. What one writer has declared the other cannot take back: both stand."""
    if "interests" not in answers:
        return
    told = answers.get("interests_which", "").strip() if answers["interests"] == "yes" else ""
    declared = {"interests": answers["interests"], "interests_which": told}
    others = piece.writers.filter(agreed_at__isnull=False, refused_at__isnull=True).exclude(pk=writer.pk)
    if piece.interests == "yes" and others.exists():
        named = f"{writer.name}: {told}" if told else ""
        lines = "\n".join(line for line in (piece.interests_which, named) if line)
        declared = {"interests": "yes", "interests_which": lines[:1_000]}
    write(piece, **declared)


def remake(piece: "Submission", *, by: Actor) -> None:
    """A new story for a piece whose story is gone."""
    refuse_unless_editor(piece, by=by)
    if piece.article_id or piece.status not in {Status.EDITING, Status.AWAITING_APPROVAL, Status.APPROVED}:
        raise MoveRefused("This piece has its story, or is not taken yet.")
    supersede(piece)
    article = making.article_of(piece, by=by)
    columns = {"article": article, "status": Status.EDITING, "status_at": timezone.now(), "due_at": None}
    before = piece.status
    write(piece, **columns)
    tell(piece, "began its story anew", by=by, before=before, after=Status.EDITING)


def send_for_approval(piece: "Submission", note: str, *, by: Actor) -> Snapshot:
    """Freeze the draft of the story: the writers are shown exactly this."""
    refuse_unless_may(piece, "send_for_approval", by=by)
    if piece.article is None or piece.article.is_in_bin:
        raise MoveRefused("The story of this piece is in the bin, or deleted. Bring it back first.")
    revision = piece.article.current_draft()
    frozen = canon(revision)
    if not words.is_visible(frozen.headline) or not words.is_visible(frozen.body):
        raise MoveRefused("The story has no headline or no text yet. The writer could not approve it.")
    newest = piece.snapshots.first()
    if newest and newest.digest == frozen.digest and newest.superseded_at is None:
        raise AlreadySo("This text was sent for approval already.")
    supersede(piece)
    piece.article.name_revision(revision, f"Sent for approval ({piece.reference})", by=by)
    made = _frozen(piece, revision, frozen, note, by=by)
    columns = {"due_at": made.due_at, "spoke_last": "desk", "spoke_at": made.sent_at}
    move(piece, "send_for_approval", by=by, columns=columns, round=made.number)
    for writer in piece.signing:
        letters.write(piece, "please_approve", writer=writer, by=by, text=note, due=made.due_at, mode=made.mode)
    return made


def _frozen(piece: "Submission", revision: Revision, frozen: Canon, note: str, *, by: Actor) -> Snapshot:
    newest = piece.snapshots.first()
    return Snapshot.objects.create(
        submission=piece,
        number=(newest.number if newest else 0) + 1,
        revision=revision,
        digest=frozen.digest,
        mode=piece.guidelines.sign_off(piece.kind),
        note=note,
        sent_at=timezone.now(),
        sent_by=person(by),
        due_at=Office.current().due(timezone.now(), APPROVE_DAYS),
        **asdict(frozen),
    )


def approve(piece: "Submission", snapshot: Snapshot, typed_name: str, writer: Writer, *, by: Actor) -> None:
    """A yes counts for the text that was shown, and for no other."""
    _refuse_superseded(piece, snapshot)
    if piece.status == Status.APPROVED and snapshot.approvals.filter(writer=writer).exists():
        raise AlreadySo("You have approved this text already.")
    refuse_unless_may(piece, "approve", by=by)
    silent = isinstance(by, Clock)
    if silent and snapshot.mode != SignOff.NOTIFY:
        raise MoveRefused("Silence never approves this piece.")
    _refuse_stranger(piece, writer)
    if not silent and not words.is_visible(typed_name):
        raise MoveRefused("Type your name to approve the text.")
    _, made = Approval.objects.get_or_create(
        snapshot=snapshot,
        writer=writer,
        defaults={"digest": snapshot.digest, "typed_name": typed_name[:120], "silent": silent, "at": timezone.now()},
    )
    if made:
        tell(piece, "approved", by=by, round=snapshot.number, writer=writer.position)
    given_by = set(snapshot.approvals.filter(digest=snapshot.digest).values_list("writer_id", flat=True))
    if {one.pk for one in piece.signing} <= given_by:
        now = timezone.now()
        move(piece, "approve", by=by, columns={"spoke_last": "writer", "spoke_at": now}, round=snapshot.number)
        for one in piece.signing:
            letters.write(piece, "approved", writer=one, by=by)


def object_to(
    piece: "Submission", text: str, snapshot: Snapshot, writer: Writer, *, by: Actor, paragraph: int | None
) -> None:
    """One objection returns the piece, whoever else has approved."""
    _refuse_superseded(piece, snapshot)
    refuse_unless_may(piece, "object", by=by)
    _refuse_stranger(piece, writer)
    if not words.is_visible(text):
        raise MoveRefused("Say what should be different.")
    now = timezone.now()
    Message.objects.create(
        submission=piece, kind=Message.Kind.OBJECTION, text=text[:20_000], paragraph=paragraph, writer=writer,
        by_name=writer.name[:200], at=now,
    )  # fmt: skip
    supersede(piece)
    move(piece, "object", by=by, columns={"spoke_last": "writer", "spoke_at": now}, round=snapshot.number)


def recall(piece: "Submission", note: str, *, by: Actor) -> None:
    """A newer version is coming, or nobody answered in time; what was scheduled is unscheduled."""
    supersede(piece)
    move(piece, "recall", by=by, note=note)
    if piece.article:
        piece.article.recheck(by=by)
    if not isinstance(by, Clock):
        for writer in piece.signing:
            letters.write(piece, "newer_version", writer=writer, by=by, text=note)


def supersede(piece: "Submission") -> None:
    """What was sent for approval can be approved no more, and what was approved does not count."""
    piece.snapshots.filter(superseded_at__isnull=True).update(superseded_at=timezone.now())


def _refuse_superseded(piece: "Submission", snapshot: Snapshot) -> None:
    newest = piece.snapshots.first()
    if newest is None or newest.pk != snapshot.pk or newest.superseded_at is not None:
        raise MoveRefused("This is not the newest version any more. Open the piece again to see where it is.")


def _refuse_stranger(piece: "Submission", writer: Writer) -> None:
    if writer.submission_id != piece.pk or writer.refused_at is not None:
        raise MoveRefused("This piece is somebody else's.")
