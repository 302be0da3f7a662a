"""The page behind every link in a letter. Looking at it changes nothing: mail programs open links by themselves."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from articles.states import AlreadySo, MoveRefused
from commentary import keys, lost
from commentary.models import Link, Purpose
from public.commentary import visits
from public.commentary.pages import guest_page, show

SAYS = {
    Purpose.RESUME: ("Go on with your draft", "Continue to your draft"),
    Purpose.CONFIRM: ("Confirm your address", "Confirm and send to the editors"),
    Purpose.STATUS: ("See where your piece is", "Continue"),
    Purpose.APPROVE: ("Read the edited text", "Continue"),
    Purpose.COWRITER: ("You are named as a writer", "Continue"),
    Purpose.WITHDRAW: ("Withdraw your piece", "Continue"),
    Purpose.ERASE: ("What we hold about you", "Continue"),
    Purpose.ADDRESS: ("Change your address", "Continue"),
}
ROOMS = {  # below the piece's own page
    Purpose.STATUS: "",
    Purpose.APPROVE: "approve/",
    Purpose.COWRITER: "cowriter/",
    Purpose.WITHDRAW: "withdraw/",
    Purpose.ERASE: "erase/",
    Purpose.ADDRESS: "address/",
}


@guest_page
@require_http_methods(["GET", "HEAD", "POST"])
def key(request: HttpRequest, token: str) -> HttpResponseBase:
    """GET and HEAD show a button; POST exchanges the key for a cookie, and leads to an address without it."""
    link = keys.find(token)
    if link is None:
        return show(request, "no_key.html", "This link does not work", status=404)
    if visits.is_at_desk(request):
        return show(request, "at_desk.html", "You are signed in at the desk", status=403)
    if ended := _ended(link):
        context = {"sentence": ended, "link": link, "token": token, "offers": lost.can_renew(link)}
        return show(request, "key_ended.html", "This link has ended", context, status=410)
    if request.method != "POST":
        heading, button = SAYS[Purpose(link.purpose)]
        context = {"link": link, "piece": link.submission, "button": button}
        return show(request, "key.html", heading, context)
    return _OPENS.get(Purpose(link.purpose), _enter)(request, link)


def _ended(link: Link) -> str:
    """Why a key opens nothing any more, for its holder; empty where it does."""
    piece = link.submission
    if link.purpose == Purpose.CONFIRM and (piece.is_closed and not piece.received_at):
        return _never_confirmed(link)
    if link.revoked_at is not None:
        return "It was replaced by a newer one, or is no longer needed."
    if link.is_expired:
        return f"It could be used until {timezone.localtime(link.expires_at):%B %-d, %Y, %-I:%M %p}."
    if link.purpose == Purpose.RESUME and not piece.can_be_written:
        return "This piece has been sent, or is no longer kept as a draft."
    return ""


def _never_confirmed(link: Link) -> str:
    piece = link.submission
    day = f"{timezone.localtime(piece.closed_at):%B %-d, %Y}" if piece.closed_at else ""
    if piece.was_withdrawn:
        return f"You withdrew this piece on {day}. There is nothing to confirm, and no editor has read it."
    return "This piece was not confirmed in time, so no editor has read it. You are welcome to send it anew."


def _enter(request: HttpRequest, link: Link) -> HttpResponseRedirect:
    keys.use(link)
    return _into(link, f"{visits.HOME}{link.submission.reference}/{ROOMS[Purpose(link.purpose)]}")


def _resume(request: HttpRequest, link: Link) -> HttpResponseRedirect:
    keys.use(link)
    return _into(link, reverse("public:commentary_resume", args=[link.submission.reference]))


def _confirm(request: HttpRequest, link: Link) -> HttpResponseBase:
    """The address is proved: the desk gets the piece, and the browser may see where it stands."""
    piece = link.submission
    try:
        piece.confirm(by=piece.guest)
    except AlreadySo:
        pass  # the letter was opened twice: the same answer
    except MoveRefused as refused:
        context = {"sentence": str(refused), "link": link, "offers": False}
        return show(request, "key_ended.html", "This could not be confirmed", context, status=409)
    keys.use(link)
    response = redirect(f"{visits.HOME}{piece.reference}/")
    visits.admit(response, piece, Purpose.STATUS, writer=link.writer or piece.writer)
    return response


def _into(link: Link, address: str) -> HttpResponseRedirect:
    response = HttpResponseRedirect(address)
    visits.begin(response, link)
    return response


_OPENS: dict[Purpose, Callable[[HttpRequest, Link], HttpResponseBase]] = {
    Purpose.RESUME: _resume,
    Purpose.CONFIRM: _confirm,
}
