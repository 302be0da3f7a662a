"""Showing a text to people without an account: make a link, see who opened it how often, end it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from articles.models import Article, PreviewLink
from articles.models.previews import LONGEST_LABEL, Lasts
from articles.states import MoveRefused
from desk import permissions
from desk.requests import StaffRequest
from masthead.middleware import publication
from masthead.models import Masthead

ENDED_SHOWN = 20
LOST = "This page has lost track of which text it shows. Reload it and share again."


class ShareForm(forms.Form):
    """Which text, for whom, for how long. The text is the one the page shows, at the save it shows."""

    text = forms.ChoiceField(
        label="Which text",
        choices=[("this", "This text, as it stands now"), ("newest", "Always the newest text")],
        widget=forms.RadioSelect,
        initial="this",
    )
    lasts = forms.ChoiceField(label="How long", choices=Lasts, widget=forms.RadioSelect, initial=Lasts.DAY)
    label = forms.CharField(
        label="For whom",
        required=False,
        help_text="For the newsroom to remember; whoever opens the link does not see it.",
        widget=forms.TextInput(attrs={"maxlength": LONGEST_LABEL, "autocomplete": "off"}),
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    saves = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> None:
        """Errors of fields that nobody sees are told above the form."""
        if self.errors.keys() & {"revision", "saves"}:
            raise forms.ValidationError(LOST)


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: StaffRequest, pk: int) -> HttpResponse:
    """Every link of a story, and a form that makes another."""
    article = _shareable(request, pk)
    form = ShareForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _make(article, form, request)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The link is ready. Copy it and send it.")
            return redirect("admin:articles_article_share", pk)
    context: dict[str, Any] = {
        "title": f"Share “{article}”",
        "article": article,
        "form": form,
        "is_spiked": article.can("restore"),
        **_links(article, publication(request)),
    }
    return TemplateResponse(request, "desk/story/share.html", admin.site.each_context(request) | context)


@require_POST
def unshare(request: StaffRequest, pk: int, link: int) -> HttpResponse:
    """End a link now."""
    article = _shareable(request, pk)
    try:
        get_object_or_404(article.preview_links, pk=link).revoke(by=request.user)
    except MoveRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, "The link is revoked. Nobody can open it any more.")
    return redirect("admin:articles_article_share", pk)


def _shareable(request: StaffRequest, pk: int) -> Article:
    article = get_object_or_404(Article.objects.with_desk(), pk=pk)
    if not permissions.may_share(request.user, article):
        raise PermissionDenied
    return article


def _make(article: Article, form: ShareForm, request: StaffRequest) -> PreviewLink:
    chosen = form.cleaned_data
    revision = None
    if chosen["text"] == "this":
        revision = article.revisions.filter(pk=chosen["revision"] or 0).first()
        if revision is None:
            raise MoveRefused(LOST)
        revision.as_seen(chosen["saves"] or 0)
    return PreviewLink.make(article, revision=revision, lasts=chosen["lasts"], label=chosen["label"], by=request.user)


def _links(article: Article, masthead: Masthead) -> dict[str, Any]:
    """The links that can be opened (or will be again), newest first, and the last of those that have ended."""
    links = list(article.preview_links.select_related("revision").defer("revision__body"))
    addressed = [(link, masthead.absolute(link.get_absolute_url())) for link in links]
    return {
        "links": [(link, address) for link, address in addressed if not link.has_ended],
        "ended": [link for link in links if link.has_ended][:ENDED_SHOWN],
    }
