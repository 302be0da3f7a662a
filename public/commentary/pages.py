"""How every page for a guest is answered: kept nowhere, found by no search engine, telling nobody where it was."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import cache_control

from masthead.middleware import publication
from public import metadata
from public.answers import refusal

# Templates of these pages extend public/commentary/base.html, which lets a form say where it comes from.
HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow, noarchive"}


def guest_page[V: Callable[..., HttpResponseBase]](view: V) -> V:
    """A page for those alone who hold a key, or who are writing."""

    @wraps(view)
    def with_headers(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return cast("V", cache_control(private=True, no_store=True)(with_headers))


def show(
    request: HttpRequest, template: str, title: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponseBase:
    """A page under ``templates/public/commentary/``, titled as it stands in its heading."""
    head = metadata.refusal(publication(request), title)
    known = {"title": title} | (context or {})
    return refusal(request, f"public/commentary/{template}", head, known, status=status)
