"""Scenes of fields, forests and small towns."""

import itertools
import math

from newsroom.sample.canvas import (
    BRICK,
    CLAY,
    DEEP,
    INK,
    MIST,
    MOSS,
    PAPER,
    PLUM,
    ROSE,
    SAND,
    TEAL,
    Canvas,
    Point,
    firs,
    height_at,
    hill,
    ridge,
)


def power(c: Canvas) -> None:
    """Transmission lines at dusk."""
    c.sky("#2b3856", "#7b5873", "#d98066", "#f3be78")
    c.glow(620, 900, 760, "#ffd995", 0.9)
    c.ellipse((540, 780, 700, 940), "#fde6b0")
    c.polygon(ridge(c, 980, 190), "#7a4a5e", ("#b5685f", "bottom", 0.8))
    c.polygon(hill(c, 1080, 90), "#43304a", (INK, "bottom", 0.8))
    towers = [(1530, 1150, 980), (1010, 1080, 560), (760, 1050, 330), (640, 1036, 200)]
    arms = (0.98, 0.84, 0.70)
    wires: list[list[Point]] = []
    spans: list[tuple[float, float, float]] = [(2250, 1190, 1400), *towers, (560, 1030, 120)]
    for (xa, fa, ha), (xb, fb, hb) in itertools.pairwise(spans):
        for arm in arms:
            for side in (-1, 1):
                start, end = (
                    (xa + side * ha * 0.17, fa - ha * arm + ha * 0.05),
                    (xb + side * hb * 0.17, fb - hb * arm + hb * 0.05),
                )
                wires.append([_sag(start, end, t / 20, (xa - xb) * 0.11) for t in range(21)])
    c.lines(wires, INK, 4)
    for x, foot, tall in towers:
        c.lines(_pylon(x, foot, tall), INK, max(4, tall / 75))
    c.polygon(hill(c, 1230, 100, waves=1), "#221d30", ("#0f1522", "bottom", 0.9))


def orchard(c: Canvas) -> None:
    """Orchard rows that meet at the hills, with a picker's ladder."""
    c.sky("#f0b978", "#f7dcae", "#fbeed3")
    c.polygon(ridge(c, 520, 200), "#b98f86", (SAND, "bottom", 0.9))
    c.polygon(hill(c, 560, 90), "#8b9a6a", ("#b8b578", "bottom", 0.8))
    c.rectangle((0, 560, 1920, 1280), "#b9b06a", ("#6d7f42", "bottom", 0.8))
    for n in range(-6, 6):
        c.polygon(
            [(960, 545), (960 + n * 420 + 150, 1290), (960 + n * 420 + 270, 1290)],
            "#d8c88a",
            ("#a89452", "bottom", 0.5),
        )
    for depth in range(9, -1, -1):
        size = 0.74**depth
        foot = 548 + 640 * size
        for n in range(-9, 9):
            x = 960 + (n * 420 + 0) * size * 1.04
            if -300 * size < x < 1920 + 300 * size:
                _apple_tree(c, x, foot, size)
    c.lines([[(1130, 1240), (1262, 560)], [(1400, 1240), (1288, 560)]], "#f3e3c0", 17)
    c.lines(
        [
            [(1130 + 132 * t + 4, 1240 - 680 * t), (1400 - 112 * t - 4, 1240 - 680 * t)]
            for t in (0.12, 0.27, 0.42, 0.57, 0.72, 0.86)
        ],
        "#e2c894",
        13,
    )


def smoke(c: Canvas) -> None:
    """Ridge behind ridge in wildfire haze, under a red sun."""
    c.sky("#c8693f", "#e39a5a", "#f1c98d")
    c.glow(1210, 380, 520, "#ffd9a0", 0.8)
    c.ellipse((1100, 270, 1320, 490), "#d8452c")
    tones = ["#dd9a63", "#c9804f", "#a96446", "#80493b", "#553433", "#2f2429"]
    for step, tone in enumerate(tones):
        line = ridge(c, 560 + step * 132, 210 - step * 12, rough=0.52)
        if step > 1:
            c.polygons(firs(c, line, count=60 + step * 30, tall=34 + step * 34), tone)
        c.polygon(line, tone, ("#f0c08a", "bottom", 0.75 - step * 0.11))


