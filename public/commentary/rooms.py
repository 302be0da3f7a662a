"""The pages of one piece: who may enter them, and what everybody else is shown."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from articles.states import MoveRefused
from commentary.models import Purpose
from public.commentary import visits
from public.commentary.pages import guest_page, show
from public.commentary.visits import Visit

KEPT_BACK = frozenset({"csrfmiddlewaretoken"})


def room[V: Callable[..., HttpResponseBase]](*purposes: str) -> Callable[[V], V]:
    """A page for whoever holds a key to the piece for one of ``purposes``: the view gets the ``Visit``.

    Everybody else is told the same, whether there is such a piece or not; what they typed is given back.
    """

    def decorate(view: V) -> V:
        @wraps(view)
        def entered(request: HttpRequest, reference: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            here = visits.visit(request, reference, *purposes)
            if here is None:
                return _outside(request)
            return view(request, here, *args, **kwargs)

        return guest_page(cast("V", entered))

    return decorate


def home(here: Visit, *, done: str = "") -> HttpResponseRedirect:
    """To the piece's own page, which whoever has a proved key may see; ``done`` is told there."""
    address = reverse("public:commentary_status", args=[here.piece.reference])
    response = HttpResponseRedirect(f"{address}?done={done}" if done else address)
    if here.purpose != Purpose.STATUS:
        visits.admit(response, here.piece, Purpose.STATUS, writer=here.writer)
    return response


def ask_for_proof(request: HttpRequest, here: Visit, purpose: str) -> HttpResponseBase:
    """Send a fresh link to the writer's mailbox, and say so. Nothing else is done."""
    context: dict[str, Any] = {"here": here, "piece": here.piece, "masked": masked(here.writer.email)}
    try:
        here.piece.ask_for(purpose, writer=here.writer, by=here.piece.guest)
    except MoveRefused as refused:
        context["sentence"] = str(refused)
    return show(request, "proof_sent.html", "Look into your mail", context)


def masked(address: str) -> str:
    """An address as its owner knows it again and nobody else can read it: “g…@example.org”."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"


def _outside(request: HttpRequest) -> HttpResponseBase:
    if visits.is_at_desk(request):
        return show(request, "at_desk.html", "You are signed in at the desk", status=403)
    typed = [
        text
        for name, texts in request.POST.lists()
        for text in texts
        if name not in KEPT_BACK and isinstance(text, str) and " " in text.strip()
    ]
    return show(request, "outside.html", "Open the link in our letter", {"typed": typed}, status=403)
