"""Something done to one piece: asked first, with the letter that will leave, then done by its verb."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import User
from articles.states import MoveRefused
from commentary.models import Submission
from commentary.states import ChangedMeanwhile
from desk import permissions
from desk.commentary.deeds import DEEDS, INLINE, Deed, told
from desk.commentary.forms import DeedForm
from desk.commentary.letter import letter_of, with_passage
from desk.commentary.piece import Place, form_of, last_event, opened, page_of, place_of, standing
from desk.requests import StaffRequest, key


@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: StaffRequest, pk: int, deed: str) -> HttpResponse:
    """Ask, then do. What was typed is shown again whenever it is refused: nothing typed is lost."""
    shown, user, chosen = opened(request, pk), request.user, DEEDS.get(deed)
    if chosen is None:
        raise Http404
    if not chosen.may(user):
        raise PermissionDenied
    place = place_of(request, shown)
    if request.POST.get("do") == "show":
        return _asked(request, shown, deed, _sketched(chosen, shown, request), place)
    form = form_of(chosen.form, shown, user, request)
    if form.is_valid():
        try:
            chosen.do(shown, **told(form, user))
        except MoveRefused as refused:
            if chosen.at_once:
                messages.error(request, str(refused))
                return _back(user, pk, place)
            form.add_error(None, str(refused))
            return _asked(request, shown, deed, form, place, changed=isinstance(refused, ChangedMeanwhile))
        messages.success(request, chosen.done)
        return _back(user, pk, place)
    return _asked(request, shown, deed, form, place)


def _asked(
    request: StaffRequest, shown: Submission, name: str, form: DeedForm, place: Place, *, changed: bool = False
) -> HttpResponse:
    """The page that asks; after a clash with what happened meanwhile, and what was typed."""
    user, chosen = request.user, DEEDS[name]
    since = form["event"].value()
    fresh = Submission.objects.with_people().get(pk=shown.pk)
    if form.is_bound:
        form.data = _standing_on(request, fresh)
    if "text" in form.fields:
        form.fields["text"].label, form.fields["text"].help_text = chosen.text, chosen.text_help
    context = standing(fresh, user) | {
        "title": f"{chosen.button}: {shown.version.headline or shown.reference}",
        "name": name,
        "deed": chosen,
        "form": form,
        "place": place,
        "is_possible": chosen.offered(fresh, user) or name in INLINE,
        "changed": changed,
        "meanwhile": fresh.events.filter(pk__gt=since) if changed and key(str(since)) is not None else [],
        "typed": [field for field in form.asked if form.is_bound and field.value()],
        "letter": letter_of(chosen, fresh, form),
    }
    return page_of(request, "deed", context, status=409 if changed else 200)


def _sketched(chosen: Deed, shown: Submission, request: StaffRequest) -> DeedForm:
    """What was typed so far, for a look at the letter: nothing is checked, nothing done."""
    form = form_of(chosen.form, shown, request.user)
    typed: dict[str, Any] = {name: request.POST[name] for name in form.fields if name in request.POST}
    form.initial = {**form.initial, **with_passage(chosen, shown, typed)}
    return form


def _standing_on(request: StaffRequest, fresh: Submission) -> QueryDict:
    """What was typed, on the piece as it is by now."""
    data = request.POST.copy()
    data["seen"], data["event"] = str(fresh.moves), str(last_event(fresh))
    return data


def _back(user: User, pk: int, place: Place) -> HttpResponse:
    """To the piece, or where this person may not open it any more, to the queue."""
    if permissions.pieces(user).filter(pk=pk).exists():
        return redirect(reverse("admin:commentary_submission_change", args=[pk]) + place.query)
    return redirect(reverse("admin:commentary_submission_changelist") + place.query)
