"""Writes a letter as a row, in the transaction of the move it tells of, in the words that hold now."""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

import richtext
from accounts.actors import Actor
from articles.kinds import Kind
from commentary import wordings
from commentary.letters_to_editors import TO_EDITORS
from commentary.letters_to_writers import TO_WRITERS
from commentary.models.thread import Letter, LetterTemplate
from masthead.models import Masthead

if TYPE_CHECKING:
    from accounts.models import User
    from commentary.models.submission import Submission
    from commentary.models.writers import Writer

UNDO = timedelta(minutes=10)  # how long accept and decline letters wait
ASKING = (  # letters that ask for something or promise it: void once a piece has ended
    "confirm", "confirm_reminder", "accepted", "accept_reminder", "in_editing", "declined", "please_revise",
    "revise_reminder", "please_approve", "approve_reminder", "still_considering", "date_set", "date_moved",
)  # fmt: skip
WORDINGS = TO_WRITERS | TO_EDITORS
STRANGER = {"name": "writer", "title": "a guest piece", "copy": ""}  # what stands for words nobody has confirmed


def write(
    piece: "Submission",
    code: str,
    *,
    writer: "Writer",
    by: Actor,
    text: str = "",
    delay: timedelta = timedelta(0),
    to: str = "",
    **facts: Any,
) -> Letter:
    """Write the letter ``code`` to ``writer``, or to a new address of theirs.

    ``text`` is what an editor wrote, ``facts`` fill further places: aware moments are told in the newsroom's zone.
    """
    wording = f"{code}_notify" if code == "please_approve" and facts.get("mode") == "notify" else code
    values = _values(piece, facts) | _of(piece, writer)
    values["text"] = text or passage(piece, code, str(facts.get("reason", "")), writer=writer)
    return _row(piece, code, wording, values, to=to or writer.email, delay=delay, writer=writer)


def passage(piece: "Submission", code: str, reason: str, *, writer: "Writer | None" = None) -> str:
    """What stands for an editor's own words in the letter ``code`` for ``reason``: to begin with, and to change."""
    name = f"{code}_{reason}"
    if name not in WORDINGS:
        return ""
    return _rendered(name, _values(piece, {}) | _of(piece, writer or piece.writer))[1]


def preview(piece: "Submission", code: str, text: str = "", **facts: Any) -> tuple[str, str]:
    """Subject and text of a letter to the sender as it would leave now; links are told, not cut."""
    values = _values(piece, facts) | _of(piece, piece.writer)
    values["text"] = text or passage(piece, code, str(facts.get("reason", "")))
    subject, whole = _rendered(code, values)
    return subject, wordings.without_links(whole)


def cancel(piece: "Submission", *codes: str) -> int:
    """Hold back unsent letters of these kinds; answers how many there were."""
    waiting = Letter.objects.filter(
        submission=piece, code__in=codes, claimed_at__isnull=True, sent_at__isnull=True, cancelled_at__isnull=True
    )
    return waiting.update(cancelled_at=timezone.now())


def tell_editor(piece: "Submission", code: str, editor: "User", **facts: Any) -> Letter:
    """A letter to a colleague, with the address of the piece's page and no word of its writer's."""
    return _row(piece, code, code, _values(piece, facts), to=editor.email, reader=editor)


def tell_desk(code: str, editor: "User", *, message_id: str, **facts: Any) -> None:
    """A letter to a colleague about no piece of its own; one with this Message-ID is written once."""
    subject, text = _rendered(code, _values(None, facts))
    now = timezone.now()
    made = Letter(
        reader=editor, code=code, to=editor.email, subject=subject, text=text, made_at=now, send_after=now,
        message_id=message_id,
    )  # fmt: skip
    Letter.objects.bulk_create([made], ignore_conflicts=True)


def words_of(code: str) -> tuple[str, str]:
    """Subject and text that hold for a letter now: the newsroom's own, unless they have become unusable."""
    wording = WORDINGS[code]
    own = LetterTemplate.objects.filter(code=code).first()
    if own and not wordings.problems(wording, own.subject, own.text):
        return own.subject, own.text
    return wording.subject, wording.text


def message_id() -> str:
    """A stable one: a letter sent twice by accident is one letter to the reader's mail program."""
    return f"<{uuid.uuid4().hex}@{urlsplit(settings.SITE_ADDRESS).hostname}>"


def moment(at: datetime) -> str:
    """A moment as letters tell it: “Thursday 14 November, 5 p.m. PST”."""
    return date_format(timezone.localtime(at, Masthead.current().zone), "l j F, P T")


def _row(
    piece: "Submission",
    code: str,
    wording: str,
    values: dict[str, str],
    *,
    to: str,
    delay: timedelta = timedelta(0),
    **people: Any,
) -> Letter:
    now = timezone.now()
    subject, text = _rendered(wording, values)
    return Letter.objects.create(
        submission=piece,
        code=code,
        to=to,
        subject=subject,
        text=text,
        made_at=now,
        send_after=now + delay,
        message_id=message_id(),
        **people,
    )


def _rendered(code: str, values: dict[str, str]) -> tuple[str, str]:
    wording = WORDINGS[code]
    subject, text = words_of(code)
    told = {name: value for name, value in values.items() if not (wording.is_first and wordings.PLACES[name].is_theirs)}
    return wordings.render(wording, told, subject=subject, text=text)


def _values(piece: "Submission | None", facts: dict[str, Any]) -> dict[str, str]:
    """What fills the places that hold no word of a stranger's."""
    masthead = Masthead.current()
    values = {"publication": masthead.name, "contact": masthead.commentary_email or settings.DEFAULT_FROM_EMAIL}
    values["page"] = f"{settings.SITE_ADDRESS}/admin/commentary/submission/{f'{piece.pk}/' if piece else ''}"
    if piece:
        values["reference"] = piece.reference
        values["kind"] = "reaction" if piece.kind == Kind.REACTION else "commentary"
        values["promise"] = moment(piece.promise_at) if piece.promise_at else ""
    for name, fact in facts.items():
        if name in wordings.PLACES:
            values[name] = moment(fact) if isinstance(fact, datetime) else str(fact)
    return values


def _of(piece: "Submission", writer: "Writer") -> dict[str, str]:
    """What strangers typed: told to addresses that were confirmed, and to no other."""
    if writer.confirmed_at is None:
        return dict(STRANGER)
    version = piece.version
    typed = {"name": writer.name, "title": version.headline, "copy": f"{version.headline}\n\n{version.text}"}
    newest = piece.snapshots.first()
    if newest is not None:
        parts = [
            newest.headline,
            newest.deck,
            newest.summary,
            richtext.text(newest.body).replace("\n", "\n\n"),
            newest.disclosure,
        ]
        typed["title"] = newest.headline
        typed["copy"] = "\n\n".join(part for part in [*parts, newest.byline] if part)
    return {name: value.strip() or STRANGER[name] for name, value in typed.items()}
