"""Scenes by water."""

import math

from newsroom.sample.canvas import (
    BRICK,
    CLAY,
    DEEP,
    INK,
    MIST,
    MOSS,
    MUSTARD,
    NIGHT,
    PAPER,
    PLUM,
    SAGE,
    Canvas,
    Point,
    firs,
    hill,
    ridge,
)


def reservoir(c: Canvas) -> None:
    """A reservoir far below its rim, the old shores left as rings."""
    c.sky("#e9b27c", "#f3d5a4", "#f8e8c8")
    c.ellipse((1330, 150, 1510, 330), "#fbf1dc")
    c.polygon(ridge(c, 560, 250), "#c88f7c", ("#e8bd94", "bottom", 0.9))
    c.polygon(ridge(c, 640, 170), "#9c6259", ("#c98c6c", "bottom", 0.9))
    rings = ["#7d6a4a", "#f0dfbd", "#e3cda3", "#efdcb6", "#d9bd8f", "#ead3a8", "#cfae7f"]
    for step, colour in enumerate(rings):
        top = 640 + step * 58
        dip = 30 + step * 26
        curve = [
            (x, top + dip * math.sin(x / 1920 * math.pi) ** 2 + 7 * math.sin(x / 90 + step))
            for x in range(-10, 1940, 24)
        ]
        c.polygon([*curve, (1940, 1280), (-10, 1280)], colour, ("#b98a5c", "bottom", 0.35))
    water = [(x, 1136 - 62 * math.sin(x / 1920 * math.pi) + 6 * math.sin(x / 70)) for x in range(-10, 1940, 24)]
    c.polygon([*water, (1940, 1280), (-10, 1280)], "#2f7480", (INK, "bottom", 0.8))
    c.lines(
        [[(x, y), (x + w, y)] for x, y, w in ((300, 1150, 170), (760, 1128, 300), (1080, 1186, 210), (560, 1214, 190))],
        "#8fc0bf",
        5,
    )
    c.rectangle((1440, 520, 1530, 1130), "#efe6d6", ("#7b6a63", "left", 0.95))
    c.rectangle((1418, 486, 1552, 540), "#d9cbb5", ("#6d5c58", "left", 0.9))
    c.rectangles([(1470, y, 1500, y + 34) for y in range(590, 1040, 110)], "#54474a")
    c.lines([[(1552, 524), (1940, 470)], [(1552, 540), (1940, 490)]], "#4b4348", 7)
    c.lines([[(1640 + 90 * n, 516 - 13 * n), (1640 + 90 * n, 760 - 40 * n)] for n in range(4)], "#6d5c58", 12)


def canal(c: Canvas) -> None:
    """A canal running straight through fields to the hills."""
    c.sky("#7fb0ac", "#cfe0cf", "#f7e7c4")
    c.ellipse((360, 210, 560, 410), "#fdf4df")
    c.polygon(ridge(c, 560, 160), "#7f9d98", (MIST, "bottom", 0.9))
    c.polygon(hill(c, 590, 80), "#5f8577", (SAGE, "bottom", 0.8))
    c.rectangle((0, 600, 1920, 1280), "#c9a757", ("#8d7a3c", "bottom", 0.5))
    eye = (980, 585)
    for n in range(-16, 17):
        if -3 <= n <= 2:
            continue
        colour = (MOSS, "#a8a150", "#d9b865", "#7f8f4d")[n % 4]
        c.polygon([eye, (980 + n * 330, 1290), (1310 + n * 330, 1290)], colour, (INK, "bottom", 0.32))
    c.polygon([(975, 585), (985, 585), (1640, 1290), (330, 1290)], "#e5d3ac", ("#8c7350", "bottom", 0.7))
    c.polygon([(978, 586), (982, 586), (1430, 1290), (520, 1290)], "#2f7480", (NIGHT, "bottom", 0.8))
    c.lines([[(960 - n * 9, 700 + n * 62), (1010 + n * 30, 700 + n * 62)] for n in range(9)], "#9fcac5", 4, 0.8)
    for side in (-1, 1):
        for n in range(8):
            size = 0.6**n
            x, foot = 980 + side * 1150 * size, 590 + 560 * size
            c.rectangle((x - 12 * size, foot - 260 * size, x + 12 * size, foot), "#4b3a34")
            c.ellipse(
                (x - 95 * size, foot - 560 * size, x + 95 * size, foot - 140 * size), "#3f6a4f", (INK, "left", 0.7)
            )


