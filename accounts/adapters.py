"""What django-allauth asks us about second factors."""

import base64
import hashlib
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from accounts import client


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # has no types
    """Nobody signs up here: people are invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return str(client.address(request) or "")


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # has no types
    """Secrets are encrypted, and the site's name comes from the settings, never from a request."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises ``InvalidToken`` if SECRET_KEY is no longer the one it was encrypted with."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return site_host()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": passkey_host(context.request), "name": site_host()}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": str(user)}


def site_host() -> str:
    return urlsplit(settings.SITE_ADDRESS).hostname or ""


def passkey_host(request: HttpRequest) -> str:
    """The name passkeys are bound to, or nothing where there can be none.

    A passkey needs a name: browsers make none for a bare address such as 127.0.0.1. On a developer's machine the
    same server answers as “localhost” too, which is a name.
    """
    if not settings.PRODUCTION and request.get_host().partition(":")[0] == "localhost":
        return "localhost"
    try:
        ip_address(site_host())
    except ValueError:
        return site_host()
    return ""


def _box() -> MultiFernet:
    keys: list[str] = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    digests = (hashlib.sha256(f"accounts.adapters {key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
