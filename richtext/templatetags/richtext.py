from django import template
from django.utils.safestring import SafeString

import richtext
from richtext.rendering import Variant

register = template.Library()


@register.filter
def render(html: str | None, variant: Variant = "page") -> SafeString:
    """``{{ revision.body|render }}``, ``{{ revision.body|render:"feed" }}``."""
    return richtext.render(html or "", variant)


@register.filter
def paragraphs(plain: str | None) -> SafeString:
    return richtext.paragraphs(plain or "")


@register.filter
def excerpt(plain: str | None, length: int = 200) -> str:
    return richtext.excerpt(plain or "", length)
