"""A CSV: text that can be read, with rows that have columns, and no cell that a spreadsheet would run."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from documents.refusing import DocumentRefused

_PIECE = 1 << 16
_DELIMITERS = ",;\t|"
_LOOKED_AT = 200  # rows by which the columns are told apart
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# Of the characters that print nothing, a table holds only tabs, line ends and page breaks.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
# What Excel and others run when such a file is opened: a function call, or a program by name (DDE).
_RUN = re.compile(r"\s*(=\s*[+\-@]*\s*[A-Za-z_][\w.]*\s*\(|[=+\-@].*\|.*!)", re.DOTALL)

_NO_TABLE = (
    "This is no table, and not one of the kinds taken. A CSV has rows, with commas, semicolons or tabs between their "
    "columns. Upload a PDF, a CSV or an XLSX."
)


def refuse_bad(path: Path) -> None:
    """Read the table at ``path`` to its end; raise `DocumentRefused` where it is none, or a dangerous one."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as lines:
        delimiter = _delimiter(lines)
    try:
        with path.open(encoding=encoding, newline="") as lines:
            _refuse_formulas(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        raise DocumentRefused(
            "This table cannot be read to its end: a quotation mark is opened and never closed, or a cell is longer "
            "than 100,000 characters. Save it again as CSV and upload that."
        ) from None


def _refuse_formulas(rows: Iterable[list[str]]) -> None:
    for number, row in enumerate(rows, 1):
        for cell in row:
            if cell.lstrip()[:1] in {"=", "+", "-", "@"} and _RUN.match(cell):
                raise DocumentRefused(
                    f"Row {number:,} of this table holds a formula (“{cell.strip()[:40]}”), which would run on the "
                    "computers of readers. Save it with values in place of formulas and upload that."
                )


def _encoding(path: Path) -> str:
    """By the mark at its beginning, or UTF-8, or what Windows writes; raise where none of them gives plain text."""
    with path.open("rb") as file:
        beginning = file.read(4)
    marked = next((name for mark, name in _MARKS.items() if beginning.startswith(mark)), "")
    for encoding in [marked] if marked else ["utf-8", "cp1252"]:
        try:
            with path.open(encoding=encoding, newline="") as text:
                while piece := text.read(_PIECE):
                    if _UNPRINTABLE.search(piece):
                        raise DocumentRefused(_NO_TABLE)
                return encoding
        except UnicodeDecodeError:
            continue
    raise DocumentRefused(_NO_TABLE)


def _delimiter(lines: Iterable[str]) -> str:
    """What divides most rows, and two at least, into the same number of columns."""
    head = [line for _, line in zip(range(_LOOKED_AT), lines, strict=False)]
    best, most = "", 0
    for delimiter in _DELIMITERS:
        try:
            rows = [len(row) for row in csv.reader(head, delimiter=delimiter) if any(cell.strip() for cell in row)]
        except csv.Error:
            continue
        (columns, alike), *_ = Counter(rows).most_common(1) or [(0, 0)]
        if columns > 1 and alike > max(1, most) and alike * 2 > len(rows):
            best, most = delimiter, alike
    if not best:
        raise DocumentRefused(_NO_TABLE)
    return best
