"""A draft's own pages, for whoever began it in this browser or has come by a link from a letter."""

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from commentary import lost
from commentary.models import Purpose, Submission
from commentary.privacy import IDLE_DRAFT
from public.commentary import sending, steps, visits, writing
from public.commentary.pages import guest_page, show

NOT_HERE = (
    "This browser holds no key to this draft, or the draft is no longer kept. Get a new link by e-mail, and go on "
    "where you were."
)
TOO_OFTEN = "We have written to this address several times already. Use one of those letters, or try again tomorrow."


@guest_page
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, reference: str, step: str) -> HttpResponseBase:
    """One page of the form."""
    visit = visits.visit(request, reference, Purpose.RESUME)
    if visit is None:
        return writing.give_back(request, NOT_HERE, status=404)
    piece = visit.piece
    page = steps.named(piece.kind, step)
    if page is None:
        raise Http404("There is no such page.")
    if request.method == "POST":
        return sending.arrived(request, piece, page, page.form(request.POST, request.FILES, terms=piece.guidelines))
    if not piece.can_be_written:
        return HttpResponseRedirect(writing.address(piece, "sent"))
    return writing.page_of(request, piece, page)


@guest_page
@require_http_methods(["GET", "HEAD"])
def resume(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Where to go on: the first page on which something is missing."""
    visit = visits.visit(request, reference, Purpose.RESUME)
    if visit is None:
        return writing.give_back(request, NOT_HERE, status=404)
    if not visit.piece.can_be_written:
        return HttpResponseRedirect(writing.address(visit.piece, "sent"))
    return HttpResponseRedirect(writing.address(visit.piece, steps.first_unfinished(visit.piece)))


@guest_page
@require_http_methods(["GET", "HEAD", "POST"])
def later(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The draft is kept; whoever wants to go on elsewhere gets a link by e-mail."""
    visit = visits.visit(request, reference, Purpose.RESUME)
    if visit is None or not visit.piece.can_be_written:
        return writing.give_back(request, NOT_HERE, status=404)
    form = LaterForm(request.POST or None, initial={"email": visit.writer.email})
    sent = ""
    if form.is_valid():
        sent = form.cleaned_data["email"]
        if not lost.write_resume(visit.piece, sent):
            sent = ""
            form.add_error("email", TOO_OFTEN)
    title = "Your draft is saved"
    context = {
        "piece": visit.piece, "form": form, "heading": title, "sent": sent, "resume": _resume_page(visit.piece),
        "until": visit.piece.changed_at + IDLE_DRAFT,
    }  # fmt: skip
    return show(request, "later.html", f"Error: {title}" if form.errors else title, context)


class LaterForm(django_forms.Form):
    email = django_forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        error_messages={
            "required": "Write your e-mail address.", "invalid": "Write an e-mail address, as in name@example.org."
        },
    )  # fmt: skip


def _resume_page(piece: Submission) -> str:
    return writing.address(piece, steps.first_unfinished(piece))
