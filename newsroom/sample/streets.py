"""Scenes of streets and what stands on them."""

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
    ROSE,
    SAGE,
    SAND,
    TEAL,
    Canvas,
    firs,
    hill,
    ridge,
)


def capitol(c: Canvas) -> None:
    """The statehouse at first light."""
    c.sky("#2f4a68", "#6f7f96", "#dba189", "#f6d7a4")
    c.glow(960, 760, 900, "#ffe6b8", 0.75)
    c.polygon(hill(c, 960, 90), "#6f6f86", ("#a98b8d", "bottom", 0.8))
    stone, dim = "#f3e6d2", "#6c5b6e"
    c.rectangle((500, 800, 1420, 1060), stone, (dim, "left", 0.75))
    c.rectangle((140, 850, 500, 1060), "#e4d2bd", (dim, "left", 0.9))
    c.rectangle((1420, 850, 1780, 1060), "#e4d2bd", (dim, "left", 0.6))
    c.rectangles([(180 + n * 78, y, 216 + n * 78, y + 62) for n in range(4) for y in (880, 970)], "#4a4a62")
    c.rectangles([(1460 + n * 78, y, 1496 + n * 78, y + 62) for n in range(4) for y in (880, 970)], "#f5c45e")
    c.polygon([(640, 806), (960, 690), (1280, 806)], "#fbf1df", (dim, "left", 0.6))
    c.rectangles([(672 + n * 84, 822, 712 + n * 84, 1060) for n in range(8)], "#fff7e8", (dim, "left", 0.5))
    c.rectangles([(712 + n * 84, 822, 756 + n * 84, 1060) for n in range(7)], "#5a4c63")
    _dome(c, stone, dim)
    for step in range(5):
        c.rectangle(
            (600 - step * 50, 1058 + step * 22, 1320 + step * 50, 1082 + step * 22),
            ("#e9d9c4", "#d3bfae")[step % 2],
            (dim, "left", 0.5),
        )
    c.polygon([(0, 1290), (0, 1130), (420, 1150), (400, 1290)], "#2f4f4a", (INK, "bottom", 0.8))
    c.polygon([(1920, 1290), (1920, 1130), (1500, 1150), (1520, 1290)], "#2f4f4a", (INK, "bottom", 0.8))
    c.rectangle((380, 1164, 1540, 1290), "#c9ae9c", (dim, "bottom", 0.7))
    c.ellipses(
        [(x - 74, 900 + d, x + 74, 1170) for x, d in ((70, 0), (210, 50), (1850, 0), (1710, 50))],
        "#3d6152",
        (INK, "left", 0.85),
    )


def school(c: Canvas) -> None:
    """A brick school with its yellow bus."""
    c.sky("#79aeb0", "#bcd6c8", "#f8e6c1")
    c.ellipses([(1250, 170, 1640, 270), (1420, 120, 1760, 240), (180, 230, 470, 300)], PAPER, alpha=0.8)
    c.polygon(hill(c, 860, 160), "#7f9f82", (MIST, "bottom", 0.6))
    c.rectangle((300, 500, 1620, 1010), "#b5583f", ("#5c2f36", "left", 0.75))
    c.rectangle((800, 400, 1120, 1010), "#c66a49", ("#5c2f36", "left", 0.6))
    c.polygon([(770, 408), (960, 270), (1150, 408)], "#f1e2c6", ("#8a6f65", "left", 0.7))
    c.rectangle((280, 480, 800, 512), "#f1e2c6")
    c.rectangle((1120, 480, 1640, 512), "#f1e2c6")
    panes = [(x, y, x + 92, y + 126) for x in (350, 500, 650, 1180, 1330, 1480) for y in (560, 780)]
    c.rectangles(panes, "#f6d98d")
    c.lines(
        [[(x + 46, y), (x + 46, y + 126)] for x, y, _, _ in panes]
        + [[(x, y + 63), (x + 92, y + 63)] for x, y, _, _ in panes],
        PAPER,
        8,
    )
    c.rectangle((870, 800, 1050, 1010), INK)
    c.lines([[(960, 800), (960, 1010)]], "#8a6f65", 8)
    c.ellipse((905, 500, 1015, 610), PAPER)
    c.lines([[(960, 555), (960, 520)], [(960, 555), (988, 568)]], INK, 8)
    c.lines([[(1760, 1010), (1760, 330)]], "#5d6468", 12)
    c.polygon([(1766, 340), (1900, 362), (1880, 400), (1906, 450), (1766, 428)], CLAY, (BRICK, "right", 0.7))
    c.rectangle((0, 1004, 1920, 1090), "#8aa06a", (MOSS, "bottom", 0.8))
    c.rectangle((0, 1080, 1920, 1280), "#54555c", (INK, "bottom", 0.8))
    c.lines([[(x, 1232), (x + 150, 1232)] for x in range(40, 1920, 300)], "#e9d9b0", 10)
    c.rectangle((130, 880, 820, 1140), MUSTARD, ("#a8641f", "bottom", 0.7), radius=34)
    c.rectangle((780, 990, 920, 1140), MUSTARD, ("#a8641f", "bottom", 0.7), radius=26)
    c.rectangles([(170 + n * 104, 916, 254 + n * 104, 996) for n in range(6)], NIGHT, radius=10)
    c.rectangles([(130, 1030, 900, 1042), (130, 1064, 900, 1076)], INK)
    c.ellipses([(220, 1080, 340, 1200), (690, 1080, 810, 1200)], "#17202a")
    c.ellipses([(256, 1116, 304, 1164), (726, 1116, 774, 1164)], "#9a9a94")


