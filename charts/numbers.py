"""Numbers as people write them in tables: “1,234.5”, “1.234,5”, “12 %”, “€3”, “−4”, “(4)”, and gaps."""

import re
from collections.abc import Iterable
from typing import NamedTuple

GAPS = frozenset(("", "-", "–", "—", "−", ".", "..", "…", "*", "n/a", "n.a.", "na", "k.a.", "s/d", "nd", "?"))
MINUS = "-−–"
WRITTEN = re.compile(
    r"(?P<open>\()?(?P<sign>[+\-−–])?(?P<before>[^\d\s.,()+\-−–]{0,4}) ?(?P<late>[\-−–])?"
    r"(?P<digits>\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?|\d[\d.,]*|[.,]\d+) ?(?P<after>[^\d()]{0,12}?)(?P<close>\))?"
)
SPACES = re.compile(r"\s+")
# A comma that can only stand before decimals.
DECIMAL_COMMA = re.compile(r"(?:^|\D)\d+,(?:\d{1,2}|\d{4,})(?!\d)|\.\d{3},\d|^\D*0,\d")
LONGEST = 40


class Style(NamedTuple):
    """How a table's numbers are written: which sign stands before decimals, and what around all of them."""

    decimal: str = "."
    before: str = ""
    after: str = ""

    def written(self, number: float, decimals: int) -> str:
        """``number`` as the table would say it."""
        digits = f"{abs(number):,.{decimals}f}"
        if self.decimal == ",":
            digits = digits.translate({ord(","): ".", ord("."): ","})
        return f"{'−' if number < 0 else ''}{self.before}{digits}{self.after}"


class Number(NamedTuple):
    value: float
    before: str
    after: str


def style_of(cells: Iterable[str]) -> Style:
    """How most of ``cells`` are written."""
    row = list(cells)
    decimal = "," if any(DECIMAL_COMMA.search(cell[:LONGEST]) for cell in row) else "."
    found = {(number.before, number.after) for cell in row if (number := read(cell, decimal))}
    before, after = found.pop() if len(found) == 1 else ("", "")
    return Style(decimal, before, f" {after}" if after and after[0].isalpha() else after)


def is_gap(cell: str) -> bool:
    return cell.strip().lower() in GAPS


def read(cell: str, decimal: str = ".") -> Number | None:
    """The number in ``cell``, or None if it holds something else."""
    found = WRITTEN.fullmatch(SPACES.sub(" ", cell.strip())) if len(cell) <= LONGEST else None
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None
    thousands = "," if decimal == "." else "."
    digits = re.sub(rf"[ '’{thousands}]", "", found["digits"]).replace(decimal, ".")
    try:
        value = float(digits)
    except ValueError:
        return None
    is_negative = (found["sign"] or "+") in MINUS or found["late"] or found["open"]
    return Number(-value if is_negative else value, found["before"], found["after"].strip())