def ferry(c: Canvas) -> None:
    """A ferry crossing the sound under islands."""
    c.sky("#4f8a94", "#9fc4bd", "#f4dcb4")
    c.ellipse((1390, 300, 1560, 470), "#fff3d6")
    c.polygon(ridge(c, 690, 250, rough=0.5), "#7ba3a3", (MIST, "bottom", 0.9))
    c.polygon(hill(c, 720, 130, waves=1.2), "#3f6f70", ("#7ba39a", "bottom", 0.6))
    near = hill(c, 742, 70, waves=0.8)
    c.polygons(firs(c, near, count=70, tall=90), DEEP)
    c.rectangle((0, 716, 1920, 1280), "#2f6c78", (INK, "bottom", 0.85))
    for n in range(34):
        y = 740 + n * n * 0.47
        x = c.dice.uniform(0, 1800)
        c.lines([[(x, y), (x + 60 + n * 8, y)]], "#86b8b5", 2 + n / 9, 0.75)
    c.polygon([(470, 770), (1500, 770), (1440, 900), (540, 900)], "#f7efe0", ("#8fa5a4", "bottom", 0.8))
    c.polygon([(520, 858), (1460, 858), (1440, 902), (540, 902)], CLAY, (BRICK, "left", 0.7))
    c.rectangle((560, 660, 1410, 772), "#fbf5e9", ("#9fb2ae", "left", 0.7), radius=10)
    c.rectangle((690, 580, 1280, 662), "#f3ead8", ("#9fb2ae", "left", 0.7), radius=10)
    c.rectangle((1130, 512, 1260, 582), "#fbf5e9", ("#9fb2ae", "left", 0.7), radius=8)
    c.polygon([(820, 580), (836, 468), (930, 468), (946, 580)], CLAY, (BRICK, "left", 0.8))
    c.rectangle((829, 490, 937, 516), PAPER)
    c.rectangles([(600 + n * 62, 692, 640 + n * 62, 732) for n in range(13)], NIGHT, radius=5)
    c.rectangles([(722 + n * 62, 602, 764 + n * 62, 636) for n in range(9)], NIGHT, radius=5)
    c.rectangles([(1142 + n * 38, 528, 1172 + n * 38, 552) for n in range(3)], NIGHT, radius=4)
    c.rectangle((640, 800, 1330, 838), "#31505c", radius=6)
    c.ellipses([(760, 390, 850, 440), (640, 340, 800, 410), (500, 300, 690, 380)], PAPER, alpha=0.55)
    c.polygon([(300, 905), (560, 884), (1440, 884), (1560, 905), (1440, 922), (500, 926)], "#d7e8e0", alpha=0.85)
    c.lines([_gull(x, y, s) for x, y, s in ((420, 520, 40), (510, 470, 28), (1640, 600, 34))], PAPER, 7)


def salmon(c: Canvas) -> None:
    """Fish going upstream, seen from above."""
    c.sky("#2f7480", "#3f8c8a", "#2f6f7d")
    for n in range(26):
        y = n * 52 - 20
        wave = [(x, y + 34 * math.sin(x / 190 + n * 0.9) + 14 * math.sin(x / 77 + n)) for x in range(-20, 1960, 20)]
        c.lines([wave], ("#6fb0ab", "#1f5a68", "#4f9d99")[n % 3], 5 + n % 4 * 3, 0.55)
    for x, y, size in (
        (250, 360, 1.1),
        (760, 250, 0.8),
        (640, 680, 1.35),
        (1240, 500, 1.1),
        (1130, 930, 1.2),
        (330, 1010, 0.9),
        (1600, 800, 0.85),
        (1600, 270, 0.7),
    ):
        _fish(c, x, y, size)
    stones = [
        (
            c.dice.uniform(-60, 1900),
            c.dice.choice((c.dice.uniform(-50, 60), c.dice.uniform(1180, 1270))),
            c.dice.uniform(70, 170),
        )
        for _ in range(26)
    ]
    for left, top, wide in stones:
        c.ellipse(
            (left, top, left + wide, top + wide * 0.66),
            c.dice.choice(("#8d8a7c", "#6d7472", "#a59a84", "#54625f")),
            (INK, "left", 0.7),
        )


