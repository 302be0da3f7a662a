from typing import Any

from django import template

from images.models import Image, Shown

register = template.Library()


@register.inclusion_tag("images/picture.html")
def picture(
    image: Image | None,
    *,
    sizes: str = "100vw",
    eager: bool = False,
    alt: str | None = None,
    **attributes: str,
) -> dict[str, Any]:
    """A `<picture>` in every format and width there is; nothing where there is no picture.

    ``sizes`` as in HTML; ``eager`` for the one picture a page opens with; ``class`` goes on the ``img``; ``alt``
    replaces the picture's own where it would repeat what stands beside it (a portrait next to the name: ``alt=""``).
    Asks no question of its own when the picture comes from `Image.objects.with_renditions()`.
    """
    css_class = attributes.pop("class", "")
    if attributes:
        raise TypeError(f"{{% picture %}} knows no {', '.join(attributes)}.")
    if not image or not image.file:
        return {"shown": None}
    return {
        "shown": image.immediate,
        "webps": _srcset(image.webps),
        "jpegs": _srcset(image.jpegs),
        "sizes": sizes,
        "eager": eager,
        "alt": image.alt if alt is None else alt,
        "class": css_class,
    }


def _srcset(files: list[Shown]) -> str:
    return ", ".join(f"{file.url} {file.width}w" for file in files)
