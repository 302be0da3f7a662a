"""How pictures come in: one by one from a script, several from a form, or one beside a choice."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from desk import policy, uploading
from desk.pictures.forms import FilesForm, UploadForm
from desk.pictures.telling import read_from_file, told
from desk.requests import StaffRequest, person
from images.intake import AlreadyThere, receive
from images.kinds import PictureRefused
from images.models import Image

ADDS = "images.add_image"


@require_POST
@policy.strict
def upload(request: HttpRequest) -> JsonResponse:
    """For scripts: a ``file`` with what is said about it; the picture (201), or ``errors`` as sentences.

    A picture that is there already, or looks like one, is answered with 409 and that one under ``already``; sent once
    more with ``anyway=1`` it is kept all the same. Shape of a picture: `desk.pictures.telling.told`.
    """
    if refusal := uploading.refusal(request, ADDS, what="pictures"):
        return refusal
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return uploading.refused(uploading.sentences(form), 422)
    sent, anyway = form.cleaned_data["file"], form.cleaned_data["anyway"]
    try:
        image = receive(sent, by=person(request), anyway=anyway, **form.wording)
    except AlreadyThere as there:
        answer = {"errors": [str(there)], "already": told(there.image), "exact": there.exact}
        return JsonResponse(answer, status=409)
    except PictureRefused as refused:
        return uploading.refused([str(refused)], 422)
    return JsonResponse(told(image, read=read_from_file(image, form.wording)), status=201)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """Several pictures without a script, or one in a window that was opened beside a choice."""
    if not request.user.has_perm(ADDS):
        raise PermissionDenied
    if "_popup" in request.GET or "_popup" in request.POST:
        return _beside_a_choice(request)
    form = FilesForm(request.POST, request.FILES) if request.method == "POST" else FilesForm()
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        added, wrong = _taken_in(said.pop("chosen"), by=request.user, **said)
        for sentence in wrong:
            messages.error(request, sentence)
        if added:
            messages.success(request, f"{len(added)} picture{'s are' if len(added) > 1 else ' is'} in the library.")
            one = len(added) == 1
            return redirect(*(["admin:images_image_change", added[0].pk] if one else ["admin:images_image_changelist"]))
    return _page(request, "Add pictures", {"form": form})


def _taken_in(files: list[File[bytes]], *, by: User, **said: Any) -> tuple[list[Image], list[str]]:
    """The pictures that came in, and a sentence for each that did not."""
    added, wrong = [], []
    for file in files:
        try:
            added.append(receive(file, by=by, **said))
        except PictureRefused as refused:
            wrong.append(f"{file.name}: {refused}")
    return added, wrong


def _beside_a_choice(request: StaffRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        try:
            image = receive(
                form.cleaned_data["file"], by=request.user, anyway=form.cleaned_data["anyway"], **form.wording
            )
        except PictureRefused as refused:
            form.add_error("file", str(refused))
        else:
            return admin.site.get_model_admin(Image).response_add(request, image)
    return _page(request, "Add picture", {"form": form, "is_popup": True})


def _page(request: StaffRequest, title: str, context: dict[str, Any]) -> HttpResponse:
    name = "desk/pictures/add_one.html" if context.get("is_popup") else "desk/pictures/add.html"
    shown = admin.site.each_context(request) | {"title": title} | context
    return TemplateResponse(request, name, shown)
