"""What an administrator does for a person besides filling in a form: each asked about first, each a POST."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from accounts import factors, sessions
from accounts.activity import record
from accounts.models import User
from desk import letters
from desk.proof import fresh_password
from desk.requests import person


class Done(Protocol):
    """Does it to ``user`` and answers with the sentence that says so."""

    def __call__(self, user: User, *, by: User) -> str: ...


@dataclass(frozen=True)
class Deed:
    """One of them: what its button and its page say, to whom it can be done, and what it does."""

    button: str
    explanation: str
    is_possible: Callable[[User], bool]
    do: Done
    is_grave: bool = False


@transaction.atomic
def invite_again(user: User, *, by: User) -> str:
    record("invited", user, by=by)
    letters.send_invitation.enqueue(user.pk)
    return f"A new invitation is on its way to {user.email}. The link of the earlier one no longer works."


@transaction.atomic
def send_link(user: User, *, by: User) -> str:
    record("sent a link to set a password", user, by=by)
    letters.send_new_password.enqueue(user.email)
    return f"A letter is on its way to {user.email}, with a link to choose a new password."


@transaction.atomic
def reset_factors(user: User, *, by: User) -> str:
    """Whoever was signed in with the lost one is signed out, and the person is told."""
    factors.reset(user, by=by)
    sessions.end_all(user, by=by)
    letters.send_notice.enqueue(user.pk, "second factor reset")
    return f"{user} has no second factor any more. A letter tells them."


@transaction.atomic
def sign_out(user: User, *, by: User) -> str:
    sessions.end_all(user, by=by)
    return f"{user} is signed out everywhere."


DEEDS: dict[str, Deed] = {
    "invite": Deed(
        "Send the invitation again",
        "A new letter with a new link to choose a password. The link in the earlier letter stops working.",
        lambda user: user.is_invited and user.is_active,
        invite_again,
    ),
    "link": Deed(
        "Send a link to set a new password",
        "A letter with a link to choose a new password. The old password works until they have chosen.",
        lambda user: not user.is_invited and user.is_active,
        send_link,
    ),
    "reset-factors": Deed(
        "Take off the second factor",
        "For somebody who has lost their phone or key, and their recovery codes. Make sure that it is they who ask: "
        "speak to them. All their second factors and recovery codes go, and they are signed out everywhere; a letter "
        "tells them.",
        lambda user: user.has_second_factor,
        reset_factors,
        is_grave=True,
    ),
    "sign-out": Deed(
        "Sign out everywhere",
        "Every session they have, on every device, ends now. They can sign in again.",
        lambda user: not user.is_invited,
        sign_out,
        is_grave=True,
    ),
}


def possible(user: User, *, by: User) -> dict[str, Deed]:
    """What can be done to ``user`` now; nothing to oneself: that is what “Your account” is for."""
    return {} if user == by else {name: deed for name, deed in DEEDS.items() if deed.is_possible(user)}


@fresh_password
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    if not admin.site.get_model_admin(User).has_change_permission(request, user):
        raise PermissionDenied
    chosen = possible(user, by=person(request)).get(deed)
    if chosen is None:
        raise Http404
    if request.method == "POST":
        messages.success(request, chosen.do(user, by=person(request)))
        return redirect("admin:accounts_user_change", user.pk)
    context = {"title": chosen.button, "person": user, "deed": chosen}
    return TemplateResponse(request, "desk/person_deed.html", context)
