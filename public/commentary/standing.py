"""A piece's own page: where it is, what its writer may do, all that was said."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.states import MoveRefused
from commentary import whereabouts
from commentary.models import Purpose
from public.commentary.pages import show
from public.commentary.rooms import home, room
from public.commentary.visits import Visit

DONE = {
    "said": "Your message is with the desk.",
    "replaced": "We have your new text.",
    "revised": "We have your revised text.",
    "agreed": "Thank you. You have confirmed the terms.",
    "approved": "Thank you. You have approved the text.",
    "objected": "Your comment is with the desk. Nothing runs before you have seen a newer version.",
    "gone": "The piece is withdrawn.",
    "reopened": "The piece is open again.",
    "joined": "Thank you. You are confirmed as a writer of this piece.",
    "address": "Your address is changed.",
}


class MessageForm(forms.Form):
    text = forms.CharField(widget=forms.Textarea, strip=False, error_messages={"required": "Write something first."})


@room(Purpose.STATUS)
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest, here: Visit) -> HttpResponseBase:
    """GET shows the page; POST sends the desk a message."""
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            here.piece.say(form.cleaned_data["text"], by=here.piece.guest, writer=here.writer)
        except MoveRefused as refused:
            form.add_error("text", str(refused))
        else:
            return home(here, done="said")
    return _page(request, here, form)


@room(Purpose.STATUS)
@require_safe
def text(request: HttpRequest, here: Visit, number: int) -> HttpResponseBase:
    """One of the texts that were sent."""
    version = here.piece.versions.filter(number=number, sealed_at__isnull=False).first()
    if version is None:
        raise Http404("There is no such text.")
    newest = here.piece.version.number == number
    return show(request, "text.html", version.headline, {"here": here, "version": version, "is_newest": newest})


@room(Purpose.STATUS)
@require_POST
def reopen(request: HttpRequest, here: Visit) -> HttpResponseBase:
    """Bring back a piece that lapsed."""
    try:
        here.piece.reopen(by=here.piece.guest)
    except MoveRefused as refused:
        return _page(request, here, MessageForm(), refused=str(refused))
    return home(here, done="reopened")


def _page(request: HttpRequest, here: Visit, form: MessageForm, *, refused: str = "") -> HttpResponseBase:
    piece = here.piece
    standing = whereabouts.standing_told(piece)
    heading = whereabouts.heading(piece, here.writer)
    newest = piece.snapshots.filter(superseded_at__isnull=True).first()
    given = newest.approvals.filter(writer=here.writer).first() if newest else None
    context = {
        "here": here,
        "piece": piece,
        "standing": standing,
        "part": f"public/commentary/standing.html#{standing}",
        "heading": heading,
        "may": whereabouts.deeds(piece),
        "is_taken": whereabouts.is_taken(piece),
        "entries": whereabouts.thread(piece, here.writer),
        "approval": given,
        "snapshot": newest,
        "others": [writer for writer in piece.signing if writer.pk != here.writer.pk],
        "form": form,
        "done": DONE.get(request.GET.get("done", "")),
        "refused": refused,
    }
    wrong = bool(form.errors or refused)
    return show(request, "status.html", f"Error: {heading}" if wrong else heading, context)
