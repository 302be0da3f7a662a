"""What the desk's pages may load and do; only pages with a rich-text editor or a preview carry another policy."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http.response import HttpResponseBase
from django.utils.csp import CSP

from richtext.policy import EDITOR_NEEDS

STRICT: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "img-src": [CSP.SELF, *settings.PICTURE_SOURCES, "data:"],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
BODY_POLICY = STRICT | EDITOR_NEEDS

# A page that shows a preview in a frame, the story editor among them; and what leads such a frame to the preview.
FRAMES: dict[str, list[str]] = {"frame-src": [CSP.SELF]}
FRAMING_POLICY = STRICT | FRAMES
STORY_POLICY = BODY_POLICY | FRAMES
FRAMED_POLICY = STRICT | {"frame-ancestors": [CSP.SELF]}


def strict[V: Callable[..., HttpResponseBase]](view: V) -> V:
    """The strict policy, unless the view has named its own (``csp_override`` on a page with a ``BodyField``)."""

    @wraps(view)
    def with_policy(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        if not hasattr(response, "_csp_config"):
            setattr(response, "_csp_config", STRICT)  # noqa: B010 -- as csp_override does; the types do not know it
        return response

    return cast("V", with_policy)
