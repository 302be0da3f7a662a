"""From the first autosaved word to the desk: writing, sending, confirming.

Every function but ``begin`` runs inside the verb's transaction, with the row held.
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.actors import Actor, Guest
from articles.kinds import Kind
from articles.models import Article
from articles.states import AlreadySo, MoveRefused
from commentary import limits, risk, words
from commentary.models import confirming, letters
from commentary.models.buckets import Bucket
from commentary.models.guidelines import Guidelines
from commentary.models.moving import is_kept_from, move, refuse_unless_may, tell
from commentary.models.moving import write as put
from commentary.models.office import Office
from commentary.models.versions import LONGEST_HEADLINE, LONGEST_TEXT, Version
from commentary.models.writers import LONGEST_ABOUT, Writer
from commentary.states import Status

if TYPE_CHECKING:
    from commentary.models.submission import Submission

CONFIRM_WITHIN = timedelta(hours=72)
MOST_TEXTS = 50  # of one piece
LONGEST_ANSWER = 1_000  # characters, to one further question
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that are mistaken for one another
ABOUT_PIECE = frozenset(
    {
        "kind", "answers", "elsewhere", "elsewhere_where", "interests", "interests_which", "helped", "helped_by", "ai",
        "ai_how", "further", "why_urgent", "language",
    }
)  # fmt: skip
ABOUT_WRITER = frozenset({"name", "email", "phone", "city", "about", "portrait"})
NOTICED = ("trap", "proof", "seconds")  # by the form: see ``commentary.risk``
DECLARED = {
    "elsewhere": "elsewhere_where", "interests": "interests_which", "helped": "helped_by", "ai": "ai_how",
}  # fmt: skip


class StaleDraft(MoveRefused):
    """Another page of the same draft has saved since; ``newest`` is that text. Show both."""

    def __init__(self, newest: Version) -> None:
        super().__init__("This draft was changed on another page. Both texts are shown: choose one.")
        self.newest = newest


class Unfinished(MoveRefused):
    """A piece cannot be sent yet; ``problems`` maps a field's name to a sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


def begin(model: "type[Submission]", kind: str, *, answers: Article | None, language: str) -> "Submission":
    """A new draft, with an empty text and one writer."""
    now = timezone.now()
    with transaction.atomic():
        piece = model.objects.create(
            reference=_reference(model),
            kind=kind,
            guidelines=Guidelines.kept_current(),
            answers=answers,
            language=language,
            begun_at=now,
            changed_at=now,
            status_at=now,
        )
        Writer.objects.create(submission=piece, position=1)
        blank = Version(submission=piece, number=1, made_at=now, saved_at=now)
        blank.measure()
        blank.save()
        tell(piece, "began", by=Guest(piece.reference))
    return piece


def write(piece: "Submission", changes: dict[str, Any], version: Version, *, by: Actor) -> Version:
    """Keep what the writer typed in a draft."""
    if piece.status != Status.DRAFT or is_kept_from(piece, by=by):
        raise MoveRefused("This piece has been sent. Open its status page to change it.")
    newest = piece.versions.get()
    if (newest.pk, newest.saves) != (version.pk, version.saves):
        raise StaleDraft(newest)
    changes = {name: _storable(value) for name, value in changes.items()}
    text = {name: changes.pop(name) for name in ("headline", "text") if name in changes}
    for name, value in text.items():
        setattr(newest, name, value)
    _refuse_unkeepable(newest)
    newest.measure()
    Version.objects.filter(pk=newest.pk).update(
        headline=newest.headline, text=newest.text, words=newest.words, digest=newest.digest,
        saves=F("saves") + 1, saved_at=timezone.now(),
    )  # fmt: skip
    for position, prefix in ((1, "writer."), (2, "cowriter.")):
        columns = {name.removeprefix(prefix): changes.pop(name) for name in list(changes) if name.startswith(prefix)}
        _write_person(piece, position, columns)
    if unknown := changes.keys() - ABOUT_PIECE:
        raise TypeError(f"A draft has no {', '.join(sorted(unknown))} to write.")
    if changes:
        _refuse_long_answers(piece, changes)
        put(piece, **changes)
    newest.refresh_from_db()
    return newest


