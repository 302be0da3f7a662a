"""Pictures: taking them in, and saying what they show and who made them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import AdminErrorList, AdminForm
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from desk import policy
from desk.forms import DeskForm
from desk.reference import ReferenceAdmin
from desk.requests import person
from images.intake import receive
from images.kinds import PictureRefused
from images.models import Image

WORDING = ["title", "alt", "caption", "credit", "credit_link"]


class DescriptionForm(DeskForm[Image]):
    """What people say about a picture, when it comes in and afterwards."""

    class Meta:
        model = Image
        fields = ["alt", "decorative", "credit", "credit_link", "caption", "title"]
        labels = {"decorative": "Only decoration", "title": "Name on the desk"}
        widgets = {
            "alt": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            "caption": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decorative") and cleaned.get("alt"):
            self.add_error(
                "alt", "A decorative picture has no alt text. Clear it, or say the picture is not decoration."
            )
        return cleaned

    @property
    def wording(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in [*WORDING, "decorative"] if name in self.cleaned_data}


class UploadForm(DescriptionForm):
    file = forms.FileField(
        label="Picture",
        help_text="A JPEG, PNG, WebP or still GIF of at most 25 MB.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        error_messages={"required": "Choose a file.", "empty": "The file is empty. Choose it again, or another one."},
    )


@admin.register(Image)
class ImageAdmin(ReferenceAdmin[Image]):
    """A picture's file never changes; another file is another picture."""

    form = DescriptionForm
    list_display = ["thumbnail", "name", "credit", "state", "size", "created_by", "created_at"]
    list_display_links = ["name"]
    list_filter = [("created_at", admin.DateFieldListFilter), "decorative"]
    search_fields = ["title", "alt", "caption", "credit"]
    fieldsets = [
        (None, {"fields": ["preview", "needs"]}),
        ("For readers", {"fields": ["alt", "decorative", "credit", "credit_link", "caption"]}),
        ("For the desk", {"fields": ["title", "size", "created_by", "created_at"]}),
    ]
    upload_fieldsets = [
        (None, {"fields": ["file"]}),
        ("For readers", {"fields": ["alt", "decorative", "credit", "credit_link", "caption"]}),
        ("For the desk", {"fields": ["title"]}),
    ]
    readonly_fields = ["preview", "needs", "size", "created_by", "created_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        return super().get_queryset(request).select_related("created_by").prefetch_related("renditions")

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Django's add view is for rows; a picture is taken in by ``images.intake``."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        image = _taken_in(form, request)
        if image is not None:
            return self.response_add(request, image)
        shown = AdminForm(form, self.upload_fieldsets, {}, model_admin=self)
        context = {
            **self.admin_site.each_context(request),
            "title": "Add picture",
            "adminform": shown,
            "media": self.media + shown.media,
            "errors": AdminErrorList(form, []),
            "inline_admin_formsets": [],
            "is_popup": "_popup" in request.GET or "_popup" in request.POST,
            "preserved_filters": self.get_preserved_filters(request),
        }
        return self.render_change_form(request, context, add=True, form_url=form_url)

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:  # noqa: FBT001 -- Django's
        obj.describe(by=person(request), **form.wording)

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        obj.delete(by=person(request))

    def tell(self, verb: str, subject: Image, *, by: Actor) -> None:
        """Receiving, describing and deleting tell of themselves."""

    @admin.display(description="picture")
    def thumbnail(self, image: Image) -> str:
        return _tag(image, "thumb")

    @admin.display(description="")
    def preview(self, image: Image) -> str:
        return _tag(image, "preview")

    @admin.display(description="shows", ordering="title")
    def name(self, image: Image) -> str:
        return str(image)

    @admin.display(description="size", ordering="width")
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height}"

    @admin.display(description="state")
    def state(self, image: Image) -> str:
        return "Incomplete" if image.problems() else "Ready"

    @admin.display(description="still needs")
    def needs(self, image: Image) -> str:
        """What ``Image.problems`` asks for, one below the other."""
        return (
            format_html_join("", "<p>{}</p>", ((problem,) for problem in image.problems()))
            or "Nothing: stories may use it."
        )


@require_POST
@policy.strict
def upload(request: HttpRequest) -> JsonResponse:
    """For scripts: a ``file`` with what is said about it; the picture, or ``errors`` as sentences."""
    if not admin.site.has_permission(request):
        if request.user.is_authenticated:
            return _refuse(["Set up your second factor first, in another tab, then choose the picture again."], 403)
        return _refuse(["You are signed out. Sign in again in another tab, then choose the picture again."], 401)
    if not request.user.has_perm("images.add_image"):
        return _refuse(["Your account may not add pictures. Ask an editor to add it."], 403)
    form = UploadForm(request.POST, request.FILES)
    image = _taken_in(form, request)
    if image is None:
        return _refuse([str(sentence) for sentences in form.errors.values() for sentence in sentences], 422)
    return JsonResponse(
        {
            "id": image.pk,
            "name": str(image),
            "thumb": image.immediate.url,
            "alt": image.alt,
            "credit": image.credit,
            "caption": image.caption,
            "width": image.width,
            "height": image.height,
        },
        status=201,
    )


def _taken_in(form: UploadForm, request: HttpRequest) -> Image | None:
    """The picture, or ``None`` with the reason among the form's errors."""
    if not form.is_valid():
        return None
    try:
        return receive(form.cleaned_data["file"], by=person(request), **form.wording)
    except PictureRefused as refused:
        form.add_error("file", str(refused))
        return None


def _refuse(errors: list[str], status: int) -> JsonResponse:
    return JsonResponse({"errors": errors}, status=status)


def _tag(image: Image, css_class: str) -> str:
    shown = image.jpegs[0] if css_class == "thumb" else image.immediate
    return format_html(
        '<img class="picture-{}" src="{}" width="{}" height="{}" alt="{}" loading="lazy">',
        css_class,
        shown.url,
        shown.width,
        shown.height,
        image.alt if css_class == "preview" else "",
    )
