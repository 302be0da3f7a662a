"""What can be done to a piece: its button, what is asked first, who may, when, and what is said afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from articles.kinds import Kind
from commentary.models import Submission
from desk import permissions
from desk.commentary import forms

type Do = Callable[..., object]
type Offered = Callable[[Submission, User], bool]


@dataclass(frozen=True)
class Deed:
    """One of them. ``at_once``: the button on the piece's page does it, nothing is asked. ``text`` names the words."""

    button: str
    done: str
    do: Do
    offered: Offered
    explanation: str = ""
    form: type[forms.DeedForm] = forms.DeedForm
    may: Callable[[User], bool] = permissions.works_on_pieces
    text: str = ""
    text_help: str = ""
    key: str = ""
    letter: str = ""
    at_once: bool = False
    is_grave: bool = False

    @property
    def label(self) -> str:
        return self.button if self.at_once else f"{self.button} …"


def _can(verb: str) -> Offered:
    return lambda piece, user: piece.can(verb) and not piece.is_published


def _accepts(piece: Submission, user: User) -> bool:
    return piece.can("accept")


def _declines(piece: Submission, user: User) -> bool:
    return piece.can("decline") or (piece.can("kill") and permissions.may_kill(user) and not piece.is_published)


def _claims(piece: Submission, user: User) -> bool:
    return piece.is_open and piece.assignee_id != user.pk


def _is_open(piece: Submission, user: User) -> bool:
    return piece.is_open and not piece.is_published


def _remakes(piece: Submission, user: User) -> bool:
    return piece.article_id is None and piece.is_taken and not piece.can("complete")


