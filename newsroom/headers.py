from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Nothing here needs the reader's camera, microphone or place; https://www.w3.org/TR/permissions-policy/
_NOTHING = ", ".join(f"{feature}=()" for feature in ("camera", "microphone", "geolocation", "payment", "usb"))


def permissions_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Say on every answer that pages here may ask a browser for none of its powers."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", _NOTHING)
        return response

    return middleware