def burn(c: Canvas) -> None:
    """Firs, half of them black, a low line of controlled fire between."""
    c.sky("#89a9a6", "#d4d6bd", "#f2dfb8")
    c.polygon(ridge(c, 520, 220), "#8ba39b", (MIST, "bottom", 0.9))
    line = hill(c, 720, 120, waves=1)
    c.polygons(firs(c, line, count=130, tall=190), "#54796a")
    c.polygon(line, "#54796a", ("#a7b48c", "bottom", 0.8))
    for n in range(5):
        c.glow(260 + n * 350, 560 - (n % 3) * 70, 330, PAPER, 0.7)
    ground = hill(c, 980, 90, waves=0.8)
    c.polygon(ground, "#c79a4d", ("#7c5a33", "bottom", 0.8))
    black = [(x, height_at(ground, x) + 60 + 50 * math.sin(x / 160)) for x in range(-20, 1960, 20)]
    for out, colour in ((34, "#f6c565"), (22, "#e8842f"), (11, "#c8452a")):
        tongues = [(x, y - out * (1.4 if n % 2 else 0.3) * c.dice.uniform(0.8, 1.5)) for n, (x, y) in enumerate(black)]
        c.polygon([*tongues, (1960, 1280), (-20, 1280)], colour)
    c.polygon([*black, (1960, 1280), (-20, 1280)], "#2c2a2c", ("#14161b", "bottom", 0.8))
    for n, x in enumerate((130, 390, 1460, 1760)):
        c.polygon(
            [(x - 26, 1290), (x - 9, 60 + n * 40), (x + 9, 60 + n * 40), (x + 30, 1290)],
            "#2a2329",
            ("#6b4a3c", "right", 0.8),
        )
        c.lines(
            [
                [(x, y), (x + side * 120 * (y / 1100 + 0.2), y + 36)]
                for y in range(200 + n * 30, 760, 92)
                for side in (-1, 1)
            ],
            "#2a2329",
            11,
        )


def watertower(c: Canvas) -> None:
    """A small town's water tower over roofs and poplars."""
    c.sky("#5c99a0", "#a9cdc4", "#f6e3bd")
    c.ellipses([(180, 260, 520, 350), (330, 210, 640, 330), (1350, 330, 1700, 410)], PAPER, alpha=0.75)
    c.polygon(hill(c, 900, 140), "#86a890", (MIST, "bottom", 0.7))
    c.lines(
        [
            [(800, 1200), (870, 560)],
            [(1120, 1200), (1050, 560)],
            [(960, 1200), (960, 560)],
            [(836, 880), (1084, 880)],
            [(815, 1060), (1070, 720)],
            [(1105, 1060), (850, 720)],
        ],
        "#54656a",
        15,
    )
    c.polygon([(720, 330), (960, 200), (1200, 330)], BRICK, (PLUM, "left", 0.8))
    c.rectangle((720, 328, 1200, 560), "#e9dcc3", ("#7a6f6b", "left", 0.9))
    c.polygon([(720, 556), (1200, 556), (1080, 640), (840, 640)], "#c7b79c", ("#5f5a5c", "left", 0.9))
    c.rectangle((720, 414, 1200, 474), TEAL, (DEEP, "left", 0.9))
    c.lines([[(700, 560), (1220, 560)]], "#54656a", 16)
    for x, wide, tall, colour in (
        (60, 330, 170, CLAY),
        (420, 280, 140, "#d8b177"),
        (1180, 320, 165, "#7f9a86"),
        (1540, 340, 190, ROSE),
    ):
        _house(c, x, 1190, wide, tall, colour)
    for x in (30, 385, 1150, 1490, 1890):
        c.ellipse((x - 38, 830, x + 38, 1200), "#3f6a4f", (INK, "left", 0.7))
    c.rectangle((0, 1180, 1920, 1280), "#a9a05a", (MOSS, "bottom", 0.9))


