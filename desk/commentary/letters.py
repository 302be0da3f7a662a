"""The letters of the commentary desk: what left, what waits, what did not arrive.

Where no mail leaves (`make run`) they can be read here with their links, and so can those of pieces nobody has
confirmed: there a reader of the desk and the writer are one person. Never in production.
"""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from commentary import envelopes, posting
from commentary.models import Letter
from commentary.models.thread import LetterQuerySet
from desk import permissions
from desk.requests import StaffRequest
from desk.shelves import Asked, Shelf

PAGE = 50
SHOWN = [("waiting", "Waiting"), ("trouble", "Not delivered")]


@require_safe
def letters(request: StaffRequest) -> HttpResponse:
    """Newest first."""
    asked = Asked(request.GET, ["show"])
    found = visible(request.user)
    if asked.is_strange:
        return redirect(f"{request.path}?e=1")
    if shown := asked.one_of("show", dict(SHOWN)):
        found = found.waiting() if shown == "waiting" else found.in_trouble()
    if asked["q"]:
        words = Q(to__icontains=asked["q"]) | Q(subject__icontains=asked["q"])
        found = found.filter(words | Q(submission__reference__iexact=asked["q"]))
    found = found.select_related("submission", "writer", "reader").order_by("-made_at", "-pk")
    shelf = Shelf(asked, asked.page_of(found, PAGE), [asked.menu("Show", "show", SHOWN)])
    context = {"title": "Letters", "shelf": shelf, "kept": settings.LETTERS_KEPT, "leave": settings.LETTERS_LEAVE}
    return TemplateResponse(request, "desk/commentary/letters.html", context | {"now": timezone.now()})


@require_safe
def letter(request: StaffRequest, letter: int) -> HttpResponse:
    """One letter, as its reader got it."""
    found = get_object_or_404(visible(request.user).select_related("submission", "writer", "reader"), pk=letter)
    text = found.copy if settings.LETTERS_KEPT and found.copy else found.shown
    context = {"title": found.subject, "letter": found, "blocks": envelopes.blocks(text), "now": timezone.now()}
    context |= {"kept": bool(settings.LETTERS_KEPT and found.copy)}
    return TemplateResponse(request, "desk/commentary/letter.html", context)


@require_POST
def again(request: StaffRequest, letter: int) -> HttpResponse:
    """Send one that did not arrive once more."""
    found = get_object_or_404(visible(request.user), pk=letter)
    if posting.again(found, by=request.user):
        messages.success(request, "The letter is on its way again.")
    else:
        messages.info(request, "This letter is not waiting for that.")
    return redirect("desk:guest_letter", found.pk)


def visible(user: User) -> LetterQuerySet:
    """Those about pieces this person may see, and their own."""
    if not permissions.works_on_pieces(user):
        raise PermissionDenied
    mine = Q(submission__in=permissions.pieces(user)) | Q(reader=user)
    if settings.LETTERS_KEPT:
        mine |= Q(submission__received_at__isnull=True)
    return Letter.objects.filter(mine)
