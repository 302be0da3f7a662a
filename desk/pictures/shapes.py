"""How a picture is cut, and which of its files are made, as its page shows it."""

from dataclasses import dataclass

from images.models import Image
from images.renditions import recipe
from images.sizes import SHAPES, size

_LABELS = {
    "lead": "Lead, 4 : 3",
    "card": "Card, 3 : 2",
    "square": "Square",
    "portrait": "Portrait, 4 : 5",
    "social": "Social networks, 1200 × 630",
}
_SHOWN = 320


@dataclass(frozen=True)
class Cut:
    """A named shape; ``address`` is the picture to show, the whole one until the cut is made."""

    name: str
    label: str
    address: str
    width: int
    height: int


@dataclass(frozen=True)
class Files:
    """What there is of a shape, in words."""

    label: str
    widths: str


def cuts(image: Image) -> list[Cut]:
    """Every shape but the picture's own. Pages cut the whole picture as the files are cut: see `images.sizes.cut`."""
    shown = []
    for name, label in _LABELS.items():
        width, height = size(image.width, image.height, name, to=_SHOWN)
        shown.append(Cut(name, label, image.immediate.url, width, height))
    return shown


def files_of(image: Image) -> list[Files]:
    """By shape, the widths that are made; nothing for a shape whose files are still to come."""
    found = []
    for name in SHAPES:
        widths = sorted({shown.width for kind in ("jpeg", "webp", "avif") for shown in image.files(name, kind)})
        label = _LABELS.get(name, "Whole picture")
        found.append(Files(label, ", ".join(map(str, widths)) + " px" if widths else ""))
    return found


def is_finished(image: Image) -> bool:
    """Twin of ``Image.objects.unfinished``."""
    return image.made_cut == image.cut and image.made_recipe == recipe()
