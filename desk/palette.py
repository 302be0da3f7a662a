"""What the command palette finds: actions, stories, people, pieces, pictures, documents, each for whom may open it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypedDict
from urllib.parse import urlencode

from django.contrib import admin
from django.http import JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from articles.models import Article
from articles.models.wordings import understood
from authors.models import Author
from desk import permissions, rail
from desk.requests import StaffRequest, key
from desk.story.filters import PLACES
from desk.story.offers import offered
from documents.models import Document
from images.models import Image
from richtext import folded

MOST = 8  # of each kind
LONGEST = 200


class Item(TypedDict):
    label: str
    detail: str
    href: str


class Group(TypedDict):
    kind: str
    title: str
    items: list[Item]


@never_cache
@require_safe
def find(request: StaffRequest) -> JsonResponse:
    """What ``?q=`` may mean, and with ``?story=`` what can be done with that one. Without words: what can be done.

    ``kind`` of a group is “story” for the pages and moves of that one, “search” for where to look further.
    """
    typed = request.GET.get("q", "").replace("\0", "")[:LONGEST]
    words = understood(typed).wanted
    user = request.user
    here = _fitting(_of_story(user, request.GET.get("story", "")), words)
    groups = [Group(kind="story", title="This story", items=here)]
    if words:
        people = [*_authors(user, words), *_accounts(user, words)]
        groups += [
            Group(kind="room", title="Go to", items=_fitting([*_rooms(request), *_more(request)], words)[:MOST]),
            Group(kind="text", title="Stories", items=_stories(user, typed)),
            Group(kind="person", title="People", items=people),
            Group(kind="piece", title="Guest commentary", items=_pieces(user, typed)),
            Group(kind="picture", title="Pictures", items=_pictures(user, typed)),
            Group(kind="document", title="Documents", items=_documents(user, typed)),
            Group(kind="search", title="Look further", items=_further(user, typed)),
        ]
    else:
        groups.append(Group(kind="room", title="Go to", items=list(_rooms(request))))
    return JsonResponse({"groups": [group for group in groups if group["items"]]})


def _rooms(request: StaffRequest) -> Iterator[Item]:
    """As the rail has them."""
    yield _item("Desk", "What waits for you", reverse("admin:index"))
    for door in rail.doors(admin.site.get_app_list(request), "", {}):
        if door.icon == "write":
            yield _item("Write a story", "", door.address)
        for tab in door.tabs:
            yield _item(tab.label, door.label if door.label != tab.label else "", tab.address)
    yield _item("Your account", "Password, second factor, sessions", reverse("desk:account"))


def _more(request: StaffRequest) -> Iterator[Item]:
    """What the rail has no room for: the stories by where they stand, and a new one of everything else."""
    if request.user.has_perm("articles.view_article"):
        listed = reverse("admin:articles_article_changelist")
        for where, label in PLACES:
            yield _item(f"Stories: {label.lower()}", "", f"{listed}?where={where}")
    for app in admin.site.get_app_list(request):
        for model in app["models"]:
            if model["add_url"] and model["model"] is not Article:
                yield _item(f"New {model['model']._meta.verbose_name}", "", model["add_url"])


def _of_story(user: User, pk: str) -> list[Item]:
    """The pages of the story one is at, and its moves."""
    asked = key(pk)
    if asked is None:
        return []
    article = Article.objects.select_related("draft", "planned").defer("draft__body").filter(pk=asked).first()
    if article is None or not permissions.may_read(user, article):
        return []
    pages = {"history": "History"} if article.is_in_bin else {"history": "History", "preview": "Preview"}
    if article.can("publish") and permissions.may_schedule(user, article):
        pages = {"publish": "Publish changes" if article.is_public else "Publish"} | pages
    if permissions.may_share(user, article):
        pages["share"] = "Share"
    if article.get_absolute_url():
        pages["receipt"] = "What readers get"
    moves = [
        _item(offer.button, str(article), reverse("admin:articles_article_move", args=[article.pk, offer.verb]))
        for offer in offered(user, article)
    ]
    return [_item(label, str(article), _page(f"articles_article_{name}", pk)) for name, label in pages.items()] + moves


def _stories(user: User, typed: str) -> list[Item]:
    """By headline and address; the list of stories searches whole texts."""
    found = permissions.visible(user).saying(typed, within="headline")
    shown = found.select_related("section", "draft", "planned").defer("draft__body")[:MOST]
    return [
        _item(
            str(article),
            f"{article.state_label} · {article.section.name}" if article.section else article.state_label,
            _page("articles_article_change", article.pk),
        )
        for article in shown
    ]


def _authors(user: User, words: Sequence[str]) -> list[Item]:
    if not user.has_perm("authors.view_author"):
        return []
    known = Author.objects.values_list("pk", "name", "role", "is_guest")
    return [
        _item(name, role or ("Guest writer" if is_guest else "Author"), _page("authors_author_change", pk))
        for pk, name, role, is_guest in known
        if _fits(name, words)
    ][:MOST]


def _accounts(user: User, words: Sequence[str]) -> list[Item]:
    """Accounts are for administrators alone."""
    if not user.has_perm("accounts.view_user"):
        return []
    known = User.objects.order_by("name").values_list("pk", "name", "email")
    return [
        _item(name or email, f"Account · {email}", _page("accounts_user_change", pk))
        for pk, name, email in known
        if _fits(f"{name} {email}", words)
    ][:MOST]


def _pictures(user: User, typed: str) -> list[Item]:
    if not user.has_perm("images.view_image"):
        return []
    found = Image.objects.search(typed)[:MOST]
    return [_item(str(image), image.credit or "No credit", _page("images_image_change", image.pk)) for image in found]


def _pieces(user: User, typed: str) -> list[Item]:
    """By reference, title and writer; none of them stays in the browser: a guest may have theirs erased."""
    if not permissions.works_on_pieces(user):
        return []
    found = permissions.pieces(user).saying(typed).with_people().with_newest_words()[:MOST]
    return [
        _item(
            getattr(piece, "newest_headline", "") or piece.reference,
            f"{piece.reference} · {piece.writer.name} · {piece.state_label}",
            _page("commentary_submission_change", piece.pk),
        )
        for piece in found
    ]


def _documents(user: User, typed: str) -> list[Item]:
    if not user.has_perm("documents.view_document"):
        return []
    found = Document.objects.search(typed)[:MOST]
    return [
        _item(str(document), document.get_kind_display(), _page("documents_document_change", document.pk))
        for document in found
    ]


def _further(user: User, typed: str) -> list[Item]:
    if not user.has_perm("articles.view_article"):
        return []
    listed = reverse("admin:articles_article_changelist")
    return [_item(f"Search the texts of all stories for “{typed.strip()}”", "", f"{listed}?{urlencode({'q': typed})}")]


def _fitting(items: Iterable[Item], words: Sequence[str]) -> list[Item]:
    """Those whose label or detail has words beginning with each of ``words``; by label before by detail."""
    fitting = [item for item in items if _fits(f"{item['label']} {item['detail']}", words)]
    return sorted(fitting, key=lambda item: not _fits(item["label"], words))


def _fits(plain: str, words: Sequence[str]) -> bool:
    known = folded(plain)
    return all(word in known for word in words)


def _page(name: str, pk: int | str) -> str:
    return reverse(f"admin:{name}", args=[pk])


def _item(label: str, detail: str, href: str) -> Item:
    return Item(label=label, detail=detail, href=href)
