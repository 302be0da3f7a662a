"""What the text editor asks the desk: what stands behind a reference, and what there is to choose from.

Answers are JSON for static/richtext/: texts are plain, never HTML. Whoever may see a thing on the desk may see it here.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.template.defaultfilters import filesizeformat
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from articles.models import Article
from desk import permissions
from desk.pictures.telling import told
from desk.requests import StaffRequest
from desk.shelves import Asked
from documents.models import Document
from embeds import recognise
from images.models import Image
from masthead.middleware import publication
from masthead.models import Masthead

MOST = 50  # things described at once: the editor asks again for more
A_PAGE = 24


def addresses(request: HttpRequest) -> dict[str, str]:
    """Where the editor asks, for those things that this person may put into a text."""
    user = request.user
    found = {"cards": reverse("desk:block_cards"), "stories": reverse("desk:block_stories")}
    if user.has_perm("images.view_image"):
        found["pictures"] = reverse("desk:block_pictures")
    if user.has_perm("images.add_image"):
        found["upload"] = reverse("desk:picture_upload")
    if user.has_perm("documents.view_document"):
        found["documents"] = reverse("desk:block_documents")
    return found


@never_cache
@require_safe
def cards(request: StaffRequest) -> JsonResponse:
    """``?image=1&image=2&story=3…`` as ``{"image": {"1": {…}}, …}``; what is left out does not exist."""
    asked, user = request.GET, request.user
    images = _pictures(user).filter(pk__in=_keys(asked.getlist("image")))
    stories = Article.objects.unspiked().with_state().select_related("live").defer("draft__body", "live__body")
    stories = stories.filter(pk__in=_keys(asked.getlist("story")))
    readable = set(permissions.visible(user).filter(pk__in=stories.values("pk")).values_list("pk", flat=True))
    documents = _documents(user).filter(pk__in=_keys(asked.getlist("document")))
    masthead = publication(request)
    return JsonResponse(
        {
            "image": {image.pk: _picture(image, user) for image in images},
            "story": {story.pk: _story(story, readable) for story in stories},
            "document": {document.pk: _document(document) for document in documents},
            "embed": {address: _embed(address, masthead) for address in asked.getlist("embed")[:MOST]},
        }
    )


@never_cache
@require_safe
def pictures(request: StaffRequest) -> JsonResponse:
    asked = Asked(request.GET, ())
    found = _pictures(request.user).search(asked["q"])
    return _choices(asked, found, lambda image: _choice(image.pk, str(image), image.credit, image.jpegs[0].url))


@never_cache
@require_safe
def stories(request: StaffRequest) -> JsonResponse:
    """What the person may read, changed last first."""
    asked = Asked(request.GET, ())
    found = permissions.visible(request.user).unspiked().with_state().order_by("-changed_at", "-pk")
    if words := asked["q"]:
        found = found.saying(words, within="headline")
    return _choices(asked, found, lambda story: _choice(story.pk, str(story), _where(story)))


@never_cache
@require_safe
def documents(request: StaffRequest) -> JsonResponse:
    asked = Asked(request.GET, ())
    found = _documents(request.user).search(asked["q"])
    return _choices(asked, found, lambda document: _choice(document.pk, str(document), _size(document)))


def _pictures(user: User) -> Any:
    return Image.objects.with_renditions() if user.has_perm("images.view_image") else Image.objects.none()


def _documents(user: User) -> Any:
    return Document.objects.all() if user.has_perm("documents.view_document") else Document.objects.none()


def _picture(image: Image, user: User) -> dict[str, Any]:
    """A picture as scripts know it; ``describe`` only for those who may say more of it."""
    return told(image) if user.has_perm("images.change_image") else told(image) | {"describe": ""}


def _story(story: Article, readable: set[int]) -> dict[str, Any]:
    """A story this person may not read is there, and no more is said of it, but for what every reader knows."""
    if story.is_public and story.live:
        return {"headline": story.live.headline, "public": True}
    return {"headline": str(story) if story.pk in readable else "A story that you cannot read yet", "public": False}


def _document(document: Document) -> dict[str, Any]:
    return {"label": str(document), "detail": _size(document)}


def _size(document: Document) -> str:
    return f"{document.get_kind_display()} · {filesizeformat(document.size)}"


def _embed(address: str, masthead: Masthead) -> dict[str, Any] | None:
    """Who is behind an address, and whether it can be shown in a page; the key of the story if it is one of ours."""
    found = recognise(address)
    if found is None:
        return None
    return {"provider": found.provider, "framed": bool(found.frame), "story": _story_at(address, masthead)}


def _story_at(address: str, masthead: Masthead) -> int | None:
    own = masthead.absolute("/")
    if not address.startswith(own):
        return None
    try:
        place = resolve(f"/{urlsplit(address.removeprefix(own)).path}")
        if place.view_name != "public:article":
            return None
        day = date(place.kwargs["year"], place.kwargs["month"], place.kwargs["day"])
    except (Resolver404, ValueError):
        return None
    story = Article.objects.published().filter(first_published_on=day, slug=place.kwargs["slug"]).only("pk").first()
    return story.pk if story else None


def _choices[Row](asked: Asked, rows: QuerySet[Any], choice: Callable[[Any], Row]) -> JsonResponse:
    page = asked.page_of(rows, A_PAGE)
    return JsonResponse({"items": [choice(row) for row in page], "more": page.has_next()})


def _choice(pk: int, label: str, detail: str, thumb: str = "") -> dict[str, Any]:
    return {"id": pk, "label": label, "detail": detail, "thumb": thumb}


def _where(story: Article) -> str:
    return f"{story.state_label} · {story.section.name}" if story.section else story.state_label


def _keys(given: Iterable[str]) -> list[int]:
    return [int(each) for each in given if each.isascii() and each.isdigit() and len(each) < 19][:MOST]