def silos(c: Canvas) -> None:
    """Grain silos that climb like a chart and then fall."""
    c.sky("#e7a765", "#f4cf98", "#fbeacb")
    c.ellipse((300, 240, 520, 460), "#fff4dc")
    c.polygon(ridge(c, 960, 120), "#c98f6b", (SAND, "bottom", 0.9))
    c.rectangle((0, 990, 1920, 1280), "#b98a45", ("#70542f", "bottom", 0.8))
    for n, tall in enumerate((250, 360, 480, 620, 730, 560, 330)):
        x = 240 + n * 212
        tone, dark = ("#efe3cb", "#8a7565") if n < 5 else (CLAY, PLUM)
        c.rectangle((x, 1060 - tall, x + 178, 1060), tone, (dark, "left", 0.95))
        c.polygon(
            [(x - 8, 1062 - tall), (x + 89, 990 - tall), (x + 186, 1062 - tall)],
            "#7d6d6a" if n < 5 else BRICK,
            (INK, "left", 0.7),
        )
        c.lines([[(x, y), (x + 178, y)] for y in range(1060 - tall + 60, 1060, 60)], dark, 3, 0.5)
    for n in range(-2, 16):
        c.polygon([(860 + n * 14, 1062), (n * 220 - 300, 1290), (n * 220 - 170, 1290)], "#e0b765", alpha=0.45)


def _sag(start: Point, end: Point, along: float, drop: float) -> Point:
    x = start[0] + (end[0] - start[0]) * along
    y = start[1] + (end[1] - start[1]) * along + drop * 4 * along * (1 - along)
    return x, y


def _pylon(x: float, foot: float, tall: float) -> list[list[Point]]:
    half, waist, top = tall * 0.13, tall * 0.035, foot - tall
    neck = foot - tall * 0.62
    frame: list[list[Point]] = [
        [
            (x - half, foot),
            (x - waist, neck),
            (x - waist, top + tall * 0.04),
            (x, top - tall * 0.03),
            (x + waist, top + tall * 0.04),
            (x + waist, neck),
            (x + half, foot),
        ]
    ]
    for step in range(4):
        low, high = foot - tall * 0.155 * step, foot - tall * 0.155 * (step + 1)
        wide, thin = half - (half - waist) * step / 4, half - (half - waist) * (step + 1) / 4
        frame += [[(x - wide, low), (x + thin, high)], [(x + wide, low), (x - thin, high)]]
    for arm in (0.98, 0.84, 0.70):
        y = foot - tall * arm
        frame.append(
            [(x - waist, y - tall * 0.03), (x - tall * 0.17, y), (x + tall * 0.17, y), (x + waist, y - tall * 0.03)]
        )
        frame += [[(x + side * tall * 0.17, y), (x + side * tall * 0.17, y + tall * 0.05)] for side in (-1, 1)]
    return frame


def _apple_tree(c: Canvas, x: float, foot: float, size: float) -> None:
    c.polygon(
        [
            (x - 24 * size, foot),
            (x - 12 * size, foot - 200 * size),
            (x + 12 * size, foot - 200 * size),
            (x + 24 * size, foot),
        ],
        "#5a4034",
    )
    crown = [(-170, -330, 60, -120), (-60, -340, 170, -120), (-120, -440, 120, -210)]
    c.ellipses(
        [(x + a * size, foot + b * size, x + d * size, foot + e * size) for a, b, d, e in crown],
        "#5f7f48",
        ("#2c4a3a", "left", 0.9),
    )
    if size > 0.28:
        spots = [(c.dice.uniform(-130, 125), c.dice.uniform(-390, -150)) for _ in range(13)]
        c.ellipses(
            [(x + a * size, foot + b * size, x + (a + 24) * size, foot + (b + 24) * size) for a, b in spots], CLAY
        )


def _house(c: Canvas, x: float, foot: float, wide: float, tall: float, colour: str) -> None:
    c.rectangle((x, foot - tall, x + wide, foot), colour, (PLUM, "left", 0.55))
    c.polygon(
        [(x - 24, foot - tall + 4), (x + wide / 2, foot - tall - 110), (x + wide + 24, foot - tall + 4)],
        "#4b4a55",
        (INK, "left", 0.8),
    )
    c.rectangles(
        [
            (x + 40, foot - tall + 44, x + 92, foot - tall + 100),
            (x + wide - 92, foot - tall + 44, x + wide - 40, foot - tall + 100),
        ],
        "#f6e2b0",
    )
    c.rectangle((x + wide / 2 - 26, foot - 92, x + wide / 2 + 26, foot), INK)
