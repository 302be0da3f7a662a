"""How large pictures may come in and how wide they go out. Known to the decoder, so free of Django."""

MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 50_000_000
TALLEST = 8  # times its width; WebP ends at 16,383 pixels, and no column is that long

IMMEDIATE = 960  # the width of the one JPEG made while the sender waits
WIDTHS = (320, 480, 640, 960, 1280, 1920)


def widths_for(width: int) -> list[int]:
    """The widths in which a picture ``width`` pixels wide is offered: never wider than it is."""
    return [*(step for step in WIDTHS if step < width), min(width, WIDTHS[-1])]


def scaled(width: int, height: int, *, to: int) -> tuple[int, int]:
    """Width and height of a picture made at most ``to`` pixels wide."""
    narrowed = min(width, to)
    return narrowed, max(1, round(height * narrowed / width))
