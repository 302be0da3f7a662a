"""The words of letters: the product's, and the newsroom's own in their place."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_safe

from commentary import own_words, wordings
from commentary.letters_to_editors import TO_EDITORS
from commentary.letters_to_writers import PASSAGES, TO_WRITERS
from commentary.models import LetterTemplate
from commentary.models.letters import WORDINGS
from commentary.own_words import WordsRefused
from desk.requests import StaffRequest
from desk.shelves import Asked

CHANGES = "commentary.change_lettertemplate"
TO_US, REASONS_GIVEN, TO_THEM = "To editors", "Reasons in a refusal", "To writers"


class WordsForm(forms.Form):
    """What is wrong with words, ``commentary.wordings`` says; this form only takes them."""

    subject = forms.CharField(required=False, max_length=400)
    text = forms.CharField(
        label="Letter", required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 18, "dir": "auto"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


@require_safe
def listed(request: StaffRequest) -> HttpResponse:
    """Every letter there is, and when it is sent."""
    if not request.user.has_perm(CHANGES):
        raise PermissionDenied
    if Asked(request.GET, ()).is_strange:
        return redirect(f"{request.path}?e=1")
    own = {template.code: template for template in LetterTemplate.objects.select_related("changed_by")}
    groups: dict[str, list[dict[str, Any]]] = {TO_THEM: [], REASONS_GIVEN: [], TO_US: []}
    for code, wording in WORDINGS.items():
        line = {"code": code, "wording": wording, "own": own.get(code), "called": _called(code)}
        groups[_group(code)].append(line)
    return _page(request, "templates", {"title": "Letter templates", "groups": groups.items()})


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: StaffRequest, code: str) -> HttpResponse:
    """One letter's words: shown with samples in their places, kept, or given up for the product's."""
    if not request.user.has_perm(CHANGES):
        raise PermissionDenied
    if code not in WORDINGS:
        raise Http404
    own = LetterTemplate.objects.filter(code=code).select_related("changed_by").first()
    standing = {"subject": (own or WORDINGS[code]).subject, "text": (own or WORDINGS[code]).text}
    do = request.POST.get("do", "") if request.method == "POST" else ""
    form = WordsForm(request.POST if do in {"keep", "show"} else None, initial=standing)
    if do == "product":
        own_words.give_up(code, by=request.user)
        messages.success(request, "The product's words go out again.")
        return redirect("admin:commentary_lettertemplate_words", code)
    if do == "keep" and form.is_valid() and _kept(code, form, request):
        messages.success(request, "Kept. Letters that wait already keep their words.")
        return redirect("admin:commentary_lettertemplate_words", code)
    context = {"title": _called(code), "code": code, "wording": WORDINGS[code], "form": form, "own": own}
    return _page(request, "template", context | _sample(code, form, standing))


@admin.register(LetterTemplate)
class LetterTemplateAdmin(admin.ModelAdmin[LetterTemplate]):
    """Permissions and a place in the rail."""

    actions = None

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(listed), name="commentary_lettertemplate_changelist"),
            path("<slug:code>/", wrap(words), name="commentary_lettertemplate_words"),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


def _kept(code: str, form: WordsForm, request: StaffRequest) -> bool:
    try:
        own_words.keep(code, form.cleaned_data["subject"], form.cleaned_data["text"], by=request.user)
    except WordsRefused as refused:
        for problem in refused.problems:
            form.add_error(None, problem)
        return False
    return True


def _sample(code: str, form: WordsForm, standing: dict[str, str]) -> dict[str, Any]:
    """The letter with samples in its places, in the words on the page, with what stands against them."""
    typed = {name: form[name].value() or "" for name in standing} if form.is_bound else standing
    subject, text = wordings.preview(WORDINGS[code], **typed)
    problems = wordings.problems(WORDINGS[code], **typed) if form.is_bound and not form.errors else []
    return {"sample": {"subject": subject, "text": text}, "problems": problems, "places": WORDINGS[code].known()}


def _called(code: str) -> str:
    return code.replace("_", " ").capitalize()


def _group(code: str) -> str:
    if code in PASSAGES:
        return REASONS_GIVEN
    return TO_US if code in TO_EDITORS and code not in TO_WRITERS else TO_THEM


def _page(request: StaffRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(request, f"desk/commentary/{name}.html", admin.site.each_context(request) | context)
