from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from richtext.sanitiser import clean
from richtext.widgets import BodyWidget

LONGEST_BODY = 2_000_000


class BodyFormField(forms.CharField):
    """A text typed or pasted by an editor: refused if it cannot be kept, otherwise cleaned."""

    widget = BodyWidget

    def __init__(self, **options: Any) -> None:
        options.pop("max_length", None)  # counted here, before the text is cleaned
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        given = super().to_python(value) or ""
        if "\x00" in given:
            raise ValidationError(
                "The text holds a NUL character, which cannot be kept. Paste it again as plain text.", code="nul"
            )
        if len(given) > LONGEST_BODY:
            raise ValidationError(
                f"The text is {len(given):,} characters long; at most {LONGEST_BODY:,} can be kept. "
                "Make two stories of it, or remove what was pasted by mistake.",
                code="too_long",
            )
        return clean(given)
