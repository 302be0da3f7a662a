"""What we hold of a writer: shown, downloaded, erased. All of it takes a fresh link to the writer's mailbox."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_http_methods, require_safe

from articles.states import MoveRefused
from commentary import erasure, held
from commentary.models import Purpose
from public.commentary.pages import show
from public.commentary.rooms import ask_for_proof, masked, room
from public.commentary.visits import Visit

HEADING = "What we hold about you"


@room(Purpose.ERASE, Purpose.STATUS)
@require_http_methods(["GET", "HEAD", "POST"])
def holding(request: HttpRequest, here: Visit) -> HttpResponseBase:
    """With the key to the piece's page it says what there is; with a fresh one it shows it, and erases."""
    if here.purpose != Purpose.ERASE:
        if request.method == "POST":
            return ask_for_proof(request, here, Purpose.ERASE)
        return show(request, "holding.html", HEADING, _context(here) | {"masked": masked(here.writer.email)})
    if request.method == "POST":
        return _erased(request, here)
    return show(request, "holding.html", HEADING, _shown(here))


@room(Purpose.ERASE)
@require_safe
def download(request: HttpRequest, here: Visit) -> HttpResponseBase:
    """Everything as a file, which other programs can read."""
    response = JsonResponse(_own(here), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = f'attachment; filename="{here.piece.reference}.json"'
    return response


def _erased(request: HttpRequest, here: Visit) -> HttpResponseBase:
    """Nothing is left to go back to, not even the key."""
    context = _shown(here)
    if "sure" not in request.POST:
        context["sentence"] = "Tick the box to say that you mean it."
        return show(request, "holding.html", f"Error: {HEADING}", context)
    try:
        erasure.erase(here.piece, by=here.piece.guest)
    except MoveRefused as refused:
        context["sentence"] = str(refused)
        return show(request, "holding.html", f"Error: {HEADING}", context)
    return show(request, "erased.html", "Everything is erased", {"reference": here.piece.reference})


def _context(here: Visit) -> dict[str, Any]:
    return {"here": here, "piece": here.piece, "heading": HEADING, "is_sender": here.writer.position == 1}


def _shown(here: Visit) -> dict[str, Any]:
    """``facts`` are the plain ones, in groups of name and value."""
    found = _own(here)
    groups = [*found["writers"], found["declared"]]
    facts = [[(name.replace("_", " "), value) for name, value in group.items() if value] for group in groups]
    return _context(here) | {"held": found, "facts": [group for group in facts if group]}


def _own(here: Visit) -> dict[str, Any]:
    return held.held_about(here.piece, to=here.writer)
