"""Scenes indoors."""

import math

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
    ROSE,
    SAGE,
    SAND,
    TEAL,
    Canvas,
    Point,
)


def ballots(c: Canvas) -> None:
    """Envelopes on their way into a ballot box."""
    c.sky("#d9c9a8", "#efe0c2")
    c.rectangle((0, 930, 1920, 1280), "#8d5a41", ("#4d2f2b", "bottom", 0.8))
    c.polygons(
        [[(x, 0), (x + 130, 0), (x - 420, 930), (x - 550, 930)] for x in range(260, 2700, 520)], "#f8eed8", alpha=0.6
    )
    for x, y, turn, tone in (
        (520, 170, -18, "#f9f1e0"),
        (1290, 120, 14, "#f4dfc0"),
        (1010, 330, -6, "#fffaf0"),
        (330, 560, 24, "#e9cfa8"),
        (1600, 520, -22, "#f9f1e0"),
    ):
        _envelope(c, x, y, turn, tone)
    c.rectangle((560, 640, 1360, 1140), "#2f5c74", (INK, "left", 0.9), radius=14)
    c.polygon([(560, 650), (640, 560), (1280, 560), (1360, 650)], "#4a7f93", (NIGHT, "left", 0.8))
    c.polygon([(760, 626), (776, 592), (1144, 592), (1160, 626)], "#132130")
    c.polygon([(806, 612), (846, 440), (1116, 470), (1110, 612)], "#fffaf0", ("#b9a389", "bottom", 0.7))
    c.lines([[(846, 440), (968, 560), (1116, 470)]], "#b9a389", 6)
    c.rectangle((690, 760, 1230, 1030), PAPER, ("#b9a389", "bottom", 0.4), radius=8)
    c.rectangles([(840, 816 + n * 70, 1180, 842 + n * 70) for n in range(3)], "#9aa7a6", radius=8)
    c.ellipses([(740, 804 + n * 70, 792, 856 + n * 70) for n in range(3)], INK)
    c.ellipses([(748, 812 + n * 70, 784, 848 + n * 70) for n in (0, 2)], PAPER)
    c.ellipse((748, 882, 784, 918), CLAY)
    c.polygon([(480, 1290), (560, 1138), (1360, 1138), (1440, 1290)], INK, alpha=0.25)


def ward(c: Canvas) -> None:
    """A hospital corridor that ends in morning light."""
    c.sky("#dfe7dc", "#dfe7dc")
    far = (820, 470, 1100, 780)
    c.polygon([(0, 0), (1920, 0), (far[2], far[1]), (far[0], far[1])], "#eef0e4", (SAGE, "top", 0.5))
    c.polygon([(0, 0), (far[0], far[1]), (far[0], far[3]), (0, 1280)], "#a9c4b4", (DEEP, "left", 0.7))
    c.polygon([(1920, 0), (far[2], far[1]), (far[2], far[3]), (1920, 1280)], "#c3d6c6", (TEAL, "right", 0.55))
    c.polygon([(0, 1280), (far[0], far[3]), (far[2], far[3]), (1920, 1280)], "#e3d2ae", ("#9a7f5c", "bottom", 0.6))
    c.polygon([(0, 860), (far[0], 690), (far[0], 712), (0, 950)], CLAY, alpha=0.8)
    c.polygon([(1920, 860), (far[2], 690), (far[2], 712), (1920, 950)], CLAY, alpha=0.8)
    c.rectangle(far, "#fbe9bd")
    c.glow(960, 620, 520, "#fff4cf", 0.85)
    c.rectangle((850, 520, 1070, 780), "#fff8e3")
    c.lines([[(960, 520), (960, 780)], [(850, 640), (1070, 640)]], "#c9a86a", 7)
    c.polygon([(850, 780), (1070, 780), (1310, 1280), (610, 1280)], "#fff3cd", alpha=0.55)
    for near, away, lit in ((0.02, 0.34, False), (0.46, 0.66, True), (0.74, 0.86, False)):
        _door(c, near, away, lit=lit)
        _door(c, near, away, lit=not lit, mirrored=True)
    lamps = [
        [
            (960 - 330 * s, 470 - 470 * s),
            (960 + 330 * s, 470 - 470 * s),
            (960 + 330 * s * 0.86, 470 - 470 * s * 0.86),
            (960 - 330 * s * 0.86, 470 - 470 * s * 0.86),
        ]
        for s in (0.98, 0.66, 0.42, 0.26)
    ]
    c.polygons(lamps, "#fffdf2")
    c.rectangle((1230, 800, 1560, 836), "#f6f2e6", ("#8fa8a0", "left", 0.6), radius=10)
    c.polygon([(1216, 812), (1216, 700), (1236, 700), (1236, 812)], NIGHT)
    c.rectangle((1250, 770, 1330, 802), "#ffffff", radius=14)
    c.lines([[(1250, 836), (1250, 940)], [(1540, 836), (1540, 940)], [(1236, 890), (1554, 890)]], NIGHT, 12)
    c.ellipses([(1228, 930, 1272, 974), (1518, 930, 1562, 974)], INK)


