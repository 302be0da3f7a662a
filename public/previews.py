"""Stories readers do not see yet, for whoever was given a look: never stored, never indexed, never in the session."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.csp import CSP
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from articles import looks
from articles.models import Article, PreviewLink
from masthead.middleware import publication
from public import framing, metadata, story_page
from public.answers import answer, refusal

# The only pages that may stand in a frame, and only in one of our own.
POLICY = settings.SECURE_CSP | {"frame-ancestors": [CSP.SELF]}

# Whoever opens a link from here learns nothing of the address that is the key to it.
HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow, noarchive"}


def private[V: Callable[..., HttpResponseBase]](view: V) -> V:
    """A page for those alone who hold its address. Whatever frames it may hold, it may stand in one of ours."""

    @wraps(view)
    def with_headers(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        for name, value in HEADERS.items():
            response.headers[name] = value
        setattr(response, framing.POLICY, getattr(response, framing.POLICY, {}) | POLICY)
        return response

    kept_nowhere = cache_control(private=True, no_store=True)(with_headers)
    return cast("V", xframe_options_sameorigin(kept_nowhere))


@private
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponseBase:
    """What somebody of the newsroom has shared, until it ends. Who opens it is counted, not known."""
    link = PreviewLink.objects.for_token(token)
    if link is None:
        return _refused(request, "There is no such preview", status=404)
    if not link.is_usable or (_somebody_looks(request) and not link.opened()):
        return _refused(request, "This preview has ended", status=410)
    story = looks.as_readers_would_see(link.article, link.revision)
    return _page(request, story, {"link": link})


@private
@require_safe
def look(request: HttpRequest, look: str) -> HttpResponseBase:
    """The newest text beside the editor, exactly as readers would see it."""
    article = looks.story_of(look)
    if article is None:
        return _refused(request, "This preview has ended", status=410)
    return _page(request, looks.as_readers_would_see(article), {})


def _page(request: HttpRequest, story: Article, context: dict[str, Any]) -> HttpResponseBase:
    if story.live is None:
        return _refused(request, "This preview has ended", status=410)
    head = metadata.preview(publication(request), story.live)
    shown = answer(request, "public/preview.html", head, story_page.context(story, story.live) | context)
    return framing.with_frames_of(story.live.body, shown)


def _refused(request: HttpRequest, title: str, *, status: int) -> HttpResponseBase:
    head = metadata.refusal(publication(request), title)
    return refusal(request, "public/preview_ended.html", head, {"title": title}, status=status)


def _somebody_looks(request: HttpRequest) -> bool:
    """A person's browser shows the page now; it neither asks whether it is there nor fetches it in advance.

    ``Sec-Purpose`` is of https://fetch.spec.whatwg.org/, the others are what browsers sent before it.
    """
    purposes = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    return request.method == "GET" and not any("prefetch" in purpose or "preview" in purpose for purpose in purposes)
