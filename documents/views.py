import logging

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe

from documents.answering import answer
from documents.kinds import TYPES
from documents.models import Document

_log = logging.getLogger(__name__)

# Saved, never shown. Were the file ever taken for a page all the same, it could do nothing. A replaced file has the
# address of the old one, so every copy of it asks whether it is still good.
_HEADERS = {
    "Accept-Ranges": "bytes",
    "Cache-Control": "public, no-cache",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
def document(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """A document to save. Under a name that it no longer has, its address leads on to the one it has."""
    found = get_object_or_404(Document, token=token)
    if name != found.name:
        return HttpResponseRedirect(found.get_absolute_url())
    etag = quote_etag(found.sha256)
    response = get_conditional_response(request, etag) or _whole_or_part(request, found, etag)
    if response.status_code == 503:
        response.headers["Cache-Control"], response.headers["Retry-After"] = "no-store", "30"
        return response
    for header, value in {"ETag": etag, **_HEADERS}.items():
        response.headers[header] = value
    return response


def _whole_or_part(request: HttpRequest, found: Document, etag: str) -> HttpResponseBase:
    try:
        response = answer(request, found.open(), size=found.size, etag=etag)
    except FileNotFoundError:
        _log.exception("The file of document %s is lost", found.pk)
        raise Http404 from None
    except OSError as error:  # a bucket that does not answer
        _log.warning("The file of document %s cannot be read: %s", found.pk, error)
        return HttpResponse("The file cannot be read just now.\n", status=503, content_type="text/plain; charset=utf-8")
    response.headers["Content-Type"] = TYPES[found.kind]
    response.headers["Content-Disposition"] = content_disposition_header(True, found.name) or ""  # noqa: FBT003
    return response
