"""A picture as scripts are told of it: after an upload, where it is there already, and by pickers."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from images.models import Image

READ = ("title", "alt", "caption", "credit", "source")  # what a file may say of itself


def told(image: Image, *, read: Iterable[str] = ()) -> dict[str, Any]:
    """``read`` names what nobody typed and the file said: it is shown to be looked at."""
    return {
        "id": image.pk,
        "name": str(image),
        "thumb": image.jpegs[0].url,
        "title": image.title,
        "alt": image.alt,
        "decorative": image.decorative,
        "caption": image.caption,
        "credit": image.credit,
        "credit_link": image.credit_link,
        "source": image.source,
        "rights": image.rights,
        "may_redistribute": image.may_redistribute,
        "focus": list(image.focus),
        "width": image.width,
        "height": image.height,
        "file_name": image.file_name,
        "added": date_format(localtime(image.created_at), "N j, Y"),
        "problems": image.problems(),
        "read": list(read),
        "href": reverse("admin:images_image_change", args=[image.pk]),
        "describe": reverse("admin:images_image_describe", args=[image.pk]),
    }


def read_from_file(image: Image, typed: dict[str, Any]) -> list[str]:
    """What a picture just received says that nobody typed."""
    return [name for name in READ if getattr(image, name) and not typed.get(name)]
