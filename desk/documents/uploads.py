"""How documents come in: one by one from a script, or several from a form."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from desk import policy, uploading
from desk.documents.forms import FilesForm, UploadForm
from desk.documents.telling import told
from desk.requests import StaffRequest, person
from documents.intake import AlreadyThere, receive
from documents.models import Document
from documents.refusing import DocumentRefused

ADDS = "documents.add_document"


@require_POST
@policy.strict
def upload(request: HttpRequest) -> JsonResponse:
    """For scripts: a ``file`` with what is said about it; the document, or ``errors`` as sentences.

    A file that is there already is answered with 409 and that document under ``already``; sent once more with
    ``anyway=1`` it is kept all the same.
    """
    if refusal := uploading.refusal(request, ADDS, what="documents"):
        return refusal
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return uploading.refused(uploading.sentences(form), 422)
    anyway = form.cleaned_data["anyway"]
    try:
        document = receive(form.cleaned_data["file"], by=person(request), anyway=anyway, **form.wording)
    except AlreadyThere as there:
        return JsonResponse({"errors": [str(there)], "already": told(there.document), "exact": True}, status=409)
    except DocumentRefused as refused:
        return uploading.refused([str(refused)], 422)
    return JsonResponse(told(document), status=201)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """Several files at once without a script; what came in is said, and what did not, by name with the reason."""
    if not request.user.has_perm(ADDS):
        raise PermissionDenied
    form = FilesForm(request.POST, request.FILES) if request.method == "POST" else FilesForm()
    if request.method == "POST" and form.is_valid():
        added, wrong = _taken_in(form.cleaned_data["chosen"], by=request.user, anyway=form.cleaned_data["anyway"])
        for sentence in wrong:
            messages.error(request, sentence)
        if added:
            messages.success(request, f"{len(added)} document{'s are' if len(added) > 1 else ' is'} added.")
            listed = "admin:documents_document_changelist"
            return redirect("admin:documents_document_change", added[0].pk) if len(added) == 1 else redirect(listed)
    context = {"title": "Add documents", "form": form}
    return TemplateResponse(request, "desk/documents/add.html", admin.site.each_context(request) | context)


def _taken_in(files: list[File[bytes]], *, by: User, anyway: bool) -> tuple[list[Document], list[str]]:
    added, wrong = [], []
    for file in files:
        try:
            added.append(receive(file, by=by, anyway=anyway))
        except DocumentRefused as refused:
            wrong.append(f"{file.name}: {refused}")
    return added, wrong
