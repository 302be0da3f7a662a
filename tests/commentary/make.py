"""Makes pieces by guests, through the same verbs the product uses."""

from accounts.actors import Clock, Guest
from articles.kinds import Kind
from commentary.models import Bucket, Submission
from newsroom.roles import COMMENTARY_EDITOR
from tests.make import make_user

TEXT = "My river runs dry every August.\n\nIt did not when I was a child, and I know why."


def make_editor(**fields):
    return make_user(role=COMMENTARY_EDITOR, **{"name": "Ruben Adeyemi"} | fields)


def guest(piece):
    return Guest(piece.reference)


def make_draft(*, kind=Kind.COMMENTARY, answers=None, **fields):
    """A draft that could be sent as it stands, unless ``fields`` take something away."""
    piece = Submission.begin(kind, answers=answers)
    filled = {
        "headline": "Who drinks the river",
        "text": TEXT,
        "writer.name": "Gail Guest",
        "writer.email": "gail@example.org",
        "writer.city": "Fresno",
        "writer.about": "Gail Guest farms almonds near Fresno.",
        "elsewhere": "no",
        "interests": "no",
        "helped": "no",
        "ai": "no",
    }
    piece.write(filled | fields, version=piece.version, by=guest(piece))
    return Submission.objects.get(pk=piece.pk)


def make_piece(*, status="received", editor=None, **fields):
    """A piece brought to ``status`` by the verbs that lead there."""
    piece = make_draft(**fields)
    editor = editor or make_editor()
    for verb in WAYS.get(status, MAIN_WAY):
        if piece.status == status:
            break
        STEPS[verb](piece, editor)
    assert piece.status == status
    return piece


def _complete(piece, editor):
    for writer in piece.signing:
        if piece.status == "accepted":  # a reaction is edited at once
            piece.complete({"name": writer.name, "exclusive": True}, writer=writer, by=guest(piece))


def _approve(piece, editor):
    for writer in piece.signing:
        piece.approve(piece.snapshots.first(), writer.name, writer=writer, by=guest(piece))


def _send(piece, editor):
    """As if nobody else had sent anything lately: tests make more pieces than one writer may."""
    Bucket.objects.all().delete()
    piece.send(by=guest(piece), agreed=True)


STEPS = {
    "send": _send,
    "confirm": lambda piece, editor: piece.confirm(by=guest(piece)),
    "claim": lambda piece, editor: piece.claim(by=editor),
    "request_changes": lambda piece, editor: piece.request_changes("Please say how you know.", by=editor),
    "decline": lambda piece, editor: piece.decline("fit", "", by=editor),
    "accept": lambda piece, editor: piece.accept(by=editor),
    "complete": _complete,
    "send_for_approval": lambda piece, editor: piece.send_for_approval(by=editor),
    "approve": _approve,
    "withdraw": lambda piece, editor: piece.withdraw(by=guest(piece)),
    "mark_spam": lambda piece, editor: piece.mark_spam(by=editor),
    "lapse": lambda piece, editor: piece.lapse(by=Clock()),
}
MAIN_WAY = ("send", "confirm", "claim", "accept", "complete", "send_for_approval", "approve")
WAYS = {
    "changes_requested": (*MAIN_WAY[:3], "request_changes"),
    "declined": (*MAIN_WAY[:3], "decline"),
    "withdrawn": (*MAIN_WAY[:2], "withdraw"),
    "spam": (*MAIN_WAY[:2], "mark_spam"),
    "lapsed": (*MAIN_WAY[:3], "request_changes", "lapse"),
}


def make_publishable(*, editor=None, **fields):
    """Approved, and nothing else stands against it."""
    editor = editor or make_editor()
    piece = make_piece(status="editing", editor=editor, **fields)
    for writer in piece.signing:
        piece.check_identity(writer, "phone", by=editor)
    piece.review_disclosure("", by=editor)
    article = piece.article
    text = article.draft.text
    article.revise(type(text)(**{**vars(text), "summary": "A farmer on the river."}), revision=article.draft, by=editor)
    piece.send_for_approval(by=editor)
    _approve(piece, editor)
    piece.article.refresh_from_db()
    return piece
