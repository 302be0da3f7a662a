"""Where a request comes from, as far as it can be believed."""

import ipaddress
import re

from django.conf import settings
from django.http import HttpRequest

type Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# “[2001:db8::1]:443” and “192.0.2.1:443”: some proxies tell the port too.
_WITH_PORT = re.compile(r"\[(?P<six>[^\]]*)\](?::\d+)?|(?P<four>[\d.]+):\d+")
_ONE_HOUSEHOLD = 64  # bits of an IPv6 address that one subscriber has to themselves, or more


def address(request: HttpRequest) -> Address | None:
    """The client's address: seen by the outermost of our own proxies (TRUSTED_PROXIES), else by ourselves.

    Each proxy adds at the right of X-Forwarded-For whom it was called by, so that only as many entries from the
    right as there are proxies were written by one of ours; what stands before them, anybody may have sent.
    ``None`` if nobody knows, as on a Unix socket.
    """
    seen = _parsed(request.META.get("REMOTE_ADDR", ""))
    if not settings.TRUSTED_PROXIES:
        return seen
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    return _parsed(told[-settings.TRUSTED_PROXIES :][0]) or seen


def network(request: HttpRequest) -> str:
    """Whom limits count as one: an IPv4 address, or the IPv6 network one subscriber can pick addresses from."""
    known = address(request)
    if isinstance(known, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((known, _ONE_HOUSEHOLD), strict=False))
    return str(known)


def _parsed(text: str) -> Address | None:
    text = text.strip().partition("%")[0]
    if found := _WITH_PORT.fullmatch(text):
        text = found["six"] or found["four"] or ""
    try:
        parsed = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed
