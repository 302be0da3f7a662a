"""What happens when a page of a draft arrives: it is kept; then the next page is shown, or the piece is sent."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone

from articles.states import AlreadySo, MoveRefused
from commentary import limits, manuscripts, proof, words
from commentary.models import Submission, Unfinished, Version
from public.commentary import portraits, steps, tickets, writing
from public.commentary.forms import StepForm
from public.commentary.steps import Step

SENT = "This piece has been sent. What you have just written was not added to it: send it from the piece's own page."


def arrived(
    request: HttpRequest, piece: Submission, step: Step, form: StepForm, base: Version | None = None
) -> HttpResponseBase:
    """``form`` is what ``step`` was sent with; ``base`` the text it was written on, if the page does not say."""
    base = base or steps.seen(request.POST.get("version", ""))
    form.is_valid()
    if not piece.can_be_written:
        return _after_sending(request, piece, form)
    if request.FILES.get("manuscript"):
        return _read(request, piece, step, form, base)
    refused = writing.save(request, piece, step, form, base)
    if refused is not None:
        return refused
    if request.FILES.get("portrait"):
        portraits.take(request.FILES["portrait"], piece, form)
    if "read" in request.POST:
        form.add_error("manuscript", "Choose a file first, then have it read.")
        return writing.page_of(request, piece, step, form)
    if "later" in request.POST:
        return HttpResponseRedirect(writing.address(piece, "later"))
    return _onward(request, piece, step, form)


def _after_sending(request: HttpRequest, piece: Submission, form: StepForm) -> HttpResponseBase:
    """Back and resend: the same piece. What is new in it is given back, because it was sent without it."""
    if steps.holds_already(piece, form.changes()):
        return HttpResponseRedirect(writing.address(piece, "sent"))
    return writing.give_back(request, SENT, status=409)


def _read(request: HttpRequest, piece: Submission, step: Step, form: StepForm, base: Version) -> HttpResponseBase:
    """Put the text of a file into the box, to be looked at; what stood there before is shown below it."""
    version = steps.as_seen(base)
    try:
        found = manuscripts.read(cast("Any", request.FILES["manuscript"]))
    except manuscripts.Unreadable as unreadable:
        form.add_error("manuscript", str(unreadable))
        return writing.page_of(request, piece, step, form, version=version)
    before = form.cleaned_data.get("text", "")
    posted = request.POST.copy()
    posted["text"] = found.text
    form.data = posted
    read = {"words": found.words, "dropped": found.dropped, "before": before if words.is_visible(before) else ""}
    return writing.page_of(request, piece, step, form, version=version, read=read)


def _onward(request: HttpRequest, piece: Submission, step: Step, form: StepForm) -> HttpResponseBase:
    piece = Submission.objects.get(pk=piece.pk)
    following = steps.after(piece.kind, step)
    if following is None:
        return _send(request, piece, step, form)
    form.refuse(steps.problems_on(piece, step))
    if form.errors:
        return writing.page_of(request, piece, step, form)
    return HttpResponseRedirect(writing.address(piece, following))


def _send(request: HttpRequest, piece: Submission, step: Step, form: StepForm) -> HttpResponseBase:
    agreed, signals = bool(form.cleaned_data.get("agreed")), _noticed(request, piece)
    try:
        piece.send(by=piece.guest, agreed=agreed, network=limits.network(request), signals=signals)
    except AlreadySo:
        pass  # a double click: there is one piece, and its page is shown
    except Unfinished as unfinished:
        here = {name: said for name, said in unfinished.problems.items() if step.asks_for(name)}
        form.refuse(here)
        missing = steps.where(piece.kind, unfinished.problems.keys() - here.keys(), unfinished.problems)
        return writing.page_of(request, piece, step, form, missing=missing)
    except MoveRefused as refused:
        return writing.give_back(request, str(refused), status=409)
    return HttpResponseRedirect(writing.address(piece, "sent"))


def _noticed(request: HttpRequest, piece: Submission) -> dict[str, bool | int]:
    """What speaks for a person, and what does not: an order for the queue, never a refusal."""
    open_for = int((timezone.now() - piece.begun_at).total_seconds())
    return {
        "trap": bool(request.POST.get("website")),
        "proof": proof.passes(request.POST.get("altcha", ""), piece),
        "seconds": max(open_for, tickets.age(request)),
    }