def desks(c: Canvas) -> None:
    """An empty classroom, the clock past three."""
    c.sky("#d8e0cf", "#e9e3cb")
    c.rectangle((0, 880, 1920, 1280), "#b98556", ("#6d4632", "bottom", 0.7))
    c.rectangle((180, 210, 1180, 690), "#2f5750", (INK, "left", 0.7))
    c.lines([[(180, 210), (1180, 210), (1180, 690), (180, 690), (180, 206)]], "#c79a62", 22)
    c.lines(
        [[(260, 300 + n * 70), (260 + wide, 300 + n * 70)] for n, wide in enumerate((520, 700, 410, 620))],
        "#dfe9dc",
        9,
        0.75,
    )
    c.lines([[(900, 600), (900, 520), (980, 560), (980, 470), (1060, 500), (1110, 420)]], "#f3cf86", 9)
    c.ellipse((1290, 190, 1470, 370), PAPER, ("#c9b795", "bottom", 0.6))
    c.lines([[(1380, 280), (1380, 216)], [(1380, 280), (1430, 290)]], INK, 10)
    c.rectangle((1560, 180, 1860, 700), "#f9e5ac", ("#e2b765", "bottom", 0.5))
    c.lines(
        [
            [(1710, 180), (1710, 700)],
            [(1560, 440), (1860, 440)],
            [(1560, 180), (1860, 180), (1860, 700), (1560, 700), (1560, 172)],
        ],
        PAPER,
        16,
    )
    c.polygon([(1560, 700), (1860, 700), (1500, 1280), (860, 1280)], "#fbe3a6", alpha=0.4)
    for row, (y, size) in enumerate(((830, 0.62), (990, 0.9), (1200, 1.25))):
        for n in range(-2, 3):
            _desk(c, 960 + (n * 430 + row * 30) * size, y, size)


def books(c: Canvas) -> None:
    """Shelves of records and books, one shelf half empty."""
    c.sky("#5f3f36", "#40302f")
    tones = (CLAY, TEAL, MUSTARD, "#d9c6a0", PLUM, MOSS, ROSE, "#4d7186", BRICK, SAGE, SAND)
    for shelf in range(4):
        foot = 300 + shelf * 310
        c.rectangle((60, foot - 280, 1860, foot), "#2d2428", (INK, "top", 0.8))
        x = 84.0
        while x < 1800:
            if shelf == 2 and 900 < x < 1430:
                x = 1430
                continue
            wide, tall = c.dice.uniform(30, 78), c.dice.uniform(150, 248)
            colour = c.dice.choice(tones)
            c.rectangle((x, foot - tall, x + wide, foot), colour, (INK, "left", 0.6), radius=4)
            bands = c.dice.choice(((0.16, 0.22), (0.2, 0.5), (0.75, 0.82)))
            c.rectangle(
                (x, foot - tall * (1 - bands[0]), x + wide, foot - tall * (1 - bands[1])),
                c.dice.choice((PAPER, INK, MUSTARD)),
            )
            x += wide + 3
        c.rectangle((30, foot, 1890, foot + 34), "#8a5a3f", ("#3f2a28", "bottom", 0.8))
    c.polygon([(1150, 920), (1360, 700), (1404, 742), (1230, 920)], TEAL, (INK, "left", 0.6))
    c.rectangle((930, 866, 1120, 920), "#d9c6a0", ("#7a6248", "bottom", 0.7), radius=4)
    c.glow(1500, 120, 900, "#ffcf85", 0.35)


