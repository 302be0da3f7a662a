"""A file as HTTP gives it: whole, from where a download broke off (RFC 9110, section 14), or not again if unchanged."""

import re
from collections.abc import Iterator
from typing import IO, Any

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

_PIECE = 1 << 16
_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


class Part:
    """``length`` bytes of ``file`` from ``start`` on; the server closes it when they are sent, or cannot be."""

    def __init__(self, file: IO[bytes] | Any, start: int, length: int) -> None:
        self._file = file
        self._left = length
        file.seek(start)

    def __iter__(self) -> Iterator[bytes]:
        while self._left > 0:
            piece = self._file.read(min(_PIECE, self._left))
            if not piece:
                return
            self._left -= len(piece)
            yield piece

    def close(self) -> None:
        self._file.close()


def answer(request: HttpRequest, file: IO[bytes] | Any, *, size: int, etag: str) -> HttpResponseBase:
    """``file``, or the one part of it that is asked for; ``etag`` with its quotes, as in a header."""
    asked = wanted(request, size=size, etag=etag)
    if asked is None:
        return FileResponse(file)
    start, end = asked
    if start > end:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    headers = {"Content-Range": f"bytes {start}-{end}/{size}", "Content-Length": str(end - start + 1)}
    return StreamingHttpResponse(Part(file, start, end - start + 1), status=206, headers=headers)


def wanted(request: HttpRequest, *, size: int, etag: str) -> tuple[int, int] | None:
    """First and last byte asked for; the first beyond the last where there are none; nothing for the whole.

    Several parts at once, and what cannot be understood, count as nothing: a server may always give the whole.
    """
    found = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if request.method != "GET" or not found or not (found[1] or found[2]):
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    if not found[1]:
        last = int(found[2])
        return (max(0, size - last), size - 1) if last else (size, size - 1)
    start, end = int(found[1]), int(found[2] or size)
    if found[2] and end < start:
        return None
    return (start, min(end, size - 1)) if start < size else (size, size - 1)
