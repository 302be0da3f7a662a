"""The masthead's colour made fit to read by, and the stylesheet that carries it.

Contrast is that of WCAG 2.2 (relative luminance). The four grounds are ``--paper`` and ``--tint`` of
static/public/site.css; a test holds them together.
"""

import colorsys
import hashlib

LIGHT_GROUNDS = ("#fcfaf5", "#f4efe4")
DARK_GROUNDS = ("#171613", "#201e1a")

TEXT = 7.0  # AAA for text of any size
LARGE = 4.5  # rules, marks and large letters


def stylesheet(colour: str) -> str:
    """CSS that sets the accent for light and dark pages from ``colour``, as in ``#9c2a1f``."""
    light, dark = _accents(colour, LIGHT_GROUNDS), _accents(colour, DARK_GROUNDS)
    return f"@layer tokens{{:root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}}}\n"


def stamp(colour: str) -> str:
    """What names the stylesheet's address: another colour, or another rule above, is another address."""
    return hashlib.sha256(stylesheet(colour).encode()).hexdigest()[:12]


def readable(colour: str, grounds: tuple[str, ...], ratio: float) -> str:
    """``colour`` in the same hue, darker or lighter just as far as ``ratio`` against every ground needs."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in _channels(colour)))
    end = 1 if _luminance(_channels(grounds[0])) < 0.2 else 0
    for step in range(101):
        mixed = lightness + (end - lightness) * step / 100
        found = _hexadecimal(colorsys.hls_to_rgb(hue, mixed, saturation))
        if all(contrast(found, ground) >= ratio for ground in grounds):
            break
    return found


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    darker, lighter = sorted((_luminance(_channels(one)), _luminance(_channels(other))))
    return (lighter + 0.05) / (darker + 0.05)


def _accents(colour: str, grounds: tuple[str, ...]) -> str:
    return f"--accent:{readable(colour, grounds, TEXT)};--mark:{readable(colour, grounds, LARGE)}"


def _channels(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _hexadecimal(channels: tuple[float, float, float]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*(round(channel * 255) for channel in channels))


def _luminance(channels: list[int]) -> float:
    red, green, blue = (_linear(channel / 255) for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
