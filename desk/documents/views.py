"""The list of documents, and one of them."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Activity
from desk import permissions, uploading
from desk.documents.forms import DescriptionForm, ReplaceForm
from desk.documents.listing import listed
from desk.documents.telling import told, where_used
from desk.requests import StaffRequest
from documents.kinds import MOST_BYTES
from documents.models import Document
from documents.refusing import DocumentInUse, DocumentRefused

DONE_SHOWN = 20


@require_safe
def shelf(request: StaffRequest) -> HttpResponse:
    """All documents, newest first."""
    if not request.user.has_perm("documents.view_document"):
        raise PermissionDenied
    shown = listed(request)
    if shown.asked.is_strange:
        return redirect(f"{request.path}?e=1")
    context = {
        "title": "Documents",
        "shelf": shown,
        "may_add": request.user.has_perm("documents.add_document"),
        "most_bytes": MOST_BYTES,
    }
    return _page(request, "list", context)


@require_http_methods(["GET", "HEAD", "POST"])
def document(request: StaffRequest, pk: int) -> HttpResponse:
    """One document: what is said of it, where it is offered, where its file is."""
    shown = get_object_or_404(Document.objects.select_related("created_by"), pk=pk)
    may_change = request.user.has_perm("documents.change_document")
    if not (may_change if request.method == "POST" else request.user.has_perm("documents.view_document")):
        raise PermissionDenied
    form = DescriptionForm(request.POST if request.method == "POST" else None, instance=shown)
    if request.method == "POST" and form.is_valid() and _described(shown, form, request):
        messages.success(request, "Saved.")
        return redirect("admin:documents_document_change", pk)
    context = {
        "title": str(Document.objects.get(pk=pk)),
        "document": shown,
        "form": form,
        "may_change": may_change,
        "may_replace": permissions.may_replace_document(request.user, shown),
        "may_delete": request.user.has_perm("documents.delete_document"),
        "uses": where_used(shown, request.user),
        "activity": Activity.objects.about(shown)[:DONE_SHOWN],
        "address": f"{settings.SITE_ADDRESS}{shown.get_absolute_url()}",
    }
    return _page(request, "document", context)


@require_POST
def describe(request: StaffRequest, pk: int) -> JsonResponse:
    """For scripts: what is said of it, saved as it is typed."""
    if not request.user.has_perm("documents.change_document"):
        return uploading.refused(["Your account may not change documents."], 403)
    shown = get_object_or_404(Document, pk=pk)
    form = DescriptionForm(request.POST, instance=shown)
    if form.is_valid() and _described(shown, form, request):
        return JsonResponse(told(shown))
    return uploading.refused(uploading.sentences(form), 422)


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: StaffRequest, pk: int) -> HttpResponse:
    """Another file under the same address; everything that offers the document offers the new one."""
    shown = get_object_or_404(Document, pk=pk)
    if not permissions.may_replace_document(request.user, shown):
        raise PermissionDenied
    form = ReplaceForm(request.POST, request.FILES) if request.method == "POST" else ReplaceForm()
    if request.method == "POST" and form.is_valid():
        try:
            shown.replace(form.cleaned_data["file"], by=request.user)
        except DocumentRefused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, "The file is replaced. Every link to it leads to the new one.")
            return redirect("admin:documents_document_change", pk)
    context = {"title": f"Replace the file of “{shown}”", "document": shown, "form": form}
    return _page(request, "replace", context | {"uses": where_used(shown, request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: StaffRequest, pk: int) -> HttpResponse:
    """Asked about first; where it is in use there is nothing to ask."""
    shown = get_object_or_404(Document, pk=pk)
    if not request.user.has_perm("documents.delete_document"):
        raise PermissionDenied
    if request.method == "POST":
        try:
            shown.remove(by=request.user)
        except DocumentInUse as refused:
            messages.error(request, str(refused))
            return redirect("admin:documents_document_delete", pk)
        messages.success(request, f"“{shown}” is deleted.")
        return redirect("admin:documents_document_changelist")
    context = {
        "title": f"Delete “{shown}”?",
        "document": shown,
        "is_used": shown.is_used,
        "uses": where_used(shown, request.user),
    }
    return _page(request, "delete", context)


def _described(shown: Document, form: DescriptionForm, request: StaffRequest) -> bool:
    try:
        Document.objects.get(pk=shown.pk).describe(by=request.user, **form.wording)
    except DocumentRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _page(request: StaffRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(request, f"desk/documents/{name}.html", admin.site.each_context(request) | context)
