"""Which surface answers a request that Django itself refuses: each in its own look, with what was typed."""

from django.http import HttpRequest, HttpResponseBase

from desk import views as desk
from public.commentary import refused as guests


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    return guests.csrf_failure(request, reason) if _is_guest(request) else desk.csrf_failure(request, reason)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return guests.bad_request(request, exception) if _is_guest(request) else desk.bad_request(request, exception)


def _is_guest(request: HttpRequest) -> bool:
    return request.path.startswith(guests.DOOR)
