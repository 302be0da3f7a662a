"""Into the desk: a password and, if there is one, a second factor; or a passkey instead of both."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, resolve_url
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import entrance, factors, limits
from accounts.backends import may_enter
from accounts.client import network
from accounts.models import User
from desk import policy

NO_MATCH = (
    "This address and password do not open the desk. Check both for typing mistakes, or set a new password with "
    "the link below."
)
NO_CODE = "This code does not fit, or it has been used already. Take the one the app shows now, or a recovery code."
NO_PASSKEY = "This passkey does not open the desk. Sign in with your password, or try another passkey."
PAUSE = 15 * 60  # seconds until a limit lets somebody try again, at the most


class SignInForm(AdminAuthenticationForm):
    """Django's, with one answer for a wrong password, an unknown address and an account that is shut."""

    username = forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autofocus": True, "autocomplete": "username webauthn", "inputmode": "email"}),
        error_messages={"required": "Enter your e-mail address."},
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password."},
    )
    error_messages = {"invalid_login": NO_MATCH, "inactive": NO_MATCH}


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Code",
        max_length=40,
        help_text="From your authenticator app; or one of your recovery codes.",
        widget=forms.TextInput(
            attrs={"autofocus": True, "autocomplete": "one-time-code", "inputmode": "numeric", "class": "code"}
        ),
        error_messages={"required": "Enter the code."},
    )


@policy.strict
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """``DeskSite.login``."""
    if request.method != "POST":
        known = request.user if isinstance(request.user, User) else None
        return redirect("admin:index") if may_enter(known) else _page(request)
    attempt = limits.sign_in(request, request.POST.get("username", "")[:254])
    if not attempt.begin():
        return _page(request, trouble=limits.WAIT, status=429)
    form = SignInForm(request, request.POST)
    if not form.is_valid():
        return _page(request, form=form)
    attempt.succeed()
    user: Any = form.get_user()
    if entrance.begin(request, user, next_page=_next(request)):
        return redirect(_next(request))
    return redirect("desk:second_factor")


@policy.strict
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """The password was right; now a code, or a passkey."""
    user = entrance.waiting(request)
    if user is None:
        return redirect("admin:login")
    by_passkey = "answer" in request.POST
    form = CodeForm(None if by_passkey else request.POST or None)
    trouble = ""
    if by_passkey or form.is_valid():
        after = entrance.next_page(request)
        code = "" if by_passkey else form.cleaned_data["code"]
        trouble = show_factor(request, user, code=code, answer=request.POST.get("answer", ""))
        if not trouble:
            return redirect(after or "admin:index")
    context = {"form": form, "trouble": trouble, "title": "Your second factor", "passkeys": _has_passkey(request, user)}
    return _limited(TemplateResponse(request, "desk/sign_in/code.html", context), trouble)


@policy.strict
@sensitive_post_parameters()
@never_cache
@require_POST
def by_passkey(request: HttpRequest) -> HttpResponse:
    """A passkey that its device has asked a finger, a face or a PIN for is both factors at once."""
    attempt = limits.passkey(request)
    if not attempt.begin():
        return _page(request, trouble=limits.WAIT, status=429)
    passkey = factors.check_passkey(request, request.POST.get("answer", ""))
    if passkey is None or not may_enter(passkey.user):
        return _page(request, trouble=NO_PASSKEY)
    attempt.succeed()
    entrance.enter(request, passkey.user, proved=False)
    return redirect(_next(request))


@policy.strict
@never_cache
@require_POST
def passkey_question(request: HttpRequest) -> JsonResponse:
    """For scripts: what to ask the browser; with ``second`` for a passkey of whoever has just given a password."""
    if not factors.passkeys_work(request):
        return JsonResponse({"error": "There are no passkeys at this address."}, status=404)
    if not limits.QUESTION.take(network(request)):
        return JsonResponse({"error": limits.WAIT}, status=429)
    user = entrance.waiting(request) if "second" in request.POST else None
    return JsonResponse(factors.passkey_question(user))


def show_factor(request: HttpRequest, user: User, *, code: str, answer: str) -> str:
    """Let ``user`` in if the code or the passkey's answer is theirs; otherwise the sentence that says why not."""
    attempt = limits.second_factor(request, user.pk)
    if not attempt.begin():
        return limits.WAIT
    if answer:
        kind = factors.PASSKEY if factors.check_passkey(request, answer, user) else None
    else:
        kind = factors.check_code(user, code)
    if kind is None:
        return NO_PASSKEY if answer else NO_CODE
    attempt.succeed()
    entrance.enter(request, user, proved=True)
    left = factors.codes_left(user) or 0
    if kind == factors.RECOVERY or (left <= factors.FEW_CODES and code):
        words = "1 recovery code" if left == 1 else f"{left} recovery codes"
        messages.warning(request, f"You have {words} left. You can make new ones under “Your account”.")
    return ""


def _next(request: HttpRequest) -> str:
    """Where to go afterwards: a page of this site, or the desk."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=hosts, require_https=request.is_secure())
    return wanted if is_ours else resolve_url("admin:index")


def _page(
    request: HttpRequest, *, form: SignInForm | None = None, trouble: str = "", status: int = 200
) -> TemplateResponse:
    given = {"username": request.POST.get("username", "")}
    context = {
        "form": form or SignInForm(request, initial=given),
        "trouble": trouble,
        "next": _next(request),
        "passkeys": factors.passkeys_work(request),
        "title": "Sign in",
    }
    return _limited(TemplateResponse(request, "admin/login.html", context, status=status), trouble)


def _limited[R: HttpResponse](response: R, trouble: str) -> R:
    if trouble == limits.WAIT:
        response.status_code = 429
        response.headers["Retry-After"] = str(PAUSE)
    return response


def _has_passkey(request: HttpRequest, user: User) -> bool:
    return factors.passkeys_work(request) and any(factor.type == factors.PASSKEY for factor in factors.of(user))
