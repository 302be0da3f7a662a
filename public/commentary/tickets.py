"""What a first page is known by when it arrives: secret to that page, so that arriving twice is one draft."""

import secrets

from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

FIELD = "ticket"
_signer = signing.Signer(salt="commentary.ticket")


def make() -> str:
    return _signer.sign(f"{secrets.token_urlsafe(32)}.{int(timezone.now().timestamp())}")


def read(request: HttpRequest) -> str:
    """The ticket a page came with, or a new one where it came with none of ours."""
    return _parts(request)[0] or secrets.token_urlsafe(32)


def age(request: HttpRequest) -> int:
    """Seconds since the page was opened, if it says so: a signal, no more."""
    opened = _parts(request)[1]
    return max(0, int(timezone.now().timestamp()) - opened) if opened else 0


def _parts(request: HttpRequest) -> tuple[str, int]:
    try:
        token, _, opened = _signer.unsign(request.POST.get(FIELD, "")).rpartition(".")
    except signing.BadSignature:
        return "", 0
    return token, int(opened)
