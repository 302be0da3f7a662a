"""The library, and one picture of it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.activity import record
from accounts.models import Activity
from desk import permissions, uploading
from desk.pictures.forms import ACCEPTED, DescriptionForm, FocusForm, ReplaceForm
from desk.pictures.listing import listed, wanting
from desk.pictures.shapes import cuts, files_of, is_finished
from desk.pictures.telling import told
from desk.pictures.wording import deeds
from desk.requests import StaffRequest
from desk.uses import places
from images.intake import replace as put_in_place
from images.kinds import PictureRefused
from images.models import Image
from images.sizes import MOST_BYTES
from images.uses import uses_of

DONE_SHOWN = 20
OUTSIDE = "The focal point lies inside the picture: both numbers are from 0 to 100."


@require_safe
def shelf(request: StaffRequest) -> HttpResponse:
    """All pictures, newest first."""
    if not request.user.has_perm("images.view_image"):
        raise PermissionDenied
    shown = listed(request)
    if shown.asked.is_strange:
        return redirect(f"{request.path}?e=1")
    context = {
        "title": "Pictures",
        "shelf": shown,
        "wanting": wanting(shown.asked),
        "may_add": request.user.has_perm("images.add_image"),
        "deeds": deeds() if request.user.has_perm("images.change_image") else [],
        "most_bytes": MOST_BYTES,
        "accepted": ACCEPTED,
    }
    return _page(request, "list", context)


@require_http_methods(["GET", "HEAD", "POST"])
def picture(request: StaffRequest, pk: int) -> HttpResponse:
    """One picture: what is said of it, how it is cut, where it is used, who did what."""
    image = get_object_or_404(Image.objects.select_related("created_by").with_renditions(), pk=pk)
    may_change = request.user.has_perm("images.change_image")
    if not (may_change if request.method == "POST" else request.user.has_perm("images.view_image")):
        raise PermissionDenied
    form = DescriptionForm(request.POST if request.method == "POST" else None, instance=image)
    if request.method == "POST" and form.is_valid() and _described(form, request, pk):
        messages.success(request, "Saved.")
        return redirect("admin:images_image_change", pk)
    context = {
        "form": form,
        "focus": FocusForm(initial={"focus_x": image.focus_x, "focus_y": image.focus_y}),
        "may_change": may_change,
        "may_replace": permissions.may_replace_picture(request.user, image),
        "may_delete": request.user.has_perm("images.delete_image"),
        "may_have_original": permissions.may_have_original(request.user, image),
        "cuts": cuts(image),
        "files": files_of(image),
        "is_finished": is_finished(image),
        "uses": places(uses_of(image), request.user),
        "activity": Activity.objects.about(image)[:DONE_SHOWN],
    }
    return _page(request, "picture", _standing(pk) | context)


@require_POST
def describe(request: StaffRequest, pk: int) -> JsonResponse:
    """For scripts: what is said of a picture, and its focal point where that is sent; or ``errors`` as sentences."""
    if not request.user.has_perm("images.change_image"):
        return uploading.refused(["Your account may not change pictures."], 403)
    form = DescriptionForm(request.POST, instance=get_object_or_404(Image, pk=pk))
    focus = FocusForm(request.POST) if "focus_x" in request.POST else None
    if focus and not focus.is_valid():
        return uploading.refused([OUTSIDE], 422)
    says = any(name in request.POST for name in form.fields)
    if says and not (form.is_valid() and _described(form, request, pk)):
        return uploading.refused(uploading.sentences(form), 422)
    image = Image.objects.with_renditions().get(pk=pk)
    if focus:
        image.refocus(focus.cleaned_data["focus_x"], focus.cleaned_data["focus_y"], by=request.user)
    return JsonResponse(told(image))


@require_POST
def refocus(request: StaffRequest, pk: int) -> HttpResponse:
    """Have every cut show this point."""
    if not request.user.has_perm("images.change_image"):
        raise PermissionDenied
    image = get_object_or_404(Image, pk=pk)
    form = FocusForm(request.POST)
    if form.is_valid():
        image.refocus(form.cleaned_data["focus_x"], form.cleaned_data["focus_y"], by=request.user)
        messages.success(request, "The focal point is kept. The cuts follow in a moment.")
    else:
        messages.error(request, OUTSIDE)
    return redirect("admin:images_image_change", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: StaffRequest, pk: int) -> HttpResponse:
    """Another file in its place; whatever shows the picture shows the new one."""
    image = get_object_or_404(Image.objects.with_renditions(), pk=pk)
    if not permissions.may_replace_picture(request.user, image):
        raise PermissionDenied
    form = ReplaceForm(request.POST, request.FILES) if request.method == "POST" else ReplaceForm()
    if request.method == "POST" and form.is_valid():
        try:
            put_in_place(image, form.cleaned_data["file"], by=request.user)
        except PictureRefused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, "The file is replaced, everywhere the picture is used.")
            return redirect("admin:images_image_change", pk)
    uses = places(uses_of(image), request.user)
    return _page(request, "replace", {"title": f"Replace “{image}”", "image": image, "form": form, "uses": uses})


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: StaffRequest, pk: int) -> HttpResponse:
    """Asked about first; where it is in use there is nothing to ask."""
    image = get_object_or_404(Image.objects.with_renditions(), pk=pk)
    if not request.user.has_perm("images.delete_image"):
        raise PermissionDenied
    name = str(image)
    if request.method == "POST":
        try:
            image.delete(by=request.user)
        except PictureRefused:  # what it says may name a story that this person may not read; the page does not
            return redirect("admin:images_image_delete", pk)
        messages.success(request, f"“{name}” is deleted.")
        return redirect("admin:images_image_changelist")
    is_used = Image.objects.used().filter(pk=pk).exists()
    uses = places(uses_of(image), request.user)
    return _page(request, "delete", {"title": f"Delete “{name}”?", "image": image, "is_used": is_used, "uses": uses})


@require_POST
def original(request: StaffRequest, pk: int) -> HttpResponseBase:
    """The sender's own file, with everything a camera wrote into it; whom it went to is written down."""
    image = get_object_or_404(Image, pk=pk)
    if not permissions.may_have_original(request.user, image):
        raise PermissionDenied
    try:
        file = image.open_original()
    except FileNotFoundError:
        raise Http404 from None
    with transaction.atomic():
        record("downloaded the original of", image, by=request.user)
    name = image.file_name or f"picture-{image.pk}"
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/octet-stream")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _described(form: DescriptionForm, request: StaffRequest, pk: int) -> bool:
    """Read afresh: the form has written what was typed into its own copy, which nobody has checked."""
    try:
        Image.objects.get(pk=pk).describe(by=request.user, **form.wording)
    except PictureRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _standing(pk: int) -> dict[str, Any]:
    """The picture as it is stored, whatever a refused form has made of its copy."""
    image = Image.objects.select_related("created_by").with_renditions().get(pk=pk)
    return {"title": str(image), "image": image}


def _page(request: StaffRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(request, f"desk/pictures/{name}.html", admin.site.each_context(request) | context)
