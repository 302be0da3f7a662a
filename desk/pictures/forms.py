from typing import Any

from django import forms

from desk.forms import DeskForm
from desk.uploading import ManyFiles
from images.models import Image

ACCEPTED = "image/jpeg,image/png,image/webp,image/avif,image/gif"
WORDING = ["title", "alt", "caption", "credit", "credit_link", "source", "rights", "may_redistribute"]
KINDS = "JPEG, PNG, WebP, AVIF or GIF, at most 25 MB."
_NO_FILE = {"required": "Choose a file.", "empty": "The file is empty. Choose it again, or another one."}


class DescriptionForm(DeskForm[Image]):
    """What people say about a picture, when it comes in and afterwards."""

    class Meta:
        model = Image
        fields = [
            "alt",
            "decorative",
            "credit",
            "credit_link",
            "caption",
            "title",
            "source",
            "rights",
            "may_redistribute",
        ]
        labels = {"decorative": "Only decoration", "title": "Name on the desk", "alt": "Alt text"}
        widgets = {
            "alt": forms.Textarea(attrs={"rows": 2}),
            "caption": forms.Textarea(attrs={"rows": 3}),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decorative") and cleaned.get("alt"):
            self.add_error(
                "alt", "A decorative picture has no alt text. Clear it, or say the picture is not decoration."
            )
        return cleaned

    @property
    def wording(self) -> dict[str, Any]:
        """What was sent of it; a field that was not on the page stays as it is. A box not ticked is never sent."""
        sent = [name for name in WORDING if name in self.cleaned_data and (name in self.data or self._is_box(name))]
        return {name: self.cleaned_data[name] for name in [*sent, "decorative"] if name in self.cleaned_data}

    def _is_box(self, name: str) -> bool:
        """The box about others stands beside the rights: it was on the page where they were."""
        return name == "may_redistribute" and "rights" in self.data


class UploadForm(DescriptionForm):
    """One picture, with what is said about it."""

    file = forms.FileField(
        label="Picture", help_text=KINDS, widget=forms.FileInput(attrs={"accept": ACCEPTED}), error_messages=_NO_FILE
    )
    anyway = forms.BooleanField(required=False, label="Keep it though the library has it, or one that looks the same")


class FilesForm(forms.Form):
    """Several pictures, sent without a script, with what is the same for all of them."""

    chosen = ManyFiles(
        label="Pictures", help_text=f"{KINDS} Several at once are fine.", widget_attrs={"accept": ACCEPTED}
    )
    credit = forms.CharField(required=False, max_length=200, help_text="Who made them, if that is one for all.")
    rights = forms.ChoiceField(required=False, choices=Image.Rights.choices)
    anyway = forms.BooleanField(required=False, label="Keep pictures the library has already, or that look the same")


class FocusForm(forms.Form):
    """A point of the picture, in per cent."""

    focus_x = forms.IntegerField(label="% from the left", min_value=0, max_value=100)
    focus_y = forms.IntegerField(label="% from the top", min_value=0, max_value=100)


class ReplaceForm(forms.Form):
    file = forms.FileField(
        label="The new file",
        help_text=KINDS,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages=_NO_FILE,
    )
