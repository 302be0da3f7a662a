"""A poster printer's few tools: flat shapes, soft light, and grain where a shape turns from the light."""

import itertools
import math
import random
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from PIL import Image, ImageChops, ImageDraw, ImageFilter

type Point = tuple[float, float]
type Box = tuple[float, float, float, float]
type Side = Literal["left", "right", "top", "bottom"]
type Shade = tuple[str, Side, float]

INK = "#1b2a38"
NIGHT = "#24384d"
DEEP = "#1f4b4e"
TEAL = "#3c7a78"
SAGE = "#8fae97"
MIST = "#c9dcd6"
PAPER = "#f5ead6"
SAND = "#e6c99c"
MUSTARD = "#e0a33e"
CLAY = "#c9653f"
BRICK = "#98402f"
ROSE = "#e0a08c"
PLUM = "#5b3c50"
MOSS = "#5e7a4b"

GRAIN = 512  # the side of the noise that every picture is sprinkled from, in pixels
RIM = 75  # what Pillow's round gradient, turned inside out, still has at the middle of its edges


class Canvas:
    """A picture in the making. Places are given in units of a sheet; ``width`` says how many pixels it gets."""

    def __init__(self, sheet: tuple[int, int], *, width: int, seed: str) -> None:
        self.sheet = sheet
        self.scale = width / sheet[0]
        self.size = (width, round(sheet[1] * self.scale))
        self.dice = random.Random(seed)  # noqa: S311 -- a drawing must come out the same every time
        self.image = Image.new("RGB", self.size, PAPER)
        self._noise = self._sprinkle()

    def sky(self, *colours: str) -> None:
        """Blend the whole sheet from the first colour at the top to the last at the bottom."""
        strip = Image.new("RGB", (1, len(colours)))
        for row, colour in enumerate(colours):
            strip.paste(colour, (0, row, 1, row + 1))
        self.image = strip.resize(self.size, Image.Resampling.BICUBIC)

    def glow(self, x: float, y: float, radius: float, colour: str, strength: float = 1) -> None:
        """Light that fades from a point."""
        side = max(2, round(2 * radius * self.scale))
        light = ImageChops.invert(Image.radial_gradient("L")).point(
            lambda level: max(0, level - RIM) ** 2 / (255 - RIM) ** 2 * 255 * strength
        )
        at = (round((x - radius) * self.scale), round((y - radius) * self.scale))
        self.image.paste(colour, (*at, at[0] + side, at[1] + side), light.resize((side, side)))

    def polygon(self, points: Sequence[Point], colour: str, shade: Shade | None = None, alpha: float = 1) -> None:
        self.polygons([points], colour, shade, alpha)

    def polygons(
        self, shapes: Iterable[Sequence[Point]], colour: str, shade: Shade | None = None, alpha: float = 1
    ) -> None:
        """Many shapes in one colour, shaded as one thing."""
        shapes = list(shapes)
        everything = [point for shape in shapes for point in shape]
        self._cut(_around(everything), _polygons(shapes), colour, shade, alpha)

    def rectangle(self, box: Box, colour: str, shade: Shade | None = None, *, radius: float = 0) -> None:
        self.rectangles([box], colour, shade, radius=radius)

    def rectangles(self, boxes: Sequence[Box], colour: str, shade: Shade | None = None, *, radius: float = 0) -> None:
        corners = [corner for box in boxes for corner in (box[:2], box[2:])]

        def draw(pen: ImageDraw.ImageDraw, place: Callable[[Point], Point], unit: float) -> None:
            for box in boxes:
                pen.rounded_rectangle((place(box[:2]), place(box[2:])), radius * unit, fill=255)

        self._cut(_around(corners), draw, colour, shade)

    def ellipse(self, box: Box, colour: str, shade: Shade | None = None, alpha: float = 1) -> None:
        self.ellipses([box], colour, shade, alpha)

    def ellipses(self, boxes: Sequence[Box], colour: str, shade: Shade | None = None, alpha: float = 1) -> None:
        corners = [corner for box in boxes for corner in (box[:2], box[2:])]

        def draw(pen: ImageDraw.ImageDraw, place: Callable[[Point], Point], unit: float) -> None:
            for box in boxes:
                pen.ellipse((place(box[:2]), place(box[2:])), fill=255)

        self._cut(_around(corners), draw, colour, shade, alpha)

    def lines(self, strokes: Sequence[Sequence[Point]], colour: str, thickness: float, alpha: float = 1) -> None:
        everything = [point for stroke in strokes for point in stroke]

        def draw(pen: ImageDraw.ImageDraw, place: Callable[[Point], Point], unit: float) -> None:
            for stroke in strokes:
                pen.line([place(point) for point in stroke], fill=255, width=max(1, round(thickness * unit)))

        self._cut(_around(everything, thickness), draw, colour, None, alpha)

    def finished(self) -> Image.Image:
        """The picture under a thin grain, as ink lies on paper."""
        paper = Image.merge("RGB", [self._grain(self.size, (0, 0)).point(lambda level: 118 + level * 20 // 255)] * 3)
        return ImageChops.overlay(self.image, paper)

    def _cut(
        self,
        bounds: Box,
        draw: Callable[[ImageDraw.ImageDraw, Callable[[Point], Point], float], None],
        colour: str,
        shade: Shade | None,
        alpha: float = 1,
    ) -> None:
        """Cut a stencil at twice the size for smooth edges, then print one colour, and grain on top, through it."""
        left, top = (math.floor(max(0, edge * self.scale)) for edge in bounds[:2])
        right = math.ceil(min(self.size[0], bounds[2] * self.scale))
        bottom = math.ceil(min(self.size[1], bounds[3] * self.scale))
        if right <= left or bottom <= top:
            return
        unit = 2 * self.scale
        stencil = Image.new("L", (2 * (right - left), 2 * (bottom - top)))
        draw(ImageDraw.Draw(stencil), lambda at: (at[0] * unit - 2 * left, at[1] * unit - 2 * top), unit)
        mask = stencil.reduce(2)
        if alpha < 1:
            mask = mask.point(lambda level: level * alpha)
        self.image.paste(colour, (left, top, right, bottom), mask)
        if shade:
            grain = ImageChops.multiply(mask, self._turned(mask.size, shade[1], shade[2]))
            self.image.paste(shade[0], (left, top, right, bottom), grain)

    def _turned(self, size: tuple[int, int], side: Side, strength: float) -> Image.Image:
        """Grain that thickens towards one side: half a smooth slope, half dots."""
        turn = {"bottom": None, "top": Image.Transpose.ROTATE_180, "left": Image.Transpose.ROTATE_270}
        turn["right"] = Image.Transpose.ROTATE_90
        slope = Image.linear_gradient("L")
        how = turn[side]
        slope = (slope.transpose(how) if how is not None else slope).resize(size)
        slope = slope.point(lambda level: level * strength)
        start = (self.dice.randrange(GRAIN), self.dice.randrange(GRAIN))
        dots = ImageChops.add(slope, self._grain(size, start)).point(lambda level: 255 if level >= 255 else 0)
        return Image.blend(slope, dots, 0.42)

    def _grain(self, size: tuple[int, int], start: tuple[int, int]) -> Image.Image:
        """Noise for an area, from one tile laid as often as it takes."""
        field = Image.new("L", size)
        for x in range(-start[0], size[0], GRAIN):
            for y in range(-start[1], size[1], GRAIN):
                field.paste(self._noise, (x, y))
        return field

    def _sprinkle(self) -> Image.Image:
        """Even noise, a little larger than a pixel so that small renditions do not turn it to mud."""
        noise = Image.frombytes("L", (GRAIN, GRAIN), self.dice.randbytes(GRAIN * GRAIN))
        soft = noise.filter(ImageFilter.GaussianBlur(0.6))
        return soft.point(lambda level: max(0, min(255, (level - 128) * 2.1 + 128)))


def ridge(canvas: Canvas, base: float, height: float, *, rough: float = 0.55, points: int = 7) -> list[Point]:
    """A mountain's line from edge to edge, closed at the bottom: halved and shaken again and again."""
    wide, low = canvas.sheet
    line = [base - canvas.dice.uniform(0, height) for _ in range(points)]
    shake = height / 2
    while len(line) < 260:
        between = [(a + b) / 2 + canvas.dice.uniform(-shake, shake) for a, b in itertools.pairwise(line)]
        line = [level for pair in zip(line, between, strict=False) for level in pair] + [line[-1]]
        shake *= rough / 1.1
    step = wide / (len(line) - 1)
    return [(0, low), *((x * step, y) for x, y in enumerate(line)), (wide, low)]


def hill(canvas: Canvas, base: float, height: float, *, waves: float = 1.5) -> list[Point]:
    """Rolling land from edge to edge, closed at the bottom."""
    wide, low = canvas.sheet
    start = canvas.dice.uniform(0, math.tau)
    again = canvas.dice.uniform(0, math.tau)
    line: list[Point] = [(0, low)]
    for x in range(0, wide + 1, 16):
        turn = x / wide * math.tau
        level = math.sin(turn * waves + start) * 0.7 + math.sin(turn * waves * 2.3 + again) * 0.3
        line.append((x, base - height * (level + 1) / 2))
    return [*line, (wide, low)]


def height_at(line: Sequence[Point], x: float) -> float:
    """How high a line of land lies at ``x``."""
    return min(line[1:-1], key=lambda point: abs(point[0] - x))[1]


def firs(canvas: Canvas, line: Sequence[Point], *, count: int, tall: float) -> list[list[Point]]:
    """Fir trees along a line of land, each its own height."""
    trees: list[list[Point]] = []
    for _ in range(count):
        x = canvas.dice.uniform(-20, canvas.sheet[0] + 20)
        top = tall * canvas.dice.uniform(0.55, 1)
        foot = height_at(line, x) + 12
        half = top * 0.19
        tree: list[Point] = [(x, foot - top)]
        for step, out in ((0.36, 0.5), (0.36, 0.3), (0.68, 0.8), (0.68, 0.55), (1, 1)):
            tree.append((x + half * out, foot - top * (1 - step)))
        tree += [(2 * x - px, py) for px, py in reversed(tree[1:])]
        trees.append(tree)
    return trees


def _polygons(
    shapes: Sequence[Sequence[Point]],
) -> Callable[[ImageDraw.ImageDraw, Callable[[Point], Point], float], None]:
    def draw(pen: ImageDraw.ImageDraw, place: Callable[[Point], Point], unit: float) -> None:
        for shape in shapes:
            pen.polygon([place(point) for point in shape], fill=255)

    return draw


def _around(points: Sequence[Sequence[float]], margin: float = 2) -> Box:
    across = [point[0] for point in points]
    down = [point[1] for point in points]
    return min(across) - margin, min(down) - margin, max(across) + margin, max(down) + margin
