"""Everything said and done about a piece, oldest first: letters, messages, notes, moves."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from commentary.models import Event, Letter, Message, Submission

PLACE = re.compile(r"\{link:(\w+)\}")


@dataclass(frozen=True)
class Entry:
    """One line. ``kind``: letter, writer, objection, note, event; ``state`` is what became of a letter."""

    kind: str
    at: datetime
    who: str
    title: str
    text: str = ""
    state: str = ""
    is_trouble: bool = False
    quoted: str = ""

    @property
    def anchor(self) -> str:
        return f"{self.kind}-{self.at:%Y%m%d%H%M%S%f}"


def thread(piece: Submission) -> list[Entry]:
    """All of it. Three queries, however much was said."""
    entries = [
        *map(_letter, piece.letters.filter(reader__isnull=True).select_related("writer")),
        *map(_message, piece.messages.all()),
        *(_event(event) for event in piece.events.all() if event.verb not in SAID_ELSEWHERE),
    ]
    return sorted(entries, key=lambda entry: (entry.at, entry.kind != "event"))


SAID_ELSEWHERE = frozenset({"began", "left a note", "wrote to the desk", "wrote to the writer"})


def _letter(letter: Letter) -> Entry:
    return Entry(
        "letter", letter.made_at, f"To {letter.writer or letter.to}", letter.subject,
        PLACE.sub("[link]", letter.text), _state(letter), bool(letter.failed_at),
    )  # fmt: skip


def _state(letter: Letter) -> str:
    if letter.cancelled_at:
        return "Not sent: the decision was taken back or replaced"
    if letter.failed_at:
        return f"Not delivered. {letter.trouble}".strip()
    if letter.sent_at:
        return "Sent"
    if letter.send_after > timezone.now():
        return f"Leaves {timezone.localtime(letter.send_after):%H:%M}"
    return "Leaving"


def _message(message: Message) -> Entry:
    titles = {
        Message.Kind.WRITER: "Message",
        Message.Kind.NOTE: "Internal note",
        Message.Kind.OBJECTION: "Asks for changes"
        + (f" in paragraph {message.paragraph}" if message.paragraph else ""),
    }
    kind = Message.Kind(message.kind)
    return Entry(kind.value, message.at, message.by_name, titles[kind], message.text, quoted=message.quoted)


def _event(event: Event) -> Entry:
    who = "The writer" if event.party == "guest" else event.actor_name
    return Entry("event", event.at, who, event.verb, event.note)
