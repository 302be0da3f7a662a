"""The portrait on a draft's page: taken in, shown to whoever sent it, taken out again."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from commentary import portraits
from commentary.models import Purpose, Submission
from images.kinds import PictureRefused
from public.commentary import visits
from public.commentary.forms import StepForm
from public.commentary.pages import guest_page


def take(upload: Any, piece: Submission, form: StepForm) -> None:
    """Keep the picture, or say beside its field why not. Everything else on the page is kept already."""
    try:
        portraits.keep(upload, piece.writer)
    except PictureRefused as refused:
        form.add_error("portrait", str(refused))


@guest_page
@require_safe
def portrait(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The picture as we made it, for its sender alone."""
    visit = visits.visit(request, reference, Purpose.RESUME)
    kept = portraits.of(visit.piece) if visit else None
    if kept is None:
        raise Http404("There is no portrait.")
    response = HttpResponse(bytes(kept.jpeg), content_type="image/jpeg")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
