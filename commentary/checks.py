"""What an operator is told by ``manage.py check``, and before every migration."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Warning  # noqa: A004 -- Django's own name for it


def mail_leaves(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """In production letters to guests wait for a mail server: a file with their keys would open what they protect."""
    if settings.LETTERS_LEAVE:
        return []
    hint = "Set EMAIL_URL to your mail server (docs/settings.md). Nobody can confirm their address until then."
    return [Warning("Letters to guest writers wait: no mail server is set.", hint=hint, id="commentary.W001")]
