from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from masthead.models import Masthead


def zone(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Show every moment of a page in the newsroom's zone.

    The masthead is read once a request, and only by pages: files and health checks need no zone.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(("/media/", "/static/", "/health/")):
            return get_response(request)
        masthead = Masthead.current()
        request.masthead = masthead  # type: ignore[attr-defined] # read by the context processor beside this
        with timezone.override(masthead.zone):
            return get_response(request)

    return middleware


def publication(request: HttpRequest) -> Masthead:
    """The masthead the middleware has read for this request, or a fresh one where it did not run."""
    found = getattr(request, "masthead", None)
    return found if isinstance(found, Masthead) else Masthead.current()


def masthead(request: HttpRequest) -> dict[str, object]:
    """Context processor: the publication, in every template."""
    return {"masthead": SimpleLazyObject(lambda: publication(request))}
