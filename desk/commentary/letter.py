"""The letter that a deed sends, as it would leave with what is typed so far."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from articles.kinds import Kind
from commentary.models import Office, SignOff, Submission, letters
from commentary.models.deciding import COMPLETE_WITHIN, LONGEST_REVISION, REASONS
from commentary.models.editing import APPROVE_DAYS
from desk.commentary.deeds import Deed
from desk.commentary.forms import DeedForm


def letter_of(chosen: Deed, piece: Submission, form: DeedForm) -> tuple[str, str] | None:
    """Subject and text; nothing for a deed that writes to nobody, or that cannot be done."""
    code = code_of(chosen, piece)
    if not code:
        return None
    text = str(form["text"].value() or "") if "text" in form.fields else ""
    return letters.preview(piece, code, text, **_facts(code, piece, form))


def code_of(chosen: Deed, piece: Submission) -> str:
    """Which letter it is from where the piece stands."""
    if chosen.letter == "declined" and piece.is_taken:
        return "killed"
    if chosen.letter == "accepted" and piece.kind == Kind.REACTION and piece.can("take_reaction"):
        return "in_editing"
    if chosen.letter == "please_approve" and piece.guidelines.sign_off(piece.kind) == SignOff.NOTIFY:
        return "please_approve_notify"
    return chosen.letter


def with_passage(chosen: Deed, piece: Submission, typed: dict[str, Any]) -> dict[str, Any]:
    """With the words for the reason where nobody has typed any, to be changed."""
    reason = typed.get("reason", "")
    if reason in REASONS and not str(typed.get("text", "")).strip():
        return typed | {"text": letters.passage(piece, code_of(chosen, piece), reason)}
    return typed


def _facts(code: str, piece: Submission, form: DeedForm) -> dict[str, Any]:
    now, office = timezone.now(), Office.current()
    if code == "please_revise":
        days = str(form["days"].value() or "")
        within = int(days) if days.isascii() and days.isdigit() and len(days) < 4 else LONGEST_REVISION
        return {"due": office.due(now, 0) + timedelta(days=within)}
    if code == "accepted":
        return {"due": now + COMPLETE_WITHIN}
    if code.startswith("please_approve"):
        return {"due": office.due(now, APPROVE_DAYS)}
    reason = form["reason"].value() if "reason" in form.fields else ""
    return {"reason": str(reason or "")}
