"""A chart as richtext asks for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from charts.drawing import Drawing, drawings
from charts.grid import Series, grid_of
from richtext.references import Table

FORMS = {"bar": "Bar chart", "column": "Column chart", "line": "Line chart"}


@dataclass(frozen=True)
class Chart:
    """``drawings`` is empty where the table holds nothing that can be drawn: then the table alone is shown."""

    form: str
    drawings: tuple[Drawing, ...] = ()
    series: tuple[Series, ...] = ()

    def __str__(self) -> str:
        return FORMS[self.form]


def charts_of(tables: Iterable[Table]) -> dict[Table, Chart]:
    """A chart for each of ``tables`` that has rows at all."""
    return {table: _chart(table) for table in tables if table.html}


def _chart(table: Table) -> Chart:
    grid = grid_of(table.html)
    if grid is None:
        return Chart(table.form)
    return Chart(table.form, tuple(drawings(table.form, grid)), grid.series)
