"""Refusals in the desk's look. Each says what happened, what to do, and gives back what was typed."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache

from desk import policy

TOO_LARGE = "This text is larger than the server takes. Take pasted pictures out of it, or split the story."
SECRETS = ("password", "again", "token", "secret")


@policy.strict
@never_cache
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without a valid token: an expired sign-in, or another site. Nothing is done, nothing is lost."""
    if wants_json(request):
        return JsonResponse({"sentence": "The form's key was too old.", "csrf": get_token(request)}, status=403)
    context = {"title": "This form was not sent", "texts": _texts(request.POST)}
    return TemplateResponse(request, "desk/refused/csrf.html", context, status=403).render()


@policy.strict
@never_cache
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """A form came after the session had ended. Nothing is done, nothing is lost."""
    if wants_json(request):
        return JsonResponse({"sentence": "You are no longer signed in.", "sign_in": True}, status=401)
    context = {
        "title": "You are no longer signed in",
        "texts": _texts(request.POST),
        "sign_in": redirect_to_login(request.get_full_path(), "admin:login").url,
    }
    return TemplateResponse(request, "desk/refused/csrf.html", context, status=403).render()


@policy.strict
@never_cache
def second_factor_first(request: HttpRequest) -> HttpResponse:
    """A form came from somebody who has to set up a second factor before anything else. Nothing is lost."""
    if wants_json(request):
        return JsonResponse({"sentence": "Set up your second factor first, in another tab."}, status=403)
    context = {
        "title": "First your second factor",
        "texts": _texts(request.POST),
        "set_up": redirect_to_login(request.get_full_path(), "desk:set_up").url,
    }
    return TemplateResponse(request, "desk/refused/csrf.html", context, status=403).render()


@policy.strict
@never_cache
def give_back(request: HttpRequest, sentence: str) -> HttpResponse:
    """A form that may not be sent any more, or not by this person: ``sentence`` says why, and the text is theirs."""
    if request.method != "POST":
        raise PermissionDenied
    context = {"title": "This was not saved", "sentence": sentence, "texts": _texts(request.POST)}
    return TemplateResponse(request, "desk/refused/csrf.html", context, status=403).render()


@policy.strict
@never_cache
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's ``handler400``; a form larger than the server takes is answered with 413."""
    too_large = isinstance(exception, RequestDataTooBig)
    if wants_json(request):
        sentence = TOO_LARGE if too_large else "The server could not read this."
        return JsonResponse({"sentence": sentence}, status=413 if too_large else 400)
    if too_large:
        context = {"title": "This text is too large", "limit": settings.DATA_UPLOAD_MAX_MEMORY_SIZE}
        return TemplateResponse(request, "desk/refused/too_large.html", context, status=413).render()
    context = {"title": "This request could not be read"}
    return TemplateResponse(request, "desk/refused/bad_request.html", context, status=400).render()


@policy.strict
@never_cache
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's ``handler403``."""
    if wants_json(request):
        return JsonResponse({"sentence": "Your account lacks a right that this needs."}, status=403)
    context = {"title": "You may not open this page"}
    return TemplateResponse(request, "desk/refused/forbidden.html", context, status=403).render()


def wants_json(request: HttpRequest) -> bool:
    """A script asks, and can do nothing with a page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _texts(posted: QueryDict) -> list[tuple[str, str]]:
    """What a person typed, with the field's name in words; what reads like prose first, secrets never."""
    typed = [
        (name.replace("_", " ").replace("-", " ").capitalize(), text)
        for name, texts in posted.lists()
        for text in texts
        if isinstance(text, str) and text.strip() and not any(secret in name.lower() for secret in SECRETS)
    ]
    return sorted(typed, key=lambda field: len(field[1].split()) < 2)