def send(piece: "Submission", *, by: Actor, agreed: bool, network: str, signals: Mapping[str, bool | int]) -> None:
    """Seal the text, ask the address. The same text from the same address is one piece, however often it is sent."""
    if piece.status == Status.UNCONFIRMED:
        raise AlreadySo("This piece has been sent already.")
    refuse_unless_may(piece, "send", by=by)
    if problems := problems_of(piece, agreed=agreed):
        raise Unfinished(problems)
    now = timezone.now()
    Version.objects.filter(submission=piece, sealed_at__isnull=True).update(sealed_at=now)
    key = key_of(piece)
    first = type(piece).objects.filter(open_key=key).exclude(pk=piece.pk).first()
    columns: dict[str, Any] = {"sent_at": now, "agreed_at": now, "due_at": now + CONFIRM_WITHIN}
    columns |= {"network": network[:64], "noticed": {name: signals[name] for name in NOTICED if name in signals}}
    if first is None:
        columns["open_key"] = key
    move(piece, "send", by=by, columns=columns)
    if first is not None:
        merge(piece, first, by=by)
        return
    confirming.ask(piece, by=by)


def merge(piece: "Submission", first: "Submission", *, by: Actor) -> None:
    """Close ``piece`` as the same as ``first``, and say so to its writer, whose address has shown that it is theirs."""
    move(piece, "withdraw", by=by, columns={"duplicate_of": first, "reason": "merged"})
    if first.received_at and Bucket.take(limits.ADDRESS, piece.writer.email.casefold()) == timedelta(0):
        letters.write(first, "merged", writer=first.writer, by=by)


def key_of(piece: "Submission") -> str:
    """What an address and a text are known by together while a piece is open."""
    return hashlib.sha256(f"{piece.writer.email.casefold()}\n{piece.version.digest}".encode()).hexdigest()


def confirm(piece: "Submission", *, by: Actor) -> None:
    """The desk gets it, and the promise begins."""
    if piece.received_at:
        raise AlreadySo("You have confirmed this already.")
    now, office = timezone.now(), Office.current()
    terms = piece.guidelines
    days = terms.urgent_answer_days if piece.is_urgent else terms.answer_days
    score, signals = risk.assess(piece)
    columns: dict[str, Any] = {
        "received_at": now,
        "promise_at": office.due(now, days),
        "risk": score,
        "signals": signals,
        "quarantined_at": now if score > risk.QUARANTINE else piece.quarantined_at,
        "spoke_last": "writer",
        "spoke_at": now,
    }
    move(piece, "confirm", by=by, columns=columns)
    Writer.objects.filter(submission=piece, position=1).update(confirmed_at=now, mail_failed_at=None, mail_trouble="")
    letters.write(piece, "received", writer=piece.writer, by=by)
    if (piece.is_urgent or piece.why_urgent) and not piece.is_in_quarantine:
        for editor in Office.people():
            letters.tell_editor(piece, "time_sensitive", editor)
    if piece.cowriter and piece.cowriter.email:
        letters.write(piece, "cowriter", writer=piece.cowriter, by=by)


def replace(piece: "Submission", headline: str, text: str, *, note: str, by: Actor) -> Version:
    """A newer text while nobody has claimed it."""
    if piece.status != Status.RECEIVED or piece.assignee_id or is_kept_from(piece, by=by):
        raise MoveRefused("An editor is reading this piece already. Write a message to the desk instead.")
    made = _add(piece, headline, text, note)
    tell(piece, "replaced the text", by=by, version=made.number)
    put(piece, spoke_last="writer", spoke_at=timezone.now())
    return made


def resubmit(piece: "Submission", headline: str, text: str, *, note: str, by: Actor) -> Version:
    """The revised text that was asked for."""
    refuse_unless_may(piece, "resubmit", by=by)
    made = _add(piece, headline, text, note)
    now = timezone.now()
    move(piece, "resubmit", by=by, columns={"spoke_last": "writer", "spoke_at": now}, version=made.number)
    letters.write(piece, "revision_received", writer=piece.writer, by=by)
    return made


def problems_of(piece: "Submission", *, agreed: bool) -> dict[str, str]:
    """What stands against sending it: a sentence for each field, in the order of the pages."""
    version, writer, terms = piece.version, piece.writer, piece.guidelines
    found = text_problems(piece, version.headline, version.text)
    if piece.kind == Kind.REACTION and piece.answers is None:
        found["answers"] = "Open the story you want to answer, and start from its foot."
    found |= person_problems(writer, "writer")
    if piece.cowriter and (piece.cowriter.name or piece.cowriter.email):
        found |= person_problems(piece.cowriter, "cowriter")
        if terms.most_writers < 2:
            found["cowriter.name"] = "We take pieces by one writer only. Take the second one out."
    if piece.kind == Kind.COMMENTARY:
        for name, more in DECLARED.items():
            if not getattr(piece, name):
                found[name] = "Choose yes or no."
            elif getattr(piece, name) == "yes" and not words.is_visible(getattr(piece, more)):
                found[more] = "You answered yes. Say a little more."
    if not agreed:
        found["agreed"] = "Tick the box to agree to the licence."
    return found


