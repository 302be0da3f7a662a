"""One piece: its text, its writer, everything said and done about it, and what can be done now."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from accounts.models import User
from articles.models import Article
from commentary.models import Submission, Writer
from commentary.models.deciding import REASONS, undoable_until
from desk import permissions
from desk.commentary.deeds import INLINE, offered, primary
from desk.commentary.forms import DeedForm, DisclosureForm, IdentityForm, TextForm
from desk.commentary.listing import queues_for
from desk.commentary.rows import rows
from desk.commentary.text import alike, reading, side_by_side
from desk.commentary.thread import thread
from desk.commentary.wanted import wanted
from desk.requests import StaffRequest, key

MOST_EARLIER = 20
MOST_NEIGHBOURS = 2_000


@dataclass(frozen=True)
class Place:
    """The queue a piece was opened from, and its neighbours there."""

    query: str
    label: str
    before: int | None = None
    after: int | None = None


@require_safe
def piece(request: StaffRequest, pk: int) -> HttpResponse:
    """Everything the desk knows of one piece."""
    shown, user = opened(request, pk), request.user
    context = standing(shown, user) | _text(request, shown) | _possible(shown, user)
    context |= {
        "title": str(shown.version.headline or "Untitled"),
        "row": rows([shown], permissions.pieces(user))[0],
        "place": place_of(request, shown),
        "story": _story(shown, user),
        "undo_until": undoable_until(shown) if permissions.may_decide(user) else None,
        "wanted": wanted(shown),
        "thread": thread(shown),
        "note": form_of(TextForm, shown, user),
        "people": [_person(shown, writer, user) for writer in shown.writers.all()],
        "disclosure": form_of(DisclosureForm, shown, user),
        "reason": REASONS.get(shown.reason, shown.reason),
    }
    return page_of(request, "piece", context)


def _text(request: StaffRequest, shown: Submission) -> dict[str, Any]:
    """``?version=`` and ``?against=`` choose two texts of the piece, ``?beside=`` one it is like."""
    found = alike(shown, request.user)
    text = reading(shown, key(request.GET.get("version", "")), key(request.GET.get("against", "")))
    return {"alike": found, "reading": side_by_side(text, found, request.GET.get("beside", ""))}


def _possible(shown: Submission, user: User) -> dict[str, Any]:
    """What can be done: one button that stands out, those with keys beside it, and the rest."""
    possible = offered(shown, user)
    first = primary(shown, possible)
    return {
        "may": possible.keys(),
        "primary": (first, possible[first]) if first else None,
        "beside": [(name, deed) for name, deed in possible.items() if deed.key and name != first],
        "further": [(n, deed) for n, deed in possible.items() if not deed.key and n not in INLINE and n != first],
    }


def opened(request: StaffRequest, pk: int) -> Submission:
    """The piece, for whoever may open it; whoever stepped back from it is told so, nobody else that it is there."""
    if not permissions.works_on_pieces(request.user):
        raise PermissionDenied
    found = get_object_or_404(Submission.objects.readable().with_people().with_newest_words(), pk=pk)
    if permissions.pieces(request.user).filter(pk=pk).exists():
        return found
    if found.recused.filter(pk=request.user.pk).exists():
        raise PermissionDenied
    raise Http404


def standing(shown: Submission, user: User) -> dict[str, Any]:
    """What both pages say of where a piece stands."""
    return {"piece": shown, "event": last_event(shown), "is_mine": shown.assignee_id == user.pk}


def form_of[F: DeedForm](form: type[F], shown: Submission, user: User, request: StaffRequest | None = None) -> F:
    initial = {"seen": shown.moves, "event": last_event(shown)}
    data = request.POST if request is not None and request.method == "POST" else None
    return form(data, piece=shown, by=user, initial=initial, auto_id=f"{form.__name__.lower()}_%s")


def last_event(shown: Submission) -> int:
    return max((event.pk for event in shown.events.all()), default=0)


def _person(shown: Submission, writer: Writer, user: User) -> dict[str, Any]:
    """A writer, how we know them, and what else came from their address."""
    visible = permissions.pieces(user)
    earlier = visible.of_address(writer.email).exclude(pk=shown.pk) if writer.email else visible.none()
    initial = {"writer": writer.pk, "how": writer.checked_how}
    form = IdentityForm(piece=shown, by=user, initial=initial, auto_id=f"identity{writer.position}_%s")
    listed = earlier.with_people().with_newest_words()[:MOST_EARLIER]
    return {"writer": writer, "earlier": listed, "form": form}


def _story(shown: Submission, user: User) -> Article | None:
    """The story it became, for whoever may read that."""
    article = Article.objects.with_desk().filter(pk=shown.article_id).first() if shown.article_id else None
    return article if article and permissions.may_read(user, article) else None


def place_of(request: StaffRequest, shown: Submission) -> Place:
    asked = request.GET.get("queue", "")
    queue = queues_for(request.user).get(asked)
    if queue is None:
        return Place("?queue=all" if asked == "all" else "", "Pieces")
    held = queue.of(permissions.pieces(request.user), request.user).values_list("pk", flat=True)
    keys = list(held[:MOST_NEIGHBOURS])
    at = keys.index(shown.pk) if shown.pk in keys else None
    if at is None:
        return Place(f"?queue={queue.name}", queue.label, after=keys[0] if keys else None)
    before = keys[at - 1] if at else None
    return Place(f"?queue={queue.name}", queue.label, before, keys[at + 1] if at + 1 < len(keys) else None)


def page_of(request: StaffRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    template = f"desk/commentary/{name}.html"
    return TemplateResponse(request, template, admin.site.each_context(request) | context, status=status)
