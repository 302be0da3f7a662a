"""Signing in again without leaving the page: for scripts, when a session has ended while somebody was writing."""

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import entrance, limits
from accounts.models import User
from desk import policy
from desk.sign_in import PAUSE, SignInForm, show_factor

SOMEBODY_ELSE = (
    "This page belongs to somebody else. Sign in as the person who opened it; to go on as yourself, copy the text "
    "first and open the page anew."
)


@policy.strict
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> JsonResponse:
    """Open the session of the person who is named, and of nobody else. Shapes: docs/decisions/0007-sign-in.md.

    GET tells who is signed in and a fresh ``csrf``. POST takes ``person`` (the key of whoever opened the page),
    then ``email`` and ``password``, and if the answer ``needs`` it ``code`` or ``passkey``.
    """
    person = request.POST.get("person", "")
    if request.user.is_authenticated:
        is_theirs = request.method != "POST" or person in {"", str(request.user.pk)}
        return _answer(request) if is_theirs else _answer(request, error=SOMEBODY_ELSE, status=409)
    if request.method != "POST":
        return _answer(request, needs="password")
    waiting = entrance.waiting(request)
    if waiting is not None and ("code" in request.POST or "passkey" in request.POST):
        return _factor(request, waiting, person)
    return _password(request, person)


def _password(request: HttpRequest, person: str) -> JsonResponse:
    attempt = limits.sign_in(request, request.POST.get("email", "")[:254])
    if not attempt.begin():
        return _answer(request, error=limits.WAIT, needs="password", status=429)
    form = SignInForm(request, {"username": request.POST.get("email"), "password": request.POST.get("password")})
    if not form.is_valid():
        error = " ".join(str(sentence) for sentences in form.errors.values() for sentence in sentences)
        return _answer(request, error=error, needs="password", status=401)
    attempt.succeed()
    user = form.get_user()
    if not isinstance(user, User) or person not in {"", str(user.pk)}:
        return _answer(request, error=SOMEBODY_ELSE, needs="password", status=409)
    if entrance.begin(request, user):
        return _answer(request)
    return _answer(request, needs="code", status=401)


def _factor(request: HttpRequest, user: User, person: str) -> JsonResponse:
    if person not in {"", str(user.pk)}:
        return _answer(request, error=SOMEBODY_ELSE, needs="password", status=409)
    code, answer = request.POST.get("code", "")[:40], request.POST.get("passkey", "")
    trouble = show_factor(request, user, code=code, answer=answer)
    if trouble:
        return _answer(request, error=trouble, needs="code", status=429 if trouble == limits.WAIT else 401)
    return _answer(request)


def _answer(request: HttpRequest, *, error: str = "", needs: str = "", status: int = 200) -> JsonResponse:
    """The same shape always; ``ok`` says whether the person is signed in now."""
    user = request.user if isinstance(request.user, User) else None
    told = {
        "ok": user is not None and not error,
        "person": user.pk if user else None,
        "name": str(user) if user else "",
        "needs": needs,
        "error": error,
        "csrf": get_token(request),
    }
    headers = {"Retry-After": str(PAUSE)} if status == 429 else {}
    return JsonResponse(told, status=status, headers=headers)