def text_problems(piece: "Submission", headline: str, text: str) -> dict[str, str]:
    """What stands against a text that is to be sent."""
    found: dict[str, str] = {}
    most = piece.guidelines.most_words(piece.kind)
    if not words.is_visible(headline):
        found["headline"] = "Write a headline."
    number = words.count(text)
    if not words.is_visible(text):
        found["text"] = "Write your text."
    elif number > most:
        found["text"] = f"Your text has {number:,} words; we can take {most:,} at most. Shorten it."
    return found


def person_problems(writer: Writer, prefix: str) -> dict[str, str]:
    """What stands against a writer as they gave themselves."""
    found: dict[str, str] = {}
    if not words.is_visible(writer.name):
        found[f"{prefix}.name"] = "Write the name as it should be published."
    try:
        validate_email(writer.email)
    except ValidationError:
        found[f"{prefix}.email"] = "Write an e-mail address, as in name@example.org."
    if (number := words.count(writer.about)) > LONGEST_ABOUT:
        found[f"{prefix}.about"] = f"This has {number} words; {LONGEST_ABOUT} fit. Shorten it."
    return found


def _add(piece: "Submission", headline: str, text: str, note: str) -> Version:
    """A further sealed text."""
    headline, text, note = _storable(headline), _storable(text), _storable(note)
    if problems := text_problems(piece, headline, text):
        raise Unfinished(problems)
    now = timezone.now()
    newest = piece.version
    if newest.number >= MOST_TEXTS:
        raise MoveRefused(f"We have {MOST_TEXTS} texts of yours for this piece. Write to the editor which one counts.")
    made = Version(
        submission=piece, number=newest.number + 1, headline=headline, text=text, note=note,
        made_at=now, saved_at=now, sealed_at=now,
    )  # fmt: skip
    _refuse_unkeepable(made)
    made.measure()
    if made.digest == newest.digest and not note:
        raise AlreadySo("This is the text we have already.")
    made.save()
    return made


def _refuse_long_answers(piece: "Submission", changes: dict[str, Any]) -> None:
    """Databases would take answers of any length; the desk reads them."""
    for name, value in changes.items():
        longest = getattr(piece._meta.get_field(name), "max_length", None) or LONGEST_ANSWER
        longer = [each for each in (value if isinstance(value, list) else [value]) if len(str(each or "")) > longest]
        if longer and name != "answers":
            raise Unfinished({name: f"This is {len(longer[0]):,} characters long; {longest:,} fit. Shorten it."})


def _write_person(piece: "Submission", position: int, columns: dict[str, Any]) -> None:
    if not columns:
        return
    if unknown := columns.keys() - ABOUT_WRITER:
        raise TypeError(f"A writer has no {', '.join(sorted(unknown))} to write.")
    for name, value in columns.items():
        longest = getattr(Writer._meta.get_field(name), "max_length", None)
        if isinstance(value, str) and longest and len(value) > longest:
            key = f"{'writer' if position == 1 else 'cowriter'}.{name}"
            raise Unfinished({key: f"This is {len(value):,} characters long; {longest:,} fit. Shorten it."})
    writer, _ = Writer.objects.update_or_create(submission=piece, position=position, defaults=columns)
    if position > 1 and not words.is_visible(writer.name) and not writer.email:
        writer.delete()  # whoever is named nowhere has nothing to approve


def _storable(value: Any) -> Any:
    """Without characters that no database keeps, or that would break a line of a letter's head."""
    return value.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


def _refuse_unkeepable(version: Version) -> None:
    version.headline = " ".join(version.headline.split())
    if len(version.headline) > LONGEST_HEADLINE:
        found = f"The headline is {len(version.headline):,} characters long; {LONGEST_HEADLINE} fit. Shorten it."
        raise Unfinished({"headline": found})
    if len(version.text) > LONGEST_TEXT:
        raise Unfinished({"text": f"The text is {len(version.text):,} characters long; {LONGEST_TEXT:,} can be kept."})


def _reference(model: "type[Submission]") -> str:
    while True:
        drawn = "".join(secrets.choice(LETTERS) for _ in range(7))
        reference = f"C-{drawn[:4]}-{drawn[4:]}"
        if not model.objects.filter(reference=reference).exists():
            return reference
