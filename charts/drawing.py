"""Where everything in a chart stands, in units of a CSS pixel. Templates write it down as SVG.

Every chart is drawn for two widths: what fits a wide page cannot be read on a telephone when it is merely scaled.
Type is set in SVG, which knows no line breaks: labels are cut to what fits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, log10

from charts.grid import Grid
from richtext import excerpt

NARROW, WIDE = 320, 624
LETTER = 6.6  # the width of one, on average, at 12 pixels
LINE = 18
MOST_BARS = 60
A_YEAR = 12  # so many points of a line are marked one by one
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Shape:
    """A bar or a column, or a point of a line."""

    series: int
    x: str
    y: str
    width: str = ""
    height: str = ""


@dataclass(frozen=True)
class Line:
    """A grid line, or with ``points`` a line of a series."""

    x1: str = ""
    y1: str = ""
    x2: str = ""
    y2: str = ""
    series: int = 0
    points: str = ""
    is_zero: bool = False


@dataclass(frozen=True)
class Label:
    x: str
    y: str
    text: str
    anchor: str = "start"
    is_value: bool = False


@dataclass
class Drawing:
    """One SVG: ``size`` names its width, narrow or wide."""

    size: str
    width: int
    height: int = 0
    grid: list[Line] = field(default_factory=list)
    bars: list[Shape] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    dots: list[Shape] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


@dataclass(frozen=True)
class Scale:
    """From ``low`` to ``high`` in steps that people count in."""

    low: float
    high: float
    step: float

    @property
    def ticks(self) -> list[float]:
        count = round((self.high - self.low) / self.step)
        return [self.low + self.step * number for number in range(count + 1)]

    @property
    def decimals(self) -> int:
        return next((count for count in range(6) if abs(round(self.step, count) - self.step) < self.step / 1e6), 6)

    def share(self, value: float) -> float:
        """Where ``value`` is between low, 0, and high, 1."""
        return (value - self.low) / (self.high - self.low)


def scale_of(values: Sequence[float], *, from_zero: bool, steps: int = 5) -> Scale:
    """A scale that holds all ``values``; bars always begin at nought, lines where leaving it out would not mislead."""
    low, high = min(values), max(values)
    if from_zero or (low >= 0 and low <= high / 2):
        low, high = min(low, 0), max(high, 0)
    if low == high:
        low, high = low - 1, high + 1
    rough = (high - low) / steps
    power = 10.0 ** floor(log10(rough))
    step = next(power * each for each in STEPS if power * each >= rough * 0.999)
    return Scale(floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step, step)


def drawings(form: str, grid: Grid) -> list[Drawing]:
    """``grid`` as a chart of ``form``: narrow and wide; none where bars would be too many to tell apart."""
    bars = len(grid.labels) * len(grid.series)
    if form != "line" and bars > MOST_BARS:
        return []
    draw = {"bar": _bars, "column": _columns, "line": _lines}[form]
    return [draw(grid, Drawing("narrow", NARROW)), draw(grid, Drawing("wide", WIDE))]


def _bars(grid: Grid, drawing: Drawing) -> Drawing:
    """Lying bars: the label above them, the number behind."""
    scale = scale_of(_values(grid), from_zero=True)
    thick = 18 if len(grid.series) == 1 else 14
    room = LETTER * max(len(shown) for series in grid.series for shown in series.shown) + 10
    left = room if scale.low < 0 else 0.0
    across = drawing.width - left - room
    zero = left + across * scale.share(0)
    top = 0.0
    for row, label in enumerate(grid.labels):
        drawing.labels.append(Label("0", _n(top + 13), _cut(label, drawing.width)))
        top += LINE + 2
        end = top + (thick + 2) * len(grid.series)
        drawing.grid.append(Line(_n(zero), _n(top - 3), _n(zero), _n(end), is_zero=True))
        for number, series in enumerate(grid.series, 1):
            value = series.values[row]
            if value is not None:
                end = left + across * scale.share(value)
                drawing.bars.append(Shape(number, _n(min(zero, end)), _n(top), _n(max(abs(end - zero), 1)), _n(thick)))
                x, anchor = (end - 5, "end") if value < 0 else (end + 5, "start")
                drawing.labels.append(Label(_n(x), _n(top + thick - 4), series.shown[row], anchor, is_value=True))
            top += thick + 2
        top += 8
    drawing.height = ceil(top)
    return drawing


def _columns(grid: Grid, drawing: Drawing) -> Drawing:
    scale = scale_of(_values(grid), from_zero=True)
    left, top, bottom = _frame(grid, scale, drawing)
    zero = bottom - (bottom - top) * scale.share(0)
    slot = (drawing.width - left) / len(grid.labels)
    wide = min(slot * 0.76 / len(grid.series), 56)
    for row in range(len(grid.labels)):
        start = left + slot * (row + 0.5) - wide * len(grid.series) / 2
        for number, series in enumerate(grid.series):
            value = series.values[row]
            if value is not None:
                end = bottom - (bottom - top) * scale.share(value)
                x, y = start + wide * number, min(zero, end)
                drawing.bars.append(Shape(number + 1, _n(x), _n(y), _n(max(wide - 1, 1)), _n(max(abs(end - zero), 1))))
    _under(grid, drawing, [left + slot * (row + 0.5) for row in range(len(grid.labels))], slot)
    return drawing


def _lines(grid: Grid, drawing: Drawing) -> Drawing:
    scale = scale_of(_values(grid), from_zero=False)
    left, top, bottom = _frame(grid, scale, drawing)
    count = len(grid.labels)
    slot = (drawing.width - left - 16) / max(count - 1, 1)
    places = [left + 8 + slot * row for row in range(count)]
    for number, series in enumerate(grid.series, 1):
        points = [
            None if value is None else (places[row], bottom - (bottom - top) * scale.share(value))
            for row, value in enumerate(series.values)
        ]
        for stretch in _stretches(points):
            if len(stretch) == 1 or count <= A_YEAR:
                drawing.dots += [Shape(number, _n(x), _n(y)) for x, y in stretch]
            if len(stretch) > 1:
                drawing.lines.append(Line(series=number, points=" ".join(f"{_n(x)},{_n(y)}" for x, y in stretch)))
    _under(grid, drawing, places, slot)
    return drawing


def _frame(grid: Grid, scale: Scale, drawing: Drawing) -> tuple[float, float, float]:
    """Grid lines with their numbers; where the drawing begins at the left, above and below."""
    said = [grid.style.written(tick, scale.decimals) for tick in scale.ticks]
    left = LETTER * max(map(len, said)) + 10
    top, bottom = 8.0, 8.0 + (200 if drawing.width == NARROW else 280)
    for tick, label in zip(scale.ticks, said, strict=True):
        y = bottom - (bottom - top) * scale.share(tick)
        is_zero = abs(tick) < scale.step / 1000
        drawing.grid.append(Line(_n(left), _n(y), _n(drawing.width), _n(y), is_zero=is_zero))
        drawing.labels.append(Label(_n(left - 8), _n(y + 4), label, "end", is_value=True))
    drawing.height = ceil(bottom + LINE + 10)
    return left, top, bottom


def _under(grid: Grid, drawing: Drawing, places: Sequence[float], slot: float) -> None:
    """What the rows are called, as many as can be read."""
    longest = min(max(map(len, grid.labels)), 12) * LETTER + 14
    every = max(1, ceil(longest / slot)) if slot else 1
    for row in range(0, len(grid.labels), every):
        label = _cut(grid.labels[row], max(slot * every, longest))
        half = len(label) * LETTER / 2
        x = min(max(places[row], half), drawing.width - half)
        drawing.labels.append(Label(_n(x), _n(drawing.height - 10), label, "middle"))


def _stretches(points: Sequence[tuple[float, float] | None]) -> Iterator[list[tuple[float, float]]]:
    """A line ends at a gap and begins anew behind it."""
    stretch: list[tuple[float, float]] = []
    for point in [*points, None]:
        if point:
            stretch.append(point)
        elif stretch:
            yield stretch
            stretch = []


def _values(grid: Grid) -> list[float]:
    return [value for series in grid.series for value in series.values if value is not None]


def _cut(label: str, room: float) -> str:
    return excerpt(label, max(int(room / LETTER), 3))


def _n(number: float) -> str:
    """Without the decimals nobody sees, and never as a locale would write it."""
    return f"{number:.1f}".removesuffix(".0")
