"""“Your account”: what one signs in with, and where one is signed in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from accounts import factors, sessions
from desk import letters
from desk.proof import fresh_password
from desk.requests import person


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    user = person(request)
    mine = factors.of(user)
    left = factors.codes_left(user)
    context = {
        "title": "Your account",
        "person": user,
        "roles": [group.name for group in user.groups.order_by("name")],
        "apps": [factor for factor in mine if factor.type == factors.APP],
        "keys": [factor for factor in mine if factor.type == factors.PASSKEY],
        "codes_left": left,
        "few_codes": bool(mine) and (left or 0) <= factors.FEW_CODES,
        "sessions": sessions.of(user, here=request.session.session_key),
    }
    return TemplateResponse(request, "desk/account.html", context)


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """One of one's own sessions. This one is ended by signing out."""
    user = person(request)
    if sessions.end(user, pk, by=user):
        messages.success(request, "That session is ended.")
    return redirect("desk:account")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    user = person(request)
    sessions.end_others(request, user, by=user)
    messages.success(request, "You are signed out everywhere else.")
    return redirect("desk:account")


@fresh_password
@require_POST
def remove_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own app or passkey. Whoever is signed in elsewhere with it signs in anew."""
    user = person(request)
    kind = factors.remove(user, pk, by=user)
    if kind is None:
        raise Http404
    sessions.end_others(request, user, by=user)
    letters.send_notice.enqueue(user.pk, "second factor removed")
    messages.success(request, f"The {factors.NAMES[kind]} is removed. You are signed out everywhere else.")
    return redirect("desk:account")
