"""Setting up a second factor: the only pages of the desk that somebody without one reaches where it is required."""

import base64
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import factors, limits, sessions
from accounts.backends import may_enter
from accounts.models import User
from desk import letters, policy
from desk.proof import fresh_password, fresh_password_to_look
from desk.requests import person
from desk.views import sign_in_again

CODES_FILE = "recovery-codes.txt"


class AppForm(forms.Form):
    code = forms.CharField(
        label="The code the app shows now",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code"}),
        error_messages={"required": "Enter the six digits the app shows."},
    )


class PasskeyForm(forms.Form):
    name = forms.CharField(
        label="Name of this passkey",
        max_length=60,
        help_text="So that you know it again: the device or the password manager that keeps it.",
        error_messages={"required": "Give the passkey a name, such as “My laptop”."},
    )
    answer = forms.CharField(max_length=factors.LONGEST_ANSWER, required=False, widget=forms.HiddenInput)


class CodesForm(forms.Form):
    """The codes a page has just shown, sent back so that they come as a file: nothing keeps them meanwhile."""

    codes = forms.RegexField(r"\A[0-9]{8}(\s+[0-9]{8}){0,19}\Z", max_length=400)


def setting_up[V: Callable[..., HttpResponseBase]](view: V) -> V:
    """For whoever works here, with or without a second factor; everybody else signs in first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if isinstance(request.user, User) and may_enter(request.user):
            return view(request, *args, **kwargs)
        if request.method == "POST":
            return sign_in_again(request)
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))

    return cast("V", policy.strict(never_cache(guarded)))


@setting_up
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which kind of second factor."""
    if person(request).has_second_factor:
        return redirect("desk:account")
    context = {"title": "Set up a second factor", "passkeys": factors.passkeys_work(request), "leave": True}
    return TemplateResponse(request, "desk/factors/choose.html", context)


@setting_up
@fresh_password_to_look
@require_http_methods(["GET", "HEAD", "POST"])
def app(request: HttpRequest) -> HttpResponse:
    """An app that shows codes: a square to photograph, and one code to show that it worked."""
    user = person(request)
    form = AppForm(request.POST or None)
    if form.is_valid() and _app_kept(request, form):
        return _added(request, user)
    secret = factors.app_secret(request, anew=request.method != "POST")
    picture = base64.b64encode(factors.app_picture(user, secret).encode()).decode()
    context = {
        "form": form,
        "title": "Set up an authenticator app",
        "picture": f"data:image/svg+xml;base64,{picture}",
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }
    return TemplateResponse(request, "desk/factors/app.html", context)


@setting_up
@fresh_password_to_look
@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request: HttpRequest) -> HttpResponse:
    """A passkey: a name, and the browser does the rest."""
    user = person(request)
    form = PasskeyForm(request.POST or None, initial={"name": sessions.device(request.META.get("HTTP_USER_AGENT", ""))})
    if form.is_valid():
        name, answer = form.cleaned_data["name"], form.cleaned_data["answer"]
        try:
            factors.add_passkey(request, user, name, answer, by=user)
        except factors.FactorRefused as refused:
            form.add_error(None, str(refused))
        else:
            return _added(request, user)
    context = {"form": form, "title": "Add a passkey", "passkeys": factors.passkeys_work(request)}
    return TemplateResponse(request, "desk/factors/passkey.html", context)


@setting_up
@require_POST
def passkey_question(request: HttpRequest) -> JsonResponse:
    """For scripts: what to ask the browser in order to make a passkey."""
    if not factors.passkeys_work(request):
        return JsonResponse({"error": "There are no passkeys at this address."}, status=404)
    return JsonResponse(factors.new_passkey_question(person(request)))


@fresh_password
@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes in place of the old ones: shown once, in the answer to this form."""
    user = person(request)
    if not user.has_second_factor:
        return redirect("desk:set_up")
    if request.method == "POST":
        made = factors.new_codes(user, by=user)
        letters.send_notice.enqueue(user.pk, "recovery codes made")
        return _shown(request, made)
    left = factors.codes_left(user)
    return TemplateResponse(request, "desk/factors/new_codes.html", {"title": "New recovery codes", "left": left})


@sensitive_post_parameters()
@require_POST
def codes_file(request: HttpRequest) -> HttpResponse:
    """The codes on the page one has just been shown, as a file."""
    form = CodesForm(request.POST)
    if not form.is_valid():
        return redirect("desk:account")
    lines = [f"Recovery codes for {person(request).email}. Each works once.", "", *form.cleaned_data["codes"].split()]
    headers = {"Content-Disposition": f'attachment; filename="{CODES_FILE}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8", headers=headers)


def _app_kept(request: HttpRequest, form: AppForm) -> bool:
    user = person(request)
    attempt = limits.second_factor(request, user.pk)
    if not attempt.begin():
        form.add_error("code", limits.WAIT)
        return False
    try:
        factors.add_app(request, user, form.cleaned_data["code"], by=user)
    except factors.FactorRefused as refused:
        form.add_error("code", str(refused))
        return False
    attempt.succeed()
    return True


def _added(request: HttpRequest, user: User) -> HttpResponse:
    """A letter tells of it. With the first factor come the codes, and sessions opened without one end."""
    letters.send_notice.enqueue(user.pk, "second factor added")
    if factors.codes_left(user) is not None:
        messages.success(request, "The second factor is added.")
        return redirect("desk:account")
    made = factors.new_codes(user, by=user)
    sessions.end_others(request, user, by=user)
    return _shown(request, made)


def _shown(request: HttpRequest, made: list[str]) -> TemplateResponse:
    context = {"title": "Your recovery codes", "codes": made, "together": "\n".join(made)}
    return TemplateResponse(request, "desk/factors/codes.html", context)
