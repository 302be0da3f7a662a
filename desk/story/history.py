"""What became of a story's words: every text there was, any two compared, one restored or named."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Activity
from articles import comparing
from articles.models import Article, PlannedUpdate, Revision
from articles.models.revision import LONGEST_NAME
from articles.states import AlreadySo, MoveRefused
from desk import permissions
from desk.log import about_address
from desk.requests import StaffRequest
from desk.story.saving import have_read_again

TEXTS_A_PAGE = 50
DOINGS = 50
LOST = "This page has lost track of the newest text. Look at what would change now, then restore."


class RestoreForm(forms.Form):
    """Which text was the newest when the page that asks was opened."""

    draft = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    saves = forms.IntegerField(min_value=0, max_value=2**31 - 1)

    def clean(self) -> dict[str, Any]:
        """One sentence for the person, whatever of the two is missing or broken."""
        if self.errors:
            raise forms.ValidationError(LOST)
        return self.cleaned_data


class NameForm(forms.Form):
    """What to call a text; how long it may be, the model says."""

    name = forms.CharField(
        required=False,
        widget=forms.TextInput(attrs={"maxlength": LONGEST_NAME, "autocomplete": "off"}),
        help_text="For example “as sent to the lawyer”. A text with a name is kept for ever and never changes.",
    )


@dataclass(frozen=True)
class Compared[Text]:
    """Two texts of one story, or of one piece by a guest, and what differs."""

    before: Text
    after: Text
    fields: list[comparing.Field]

    @property
    def words_added(self) -> int:
        return comparing.words_changed(self.fields)[0]

    @property
    def words_removed(self) -> int:
        return comparing.words_changed(self.fields)[1]

    @property
    def differing(self) -> list[comparing.Field]:
        return [field for field in self.fields if not field.is_same]

    @property
    def same(self) -> list[str]:
        """Labels of the fields in which nothing differs."""
        return [field.label for field in self.fields if field.is_same]


@require_safe
def history(request: StaffRequest, pk: int) -> HttpResponse:
    """Every text of a story and everything that was done to it, newest first."""
    article = _readable(request, pk)
    texts = Paginator(article.revisions.with_differences(), TEXTS_A_PAGE).get_page(request.GET.get("page"))
    newer, older = _offered(article, [revision.number for revision in texts])
    context = {
        "title": f"History of “{article}”",
        "article": article,
        "texts": texts,
        "newer": newer,
        "older": older,
        "planned": PlannedUpdate.objects.filter(article=article).first(),
        "may_edit": permissions.may_edit(request.user, article),
        "activity": Activity.objects.about(article)[:DOINGS],
        "all_activity": about_address(article) if request.user.has_perm("accounts.view_activity") else "",
    }
    return _page(request, "history", context)


@require_safe
def compare(request: StaffRequest, pk: int) -> HttpResponse:
    """Any two texts of a story: ``?before=3&after=5``, by themselves the newest and the one it was written on."""
    article = _readable(request, pk)
    after = _chosen(article, request.GET.get("after")) or article.current_draft()
    before = _chosen(article, request.GET.get("before")) or _predecessor(after)
    context = {
        "title": f"Compare texts of “{article}”",
        "article": article,
        "compared": Compared(before, after, comparing.compare(before.text, after.text)),
        "side_by_side": request.GET.get("view") == "side",
        "choices": article.revisions.with_differences(),
        "may_edit": permissions.may_edit(request.user, article),
    }
    return _page(request, "compare", context)


@require_http_methods(["GET", "HEAD", "POST"])
def restore_revision(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """Show what would change, then make a further text that says what the one numbered ``number`` says."""
    article, revision = _editable(request, pk, number)
    form = RestoreForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            seen = _seen(article, **form.cleaned_data)
            restored = article.restore_revision(revision, draft=seen, by=request.user)
            have_read_again(article, by=request.user)
        except AlreadySo as nothing:
            messages.info(request, str(nothing))
            return redirect("admin:articles_article_history", pk)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Restored: text {restored.number} says what text {number} says.")
            return redirect("admin:articles_article_history", pk)
    draft = article.current_draft()
    compared = Compared(draft, revision, comparing.compare(draft.text, revision.text))
    context = {"title": f"Restore text {number} of “{article}”", "article": article, "form": form, "compared": compared}
    return _page(request, "restore", context)


@require_http_methods(["GET", "HEAD", "POST"])
def name_revision(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """Give a text a name, another one, or none."""
    article, revision = _editable(request, pk, number)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": revision.name})
    if form.is_valid():
        try:
            if request.POST.get("do") == "unname":
                article.unname_revision(revision, by=request.user)
            else:
                article.name_revision(revision, form.cleaned_data["name"], by=request.user)
        except AlreadySo:
            return redirect("admin:articles_article_history", pk)
        except MoveRefused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, f"The name of text {number} is saved.")
            return redirect("admin:articles_article_history", pk)
    context = {"title": f"Name text {number} of “{article}”", "article": article, "revision": revision, "form": form}
    return _page(request, "name", context)


def _readable(request: StaffRequest, pk: int) -> Article:
    article = get_object_or_404(Article.objects.with_desk(), pk=pk)
    if not permissions.may_read(request.user, article):
        raise PermissionDenied
    return article


def _offered(article: Article, numbers: list[int]) -> tuple[int | None, int | None]:
    """Which two texts are chosen before anybody chooses: the newest text and the one below it, where they are here."""
    draft = article.current_draft().number
    place = numbers.index(draft) if draft in numbers else 0
    pair = numbers[place : place + 2] if len(numbers) > place + 1 else numbers[:2]
    return (pair[0], pair[1]) if len(pair) > 1 else (pair[0] if pair else None, None)


def _editable(request: StaffRequest, pk: int, number: int) -> tuple[Article, Revision]:
    article = get_object_or_404(Article.objects.with_desk(), pk=pk)
    if not permissions.may_edit(request.user, article):
        raise PermissionDenied
    return article, get_object_or_404(article.revisions, number=number)


def _chosen(article: Article, number: str | None) -> Revision | None:
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Http404
    return get_object_or_404(article.revisions, number=int(number))


def _predecessor(revision: Revision) -> Revision:
    """The text it was written on; where that is gone, the one before; for the first text, itself."""
    if revision.base:
        return revision.base
    older = Revision.objects.filter(article=revision.article_id, number__lt=revision.number)
    return older.order_by("-number").first() or revision


def _seen(article: Article, draft: int, saves: int) -> Revision:
    """The newest text as the page showed it; it may be pruned by now."""
    seen = article.revisions.filter(pk=draft).first()
    if seen is None:
        raise MoveRefused(LOST)
    return seen.as_seen(saves)


def _page(request: StaffRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(request, f"desk/story/{name}.html", admin.site.each_context(request) | context)
