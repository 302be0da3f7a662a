"""How every page of the reader's site is answered: the same bytes for everybody, checked by ETag, kept a minute."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from articles.models import Section
from masthead.middleware import publication
from masthead.models import Page
from public import colours
from public.framing import kept_when_unchanged
from public.metadata import Head

FRESH = 60  # seconds a browser or a shared cache may show a page without asking

View = Callable[..., HttpResponseBase]


def page(view: View) -> View:
    """Make ``view`` a public page: GET and HEAD only, compressed, with an ETag, kept for ``FRESH`` seconds.

    The ETag is that of the plain page: compression adds random bytes, so it comes after. It may (BREACH), because
    these pages hold no secret.
    """
    kept = conditional_page(cache_control(public=True, max_age=FRESH)(view))
    return require_safe(gzip_page(kept_when_unchanged(kept)))


def answer(
    request: HttpRequest, template: str, head: Head, context: dict[str, Any] | None = None, *, status: int = 200
) -> TemplateResponse:
    """A page with what stands on all of them: sections, standing pages, the masthead's colour."""
    masthead = publication(request)
    shell = {
        "masthead": masthead,
        "head": head,
        "sections": list(Section.objects.all()),
        "menu": list(Page.objects.filter(in_menu=True).defer("body")),
        "stamp": colours.stamp(masthead.colour),
    }
    return TemplateResponse(request, template, shell | (context or {}), status=status)


def refusal(
    request: HttpRequest, template: str, head: Head, context: dict[str, Any], *, status: int
) -> HttpResponseBase:
    """A page that says no. It is answered complete, because error handlers run after templates are rendered."""
    response = answer(request, template, head, context, status=status).render()
    patch_cache_control(response, no_cache=True)
    return response
