"""For whoever was named as a second writer: the text, and whether it is theirs."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from articles.states import AlreadySo, MoveRefused
from commentary.models import Purpose
from public.commentary.pages import show
from public.commentary.rooms import home, room
from public.commentary.visits import Visit


@room(Purpose.COWRITER)
@require_http_methods(["GET", "HEAD", "POST"])
def cowriter(request: HttpRequest, here: Visit) -> HttpResponseBase:
    """Confirm or refuse. Until then nothing runs under their name."""
    context = {"here": here, "piece": here.piece, "version": here.piece.version, "heading": "Did you write this too?"}
    if request.method != "POST":
        return show(request, "cowriter.html", "Did you write this too?", context)
    deed = here.piece.join if request.POST.get("answer") == "yes" else here.piece.refuse_part
    if request.POST.get("answer") not in {"yes", "no"}:
        context["sentence"] = "Choose one of the two answers."
        return show(request, "cowriter.html", "Error: Did you write this too?", context)
    try:
        deed(writer=here.writer, by=here.piece.guest)
    except AlreadySo:
        pass  # pressed twice
    except MoveRefused as refused:
        context["sentence"] = str(refused)
        return show(request, "cowriter.html", "Error: Did you write this too?", context)
    if request.POST["answer"] == "yes":
        return home(here, done="joined")
    return show(request, "cowriter_refused.html", "Thank you for telling us", context)
