"""A queue as a table for a spreadsheet program."""

import csv
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from desk import permissions
from desk.commentary.listing import KNOWN, selected
from desk.commentary.rows import Row, rows
from desk.requests import StaffRequest
from desk.shelves import Asked

MOST = 5_000
HEAD = (
    "Reference", "Title", "Writer", "Earlier", "Kind", "Answers", "Words", "State", "Editor", "Received",
    "First answer due", "First answer", "Closed", "Reason", "Flags",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Line:
    """What the csv module writes to: gives each line back."""

    def write(self, line: str) -> str:
        return line


@require_safe
def export(request: StaffRequest) -> HttpResponseBase:
    """The pieces a queue's address asks for, 5,000 at most, without addresses and telephone numbers."""
    if not permissions.works_on_pieces(request.user):
        raise PermissionDenied
    asked = Asked(request.GET, KNOWN)
    if asked.is_strange:
        return redirect(f"{request.path}?e=1")
    found = selected(asked, request.user).with_people().with_newest_words()[:MOST]
    lines = _lines(rows(found, permissions.pieces(request.user)))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="pieces-{timezone.localdate():%Y-%m-%d}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def harmless(cell: Any) -> str:
    """A cell that no spreadsheet program takes for a formula, whatever a guest has called themselves."""
    text = str(cell)
    return f"'{text}" if text.lstrip(" \n\u00a0\ufeff").startswith(FORMULA) or text.startswith(FORMULA) else text


def _lines(found: list[Row]) -> Iterator[str]:
    writer: Any = csv.writer(Line())
    yield "\ufeff" + writer.writerow(HEAD)
    for row in found:
        yield writer.writerow([harmless(cell) for cell in _cells(row)])


def _cells(row: Row) -> tuple[Any, ...]:
    piece = row.piece
    return (
        piece.reference, row.title, piece.writer.name, row.known.words, piece.get_kind_display(),
        piece.answers or "", row.words, piece.state_label, piece.assignee or "", _moment(piece.received_at),
        _moment(piece.promise_at), _moment(piece.answered_at), _moment(piece.closed_at), piece.reason,
        ", ".join(flag.label for flag in row.flags),
    )  # fmt: skip


def _moment(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
