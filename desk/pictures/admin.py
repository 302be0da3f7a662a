from django.contrib import admin
from django.urls import URLPattern, path, register_converter

from desk.pictures import uploads, views, wording
from desk.reference import ReferenceAdmin
from images.models import Image


class PictureKey:
    """A picture's key. Django's choices of a picture reverse the address with a word in its place, for their script."""

    regex = "[0-9]{1,18}|__fk__"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int | str) -> str:
        return str(value)


register_converter(PictureKey, "picture")


@admin.register(Image)
class ImageAdmin(ReferenceAdmin[Image]):
    """Permissions, and the search that choices of a picture use; every page is a view of our own."""

    search_fields = ("title", "alt", "caption", "credit", "file_name")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(views.shelf), name="images_image_changelist"),
            path("add/", wrap(uploads.add), name="images_image_add"),
            path("several/", wrap(wording.several), name="images_image_several"),
            path("<picture:pk>/change/", wrap(views.picture), name="images_image_change"),
            path("<int:pk>/describe/", wrap(views.describe), name="images_image_describe"),
            path("<int:pk>/focus/", wrap(views.refocus), name="images_image_focus"),
            path("<int:pk>/replace/", wrap(views.replace), name="images_image_replace"),
            path("<int:pk>/original/", wrap(views.original), name="images_image_original"),
            path("<int:pk>/delete/", wrap(views.delete), name="images_image_delete"),
        ]
