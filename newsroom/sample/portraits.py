"""Portraits as cut-paper busts: a posture, a head of hair, two colours. Nobody's likeness."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from newsroom.sample.canvas import (
    BRICK,
    CLAY,
    DEEP,
    INK,
    MOSS,
    MUSTARD,
    NIGHT,
    PAPER,
    PLUM,
    SAGE,
    SAND,
    TEAL,
    Canvas,
    Point,
    Shade,
)


@dataclass(frozen=True)
class Sitter:
    ground: str
    glow: str
    skin: str
    hair: str
    cut: Literal["bob", "short", "long", "curls", "bun", "hat"]
    coat: str
    collar: str
    glasses: bool = False


SITTERS = {
    "quintero": Sitter(CLAY, "#e9a27c", "#c98a63", "#2a2024", "bun", DEEP, PAPER),
    "hale": Sitter(TEAL, "#8fb8ad", "#7a4c37", "#1d1a1f", "short", MUSTARD, PAPER, glasses=True),
    "varga": Sitter(MUSTARD, "#f3cf86", "#dba981", "#3a2a28", "short", PLUM, SAND),
    "ashworth": Sitter(NIGHT, "#5f7f96", "#ecc4a2", "#b9823f", "bob", MOSS, SAND),
    "okafor": Sitter(SAGE, "#d3e0cc", "#7d4d38", "#18161a", "curls", BRICK, PAPER, glasses=True),
    "marchetti": Sitter(SAND, "#f6e6c6", "#d6a27c", "#6a5a50", "hat", "#4d7186", PAPER),
    "abara": Sitter(PLUM, "#a8798c", "#8a5a42", "#1b171b", "bob", "#dfe6e0", TEAL),
}


CROWNS: dict[str, list[Point]] = {
    "short": [
        (272, 372),
        (258, 250),
        (310, 168),
        (400, 146),
        (490, 168),
        (542, 250),
        (528, 372),
        (500, 290),
        (440, 252),
        (340, 262),
        (296, 290),
    ],
    "long": [
        (262, 400),
        (256, 270),
        (316, 168),
        (400, 148),
        (486, 168),
        (546, 270),
        (538, 400),
        (516, 320),
        (420, 240),
        (330, 300),
        (282, 340),
    ],
    "bob": [
        (262, 480),
        (238, 290),
        (300, 160),
        (400, 132),
        (500, 160),
        (562, 290),
        (538, 480),
        (500, 340),
        (474, 276),
        (350, 262),
        (296, 330),
    ],
    "curls": [(266, 330), (280, 220), (400, 160), (520, 220), (534, 330), (500, 270), (400, 246), (300, 270)],
    "bun": [
        (270, 372),
        (258, 250),
        (312, 168),
        (400, 150),
        (488, 168),
        (542, 250),
        (530, 372),
        (494, 290),
        (402, 230),
        (306, 290),
    ],
}  # fmt: skip -- an outline reads better on one line


def bust(c: Canvas, sitter: Sitter) -> None:
    """Behind the head first, then the body, then what falls over the face."""
    c.sky(sitter.ground, sitter.ground)
    c.ellipse((90, 70, 710, 690), sitter.glow, (sitter.ground, "bottom", 0.7))
    _hair_behind(c, sitter)
    c.polygon([(330, 470), (470, 470), (482, 640), (318, 640)], sitter.skin, (PLUM, "top", 0.7))
    shoulders = [
        (60, 1000),
        (92, 700),
        (170, 632),
        (318, 580),
        (400, 640),
        (482, 580),
        (630, 632),
        (708, 700),
        (740, 1000),
    ]
    c.polygon(_rounded(_rounded(shoulders)), sitter.coat, (INK, "left", 0.7))
    c.polygon([(318, 580), (400, 690), (300, 668)], sitter.collar, (INK, "left", 0.3))
    c.polygon([(482, 580), (400, 690), (500, 668)], sitter.collar, (INK, "right", 0.3))
    c.ellipse((276, 200, 524, 536), sitter.skin, (PLUM, "left", 0.55))
    c.ellipses([(258, 350, 300, 426), (500, 350, 542, 426)], sitter.skin)
    _hair_before(c, sitter)
    if sitter.glasses:
        c.lines([[(372, 372), (428, 372)], [(282, 362), (306, 368)], [(494, 368), (518, 362)]], INK, 9)
        for x in (338, 462):
            c.ellipse((x - 42, 334, x + 42, 412), INK)
            c.ellipse((x - 33, 343, x + 33, 403), sitter.skin, (PAPER, "top", 0.5))


def _hair_behind(c: Canvas, sitter: Sitter) -> None:
    if sitter.cut == "long":
        c.polygon(
            [(250, 330), (230, 640), (330, 700), (470, 700), (570, 640), (550, 330)], sitter.hair, (CLAY, "right", 0.3)
        )
        c.ellipse((240, 150, 560, 500), sitter.hair)
    elif sitter.cut == "bob":
        c.ellipse((222, 150, 578, 540), sitter.hair, (PLUM, "right", 0.5))
    elif sitter.cut == "curls":
        around = [(250, 200), (330, 130), (430, 120), (520, 180), (570, 270), (560, 370), (240, 370), (220, 280)]
        c.ellipses([(x - 90, y - 60, x + 70, y + 100) for x, y in around], sitter.hair, (PLUM, "right", 0.5))
    elif sitter.cut == "bun":
        c.ellipse((330, 70, 470, 200), sitter.hair, (CLAY, "right", 0.4))


def _hair_before(c: Canvas, sitter: Sitter) -> None:
    shade: Shade = (CLAY, "right", 0.25)
    if sitter.cut == "hat":
        c.polygon([(272, 360), (276, 280), (524, 280), (528, 360), (512, 300), (288, 300)], sitter.hair)
        c.polygon([(290, 270), (312, 130), (400, 152), (488, 130), (510, 270)], "#b98a55", (PLUM, "left", 0.6))
        c.rectangle((288, 236, 512, 276), BRICK)
        c.ellipse((190, 250, 610, 316), "#c99a62", (PLUM, "left", 0.6))
        return
    c.polygon(_rounded(_rounded(CROWNS[sitter.cut])), sitter.hair, shade)


def _rounded(points: Sequence[Point]) -> list[Point]:
    """The same outline with each corner cut off, as scissors go round it."""
    cut: list[Point] = []
    for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
        cut += [(ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25), (ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75)]
    return cut
