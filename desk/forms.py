import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Model
from django.utils.text import capfirst

from authors.models import Author

SHOWN = 200  # characters of a biography that stand under a story


class DeskForm[M: Model](forms.ModelForm[M]):
    """A form whose labels stand above their fields and need no colon, and that names what is missing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for field in self.fields.values():
            if str(field.error_messages.get("required")) == str(forms.Field.default_error_messages["required"]):
                field.error_messages["required"] = f"Fill in “{capfirst(field.label)}”."


class LinksField(forms.CharField):
    """Links as people write them, one a line: what it is called, then its address. A list of both when cleaned."""

    widget = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField", "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(f"{link['label']} {link['url']}" for link in value)
        return value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        lines = [line.strip() for line in (super().to_python(value) or "").splitlines()]
        return [_link(line) for line in lines if line]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "").split() != (data or "").split()


class AuthorForm(DeskForm[Author]):
    links = LinksField(
        required=False, help_text="One a line: a name, then an address, as in “Mastodon https://example.social/@ada”."
    )

    class Meta:
        model = Author
        exclude: list[str] = []
        widgets = {
            "biography": forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField", "data-counter": SHOWN}),
        }


def _link(line: str) -> dict[str, str]:
    found = re.fullmatch(r"(?P<label>.*\S)\s+(?P<url>\S+)", line)
    try:
        URLValidator(schemes=["http", "https"])(found["url"] if found else "")
    except ValidationError:
        raise ValidationError(
            f"“{line}” needs a name and then a full address, as in “Mastodon https://example.social/@ada”."
        ) from None
    return found.groupdict() if found else {}
