"""What can be said of several pictures at once: who made them, and what we may do with them."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.models import User
from desk.requests import StaffRequest, key
from images.kinds import PictureRefused
from images.models import Image

MOST = 200
DONE = {
    "credit": "given that credit",
    "rights": "marked: {rights}",
    "allow": "marked as free to be republished",
    "forbid": "marked as not to be republished",
}


@dataclass(frozen=True)
class Deed:
    """A button, the question it asks first, and the field with the answer."""

    name: str
    button: str
    field: Any = None
    is_grave: bool = False


class SeveralForm(forms.Form):
    """Which button was pressed, and what is to be said."""

    do = forms.ChoiceField(
        choices=[(name, name) for name in DONE],
        error_messages=dict.fromkeys(["required", "invalid_choice"], "Press one of the buttons beneath the pictures."),
    )
    credit = forms.CharField(required=False, max_length=200)
    rights = forms.ChoiceField(required=False, choices=Image.Rights.choices)

    def said(self) -> dict[str, Any]:
        """As `Image.describe` takes it."""
        answers: dict[str, dict[str, Any]] = {
            "credit": {"credit": self.cleaned_data.get("credit", "")},
            "rights": {"rights": self.cleaned_data.get("rights", "")},
            "allow": {"may_redistribute": True},
            "forbid": {"may_redistribute": False},
        }
        return answers[self.cleaned_data["do"]]


def deeds() -> list[Deed]:
    form = SeveralForm(auto_id="several_%s")
    return [
        Deed("credit", "Give a credit", form["credit"]),
        Deed("rights", "Say the rights", form["rights"]),
        Deed("allow", "Allow republishing"),
        Deed("forbid", "Forbid republishing"),
    ]


@require_POST
def several(request: StaffRequest) -> HttpResponse:
    """Say one thing of every chosen picture; those it cannot be said of are named."""
    if not request.user.has_perm("images.change_image"):
        raise PermissionDenied
    form = SeveralForm(request.POST)
    chosen = _chosen(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(sentence) for listed in form.errors.values() for sentence in listed))
    elif not chosen:
        messages.error(request, "No picture was chosen. Tick one or several, then press the button.")
    else:
        done, wrong = _say(chosen, form.said(), by=request.user)
        for sentence in wrong:
            messages.error(request, sentence)
        if done:
            words = DONE[form.cleaned_data["do"]].format(rights=Image.Rights(form.cleaned_data["rights"]).label)
            messages.success(request, f"{done} picture{'s are' if done > 1 else ' is'} {words}.")
    asked = QueryDict(request.POST.get("asked", "")[:2_000]).urlencode()
    return redirect(f"{reverse('admin:images_image_changelist')}{'?' if asked else ''}{asked}")


def _chosen(posted: QueryDict) -> list[Image]:
    keys = [found for typed in posted.getlist("picture")[:MOST] if (found := key(typed)) is not None]
    return list(Image.objects.filter(pk__in=keys))


def _say(chosen: list[Image], said: dict[str, Any], *, by: User) -> tuple[int, list[str]]:
    done, wrong = 0, []
    for image in chosen:
        try:
            image.describe(by=by, decorative=image.decorative, **said)
        except PictureRefused as refused:
            wrong.append(f"{image}: {refused}")
        else:
            done += 1
    return done, wrong
