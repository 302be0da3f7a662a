from typing import Any

from ckeditor.widgets import CKEditorWidget
from django.forms import Media, Script
from django.templatetags.static import static
from django.utils.translation import get_language

from richtext import editor
from richtext.sanitiser import clean


class BodyWidget(CKEditorWidget):  # type: ignore[misc] # django-ckeditor has no types
    """A text area that body.js turns into the editor; without JavaScript it stays a text area."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(template_name="django/forms/widgets/textarea.html", attrs={"rows": 24} | (attrs or {}))
        self.config = dict(editor.CONFIG)

    @property
    def media(self) -> Media:
        """Our own starter: django-ckeditor's polls for the editor and adds a wrapper with a style attribute."""
        starter = Script("richtext/body.js", type="module")
        return Media(css={"all": ["richtext/editor.css", "richtext/blocks.css"]}, js=[starter])  # type: ignore[list-item] # the stubs know no media objects

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-body-editor": static(editor.SCRIPT),
            "data-editor-base": static(editor.BASE),
            "data-editor-config": context["widget"]["config"],
        }
        return context

    def format_value(self, value: Any) -> str:
        """What goes into an editor is clean, even if the row was changed past the forms."""
        return clean(str(value or ""))

    def _set_config(self) -> None:
        language = (get_language() or "en").split("-")[0]
        self.config["language"] = language if language in editor.LANGUAGES else "en"
