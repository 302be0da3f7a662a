import logging
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from images.names import SHAPE

_TYPES = {".jpg": "image/jpeg", ".webp": "image/webp", ".avif": "image/avif"}

# A name is used once and its file never changes. Were a file ever taken for a page, it could do nothing.
# Feed readers and other sites' cards show our pictures, hence cross-origin.
_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}

_log = logging.getLogger(__name__)


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture file made by us, and only that: originals lie elsewhere and bear other names."""
    if not SHAPE.fullmatch(name):
        return _missing()
    path = PurePosixPath(name)
    try:
        modified = int(default_storage.get_modified_time(name).timestamp())
        unchanged = get_conditional_response(request, quote_etag(path.stem), modified)
        answer = unchanged or FileResponse(default_storage.open(name), content_type=_TYPES[path.suffix])
    except FileNotFoundError:
        return _missing()
    except OSError as error:  # a bucket that does not answer
        _log.warning("“%s” cannot be read: %s", name, error)
        return _away()
    if answer.status_code in {200, 304}:
        answer.headers["ETag"] = quote_etag(path.stem)
        answer.headers["Last-Modified"] = http_date(modified)
        for header, value in _HEADERS.items():
            answer.headers[header] = value
    return answer


def _missing() -> HttpResponse:
    return HttpResponseNotFound("There is no such file.\n", content_type="text/plain; charset=utf-8")


def _away() -> HttpResponse:
    later = {"Retry-After": "30", "Cache-Control": "no-store"}
    kind = "text/plain; charset=utf-8"
    return HttpResponse("The file cannot be read just now.\n", status=503, content_type=kind, headers=later)
