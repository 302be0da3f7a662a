"""The address of a piece: what is written to it belongs to the piece, and nobody can guess it.

It is that of ``INBOUND_ADDRESS`` with a part of its own, as in ``commentary+c-7f3k-92q.9f2c…@news.example.org``.
"""

import hmac
import re

from django.conf import settings
from django.utils.crypto import salted_hmac

_OWN = re.compile(r"\+(c-[0-9a-z]{4}-[0-9a-z]{3})\.([0-9a-f]{20})\Z")


def address(reference: str) -> str:
    """Where to write about the piece, or an empty text where this newsroom takes no mail."""
    if not settings.INBOUND_ADDRESS:
        return ""
    local, _, domain = settings.INBOUND_ADDRESS.rpartition("@")
    return f"{local}+{reference.lower()}.{_mac(reference)}@{domain}"


def reference_of(given: str) -> str:
    """The reference an address belongs to; empty where it is none of ours. Capitals do not count (RFC 5321 2.4)."""
    local, _, domain = given.strip().lower().rpartition("@")
    own, _, own_domain = settings.INBOUND_ADDRESS.lower().rpartition("@")
    found = _OWN.search(local)
    if not own or not found or domain != own_domain or local[: found.start()] != own:
        return ""
    reference = found[1].upper()
    return reference if hmac.compare_digest(_mac(reference), found[2]) else ""


def _mac(reference: str) -> str:
    return salted_hmac("commentary.replies", reference.upper(), algorithm="sha256").hexdigest()[:20]
