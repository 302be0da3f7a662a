"""The publish receipt of a story: what readers got when the site was read again after the last change."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from articles.models import Article
from desk import permissions, receipts
from desk.requests import StaffRequest


@require_safe
def receipt(request: StaffRequest, pk: int) -> HttpResponse:
    """The receipt on a page of its own; ``?part`` asks for what stands in the editor, for its script."""
    article = get_object_or_404(Article.objects.with_desk(), pk=pk)
    if not permissions.may_read(request.user, article):
        raise PermissionDenied
    context = {
        "title": f"What readers get of “{article}”",
        "article": article,
        "reading": receipts.reading_of(article),
        "may_edit": permissions.may_edit(request.user, article),
    }
    if "part" in request.GET:
        return TemplateResponse(request, "desk/story/parts/receipt.html", context)
    return TemplateResponse(request, "desk/story/receipt.html", admin.site.each_context(request) | context)


@require_POST
def read_again(request: StaffRequest, pk: int) -> HttpResponse:
    """Have the story's surfaces read once more."""
    article = get_object_or_404(Article, pk=pk)
    if not permissions.may_edit(request.user, article):
        raise PermissionDenied
    receipts.reread.enqueue(article.pk, "checked again")
    messages.success(request, "The pages are being read again. Reload in a moment to see what readers get.")
    return redirect("admin:articles_article_receipt", pk)