def forge(c: Canvas) -> None:
    """A welding bench: torch, pipe and sparks."""
    c.sky("#1c2733", "#293845", "#1a222c")
    c.rectangles([(x, 120, x + 150, 560) for x in range(120, 1800, 240)], "#31444f", (INK, "bottom", 0.9))
    c.lines([[(x + 75, 120), (x + 75, 560)] for x in range(120, 1800, 240)] + [[(60, 340), (1860, 340)]], "#1c2733", 12)
    c.glow(1010, 690, 900, "#ffb45a", 0.75)
    c.glow(1010, 690, 380, "#fff0c8", 0.95)
    c.rectangle((0, 900, 1920, 1280), "#3d3a3f", ("#12161c", "bottom", 0.9))
    c.rectangle((0, 880, 1920, 930), "#6a5a52", (INK, "left", 0.5))
    c.rectangle((200, 690, 1000, 880), "#7b8a8c", (INK, "bottom", 0.9), radius=20)
    c.rectangle((1010, 690, 1720, 880), "#8c8f88", (INK, "bottom", 0.9), radius=20)
    c.rectangle((992, 680, 1018, 890), "#ffd27a")
    c.ellipse((160, 690, 250, 880), "#323f49")
    c.polygon([(1032, 668), (1230, 420), (1290, 466), (1060, 690)], "#c9b795", (PLUM, "right", 0.8))
    c.polygon([(1220, 410), (1480, 180), (1560, 262), (1306, 480)], CLAY, (BRICK, "right", 0.9))
    c.lines([[(1500, 220), (1640, 120), (1760, 180), (1940, 60)]], "#10161d", 34)
    sparks = []
    for _ in range(120):
        turn, reach = c.dice.uniform(-math.pi, 0.25), c.dice.uniform(110, 620)
        x, y = 1008 + math.cos(turn) * reach, 690 + math.sin(turn) * reach * 0.75
        sparks.append([(x, y), (x + math.cos(turn) * 34, y + math.sin(turn) * 26 + 8)])
    c.lines(sparks[:60], "#ffd98a", 6)
    c.lines(sparks[60:], "#ff9d4a", 4)
    c.ellipse((974, 640, 1046, 712), "#fffbe8")


def hooks(c: Canvas) -> None:
    """Small coats on hooks in a hallway."""
    c.sky("#f1e2c2", "#f1e2c2")
    c.rectangle((0, 640, 1920, 1090), "#9fbfae", (TEAL, "bottom", 0.6))
    c.rectangle((0, 618, 1920, 648), PAPER, ("#b9a389", "bottom", 0.6))
    c.rectangle((0, 1080, 1920, 1280), "#b5835a", ("#6d4632", "bottom", 0.8))
    c.rectangle((0, 1060, 1920, 1094), PAPER)
    c.rectangle((120, 300, 1800, 370), "#c99864", ("#7a5236", "bottom", 0.7), radius=8)
    places = [270 + n * 345 for n in range(5)]
    c.ellipses([(x - 20, 318, x + 20, 358) for x in places], "#5d4a44")
    coats = ((CLAY, BRICK), (MUSTARD, "#a8641f"), (TEAL, DEEP), None, ("#4d7186", NIGHT))
    for x, coat, boots in zip(places, coats, (MUSTARD, CLAY, "#4d7186", PLUM, MOSS), strict=True):
        if coat:
            _coat(c, x, *coat)
        else:
            _satchel(c, x)
        for foot in (x - 52, x + 44):
            toe = [(foot + 20, 1100), (foot + 62, 1130), (foot + 62, 1150), (foot - 36, 1150)]
            c.polygon([(foot - 34, 1010), (foot + 14, 1010), *toe], boots, (INK, "left", 0.75))


