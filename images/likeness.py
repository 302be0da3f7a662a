"""A number that is much the same for pictures that look the same. Part of the decoder, so free of Django."""

import math

from PIL import Image

SIDE = 32  # of the small grey copy that is compared
WAVES = 8  # in each direction: 64 bits
FLATTEST = 4.0  # the spread of greys below which there is nothing to compare
ALIKE = 6  # of 64 bits may differ; measured, see docs/decisions/0015-pictures-and-their-files.md

_COSINES = [[math.cos(math.pi * wave * (2 * step + 1) / (2 * SIDE)) for step in range(SIDE)] for wave in range(WAVES)]


def fingerprint(picture: Image.Image) -> int | None:
    """64 bits, as a signed number: which of the slow waves in the picture's greys are stronger than the middle one.

    None for a picture of one colour, which would be like every other one.
    """
    small = picture.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
    greys = list(small.tobytes())
    middle = sum(greys) / len(greys)
    if (sum((grey - middle) ** 2 for grey in greys) / len(greys)) ** 0.5 < FLATTEST:
        return None
    rows = [
        [sum(a * b for a, b in zip(greys[SIDE * row : SIDE * (row + 1)], wave, strict=True)) for wave in _COSINES]
        for row in range(SIDE)
    ]
    waves = [
        sum(rows[row][across] * _COSINES[down][row] for row in range(SIDE))
        for down in range(WAVES)
        for across in range(WAVES)
    ]
    threshold = sorted(waves[1:])[len(waves) // 2 - 1]  # without the mean brightness
    bits = sum((wave > threshold) << place for place, wave in enumerate(waves))
    return bits - (1 << 64) if bits >> 63 else bits


def difference(one: int, other: int) -> int:
    """How many of the 64 bits differ."""
    return ((one ^ other) & ((1 << 64) - 1)).bit_count()
