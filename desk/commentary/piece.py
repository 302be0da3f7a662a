"""One piece: its text, its writer, everything said and done about it, and what can be done now."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from articles.models import Article
from articles.states import MoveRefused
from commentary.models import Submission, Writer
from commentary.models.deciding import REASONS, undoable_until
from commentary.states import ChangedMeanwhile
from desk import permissions
from desk.commentary.deeds import DEEDS, INLINE, Deed, offered, primary, told
from desk.commentary.forms import DeedForm, DisclosureForm, IdentityForm, TextForm
from desk.commentary.listing import queues_for
from desk.commentary.rows import rows
from desk.commentary.text import reading
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
    """Everything the desk knows of one piece. ``?version=`` and ``?against=`` choose its texts."""
    shown, user = opened(request, pk), request.user
    possible = offered(shown, user)
    first = primary(shown, possible)
    context = _standing(shown, user) | {
        "title": str(shown.version.headline or "Untitled"),
        "row": rows([shown], permissions.pieces(user))[0],
        "reading": reading(shown, key(request.GET.get("version", "")), key(request.GET.get("against", ""))),
        "primary": (first, possible[first]) if first else None,
        "beside": [(name, deed) for name, deed in possible.items() if deed.key and name != first],
        "further": [(n, deed) for n, deed in possible.items() if not deed.key and n not in INLINE and n != first],
        "may": possible.keys(),
        "place": _place(request, shown),
        "story": _story(shown, user),
        "undo_until": undoable_until(shown) if permissions.may_decide(user) else None,
        "wanted": wanted(shown),
        "thread": thread(shown),
        "note": _form(TextForm, shown, user),
        "people": [_person(shown, writer, user) for writer in shown.writers.all()],
        "disclosure": _form(DisclosureForm, shown, user),
        "reason": REASONS.get(shown.reason, shown.reason),
    }
    return _page(request, "piece", context)


@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: StaffRequest, pk: int, deed: str) -> HttpResponse:
    """Ask, then do. What was typed is shown again whenever it is refused: nothing typed is lost."""
    shown, user, chosen = opened(request, pk), request.user, DEEDS.get(deed)
    if chosen is None:
        raise Http404
    if not chosen.may(user):
        raise PermissionDenied
    place = _place(request, shown)
    form = _form(chosen.form, shown, user, request)
    if form.is_valid():
        try:
            chosen.do(shown, **told(form, user))
        except MoveRefused as refused:
            form.add_error(None, str(refused))
            if chosen.at_once:
                messages.error(request, str(refused))
                return _back(user, pk, place)
            return _asked(request, shown, deed, form, place, changed=isinstance(refused, ChangedMeanwhile))
        messages.success(request, chosen.done)
        return _back(user, pk, place)
    return _asked(request, shown, deed, form, place)


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


def _asked(
    request: StaffRequest, shown: Submission, name: str, form: DeedForm, place: Place, *, changed: bool = False
) -> HttpResponse:
    """The page that asks; after a clash with what happened meanwhile, and what was typed."""
    user = request.user
    since = form["event"].value()
    fresh = Submission.objects.with_people().get(pk=shown.pk)
    if form.is_bound:
        form.data = _standing_on(request, fresh)
    chosen = DEEDS[name]
    _name_text(form, chosen)
    context = _standing(fresh, user) | {
        "title": f"{chosen.button}: {shown.version.headline or shown.reference}",
        "name": name,
        "deed": chosen,
        "form": form,
        "place": place,
        "is_possible": chosen.offered(fresh, user) or name in INLINE,
        "changed": changed,
        "meanwhile": fresh.events.filter(pk__gt=since) if changed and key(str(since)) is not None else [],
        "typed": [field for field in form.asked if form.is_bound and field.value()],
    }
    return _page(request, "deed", context, status=409 if changed else 200)


def _standing(shown: Submission, user: User) -> dict[str, Any]:
    """What both pages say of where a piece stands."""
    return {"piece": shown, "event": _last_event(shown), "is_mine": shown.assignee_id == user.pk}


def _form[F: DeedForm](form: type[F], shown: Submission, user: User, request: StaffRequest | None = None) -> F:
    initial = {"seen": shown.moves, "event": _last_event(shown)}
    data = request.POST if request is not None and request.method == "POST" else None
    return form(data, piece=shown, by=user, initial=initial, auto_id=f"{form.__name__.lower()}_%s")


def _name_text(form: DeedForm, chosen: Deed) -> None:
    if "text" in form.fields:
        form.fields["text"].label, form.fields["text"].help_text = chosen.text, chosen.text_help


def _last_event(shown: Submission) -> int:
    return max((event.pk for event in shown.events.all()), default=0)


def _standing_on(request: StaffRequest, fresh: Submission) -> QueryDict:
    """What was typed, on the piece as it is by now."""
    data = request.POST.copy()
    data["seen"], data["event"] = str(fresh.moves), str(_last_event(fresh))
    return data


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


def _place(request: StaffRequest, shown: Submission) -> Place:
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


def _back(user: User, pk: int, place: Place) -> HttpResponse:
    """To the piece, or where this person may not open it any more, to the queue."""
    if permissions.pieces(user).filter(pk=pk).exists():
        return redirect(reverse("admin:commentary_submission_change", args=[pk]) + place.query)
    return redirect(reverse("admin:commentary_submission_changelist") + place.query)


def _page(request: StaffRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    template = f"desk/commentary/{name}.html"
    return TemplateResponse(request, template, admin.site.each_context(request) | context, status=status)