def busstop(c: Canvas) -> None:
    """A bus stop in the rain, after dark."""
    c.sky("#17263a", "#2b4257", "#4f6570")
    towers = [(x, c.dice.uniform(330, 640)) for x in range(0, 1920, 160)]
    c.rectangles([(x, top, x + 150, 980) for x, top in towers], "#24384b", (INK, "bottom", 0.7))
    lit = [
        (x + 18 + 34 * a, top + 30 + 56 * b, x + 36 + 34 * a, top + 58 + 56 * b)
        for x, top in towers
        for a in range(4)
        for b in range(6)
        if c.dice.random() < 0.3
    ]
    c.rectangles(lit, "#e8b45a")
    c.rectangle((0, 960, 1920, 1280), "#33424f", (INK, "bottom", 0.9))
    c.glow(820, 700, 640, "#ffd996", 0.55)
    c.rectangle((430, 400, 1250, 440), "#c9d3cd", (NIGHT, "left", 0.6), radius=6)
    c.rectangle((460, 440, 1220, 980), "#f6d58d", ("#a87a3a", "left", 0.5))
    c.lines([[(460, 440), (460, 990)], [(1220, 440), (1220, 990)], [(840, 440), (840, 980)]], "#54636b", 18)
    c.rectangle((520, 800, 1160, 836), BRICK, (PLUM, "left", 0.7), radius=6)
    c.lines([[(570, 836), (570, 980)], [(1110, 836), (1110, 980)]], "#4d3a3c", 16)
    c.rectangle((900, 520, 1160, 740), "#2f6470", (INK, "bottom", 0.6), radius=8)
    c.lines([[(930, 690), (990, 600), (1060, 650), (1130, 560)]], PAPER, 9)
    c.lines([[(1420, 990), (1420, 420)]], "#c9d3cd", 14)
    c.rectangle((1350, 330, 1490, 470), TEAL, (DEEP, "left", 0.8), radius=18)
    c.rectangle((1380, 366, 1460, 428), PAPER, radius=8)
    c.ellipses([(1388, 420, 1408, 440), (1432, 420, 1452, 440)], PAPER)
    c.polygon([(460, 990), (1220, 990), (1420, 1280), (300, 1280)], "#f6d58d", alpha=0.35)
    c.lines(
        [
            [(x, 1010 + n * 12), (x + 90, 1010 + n * 12)]
            for n, x in enumerate((120, 900, 1500, 500, 1300, 300, 1650, 760))
        ],
        "#8fa5aa",
        5,
        0.6,
    )
    rain = [(c.dice.uniform(-40, 1960), c.dice.uniform(-40, 1240)) for _ in range(240)]
    c.lines([[(x, y), (x - 12, y + 52)] for x, y in rain], "#b9cbd0", 3, 0.45)


