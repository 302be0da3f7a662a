"""A table as numbers: what its rows are called, and which of its columns can be drawn."""

import re
from dataclasses import dataclass

from charts.numbers import Style, is_gap, read, style_of
from richtext import text
from richtext.notes import NOTE

MOST_ROWS = 400
MOST_SERIES = 6
ROW = re.compile(r"<tr(?=[ >])[^>]*>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<(?P<name>td|th)(?=[ >])(?P<given>[^>]*)>(?P<inside>.*?)</(?P=name)>", re.DOTALL)
HEAD = re.compile(r"<thead(?=[ >]).*?</thead>", re.DOTALL)
SPAN = re.compile(r' colspan="([0-9]+)"')


@dataclass(frozen=True)
class Series:
    """One column: its name and a number, or a gap, for each row."""

    name: str
    values: tuple[float | None, ...]
    shown: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    style: Style


def grid_of(table: str) -> Grid | None:
    """The numbers of ``table``, clean HTML; None if there are none, or more than a chart can show.

    A table with another one inside is not drawn.
    """
    if table.count("<table") != 1 or table.count("<tr") > MOST_ROWS + 1:
        return None
    head, rows = _rows(table)
    if not rows or max(map(len, rows)) > 2 * MOST_SERIES:
        return None
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    style = style_of(cell for row in rows for cell in row[1:])
    series = []
    for column in range(1, width):
        cells = [row[column] for row in rows]
        numbers = [read(cell, style.decimal) for cell in cells]
        if any(numbers) and all(number or is_gap(cell) for number, cell in zip(numbers, cells, strict=True)):
            name = head[column] if column < len(head) else ""
            values = tuple(number.value if number else None for number in numbers)
            series.append(Series(name, values, tuple(cells)))
    if not series or len(series) > MOST_SERIES:
        return None
    return Grid(tuple(row[0] for row in rows), tuple(series), style)


def _rows(table: str) -> tuple[list[str], list[list[str]]]:
    """The row of headings, and the others; a heading is a row of the head, or a first one that holds no number."""
    rows = _cells(table)
    head: list[str] = []
    while rows and (rows[0][0] or (not head and len(rows) > 1 and not any(read(cell) for cell in rows[0][1][1:]))):
        head = rows.pop(0)[1]
    return head, [cells for _is_head, cells in rows if cells]


def _cells(table: str) -> list[tuple[bool, list[str]]]:
    """Every row as plain texts, without footnotes, and whether it is in the head."""
    rows = [(match.start(), match[1]) for match in ROW.finditer(table)]
    head = HEAD.search(table)
    end = head.end() if head else 0
    return [(start < end, [cell for match in CELL.finditer(row) for cell in _cell(match)]) for start, row in rows]


def _cell(match: re.Match[str]) -> list[str]:
    """A cell over several columns is the first of them."""
    span = SPAN.search(match["given"])
    said = " ".join(text(NOTE.sub("", match["inside"])).split())
    return [said] + [""] * (int(span[1]) - 1 if span else 0)
