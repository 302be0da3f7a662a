"""The edited text before its writer: exactly what readers would get, with every change, and their yes or no to it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from articles.states import AlreadySo, MoveRefused
from commentary import whereabouts
from commentary.models import Purpose, Snapshot
from public.commentary import edits
from public.commentary.pages import show
from public.commentary.rooms import ask_for_proof, home, room
from public.commentary.visits import Visit

VIEWS = {"marked": "Changes marked", "clean": "As readers will see it", "original": "Before the edit"}
NEWER = "A newer version has come since you opened this page. Nothing was sent. Here it is: please read it anew."


class ApproveForm(forms.Form):
    name = forms.CharField(max_length=120, error_messages={"required": "Type your name to approve the text."})


class ObjectForm(forms.Form):
    text = forms.CharField(
        strip=False, widget=forms.Textarea, error_messages={"required": "Say what should be different."}
    )
    paragraph = forms.IntegerField(required=False, min_value=1, max_value=100_000)


@room(Purpose.APPROVE, Purpose.STATUS)
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, here: Visit) -> HttpResponseBase:
    """Read with either key; the yes or no takes the one from the letter that asked for it."""
    snapshot = here.piece.snapshots.first()
    if snapshot is None or not whereabouts.may(here.piece, "read"):
        return _not_now(request, here)
    yes, no = ApproveForm(), ObjectForm(initial={"paragraph": request.GET.get("about", "")})
    if request.method == "POST" and here.purpose != Purpose.APPROVE:
        return ask_for_proof(request, here, Purpose.APPROVE)
    if request.method == "POST" and "approve" in request.POST:
        yes = ApproveForm(request.POST)
        if _approved(request, here, snapshot, yes):
            return home(here, done="approved")
    elif request.method == "POST":
        no = ObjectForm(request.POST)
        if _objected(request, here, snapshot, no):
            return home(here, done="objected")
    here.piece.refresh_from_db()  # the answer may have come while a newer version was sent
    return _page(request, here, here.piece.snapshots.first() or snapshot, yes, no)


def _approved(request: HttpRequest, here: Visit, snapshot: Snapshot, form: ApproveForm) -> bool:
    if not form.is_valid() or _is_superseded(request, snapshot, form):
        return False
    try:
        here.piece.approve(snapshot, form.cleaned_data["name"], writer=here.writer, by=here.piece.guest)
    except AlreadySo:
        pass  # pressed twice
    except MoveRefused as refused:
        form.add_error(None, str(refused))
    return not form.errors


def _objected(request: HttpRequest, here: Visit, snapshot: Snapshot, form: ObjectForm) -> bool:
    if not form.is_valid() or _is_superseded(request, snapshot, form):
        return False
    given = form.cleaned_data
    try:
        here.piece.object(
            given["text"], snapshot=snapshot, paragraph=given["paragraph"], writer=here.writer, by=here.piece.guest
        )
    except MoveRefused as refused:
        form.add_error(None, str(refused))
    return not form.errors


def _is_superseded(request: HttpRequest, snapshot: Snapshot, form: forms.Form) -> bool:
    """The page was opened on an older text than the newest: that one alone may be answered."""
    if request.POST.get("round") == str(snapshot.number):
        return False
    form.add_error(None, NEWER)
    return True


def _not_now(request: HttpRequest, here: Visit) -> HttpResponseBase:
    context = {"here": here, "piece": here.piece, "standing": whereabouts.standing_told(here.piece)}
    return show(request, "not_now.html", "There is nothing to approve now", context)


def _page(request: HttpRequest, here: Visit, snapshot: Snapshot, yes: ApproveForm, no: ObjectForm) -> HttpResponseBase:
    piece = here.piece
    view = request.GET.get("view", "")
    since_submitted = request.GET.get("since") == "submitted"
    edit = edits.edit(piece, snapshot, here.writer, since_submitted=since_submitted)
    given = {approval.writer_id: approval for approval in snapshot.approvals.all()}
    is_open = snapshot.superseded_at is None and whereabouts.standing_told(piece) == "awaiting_approval"
    heading = _heading(here, given, is_open=is_open)
    context: dict[str, Any] = {
        "here": here,
        "piece": piece,
        "snapshot": snapshot,
        "edit": edit,
        "view": view if view in VIEWS else "marked",
        "views": VIEWS,
        "since_submitted": since_submitted,
        "yes": yes,
        "no": no,
        "heading": heading,
        "own": given.get(here.writer.pk),
        "others": [(writer, given.get(writer.pk)) for writer in piece.signing if writer.pk != here.writer.pk],
        "is_open": is_open,
        "is_asked": is_open and here.writer.pk not in given,
        "is_proved": here.purpose == Purpose.APPROVE,
    }
    return show(request, "approve.html", f"Error: {heading}" if yes.errors or no.errors else heading, context)


def _heading(here: Visit, given: dict[int, Any], *, is_open: bool) -> str:
    if here.writer.pk in given:
        return "The text you approved"
    return "Your edited text" if is_open else "The edited text"
