"""The password once more, before what would help somebody at a desk that was left open: roles and factors."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import entrance, limits
from desk.requests import person

_FIELD = "proof-password"
_ONLY = "proof-only"
NOT_YOURS = "This is not your password."


def fresh_password[V: Callable[..., HttpResponseBase]](view: V) -> V:
    """Let a form through if the password was typed in the last minutes; otherwise ask for it.

    What was posted goes into the page that asks and comes back with the password, so nothing is kept here and
    nothing is lost. Stands inside ``admin_view`` or ``setting_up``.
    """
    return _asking(view, also_to_look=False)


def fresh_password_to_look[V: Callable[..., HttpResponseBase]](view: V) -> V:
    """The same, and asked before the page is shown: for pages whose form must not be held up."""
    return _asking(view, also_to_look=True)


def _asking[V: Callable[..., HttpResponseBase]](view: V, *, also_to_look: bool) -> V:
    @wraps(view)
    @sensitive_post_parameters()
    @never_cache
    def asking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        looks = request.method in {"GET", "HEAD"}
        if entrance.is_fresh(request) or (looks and not also_to_look):
            return redirect(request.get_full_path()) if _ONLY in request.POST else view(request, *args, **kwargs)
        trouble = ""
        if _FIELD in request.POST:
            fits = entrance.prove(request, person(request), request.POST[_FIELD])
            if fits:
                return redirect(request.get_full_path()) if _ONLY in request.POST else view(request, *args, **kwargs)
            trouble = limits.WAIT if fits is None else NOT_YOURS
        return _question(request, trouble, only=looks or _ONLY in request.POST)

    return cast("V", asking)


def _question(request: HttpRequest, trouble: str, *, only: bool) -> TemplateResponse:
    kept = [
        (name, text)
        for name, texts in request.POST.lists()
        for text in texts
        if name not in {_FIELD, _ONLY, "csrfmiddlewaretoken"}
    ]
    context = {
        "title": "Your password, please",
        "kept": [(_ONLY, "1")] if only else kept,
        "field": _FIELD,
        "trouble": trouble,
        "address": request.get_full_path(),
    }
    return TemplateResponse(
        request, "desk/sign_in/prove.html", context, status=429 if trouble == limits.WAIT else 200 if only else 403
    )