def flats(c: Canvas) -> None:
    """Apartment blocks at evening, some windows lit."""
    c.sky("#e08e6a", "#f0bd8a", "#f8dfb4")
    c.ellipse((1440, 180, 1650, 390), "#fdeccb")
    c.polygon(hill(c, 980, 150), "#c58a7a", (SAND, "bottom", 0.7))
    blocks = (
        (90, 420, 380, "#d9b48c"),
        (330, 700, 300, "#b3654c"),
        (760, 220, 400, "#efe0c4"),
        (1120, 520, 340, "#4d7a7c"),
        (1420, 640, 420, "#e0a45c"),
    )
    for x, top, wide, colour in blocks:
        c.rectangle((x, top, x + wide, 1150), colour, (PLUM, "left", 0.7))
        c.rectangle((x - 10, top - 16, x + wide + 10, top + 12), "#6b4a4c")
        columns = int(wide // 84)
        gap = (wide - columns * 50) / (columns + 1)
        panes = [
            (x + gap + n * (50 + gap), y, x + gap + n * (50 + gap) + 50, y + 62)
            for n in range(columns)
            for y in range(top + 50, 1080, 108)
        ]
        c.rectangles(panes, "#3a3c52")
        c.rectangles([pane for pane in panes if c.dice.random() < 0.36], "#ffdf94")
        c.rectangles([(a - 5, d, e + 5, f + 8) for a, d, e, f in [(p[0], p[3], p[2], p[3]) for p in panes]], PAPER)
    c.rectangle((0, 1140, 1920, 1280), "#5a4450", (INK, "bottom", 0.8))
    c.ellipses([(x - 70, 960, x + 70, 1150) for x in (60, 720, 1100, 1860)], "#54734f", (INK, "left", 0.8))
    c.lines([[(x, 1150), (x, 1100)] for x in (60, 720, 1100, 1860)], "#3f2f30", 14)


def datacenter(c: Canvas) -> None:
    """Long windowless halls on a dry plain."""
    c.sky("#8fb0b3", "#d6dccb", "#f6dfb0")
    c.polygon(ridge(c, 640, 230), "#b08a86", (SAND, "bottom", 0.9))
    c.polygon(ridge(c, 700, 110), "#8a635f", ("#c49a78", "bottom", 0.8))
    c.rectangle((0, 700, 1920, 1280), "#d0a866", ("#8a6238", "bottom", 0.75))
    _hall(c, 1180, 640, 660, 800)
    _hall(c, 220, 690, 1050, 930)
    c.polygon([(0, 1010), (1920, 930), (1920, 1000), (0, 1110)], "#6a5f5d", (INK, "left", 0.5))
    c.lines([[(x, 1058 - x * 0.046), (x + 90, 1054 - x * 0.046)] for x in range(40, 1920, 210)], "#f0dfae", 7)
    for _ in range(46):
        left, top = c.dice.uniform(0, 1900), c.dice.uniform(1110, 1270)
        c.ellipses(
            [(left, top, left + 70, top + 40), (left + 24, top - 20, left + 84, top + 34)],
            c.dice.choice(("#8c8f5c", "#a39a5e", "#6f7a52")),
            (PLUM, "bottom", 0.5),
        )
    for x, tall in ((90, 430), (1860, 330)):
        c.lines(
            [
                [(x, 1000), (x, 1000 - tall)],
                [(x - 80, 1020 - tall), (x + 80, 1020 - tall)],
                [(x - 60, 1070 - tall), (x + 60, 1070 - tall)],
            ],
            "#4a3b3a",
            13,
        )
    c.lines(
        [
            [(10, 590), (500, 640), (1030, 650), (1400, 680), (1780, 690)],
            [(170, 590), (620, 644), (1200, 650), (1940, 690)],
        ],
        "#4a3b3a",
        4,
    )


def homes(c: Canvas) -> None:
    """Manufactured homes in a row beneath cottonwoods."""
    c.sky("#86b7b6", "#cfe1d0", "#fbe9c6")
    c.ellipses([(300, 150, 700, 250), (480, 110, 800, 220)], PAPER, alpha=0.8)
    c.polygon(ridge(c, 700, 180), "#92aaa2", (MIST, "bottom", 0.8))
    for x, top, wide in ((120, 250, 330), (520, 330, 280), (1340, 220, 360), (1700, 330, 300)):
        c.rectangle((x + wide / 2 - 16, 600, x + wide / 2 + 16, 900), "#5f4a3e")
        c.ellipses(
            [
                (x, top + 120, x + wide * 0.7, 760),
                (x + wide * 0.3, top + 80, x + wide, 740),
                (x + wide * 0.15, top, x + wide * 0.85, 600),
            ],
            "#6d9463",
            (DEEP, "left", 0.8),
        )
    c.rectangle((0, 880, 1920, 1280), "#b8b273", (MOSS, "bottom", 0.8))
    for x, foot, size, colour in (
        (1180, 930, 0.8, "#d9cfae"),
        (620, 970, 0.95, ROSE),
        (-60, 1030, 1.15, "#6fa39c"),
        (1240, 1080, 1.3, "#f3e2bd"),
    ):
        _trailer(c, x, foot, size, colour)
    c.polygon([(0, 1150), (700, 1070), (1000, 1080), (520, 1290), (0, 1290)], "#d8c69c", ("#9a8458", "bottom", 0.6))


def crisis(c: Canvas) -> None:
    """A van on a night road, stars over the hills."""
    c.sky("#101d33", "#24405c", "#5d7483")
    stars = [(c.dice.uniform(0, 1920), c.dice.uniform(0, 620), c.dice.uniform(2, 5)) for _ in range(150)]
    c.ellipses([(x, y, x + s, y + s) for x, y, s in stars], "#f8edcf")
    tilt = -0.512  # the shadow's side of the moon
    turns = [tilt + 0.967 + n * (math.tau - 2 * 0.967) / 24 for n in range(25)]
    backs = [tilt + math.tau - 1.537 - n * (math.tau - 2 * 1.537) / 24 for n in range(25)]
    outer = [(370 + 68 * math.cos(turn), 220 + 68 * math.sin(turn)) for turn in turns]
    inner = [(402 + 56 * math.cos(turn), 202 + 56 * math.sin(turn)) for turn in backs]
    c.polygon([*outer, *inner], "#f8edcf")
    c.polygon(ridge(c, 800, 260), "#2c4a5a", ("#4f6d78", "bottom", 0.7))
    line = hill(c, 900, 130)
    c.polygons(firs(c, line, count=90, tall=130), "#16303a")
    c.polygon(line, "#16303a", (INK, "bottom", 0.8))
    c.polygon([(-20, 1290), (-20, 1040), (1940, 950), (1940, 1290)], "#2b3440", (INK, "bottom", 0.9))
    c.lines([[(x, 1190 - x * 0.06), (x + 130, 1182 - x * 0.06)] for x in range(20, 1920, 260)], "#c9a65a", 11)
    c.polygon([(1290, 980), (1940, 860), (1940, 1180), (1290, 1030)], "#ffe5a0", alpha=0.4)
    c.polygon(
        [(560, 1040), (560, 760), (600, 720), (1080, 720), (1200, 870), (1300, 900), (1310, 1040)],
        "#efe6d2",
        ("#6f7a86", "left", 0.8),
    )
    c.polygon([(1050, 760), (1100, 760), (1176, 866), (1050, 866)], "#223a4d")
    c.rectangles([(820, 760, 1010, 866)], "#f5c766", radius=8)
    c.rectangle((560, 920, 1308, 956), TEAL, (DEEP, "left", 0.7))
    c.lines([[(790, 726), (790, 1030)], [(1030, 740), (1030, 1030)]], "#9a958c", 5)
    c.ellipses([(640, 970, 790, 1120), (1080, 960, 1230, 1110)], "#0f161f")
    c.ellipses([(688, 1018, 742, 1072), (1128, 1008, 1182, 1062)], "#8c9297")
    c.ellipse((1276, 930, 1316, 990), "#fff4cf")


def edge(c: Canvas) -> None:
    """Houses where the street ends and the forest begins."""
    c.sky("#d98a5c", "#ecbd8a", "#f7e2bd")
    c.polygon(ridge(c, 500, 200), "#b5806c", (SAND, "bottom", 0.9))
    for step, tone in enumerate(("#7f7a5a", "#55694f", "#2f4f45")):
        line = hill(c, 640 + step * 90, 90, waves=1.2)
        c.polygons(firs(c, line, count=110, tall=150 + step * 50), tone)
        c.polygon(line, tone, ("#a59a6a", "bottom", 0.4))
    c.rectangle((0, 960, 1920, 1280), "#c9a965", ("#8a7040", "bottom", 0.7))
    for n, (colour, roof) in enumerate(((PAPER, BRICK), (SAGE, "#4a4a55"), (ROSE, PLUM), ("#d9b877", "#5a4038"))):
        x = 110 + n * 460
        c.rectangle((x, 820, x + 330, 1060), colour, (PLUM, "left", 0.6))
        c.polygon([(x - 34, 826), (x + 165, 650), (x + 364, 826)], roof, (INK, "left", 0.75))
        c.rectangle((x + 240, 660, x + 282, 760), roof)
        c.rectangles([(x + 40, 870, x + 110, 950), (x + 220, 870, x + 290, 950)], "#ffdf94")
        c.lines([[(x + 75, 870), (x + 75, 950)], [(x + 255, 870), (x + 255, 950)]], PAPER, 6)
        c.rectangle((x + 136, 930, x + 194, 1060), INK)
    c.rectangle((0, 1054, 1920, 1084), "#e9dcc0")
    c.rectangle((0, 1130, 1920, 1280), "#5b4d52", (INK, "bottom", 0.8))


def _trailer(c: Canvas, x: float, foot: float, size: float, colour: str) -> None:
    def box(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        return x + left * size, foot + top * size, x + right * size, foot + bottom * size

    c.rectangle(box(20, -30, 560, 4), "#6d5a50", (INK, "bottom", 0.6))
    c.rectangle(box(0, -220, 580, -20), colour, (PLUM, "left", 0.5), radius=8 * size)
    c.polygon(
        [
            (x - 16 * size, foot - 214 * size),
            (x + 30 * size, foot - 262 * size),
            (x + 550 * size, foot - 262 * size),
            (x + 596 * size, foot - 214 * size),
        ],
        "#5d5560",
        (INK, "left", 0.6),
    )
    c.rectangle(box(0, -96, 580, -84), PAPER)
    c.rectangles([box(50, -190, 150, -120), box(410, -190, 520, -120)], "#ffe2a0", radius=4)
    c.rectangle(box(250, -196, 330, -24), BRICK, (PLUM, "left", 0.6), radius=4)
    c.rectangles([box(236, -24, 346, -10), box(224, -10, 358, 4)], "#a89274")


def _hall(c: Canvas, x: float, top: float, wide: float, foot: float) -> None:
    c.rectangle((x, top, x + wide, foot), "#eae4d6", ("#6f7a80", "left", 0.75))
    c.rectangle((x, top, x + wide, top + 34), "#31586a")
    c.rectangles(
        [(x + 30 + n * 58, foot - 92, x + 58 + n * 58, foot - 20) for n in range(int(wide // 58) - 1)], "#56646c"
    )
    c.rectangles(
        [(x + 40 + n * 120, top - 46, x + 118 + n * 120, top + 2) for n in range(int(wide // 120))],
        "#b7bdb6",
        ("#4d5a62", "left", 0.8),
    )
    c.ellipses(
        [(x + 20 + n * 120, top - 120, x + 150 + n * 120, top - 56) for n in range(int(wide // 120))],
        "#fbf3e2",
        alpha=0.35,
    )


def _dome(c: Canvas, stone: str, dim: str) -> None:
    c.rectangle((790, 520, 1130, 700), stone, (dim, "left", 0.85))
    c.rectangles([(812 + n * 52, 546, 838 + n * 52, 690) for n in range(6)], "#5a4c63")
    c.rectangle((766, 500, 1154, 528), "#fbf1df", (dim, "left", 0.7))
    dome = [(960 + 176 * math.cos(t / 24 * math.pi), 504 - 230 * math.sin(t / 24 * math.pi)) for t in range(25)]
    c.polygon(dome, TEAL, (INK, "left", 0.85))
    for bend in (-0.62, -0.2, 0.2, 0.62):
        c.lines(
            [
                [
                    (960 + 176 * bend * math.cos(t / 24 * math.pi), 504 - 230 * math.sin(t / 24 * math.pi))
                    for t in range(13)
                ]
            ],
            "#8fb8ad",
            4,
            0.6,
        )
    c.rectangle((930, 208, 990, 284), "#fbf1df", (dim, "left", 0.7))
    c.polygon([(922, 212), (960, 150), (998, 212)], MUSTARD)
    c.lines([[(960, 152), (960, 84)]], MUSTARD, 7)
