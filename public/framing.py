"""Which frames a page may hold: those of the embeds in its text, and no others."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpResponseBase
from django.template.response import TemplateResponse

import richtext
from embeds import recognise

POLICY = "_csp_config"  # where Django's middleware looks for a response's own policy

type View = Callable[..., HttpResponseBase]


def with_frames_of(html: str, response: TemplateResponse) -> TemplateResponse:
    """``response``, on which ``html`` is shown: its policy names the providers in it, its page loads their script."""
    embeds = [recognise(address) for address in richtext.named(html).embeds]
    origins = sorted({origin for embed in embeds if embed for origin in embed.origins})
    if origins:
        setattr(response, POLICY, settings.SECURE_CSP | {"frame-src": origins})
        response.context_data = (response.context_data or {}) | {"frames": True}
    return response


def kept_when_unchanged(view: View) -> View:
    """Give the answer “not modified” the policy of the page it stands for: browsers keep the newer of the two."""

    @wraps(view)
    def with_policy(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        if isinstance(response, TemplateResponse) and hasattr(response, POLICY):
            policy = getattr(response, POLICY)
            response.add_post_render_callback(lambda shown: _with(shown, policy))
        return response

    return with_policy


def _with(response: HttpResponseBase, policy: dict[str, list[str]]) -> HttpResponseBase:
    setattr(response, POLICY, policy)
    return response
