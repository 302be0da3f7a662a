"""How large pictures may come in, and in which shapes and widths they go out. Known to the decoder: free of Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 50_000_000
# What the decoder's 560 MiB hold: their readers keep several copies of the whole picture. Measured, see the record.
FEWER_PIXELS = MappingProxyType({"webp": 24_500_000, "avif": 30_000_000})
TALLEST = 8  # times its width; WebP ends at 16,383 pixels, and no column is that long
MOST_HELD = 16_000_000  # pixels of the shrunken copy from which a picture's files are made

IMMEDIATE = 960  # the width of the one JPEG made while the sender waits

type Focus = tuple[int, int]  # per cent from the left and from the top
CENTRE: Focus = (50, 50)


@dataclass(frozen=True)
class Shape:
    """A way to cut pictures: width to height, none for the picture's own; the widths, and whether scrapers alone ask.

    A picture too small for a width has that file in its own, once.
    """

    ratio: tuple[int, int] | None
    widths: tuple[int, ...]
    formats: tuple[str, ...] = ("jpeg", "webp")


SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "body": Shape(None, (320, 480, 640, 960, 1280, 1920)),
        "lead": Shape((4, 3), (480, 640, 960, 1280)),
        "card": Shape((3, 2), (320, 480, 640, 960, 1280)),
        "square": Shape((1, 1), (96, 192, 320, 640)),
        "portrait": Shape((4, 5), (320, 640)),
        "social": Shape((1200, 630), (1200,), ("jpeg",)),  # the only format every site's card shows
    }
)


@dataclass(frozen=True)
class Box:
    """A part of a picture, in pixels."""

    left: float
    top: float
    width: float
    height: float


def cut(width: int, height: int, shape: str, focus: Focus = CENTRE) -> Box:
    """The largest part of a picture that has the shape, with the focus where it was.

    A point 30 % from the left of the picture lies 30 % from the left of the cut: as CSS ``object-position`` places it,
    so a page looks the same before its cuts are made.
    """
    ratio = SHAPES[shape].ratio
    if ratio is None:
        return Box(0, 0, width, height)
    wide = min(width, height * ratio[0] / ratio[1])
    high = min(height, width * ratio[1] / ratio[0])
    return Box((width - wide) * focus[0] / 100, (height - high) * focus[1] / 100, wide, high)


def size(width: int, height: int, shape: str, *, to: int) -> tuple[int, int]:
    """Width and height in pixels of a picture in the shape, at most ``to`` pixels wide and never larger than it is."""
    part = cut(width, height, shape)
    narrowed = max(1, min(int(part.width), to))
    ratio = SHAPES[shape].ratio
    high = narrowed * ratio[1] / ratio[0] if ratio else height * narrowed / width
    return narrowed, max(1, round(high))


def widths_for(width: int, height: int, shape: str) -> list[int]:
    """The widths in which a picture of this size is offered in the shape: never wider than its cut is."""
    steps = SHAPES[shape].widths
    held = min(1.0, (MOST_HELD / (width * height)) ** 0.5)
    widest = size(width, height, shape, to=max(1, int(cut(width, height, shape).width * held)))[0]
    return [*(step for step in steps if step < widest), min(widest, steps[-1])]
