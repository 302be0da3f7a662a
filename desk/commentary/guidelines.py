"""What guest writers are promised and asked: read, and issued anew. A version is never changed."""

import json
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_safe

from commentary.models import Guidelines, SignOff
from desk import blocks
from desk.policy import BODY_POLICY
from desk.requests import StaffRequest
from desk.shelves import Asked
from richtext.forms import BodyFormField

VIEWS, ISSUES = "commentary.view_guidelines", "commentary.add_guidelines"
MOST_QUESTIONS = 10


class GuidelinesForm(forms.Form):
    """The terms of a further version. ``number`` is the version the page showed."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    body = BodyFormField(label="Guidelines")
    commentary_words = forms.IntegerField(label="Words of a commentary", min_value=50, max_value=5_000)
    reaction_words = forms.IntegerField(label="Words of a reaction", min_value=20, max_value=2_000)
    most_writers = forms.TypedChoiceField(label="Writers of one piece", coerce=int, choices=[(1, "One"), (2, "Two")])
    answer_days = forms.IntegerField(label="Business days until the first answer", min_value=1, max_value=30)
    urgent_answer_days = forms.IntegerField(label="… for what is time-sensitive", min_value=1, max_value=30)
    reaction_window = forms.IntegerField(
        label="Days a story can be reacted to", help_text="After it was published.", min_value=1, max_value=365
    )
    licence = forms.CharField(
        label="Licence", help_text="In plain language, a line for each point.", max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    keeps = forms.CharField(
        label="What we keep", help_text="In plain language, a line for each point.", max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    questions = forms.CharField(
        label="Further questions", required=False, max_length=4_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Asked of commentary besides the usual declarations. One a line, {MOST_QUESTIONS} at most.",
    )  # fmt: skip
    commentary_sign_off = forms.ChoiceField(label="Sign-off of a commentary", choices=SignOff)
    reaction_sign_off = forms.ChoiceField(label="Sign-off of a reaction", choices=SignOff)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def clean_questions(self) -> list[str]:
        asked = [" ".join(line.split()) for line in self.cleaned_data["questions"].splitlines() if line.strip()]
        if len(asked) > MOST_QUESTIONS:
            raise ValidationError(f"These are {len(asked)} questions; {MOST_QUESTIONS} can be asked.")
        return asked

    @property
    def terms(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in Guidelines.TERMS}


@csp_override(BODY_POLICY)
@require_http_methods(["GET", "HEAD", "POST"])
def guidelines(request: StaffRequest) -> HttpResponse:
    """The newest version; POST issues a further one, which new pieces are begun under."""
    may_issue = request.user.has_perm(ISSUES)
    if not (may_issue if request.method == "POST" else request.user.has_perm(VIEWS)):
        raise PermissionDenied
    if Asked(request.GET, ()).is_strange:
        return redirect(f"{request.path}?e=1")
    newest = Guidelines.current()
    form = GuidelinesForm(request.POST if request.method == "POST" else None, initial=_initial(newest))
    if form.is_valid():
        if form.cleaned_data["number"] == newest.number:
            made = Guidelines(number=newest.number, made_at=newest.made_at, **form.terms).issue(by=request.user)
            messages.success(request, f"Version {made.number} is issued. Pieces begun before keep their version.")
            return redirect("admin:commentary_guidelines_changelist")
        form.add_error(None, "Somebody has issued another version meanwhile. Nothing was issued; look at it first.")
    form.fields["body"].widget.attrs["data-blocks"] = json.dumps(blocks.addresses(request))
    context = {"title": "Guidelines", "form": form, "newest": newest, "may_issue": may_issue}
    return _page(request, "guidelines", context | {"versions": Guidelines.objects.select_related("made_by")})


@require_safe
def version(request: StaffRequest, pk: int) -> HttpResponse:
    """An older version, as it was promised."""
    if not request.user.has_perm(VIEWS):
        raise PermissionDenied
    shown = get_object_or_404(Guidelines.objects.select_related("made_by"), pk=pk)
    return _page(request, "guidelines_version", {"title": f"Guidelines, version {shown.number}", "version": shown})


@admin.register(Guidelines)
class GuidelinesAdmin(admin.ModelAdmin[Guidelines]):
    """Permissions and a place in the rail."""

    actions = None

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(guidelines), name="commentary_guidelines_changelist"),
            path("<int:pk>/", wrap(version), name="commentary_guidelines_change"),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


def _initial(newest: Guidelines) -> dict[str, Any]:
    initial = {name: getattr(newest, name) for name in Guidelines.TERMS}
    return initial | {"number": newest.number, "questions": "\n".join(map(str, newest.questions))}


def _page(request: StaffRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(request, f"desk/commentary/{name}.html", admin.site.each_context(request) | context)
