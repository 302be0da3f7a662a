"""After the last page: what happens next, and what can still be done from the browser that sent it."""

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from articles.states import MoveRefused
from commentary import erasure
from commentary.models import Purpose, Submission
from public.commentary import visits, writing
from public.commentary.pages import guest_page, show

GONE = "This browser holds no key to this piece any more. The link in our letter leads to it."


@guest_page
@require_http_methods(["GET", "HEAD", "POST"])
def sent(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The confirmation; the letter can be asked for again, and the address be corrected."""
    visit = visits.visit(request, reference, Purpose.RESUME)
    if visit is None:
        return writing.give_back(request, GONE, status=404)
    piece = visit.piece
    if piece.can_be_written:
        return HttpResponseRedirect(reverse("public:commentary_resume", args=[piece.reference]))
    said, problem = _done(request, piece) if request.method == "POST" else ("", "")
    piece = Submission.objects.select_related("guidelines", "duplicate_of").get(pk=piece.pk)
    context = {
        "piece": piece, "email": piece.writer.email, "said": said, "problem": problem,
        "typed": request.POST.get("email", ""),
    }  # fmt: skip
    return show(request, "sent.html", f"Error: {_title(piece)}" if problem else _title(piece), context)


@guest_page
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Asks once more, then takes the piece away: before it is confirmed no editor knows of it."""
    visit = visits.visit(request, reference, Purpose.RESUME)
    if visit is None or not visit.piece.is_private:
        return writing.give_back(request, GONE, status=404)
    if request.method != "POST":
        return show(request, "delete.html", "Delete this piece?", {"piece": visit.piece})
    try:
        erasure.erase(visit.piece, by=visit.piece.guest)
    except MoveRefused as refused:
        return writing.give_back(request, str(refused), status=409)
    response = show(request, "deleted.html", "Deleted")
    visits.end(response, visit)
    return response


def _done(request: HttpRequest, piece: Submission) -> tuple[str, str]:
    """What was done, or why it was not."""
    try:
        if "again" in request.POST:
            piece.ask_again(by=piece.guest)
            return f"A new letter is on its way to {piece.writer.email}.", ""
        if "email" in request.POST:
            piece.correct_address(request.POST["email"][:300], by=piece.guest)
            return "The address is corrected, and a letter is on its way to it.", ""
    except MoveRefused as refused:
        return "", str(refused)
    return "", ""


def _title(piece: Submission) -> str:
    if piece.is_unconfirmed:
        return "Confirm your address"
    if piece.received_at:
        return "We have your piece"
    if piece.duplicate_of:
        return "We have this text already"
    return "This piece is closed"
