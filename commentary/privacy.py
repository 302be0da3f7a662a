"""What we keep of guest writers, field by field, why, and how long: the map that retention, erasure and export read.

A test holds every field of every model of this app to having its row here. The .docx a writer sends is read and not
kept at all. Source of the periods: the privacy section of the flow of guest commentary.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum


@dataclass(frozen=True)
class Period:
    """``unpublished`` and ``published`` are counted from the end of a piece: when it was closed, or published."""

    told: str
    unpublished: timedelta | None
    published: timedelta | None


_DAY = timedelta(days=1)
_YEAR = timedelta(days=365)


class Rule(Enum):
    """Whose a field is, and how long it is kept. Only the first two are not personal."""

    OURS = Period("It is the newsroom's own: settings, templates, guidelines.", None, None)
    COURSE = Period("Numbers and moments that name nobody stay.", None, None)
    TEXT = Period("Text, letters and messages: 180 days after the end.", 180 * _DAY, 180 * _DAY)
    NAME = Period("Name, address and who the writer is: 12 months after the end.", _YEAR, 7 * _YEAR)
    AGREED = Period("What was agreed and approved: 7 years where it was published.", 180 * _DAY, 7 * _YEAR)
    PHONE = Period("Phone number: 30 days after the end.", 30 * _DAY, 30 * _DAY)
    PHOTO = Period("Portrait: 30 days after the end; the one readers see stays.", 30 * _DAY, 30 * _DAY)
    NETWORK = Period("The address of the connection: whole for 14 days, then its network.", 14 * _DAY, 14 * _DAY)

    @property
    def is_personal(self) -> bool:
        return self not in {Rule.OURS, Rule.COURSE}


IDLE_DRAFT = 30 * _DAY  # kept so long after its last change
UNCONFIRMED = timedelta(hours=72)  # what was never confirmed is kept so long after it was sent
SPAM = 30 * _DAY  # kept so long after it was marked

_OURS, _COURSE, _TEXT, _NAME, _AGREED = Rule.OURS, Rule.COURSE, Rule.TEXT, Rule.NAME, Rule.AGREED


def _fields(*rows: tuple[Rule, str]) -> dict[str, Rule]:
    """A rule, and the names it is for."""
    return {name: rule for rule, names in rows for name in names.split()}


MAP: dict[str, dict[str, Rule]] = {
    "Submission": _fields(
        (_COURSE, "id kind guidelines status moves begun_at changed_at status_at sent_at received_at"),
        (_COURSE, "closed_at promise_at answered_at released_at due_at reminders is_urgent held_until risk"),
        (_COURSE, "quarantined_at disclosure_reviewed_at legal_hold_at claimed_at spoke_last spoke_at reason"),
        (_COURSE, "likeness address_changes assignee recused answers"),
        (_AGREED, "elsewhere elsewhere_where interests interests_which helped helped_by ai ai_how further"),
        (_AGREED, "agreed_at disclosure"),
        (_TEXT, "language why_urgent signals noticed duplicate_of cluster open_key"),
        (_NAME, "reference article"),
        (Rule.NETWORK, "network"),
    ),
    "Writer": _fields(
        (_COURSE, "id submission position confirmed_at refused_at checked_at checked_by checked_how"),
        (_NAME, "name email city about author"),
        (_AGREED, "agreed_at agreed_as"),
        (Rule.PHONE, "phone"),
        (Rule.PHOTO, "portrait"),
        (_TEXT, "mail_failed_at mail_trouble"),
    ),
    "Portrait": _fields((Rule.PHOTO, "id writer jpeg width height made_at")),
    "Version": _fields(
        (_COURSE, "id submission number words saves made_at saved_at sealed_at compared_at"),
        (_TEXT, "headline text digest note"),
    ),
    "Message": _fields(
        (_TEXT, "id submission kind text quoted paragraph writer by by_name at mail_id"),
    ),
    "Letter": _fields(
        (_TEXT, "id submission writer reader code to subject text made_at send_after claimed_at sent_at"),
        (_TEXT, "cancelled_at failed_at trouble tries message_id copy"),
    ),
    "Link": _fields(
        (_TEXT, "id digest purpose submission writer made_at expires_at used_at revoked_at fact"),
    ),
    "Likeness": _fields(
        (_TEXT, "id version other article share found_at"),
    ),
    "Sketch": _fields(
        (_TEXT, "id version article revision marks"),
    ),
    "Snapshot": _fields(
        (_AGREED, "id submission number revision headline deck summary lead_caption body byline biography"),
        (_AGREED, "disclosure digest mode note sent_at sent_by due_at superseded_at"),
    ),
    "Approval": _fields(
        (_AGREED, "id snapshot writer digest typed_name silent at"),
    ),
    "Event": _fields(
        (_COURSE, "id submission at verb before after party actor"),
        (_NAME, "actor_name"),
        (_TEXT, "note details"),
    ),
    "Tombstone": _fields(
        (_COURSE, "id digest whole made_at"),
    ),
    "Bucket": _fields(
        (_COURSE, "id name key full_at"),
    ),
    "Guidelines": _fields(
        (_OURS, "id number body commentary_words reaction_words most_writers answer_days urgent_answer_days"),
        (_OURS, "reaction_window licence keeps questions commentary_sign_off reaction_sign_off made_at made_by"),
    ),
    "Office": _fields(
        (_OURS, "id workdays closes_at holidays takes_pieces closed_sections told_of_threats"),
    ),
    "LetterTemplate": _fields(
        (_OURS, "id code subject text changed_at changed_by"),
    ),
}

# Rows of these go as a whole when their time has come: nothing of them would be left but when they were written.
WHOLE = ("Message", "Letter", "Link", "Likeness", "Sketch", "Snapshot", "Approval", "Portrait")


def personal(model: str, *rules: Rule) -> list[str]:
    """The fields of ``model`` that are kept under one of ``rules``, or under any that is about a person."""
    wanted = set(rules) or {rule for rule in Rule if rule.is_personal}
    return [name for name, rule in MAP[model].items() if rule in wanted]
