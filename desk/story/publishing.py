"""The page, or dialog, between a finished text and its readers: the checklist, what a change is, and when."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods

from articles.checklist import Case, Finding, findings
from articles.kinds import CORRECTING, Change
from articles.models import Article, Correction
from articles.notes import Note, difference
from articles.states import AlreadySo, MoveRefused, NotConfirmed
from articles.texts import TextRefused
from desk import permissions
from desk.moments import Moment
from desk.requests import StaffRequest

NOW, LATER = "now", "later"


class PublishForm(forms.Form):
    """What a person says about a text before readers get it. Which fields count depends on where the story stands."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    saves = forms.IntegerField(widget=forms.HiddenInput)
    change = forms.ChoiceField(choices=Change, required=False, widget=forms.RadioSelect)
    note = forms.CharField(
        required=False,
        label="What readers are told",
        help_text="One or two plain sentences: what was wrong, and what is right.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    severity = forms.ChoiceField(choices=Correction.Severity, required=False, widget=forms.RadioSelect)
    before = forms.CharField(required=False, label="It said", widget=forms.Textarea(attrs={"rows": 2}))
    after = forms.CharField(required=False, label="It now says", widget=forms.Textarea(attrs={"rows": 2}))
    when = forms.ChoiceField(choices=[(NOW, "Now"), (LATER, "Later, at")], required=False, widget=forms.RadioSelect)
    publish_at = Moment(required=False, label="Date and time")
    until = Moment(
        required=False, label="Ends on", help_text="Readers no longer find the story after this. Empty: it stays."
    )
    without_summary = forms.CharField(required=False, label="Publish without a summary, because")
    despite = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, asked: list[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        self.fields["despite"].choices = [(finding.code, finding.code) for finding in asked]  # type: ignore[attr-defined]

    def clean_despite(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["despite"]
        return chosen

    def clean(self) -> dict[str, Any]:
        """Only what is shown counts: a time typed before “Now” was chosen again is left aside."""
        cleaned = super().clean() or {}
        if cleaned.get("when") != LATER:
            cleaned["publish_at"] = None
        elif not cleaned.get("publish_at") and "publish_at" not in self.errors:
            self.add_error("publish_at", "Choose the date and time.")
        elif (moment := cleaned.get("publish_at")) and moment <= timezone.now():
            self.add_error("publish_at", "That moment has passed. Choose one to come, or publish now.")
        return cleaned

    @property
    def answers(self) -> dict[str, Any]:
        """What the verb is told."""
        said = self.cleaned_data
        change = Change(said["change"] or Change.UPDATE)
        note = Note(said["note"], said["severity"] or "minor", said["before"], said["after"])
        return {
            "change": change,
            "note": note if change in CORRECTING else None,
            "without_summary": said["without_summary"],
            "despite": frozenset(said["despite"]),
        }


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """GET says what stands against the newest text and what will happen; POST does it."""
    article = get_object_or_404(Article.objects.with_desk(), pk=pk)
    if not permissions.may_schedule(request.user, article):
        raise PermissionDenied
    if article.draft is None or not (article.can("publish")):
        messages.error(request, f"The story is “{article.state_label}”. It cannot be published from there.")
        return redirect("admin:articles_article_change", pk)
    found = findings(
        Case(article, article.draft, _soonest(article), without_summary=request.POST.get("without_summary", ""))
    )
    asked = [finding for finding in found if not finding.blocks]
    if request.method != "POST":
        return _page(request, article, PublishForm(initial=_initial(article), asked=asked), found)
    form = PublishForm(request.POST, asked=asked)
    if form.is_valid():
        try:
            done = _publish(article, form, request)
        except MoveRefused as refused:
            _explain(form, refused)
        else:
            messages.success(request, done)
            return redirect("admin:articles_article_change", pk)
    return _page(request, Article.objects.with_desk().get(pk=pk), form, found)


def _publish(article: Article, form: PublishForm, request: StaffRequest) -> str:
    """Do what the form says, all of it or nothing; answers with the sentence that tells of it."""
    said = form.cleaned_data
    seen = article.revisions.filter(pk=said["revision"]).first()
    if seen is None:
        raise MoveRefused("This page has lost track of which text it shows. Reload it.")
    at: datetime | None = said["publish_at"]
    seen = seen.as_seen(said["saves"])
    with transaction.atomic():
        with suppress(AlreadySo):  # a click that came twice, or only the end is new
            if at and article.has_appeared:
                article.plan(revision=seen, by=request.user, at=at, **form.answers)
            else:
                article.publish(revision=seen, by=request.user, at=at, **form.answers)
        article.limit(until=said["until"], by=request.user)
    return _told(article, at)


def _told(article: Article, at: datetime | None) -> str:
    if at is None:
        return "Published. Readers see it now."
    when = date_format(timezone.localtime(at), "l, N j, P")
    return f"Planned: readers get this text on {when}." if article.has_appeared else f"Scheduled for {when}."


def _soonest(article: Article) -> datetime:
    """The first moment at which the story could appear: the checklist has nothing against waiting for an embargo."""
    return max(timezone.now(), article.embargo_until or timezone.now())


def _initial(article: Article) -> dict[str, Any]:
    draft, planned = article.current_draft(), article.planned_update
    initial: dict[str, Any] = {
        "revision": draft.pk,
        "saves": draft.saves,
        "change": Change.UPDATE,
        "severity": Correction.Severity.MINOR,
        "when": NOW,
        "until": article.unpublish_at,
    }
    if article.live and article.has_appeared:
        initial["before"], initial["after"] = difference(article.live.body, draft.body)
    if planned and planned.revision_id == draft.pk:
        words = {"note": planned.note, "severity": planned.severity or Correction.Severity.MINOR}
        quoted = {"before": planned.before, "after": planned.after} if planned.note else {}
        return initial | words | quoted | {"change": planned.change, "when": LATER, "publish_at": planned.at}
    if article.is_scheduled:
        return initial | {"when": LATER, "publish_at": article.published_at}
    if _is_under_embargo(article):
        return initial | {"when": LATER, "publish_at": article.embargo_until}
    return initial


def _is_under_embargo(article: Article) -> bool:
    return bool(article.embargo_until and article.embargo_until > timezone.now())


def _explain(form: PublishForm, refused: MoveRefused) -> None:
    """Put a refusal where the person looks."""
    if isinstance(refused, TextRefused):
        for name, sentence in refused.problems.items():
            form.add_error(name if name in form.fields else None, sentence)
    elif isinstance(refused, NotConfirmed):
        form.add_error(None, "Look at the questions in the checklist, and tick each that is fine as it is.")
    else:
        form.add_error(None, getattr(refused, "problems", None) or str(refused))


def _page(request: StaffRequest, article: Article, form: PublishForm, found: list[Finding]) -> HttpResponse:
    chosen = form["despite"].value() or []
    context = {
        "title": f"{'Publish changes' if article.has_appeared else 'Publish'}: {article}",
        "article": article,
        "form": form,
        "blocking": [finding for finding in found if finding.blocks],
        "asked": [(finding, finding.code in chosen) for finding in found if not finding.blocks],
        "under_embargo": _is_under_embargo(article),
        "needs_summary_reason": bool(article.draft and not article.draft.summary),
        "corrections": article.corrections.all(),
        "may_edit": permissions.may_edit(request.user, article),
    }
    return TemplateResponse(request, "desk/story/publish.html", admin.site.each_context(request) | context)
