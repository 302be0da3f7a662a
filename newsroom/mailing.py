"""Where letters go, and where answers come from, as the environment says. The settings use this."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SMTP = ("smtp", "smtp+tls", "smtp+ssl")
PROVIDER = "anymail+"


def mailer(given: str, folder: Path) -> dict[str, Any]:
    """An entry of ``MAILERS``: a mail server, a provider's interface, or files in ``folder``/mail."""
    if not given:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"BACKEND": backend, "OPTIONS": {"file_path": str(folder / "mail")}}
    if given.startswith(PROVIDER):
        return _provider(given)
    parts = urlsplit(given)
    if parts.scheme not in SMTP or not parts.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL cannot be used. Set smtp+tls://user:password@host:587, or smtp+ssl://… for port 465."
        )
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or 25,
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": parts.scheme == "smtp+tls",
            "use_ssl": parts.scheme == "smtp+ssl",
            "timeout": 20,
        },
    }


def inbound(given: str) -> str:
    """The address that answers go to; the address of each piece is made from it."""
    local, at, domain = given.strip().rpartition("@")
    if given and (not local or not at or "." not in domain or "+" in local or any(sign.isspace() for sign in given)):
        raise ImproperlyConfigured(
            f"INBOUND_ADDRESS is “{given}”. Set one address without a plus sign, as in commentary@news.example.org"
        )
    return given.strip()


def secret(given: str) -> str:
    """What a mail server has to know to hand us mail at /commentary/mail/."""
    if given and len(given) < 20:
        raise ImproperlyConfigured("INBOUND_SECRET is shorter than 20 characters. Set it to a long random text.")
    return given


def _provider(given: str) -> dict[str, Any]:
    """``anymail+postmark://?server_token=…``: the provider, then what it is told, by anymail's names for it."""
    parts = urlsplit(given)
    name = parts.scheme.removeprefix(PROVIDER)
    if find_spec("anymail") is None:
        raise ImproperlyConfigured(
            "EMAIL_URL names a provider, which needs packages that are not installed. Run “bin/bootstrap mail”."
        )
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    if not name.isidentifier() or find_spec(f"anymail.backends.{name}") is None or not options:
        raise ImproperlyConfigured(
            "EMAIL_URL names a provider that cannot be used. Set, for example, anymail+postmark://?server_token=SECRET"
        )
    # Not every provider lets a letter say where its bounces go; it must leave all the same.
    return {
        "BACKEND": f"anymail.backends.{name}.EmailBackend",
        "OPTIONS": options | {"ignore_unsupported_features": True},
    }
