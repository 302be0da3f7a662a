"""Numbers from a pasted table, and where they stand in a drawing."""

import re
import time

import pytest

from charts.chart import charts_of
from charts.drawing import scale_of
from charts.grid import MOST_ROWS, grid_of
from charts.numbers import read, style_of
from richtext import clean, render
from richtext.references import Table


def table(*rows):
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table>{cells}</table>"


def figure(html, form="bar", title="Levels"):
    return clean(f"<figure data-chart={form}><figcaption>{title}</figcaption>{html}</figure>")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12,400", 12400), ("1,234,567.5", 1234567.5), ("3.25", 3.25), ("-.5", -0.5), ("+3", 3), ("−42 %", -42),
        ("–7", -7), ("(4)", -4), ("€3", 3), ("−$5", -5), ("$-5", -5), ("1 234", 1234), ("1\u202f234\xa0km", 1234),
        ("1'234", 1234), ("5 million", 5), ("0", 0),
        ("", None), ("n/a", None), ("12-13", None), ("2026-05-01", None), ("5:1", None), ("(4", None), ("1.2.3", None),
        ("abc", None), ("9" * 50, None), ("٣", 3),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(cell, value):
    number = read(cell)

    assert (number and number.value) == value


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1.234,5", "7"], [1234.5, 7]),
        (["3,2", "1.500"], [3.2, 1500]),
        (["3,200", "1.5"], [3200, 1.5]),
        (["0,125", "2"], [0.125, 2]),
    ],
)
def test_the_table_says_which_sign_stands_before_decimals(cells, values):
    style = style_of(cells)

    assert [read(cell, style.decimal).value for cell in cells] == values


def test_ticks_are_written_as_the_table_writes():
    assert style_of(["12 %", "3,5 %"]).written(-1234.5, 1) == "−1.234,5%"
    assert style_of(["$12", "$3.50"]).written(1000, 0) == "$1,000"
    assert style_of(["12 km", "3 m"]).written(5, 0) == "5"


def test_a_table_is_read_with_its_heading_its_gaps_and_without_its_words():
    html = clean(
        "<table><thead><tr><th>Year</th><th>Rain<small data-note>x</small></th><th>Said</th><th>Sun</th></tr></thead>"
        "<tr><th>2024</th><td>1,200</td><td>wet</td><td>–</td></tr><tr><th>2025</th><td>900</td><td>dry</td></tr>"
        "<tr><th>2026</th><td>1,000<small data-note>7</small></td><td></td><td>5</td></tr></table>"
    )

    grid = grid_of(html)

    assert grid.labels == ("2024", "2025", "2026")
    assert [(each.name, each.values, each.shown) for each in grid.series] == [
        ("Rain", (1200, 900, 1000), ("1,200", "900", "1,000")),
        ("Sun", (None, None, 5), ("–", "", "5")),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["a", "b"], ["c", "d"]],
        [["a"], ["1"]],
        [["a", "1", "words"], ["b", "words", "1"]],
        [["a", table(["b", "1"])]],
        [["a", "1"]] * (MOST_ROWS + 2),
        [["a"] + ["1"] * 20],
    ],
)
def test_what_cannot_be_drawn_stays_a_table(rows):
    html = clean(table(*rows))

    assert grid_of(html) is None
    shown = render(figure(html))
    assert "<svg" not in shown
    assert shown.count("<td") == html.count("<td")


def test_scales_have_steps_people_count_in():
    scales = [
        scale_of(values, from_zero=zero)
        for values, zero in [((3, 118, -42), True), ((0.2, 0.7), True), ((980, 1010), False), ((5, 5), False)]
    ]

    assert [(scale.ticks, scale.decimals) for scale in scales] == [
        ([-50, 0, 50, 100, 150], 0),
        (pytest.approx([0, 0.2, 0.4, 0.6, 0.8]), 1),
        ([980, 990, 1000, 1010], 0),
        ([4, 4.5, 5, 5.5, 6], 1),
    ]


@pytest.mark.parametrize("form", ["bar", "column", "line"])
def test_a_chart_is_drawn_for_two_widths_with_a_name_and_its_table(form):
    html = figure(
        clean(table(["", "Old", "New"], ["May", "−3", "4"], ["June", "n/a", "2.5"])), form, "Cars &amp; <em>trucks</em>"
    )

    shown = render(html)

    assert [int(width) for width in re.findall(r'<svg class="for-\w+" viewBox="0 0 (\d+) ', shown)] == [320, 624]
    name = f'role="img" aria-label="{form.capitalize()} chart: Cars &amp; trucks. Its numbers are in the table below."'
    assert shown.count(name) == 2
    assert re.findall(r'<li class="(s\d)">(\w+)</li>', shown) == [("s1", "Old"), ("s2", "New")]
    marks = {"bar": ("<rect", 3), "column": ("<rect", 3), "line": ("<circle", 3)}[form]
    assert shown.count(marks[0]) == 2 * marks[1]
    assert "<td>2.5</td>" in shown
    assert not re.search(r"style=|<script| on\w+=", shown)


def test_bars_below_nought_go_the_other_way():
    chart = charts_of([Table("bar", clean(table(["a", "−10"], ["b", "20"])))])

    wide = next(iter(chart.values())).drawings[1]

    (down, up), zero = wide.bars, float(wide.grid[0].x1)
    assert float(down.x) + float(down.width) == pytest.approx(zero, abs=0.2)
    assert float(up.x) == pytest.approx(zero, abs=0.2)
    assert float(up.width) == pytest.approx(2 * float(down.width), abs=0.5)


def test_a_gap_ends_a_line_and_nothing_leaves_the_drawing():
    rows = [
        [f"A year with a very long name {year}", "" if year == 2011 else str(year % 7 - 3)]
        for year in range(2000, 2026)
    ]

    for drawing in next(iter(charts_of([Table("line", clean(table(*rows)))]).values())).drawings:
        assert len(drawing.lines) == 2
        places = [tuple(map(float, point.split(","))) for line in drawing.lines for point in line.points.split()]
        assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in places)
        assert all(0 <= float(label.x) <= drawing.width for label in drawing.labels)


def test_too_many_bars_are_a_table():
    html = clean(table(*[[f"r{number}", str(number)] for number in range(61)]))

    assert "<svg" not in render(figure(html))
    assert "<svg" in render(figure(html, "line"))


def test_feeds_and_letters_get_the_table():
    html = figure(clean(table(["a", "1"], ["b", "2"])))

    for variant in ("feed", "mail"):
        shown = render(html, variant)
        assert "<svg" not in shown
        assert shown.startswith("<p><strong>Levels</strong></p><table>")


def test_a_hostile_table_is_drawn_in_bounded_time():
    html = clean(table(*[["9" * 39 + ",", "1 " * 19, "(" * 40] for _ in range(300)] * 10))
    started = time.process_time()

    charts_of([Table("line", html)])

    assert time.process_time() - started < 1
