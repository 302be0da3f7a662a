from typing import Any

from django import forms

from desk.forms import DeskForm
from desk.uploading import ManyFiles
from documents.models import Document

ACCEPTED = ".pdf,.csv,.xlsx,application/pdf,text/csv"


class DescriptionForm(DeskForm[Document]):
    """What people say about a document."""

    class Meta:
        model = Document
        fields = ["title", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    @property
    def wording(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ["title", "description"] if name in self.cleaned_data}


class UploadForm(DescriptionForm):
    """One file, sent by a script; without a title it is called as its file is."""

    file = forms.FileField(
        error_messages={"required": "Choose a file.", "empty": "The file is empty. Choose it again, or another one."},
        max_length=None,
    )
    anyway = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False


class FilesForm(forms.Form):
    """Several files, sent without a script."""

    chosen = ManyFiles(
        label="Files",
        help_text="PDF, CSV or XLSX, at most 50 MB each. Several at once are fine.",
        widget_attrs={"accept": ACCEPTED},
    )
    anyway = forms.BooleanField(required=False, label="Keep files that are here already as further documents")


class ReplaceForm(forms.Form):
    file = forms.FileField(
        label="The new file",
        help_text="PDF, CSV or XLSX, at most 50 MB.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "Choose a file.", "empty": "The file is empty. Choose it again, or another one."},
    )
