"""What a document is, told by what is in it: its name and the type its sender claims are never believed.

Nothing here is unpacked and nothing is rendered: readers get the file as it came, to open with programs of their
own. So a document must be the kind it will be called, whole, and free of what those programs would run or fetch.
"""

import re
from pathlib import Path

from documents import tables, workbooks
from documents.refusing import DocumentRefused

__all__ = ["ENDINGS", "MOST_BYTES", "TYPES", "DocumentRefused", "recognise"]

MOST_BYTES = 50 * 1024 * 1024

TYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ENDINGS = {kind: f".{kind}" for kind in TYPES}

_ENOUGH = 4096  # bytes of the beginning that are looked at
_TAIL = 2048  # bytes of the end in which a PDF says where its table of contents is

_TABLE = "Save the table as XLSX or CSV and upload that."
_REFUSED = [
    (
        re.compile(rb"\xff\xd8\xff|\x89PNG|GIF8[79]a|RIFF....WEBP|....ftyp(avi[fs]|hei|mif1)", re.DOTALL),
        "This is a picture. Upload it among the pictures.",
    ),
    (
        re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "This is an office document in an old format, or has a password. Save it without one, as PDF or XLSX.",
    ),
    (re.compile(rb"\{\\rtf"), "This is an RTF text. Save it as PDF and upload that."),
    (re.compile(rb"%!PS"), "This is a PostScript document. Save it as PDF and upload that."),
    (
        re.compile(rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ|PK\x05\x06|PK\x07\x08"),
        "This is an archive. Take the document out of it and upload that.",
    ),
    (re.compile(rb"MZ|\x7fELF|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe|#!"), "This is a program. Programs are not taken."),
    (re.compile(rb"SQLite format 3\0"), f"This is a database. {_TABLE}"),
    (
        re.compile(rb"....ftyp|\x1aE\xdf\xa3|ID3|OggS|RIFF", re.DOTALL),
        "This is a film or a recording. Put it where such things are played, and link to it.",
    ),
]
_MARKUP = re.compile(r"\s*<[!?/a-z]", re.IGNORECASE)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def recognise(path: Path) -> str:
    """Name the kind of the file at ``path``, one of `TYPES`, or raise `DocumentRefused`. Reads all of it if need be."""
    with path.open("rb") as file:
        head = file.read(_ENOUGH)
    if not head:
        raise DocumentRefused("The file is empty. Choose it again, or choose another one.")
    for beginning, sentence in _REFUSED:
        if beginning.match(head):
            raise DocumentRefused(sentence)
    if head.startswith(b"%PDF-"):
        _refuse_half_a_pdf(path, head)
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        workbooks.refuse_bad(path)
        return "xlsx"
    _refuse_other_text(head)
    tables.refuse_bad(path)
    return "csv"


def _refuse_half_a_pdf(path: Path, head: bytes) -> None:
    """Its first line names a version there is, and its last lines say where its contents are listed."""
    if not re.match(rb"%PDF-(1\.[0-7]|2\.0)[\s%]", head):
        raise DocumentRefused(
            "This file begins like a PDF and names no version of it that exists. Save it again as PDF and upload that."
        )
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        tail = file.read()
    if not re.search(rb"startxref\s+[0-9]+\s+%%EOF", tail):
        raise DocumentRefused(
            "This PDF is cut off or damaged: its end is missing. Save or download it again, see that it opens, and "
            "upload that."
        )


def _refuse_other_text(head: bytes) -> None:
    text = head.decode("utf-16" if head.startswith(_UTF16) else "utf-8-sig", "ignore")
    if "%PDF-" in text[:1024]:
        raise DocumentRefused(
            "Something stands before the beginning of this PDF. Open it, save it again as PDF, and upload that."
        )
    if _MARKUP.match(text):
        raise DocumentRefused(
            "This is a web page or another file of markup, not a document. Save what you want to offer as PDF, CSV or "
            "XLSX."
        )
    if re.match(r"\s*[\[{]\s*[\"\[{\]}]", text):
        raise DocumentRefused(f"This is a JSON file. {_TABLE}")