def _envelope(c: Canvas, x: float, y: float, turn: float, tone: str) -> None:
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))

    def at(across: float, down: float) -> tuple[float, float]:
        return x + across * cos - down * sin, y + across * sin + down * cos

    corners = [at(-150, -95), at(150, -95), at(150, 95), at(-150, 95)]
    c.polygon([(px + 14, py + 22) for px, py in corners], PLUM, alpha=0.22)
    c.polygon(corners, tone, ("#c2a27c", "bottom", 0.6))
    c.lines([[at(-150, -95), at(0, 20), at(150, -95)]], "#b08f6b", 6)
    c.polygon([at(86, 34), at(132, 34), at(132, 78), at(86, 78)], CLAY)


def _door(c: Canvas, near: float, away: float, *, lit: bool, mirrored: bool = False) -> None:
    def at(along: float, height: float) -> tuple[float, float]:
        x = along * 820
        top, foot = along * 470, 1280 - along * 500
        y = foot - (foot - top) * height
        return (1920 - x if mirrored else x), y

    frame = [at(near, 0), at(near, 0.72), at(away, 0.72), at(away, 0)]
    c.polygon(frame, "#f7d98f" if lit else "#3f6f70", ("#c98f4a" if lit else INK, "bottom", 0.6))
    inset = (away - near) * 0.26
    pane = [at(near + inset, 0.42), at(near + inset, 0.62), at(away - inset, 0.62), at(away - inset, 0.42)]
    c.polygon(pane, "#fff4d2" if lit else "#9fc4bd")


def _desk(c: Canvas, x: float, y: float, size: float) -> None:
    c.lines(
        [
            [(x - 120 * size, y - 90 * size), (x - 130 * size, y + 70 * size)],
            [(x + 120 * size, y - 90 * size), (x + 130 * size, y + 70 * size)],
        ],
        "#4d5459",
        12 * size,
    )
    c.lines(
        [
            [(x - 70 * size, y - 20 * size), (x - 76 * size, y + 90 * size)],
            [(x + 70 * size, y - 20 * size), (x + 76 * size, y + 90 * size)],
        ],
        "#3b4147",
        11 * size,
    )
    c.rectangle(
        (x - 82 * size, y - 170 * size, x + 82 * size, y - 80 * size), TEAL, (DEEP, "left", 0.8), radius=16 * size
    )
    c.polygon(
        [
            (x - 150 * size, y - 84 * size),
            (x + 150 * size, y - 84 * size),
            (x + 172 * size, y - 50 * size),
            (x - 172 * size, y - 50 * size),
        ],
        "#dca56a",
        ("#8a5a3a", "left", 0.7),
    )
    c.rectangle((x - 172 * size, y - 50 * size, x + 172 * size, y - 32 * size), "#8a5a3a")


def _coat(c: Canvas, x: float, colour: str, dark: str) -> None:
    half: list[Point] = [(30, 346), (150, 430), (190, 740), (122, 756), (96, 560), (112, 860)]
    outline = [(x + out, y) for out, y in half] + [(x - out, y) for out, y in reversed(half)]
    c.polygon(outline, colour, (dark, "left", 0.85))
    c.lines([[(x, 400), (x, 850)]], dark, 7)
    c.polygon([(x - 46, 350), (x + 46, 350), (x, 470)], dark)
    c.ellipses([(x + 16, y, x + 36, y + 20) for y in (520, 610, 700)], PAPER)


def _satchel(c: Canvas, x: float) -> None:
    half: list[Point] = [(8, 350), (110, 560), (100, 690)]
    outline = [(x + out, y) for out, y in half] + [(x - out, y) for out, y in reversed(half)]
    c.polygon(outline, MOSS, (DEEP, "left", 0.8))
    c.rectangle((x - 60, 560, x + 60, 650), SAGE, (DEEP, "left", 0.6), radius=14)