DEEDS: dict[str, Deed] = {
    "claim": Deed(
        "Take it", "It is yours.", lambda piece, **told: piece.claim(**told), _claims, key="c", at_once=True
    ),
    "request_changes": Deed(
        "Ask for changes", "The writer is asked. The letter is on its way.",
        lambda piece, **told: piece.request_changes(told.pop("text"), **told), _can("request_changes"),
        "The writer gets this letter at once, with a link to send a revised text or an answer.",
        forms.RevisionForm, text="What we need", key="r", letter="please_revise",
        text_help="In plain words: what should be different, or what you need to know.",
        may=permissions.may_decide,
    ),
    "accept": Deed(
        "Accept", "Accepted. The letter leaves in ten minutes; until then you can take it back.",
        lambda piece, **told: piece.accept(told.pop("text"), **told), _accepts,
        "The writer is asked to confirm terms and disclosures; with their yes the piece becomes a story. "
        "A reaction becomes a story at once.",
        forms.TextForm, text="Your words to the writer", key="a", letter="accepted",
        text_help="They stand above what the letter says anyway. May stay empty.", may=permissions.may_decide,
    ),
    "decline": Deed(
        "Decline", "Declined. The letter leaves in ten minutes; until then you can take it back.",
        lambda piece, **told: piece.decline(told.pop("reason"), told.pop("text"), **told), _declines,
        "The writer gets a letter and is free to offer the piece elsewhere.",
        forms.DeclineForm, text="Your words to the writer", key="d", letter="declined",
        text_help="They stand above what the letter says anyway. After acceptance they are required.",
        may=permissions.may_decide,
    ),
    "undo": Deed(
        "Take the decision back", "Taken back. No letter leaves.",
        lambda piece, **told: piece.undo(**told), lambda piece, user: False,
        "The letter has not left yet. The piece goes back to where it was.", at_once=True,
        may=permissions.may_decide,
    ),
    "answer": Deed(
        "Write to the writer", "The letter is on its way.",
        lambda piece, **told: piece.answer(told.pop("text"), **told),
        lambda piece, user: not piece.can("unmark_spam"),
        "A letter that decides nothing.", forms.TextForm, text="Letter", letter="message",
    ),
    "note": Deed(
        "Leave a note", "The note is kept.",
        lambda piece, **told: piece.note(told["text"], by=told["by"]), lambda piece, user: True,
        "For colleagues alone. Notes are never mailed.", forms.TextForm, text="Note",
    ),
    "send_for_approval": Deed(
        "Send for approval", "Sent. The writer is shown exactly this text.",
        lambda piece, **told: piece.send_for_approval(note=told.pop("text"), **told),
        lambda piece, user: piece.can("send_for_approval") and piece.article_id is not None,
        "Headline, summary, text, byline, biography and disclosure are frozen as they stand in the story now, and the "
        "writer is asked for their yes to exactly that.",
        forms.TextForm, text="What you say of the edit", letter="please_approve",
        text_help="Why you changed what you changed. May stay empty.",
    ),
    "recall": Deed(
        "Take back for editing", "Back in editing. Whatever was scheduled is unscheduled.",
        lambda piece, **told: piece.recall(note=told.pop("text"), **told), _can("recall"),
        "The approval counts no more, and a scheduled story is taken out of the schedule. The writer is told that a "
        "newer version is coming.",
        forms.TextForm, text="What you tell the writer", letter="newer_version", text_help="May stay empty.",
    ),
    "remake": Deed(
        "Begin the story anew", "There is a new story, made of the writer's text.",
        lambda piece, **told: piece.remake(**told), _remakes,
        "The story of this piece was deleted. A new one begins with the writer's newest text.", at_once=True,
    ),
    "assign": Deed(
        "Give to", "Given. A letter tells them.", lambda piece, **told: piece.claim(**told),
        lambda piece, user: piece.is_open, "They find it under Mine.", forms.AssignForm,
    ),
    "release": Deed(
        "Put back", "Back in the inbox.", lambda piece, **told: piece.release(**told),
        lambda piece, user: piece.can("release"), "Anybody can take it again.", at_once=True,
    ),
    "hold": Deed(
        "Hold", "Laid aside until then.", lambda piece, **told: piece.hold(told.pop("until"), **told), _is_open,
        "It leaves the inbox until that moment.", forms.HoldForm, key="h",
    ),
    "take_up": Deed(
        "Take up again", "Taken up again.", lambda piece, **told: piece.hold(None, **told),
        lambda piece, user: piece.is_held and piece.is_open, "It is held no longer.", at_once=True,
    ),
    "urgent": Deed(
        "Mark as time-sensitive", "Marked. The shorter promise holds.",
        lambda piece, **told: piece.mark_urgent(urgent=True, **told),
        lambda piece, user: not piece.is_urgent and _is_open(piece, user),
        "Where nothing was answered yet, the shorter promise holds.", at_once=True,
    ),
    "not_urgent": Deed(
        "Not time-sensitive", "The mark is gone.", lambda piece, **told: piece.mark_urgent(urgent=False, **told),
        lambda piece, user: piece.is_urgent and _is_open(piece, user), "The usual promise holds.", at_once=True,
    ),
    "quarantine": Deed(
        "Put into quarantine", "Set apart.", lambda piece, **told: piece.quarantine(aside=True, **told),
        lambda piece, user: not piece.is_in_quarantine and _is_open(piece, user),
        "It leaves the ordinary queues. Its writer reads that it was received.", at_once=True,
    ),
    "let_out": Deed(
        "Let out of quarantine", "Back in the ordinary queues.",
        lambda piece, **told: piece.quarantine(aside=False, **told), lambda piece, user: piece.is_in_quarantine,
        "It stands in the ordinary queues again.", at_once=True,
    ),
    "spam": Deed(
        "Spam", "Marked as spam. Nobody is written to.", lambda piece, **told: piece.mark_spam(**told),
        _can("mark_spam"), "It is closed without a letter, and deleted after 30 days.", at_once=True, is_grave=True,
    ),
    "not_spam": Deed(
        "Not spam", "Back in the inbox.", lambda piece, **told: piece.unmark_spam(**told), _can("unmark_spam"),
        "It goes back to the inbox.", at_once=True,
    ),
    "reopen": Deed(
        "Reopen", "Open again. A letter tells the writer.", lambda piece, **told: piece.reopen(**told),
        _can("reopen"), "It goes back to the inbox, and the writer is told.", at_once=True,
    ),
    "check_identity": Deed(
        "Say who the writer is", "Kept.",
        lambda piece, **told: piece.check_identity(told.pop("writer"), told.pop("how"), **told),
        lambda piece, user: piece.is_open, "Nothing is published before somebody has made sure who wrote it.",
        forms.IdentityForm,
    ),
    "disclosure": Deed(
        "Review the disclosure", "Kept. It stands in the story's draft.",
        lambda piece, **told: piece.review_disclosure(told.pop("line"), **told),
        lambda piece, user: piece.is_open, "Nothing is published before somebody has looked at what was declared.",
        forms.DisclosureForm,
    ),
    "recuse": Deed(
        "Step back", "You have stepped back. You will not meet this piece again.",
        lambda piece, **told: piece.recuse(by=told["by"]), lambda piece, user: True,
        "For whoever knows the writer, or has an interest in the matter. You cannot open this piece any more, and "
        "nobody but an administrator's repair brings you back.",
        is_grave=True,
    ),
    "legal_hold": Deed(
        "Threat: legal hold", "Under legal hold. The named people are told.",
        lambda piece, **told: piece.set_legal_hold(held=True, note=told.pop("text"), **told),
        lambda piece, user: piece.legal_hold_at is None,
        "For threats, and for what lawyers should see. It vanishes from everybody's queues but those of senior "
        "editors, readers cannot get it, and the people named under Office are told at once.",
        forms.TextForm, text="Why", text_help="Stands in the history.", is_grave=True,
    ),
    "lift_hold": Deed(
        "Lift the legal hold", "Lifted.",
        lambda piece, **told: piece.set_legal_hold(held=False, note=told.pop("text"), **told),
        lambda piece, user: piece.legal_hold_at is not None, "It stands in the ordinary queues again.",
        forms.TextForm, text="Why", text_help="Stands in the history.", may=permissions.may_lift_hold,
    ),
}  # fmt: skip

# What an editor most likely does next, by status.
PRIMARY = {
    "received": "claim",
    "in_review": "accept",
    "changes_requested": "accept",
    "editing": "send_for_approval",
    "awaiting_approval": "recall",
    "spam": "not_spam",
    "lapsed": "reopen",
}
BESIDE = ("request_changes", "accept", "decline")
INLINE = frozenset({"note", "check_identity", "disclosure", "undo"})  # have a place of their own on the page


def offered(piece: Submission, user: User) -> dict[str, Deed]:
    """What this person can do to the piece now."""
    return {name: deed for name, deed in DEEDS.items() if deed.may(user) and deed.offered(piece, user)}


def primary(piece: Submission, possible: dict[str, Deed]) -> str:
    """The name of the one that stands out."""
    if piece.can("claim") and piece.assignee_id:
        return "accept" if "accept" in possible else ""
    name = PRIMARY.get(piece.standing, "")
    if name == "accept" and piece.kind == Kind.REACTION and "accept" not in possible:
        return ""
    return name if name in possible else ""


def told(form: forms.DeedForm, user: User) -> dict[str, Any]:
    """What a verb is told besides the piece."""
    return form.answers | {"by": user, "seen": form.cleaned_data["seen"]}
