"""What uploads of pictures and of documents share: several files at once, and what a script is told."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.core.files import File
from django.http import HttpRequest, JsonResponse
from django.utils.datastructures import MultiValueDict

MOST_FILES = 50  # of one form without a script; a script sends each by itself


class _ManyInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[File[bytes]]:
        return files.getlist(name) if isinstance(files, MultiValueDict) else files.get(name, [])


class ManyFiles(forms.Field):
    """Any number of files; a list when cleaned. An empty one is among them: who takes it in says what is wrong."""

    default_error_messages = {"required": "Choose one file or several."}

    def __init__(self, *, widget_attrs: dict[str, str], **options: Any) -> None:
        super().__init__(widget=_ManyInput(attrs={"multiple": True, **widget_attrs}), **options)

    def clean(self, value: Sequence[File[bytes]]) -> list[File[bytes]]:
        files: list[File[bytes]] = super().clean([file for file in value if file])
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"These are {len(files)} files; {MOST_FILES} at a time are possible.")
        return files


def refusal(request: HttpRequest, right: str, *, what: str) -> JsonResponse | None:
    """Why this person may not send ``what`` (“pictures”), or nothing."""
    if not admin.site.has_permission(request):
        if request.user.is_authenticated:
            return refused([f"Set up your second factor first, in another tab, then send the {what} again."], 403)
        return refused([f"You are signed out. Sign in again in another tab, then send the {what} again."], 401)
    if not request.user.has_perm(right):
        return refused([f"Your account may not add {what}. Ask an editor to add them."], 403)
    return None


def refused(errors: Sequence[str], status: int) -> JsonResponse:
    return JsonResponse({"errors": list(errors)}, status=status)


def sentences(form: forms.BaseForm) -> list[str]:
    return [str(sentence) for listed in form.errors.values() for sentence in listed]
