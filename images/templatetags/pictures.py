from typing import Any

from django import template

from images.models import Image, Shown
from images.sizes import IMMEDIATE, SHAPES, size

SHOWN_FIRST = 960  # the width of the file for browsers that know no others
FOCUS_STEP = 10  # per cent; a class for each step, because policies forbid a style of its own

register = template.Library()


@register.inclusion_tag("images/picture.html")
def picture(
    image: Image | None,
    *,
    shape: str = "body",
    sizes: str = "100vw",
    eager: bool = False,
    alt: str | None = None,
    **attributes: str,
) -> dict[str, Any]:
    """A `<picture>` in every format and width there is of a shape; nothing where there is no picture.

    ``shape`` is a name in `images.sizes.SHAPES`; ``sizes`` as in HTML; ``eager`` for the one picture a page opens with;
    ``class`` goes on the ``img``; ``alt`` replaces the picture's own where it would repeat what stands beside it (a
    portrait next to the name: ``alt=""``). Until the shape is made, the whole picture stands there, cut by the page's
    style as the shape will be: the place it takes is the same. Asks no question of its own when the picture comes from
    `Image.objects.with_renditions()`.
    """
    classes = [attributes.pop("class", "")]
    if attributes:
        raise TypeError(f"{{% picture %}} knows no {', '.join(attributes)}.")
    if shape not in SHAPES:
        raise TypeError(f"{{% picture %}} knows no shape “{shape}”.")
    if not image or not image.file:
        return {"shown": None}
    jpegs = image.jpegs if shape == "body" else image.files(shape, "jpeg")
    if not jpegs:
        width, height = size(image.width, image.height, shape, to=IMMEDIATE)
        shown = Shown(image.immediate.url, width, height)
        classes += [
            "cut",
            f"cut-{shape}",
            *(f"focus-{axis}-{_step(at)}" for axis, at in zip("xy", image.focus, strict=True)),
        ]
    else:
        shown = image.immediate if shape == "body" else _first(jpegs)
    return {
        "shown": shown,
        "avifs": _srcset(image.files(shape, "avif")),
        "webps": _srcset(image.files(shape, "webp")),
        "jpegs": _srcset(jpegs),
        "sizes": sizes,
        "eager": eager,
        "alt": image.alt if alt is None else alt,
        "class": " ".join(filter(None, classes)),
    }


def _first(files: list[Shown]) -> Shown:
    """The widest that is not wider than `SHOWN_FIRST`; of a shape made only wider, the narrowest."""
    return next((shown for shown in reversed(files) if shown.width <= SHOWN_FIRST), files[0])


def _step(per_cent: int) -> int:
    return round(per_cent / FOCUS_STEP) * FOCUS_STEP


def _srcset(files: list[Shown]) -> str:
    return ", ".join(f"{file.url} {file.width}w" for file in files)