def mill(c: Canvas) -> None:
    """A mill town at the falls, a lit clinic on the hill."""
    c.sky("#3d5a73", "#8aa5a9", "#f0cfa0")
    c.polygon(ridge(c, 560, 300), "#7f97a0", (MIST, "bottom", 0.9))
    slope = hill(c, 700, 170, waves=0.7)
    c.polygons(firs(c, slope, count=120, tall=130), "#345c5c")
    c.polygon(slope, "#345c5c", ("#6f8f80", "bottom", 0.6))
    c.rectangle((1190, 470, 1600, 640), PAPER, ("#9c8f86", "left", 0.7))
    c.rectangle((1340, 400, 1450, 472), PAPER, ("#9c8f86", "left", 0.7))
    c.rectangles([(1385, 412, 1405, 460), (1371, 426, 1419, 446)], CLAY)
    c.rectangles([(1220 + n * 62, y, 1254 + n * 62, y + 42) for n in range(6) for y in (500, 572)], "#f5c45e")
    c.rectangle((120, 690, 860, 1010), "#a2553e", ("#4d2f36", "left", 0.9))
    c.polygons(
        [[(120 + n * 148, 692), (120 + n * 148, 600), (268 + n * 148, 692)] for n in range(5)],
        "#7c4038",
        ("#3b2a33", "left", 0.7),
    )
    c.rectangles([(160 + n * 116, y, 220 + n * 116, y + 74) for n in range(6) for y in (740, 872)], "#f2c777")
    c.polygon([(700, 600), (716, 300), (772, 300), (788, 600)], "#a2553e", ("#4d2f36", "left", 0.9))
    c.polygon(
        [(860, 930), (1920, 860), (1920, 1290), (0, 1290), (0, 1010), (860, 1010)], "#3c7784", (INK, "bottom", 0.8)
    )
    c.polygon([(860, 930), (1920, 860), (1920, 1010), (860, 1080)], "#dcebe4", ("#6fa3a6", "bottom", 0.7))
    c.lines([[(880 + n * 38, 934 - n * 2.6), (874 + n * 38, 1070 - n * 2.6)] for n in range(28)], "#8fb8b8", 6, 0.7)
    c.ellipses(
        [(820 + n * 92, 1040 - n * 6 + (n % 2) * 16, 960 + n * 92, 1104 - n * 6) for n in range(12)], PAPER, alpha=0.7
    )


def _gull(x: float, y: float, size: float) -> list[Point]:
    return [
        (x - size, y - size * 0.5),
        (x - size * 0.45, y - size * 0.62),
        (x, y),
        (x + size * 0.45, y - size * 0.62),
        (x + size, y - size * 0.5),
    ]


def _fish(c: Canvas, x: float, y: float, size: float) -> None:
    bend = c.dice.uniform(-0.25, 0.25)

    def place(along: float, out: float) -> Point:
        return x + along * 300 * size, y + (out * 62 + bend * 70 * math.sin(along * math.pi * 1.4)) * size

    outline = [
        place(t / 20, math.sin((t / 20) ** 0.75 * math.pi) * side)
        for side, steps in ((1, range(20)), (-1, range(19, -1, -1)))
        for t in steps
    ]
    shadow = [(px - 22 * size, py + 46 * size) for px, py in outline]
    c.polygon(shadow, INK, alpha=0.3)
    c.polygon([place(0.97, 0), place(1.22, 0.95), place(1.13, 0), place(1.22, -0.95)], BRICK)
    c.polygon(outline, CLAY, (PLUM, "bottom", 0.9))
    c.polygon([place(0.4, -0.5), place(0.62, -1.35), place(0.66, -0.5)], BRICK)
    c.polygon([place(0.02, 0.5), place(0.22, 0.95), place(0.22, -0.85), place(0.02, -0.45)], MOSS, alpha=0.75)
    eye = place(0.09, -0.2)
    c.ellipse((eye[0] - 8 * size, eye[1] - 8 * size, eye[0] + 8 * size, eye[1] + 8 * size), MUSTARD)
