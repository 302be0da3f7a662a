"""What we hold of a writer, for the writer: everything that is theirs, as plain data that can be downloaded."""

from datetime import datetime
from typing import Any

from django.db import models

from commentary.models import Letter, Message, Submission, Version, Writer
from commentary.privacy import Rule, personal
from commentary.states import Status

# What the desk thinks of a piece, and how we found out, is not the writer's text: the page says that there is such.
_DESKS = {"signals", "noticed", "cluster", "duplicate_of", "open_key", "digest", "by", "by_name", "reader", "trouble"}
_LINKS = {"submission", "writer", "id", "message_id", "mail_id", "copy", "claimed_at", "send_after", "tries"}


def held_about(piece: Submission, *, to: Writer | None = None) -> dict[str, Any]:
    """Everything we keep of a piece and its writers, in JSON's own types; moments as ISO 8601.

    ``to`` is who asks: of the other writer they get the name alone, and no letters. Notes among editors are counted
    and not told.
    """
    writers = list(piece.writers.select_related("portrait", "kept_portrait"))
    letters = piece.letters.filter(reader=None, **({"writer": to} if to else {}))
    thread = piece.messages.exclude(kind=Message.Kind.NOTE)
    return {
        "reference": piece.reference,
        "kind": piece.get_kind_display(),
        "status": str(Status(piece.status).label),
        "began": _plain(piece.begun_at),
        "sent": _plain(piece.sent_at),
        "received": _plain(piece.received_at),
        "closed": _plain(piece.closed_at),
        "published_as": piece.article.get_absolute_url() if piece.article and piece.is_published else "",
        "writers": [_person(writer, whole=to in {None, writer}) for writer in writers],
        "declared": _told(piece, Submission),
        "texts": [_told(version, Version) | {"sent": _plain(version.sealed_at)} for version in piece.versions.all()],
        "messages": [_told(message, Message) for message in thread],
        "letters": [_letter(letter) for letter in letters],
        "approvals": [
            {"text": given.snapshot.digest, "name": given.typed_name, "at": _plain(given.at)}
            for writer in writers
            if to in {None, writer}
            for given in writer.approvals.select_related("snapshot")
        ],
        "approved_texts": [
            {name: getattr(shown, name) for name in ("headline", "deck", "summary", "body", "byline", "biography")}
            | {"disclosure": shown.disclosure, "sent": _plain(shown.sent_at)}
            for shown in piece.snapshots.all()
        ],
        "links_sent": [
            {"for": link.get_purpose_display(), "until": _plain(link.expires_at)} for link in piece.links.all()
        ],
        "history": [{"what": event.verb, "at": _plain(event.at)} for event in piece.events.all()],
        "notes_among_editors": piece.messages.filter(kind=Message.Kind.NOTE).count(),
        "kept_for": [rule.value.told for rule in Rule if rule.is_personal],
    }


def _told(row: models.Model, model: type[models.Model]) -> dict[str, Any]:
    """The personal fields of a row that are text, numbers or moments; what is empty is left out."""
    names = [name for name in personal(model.__name__) if name not in _DESKS | _LINKS]
    fields = [row._meta.get_field(name) for name in names]
    found = {field.name: getattr(row, field.name) for field in fields if not field.is_relation}
    return {name: _plain(value) for name, value in found.items() if value not in (None, "", [], {})}


def _person(writer: Writer, *, whole: bool) -> dict[str, Any]:
    return _told(writer, Writer) | {"portrait": _portrait(writer)} if whole else {"name": writer.name}


def _letter(letter: Letter) -> dict[str, Any]:
    return {"to": letter.to, "subject": letter.subject, "text": letter.shown, "sent": _plain(letter.sent_at)}


def _portrait(writer: Writer) -> str:
    """Where it can be seen, or that it is kept: the pages of the piece show it."""
    if writer.portrait:
        return writer.portrait.file.url
    kept = getattr(writer, "kept_portrait", None)
    return f"kept, {kept.width} × {kept.height} pixels" if kept else ""


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
