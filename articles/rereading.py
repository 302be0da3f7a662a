"""Reads the site's own pages as a reader gets them, without leaving the process.

The request runs through every middleware, under the site's own name and scheme, with no cookie: what a stored copy
or a wrong setting would do to readers, it does here. Only what stands before this server (a proxy, a CDN) is not
seen. Why it is not asked over the network: docs/decisions/0009-publish-receipt.md.
"""

from functools import cache
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.utils import timezone, translation

from articles.surfaces import Answer


def answer(path: str) -> Answer:
    """What a reader gets at ``path`` now. A page that breaks is answered as readers get it: 500."""
    request = WSGIRequest(_environment(path))
    with timezone.override(None), translation.override(None):
        response = _site().get_response(request)
    source = response.content.decode(response.charset, "replace") if isinstance(response, HttpResponse) else ""
    return Answer(response.status_code, source)


@cache
def _site() -> BaseHandler:
    """All middleware over the addresses of the site: made once, for it holds nothing of a request."""
    site = BaseHandler()
    site.load_middleware()
    return site


def _environment(path: str) -> dict[str, object]:
    """A plain GET of somebody without an account, as a server hands it over (PEP 3333). Not compressed."""
    site = urlsplit(settings.SITE_ADDRESS)
    port = site.port or (443 if site.scheme == "https" else 80)
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": site.hostname or "localhost",
        "SERVER_PORT": str(port),
        "HTTP_HOST": site.netloc,
        "HTTP_USER_AGENT": "Newsroom publish receipt",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
