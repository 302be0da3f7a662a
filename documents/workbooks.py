"""An XLSX: an archive with the parts of a workbook, told by its table of contents; nothing in it is unpacked but that.

Refused are archives that lie about themselves or would burst when unpacked, and workbooks with programs in them or with
parts that Excel fetches from elsewhere. Links that a person clicks are fine.
"""

import struct
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from documents.refusing import DocumentRefused

_MOST_PARTS = 5_000
_LONGEST_LISTING = 2 * 1024 * 1024  # bytes of the archive's own table of contents
_MOST_UNPACKED = 500 * 1024 * 1024
_LONGEST_PART = 1024 * 1024  # bytes of a part that is read: content types and relationships

_END = b"PK\x05\x06"
_END_LENGTH = 22
_END64_LOCATOR = b"PK\x06\x07"
_COMMENT = 65_535

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_OTHER_KINDS = {
    "wordprocessingml": "This is a Word document. Save it as PDF and upload that.",
    "presentationml": "This is a presentation. Save it as PDF and upload that.",
    "opendocument": "This is an OpenDocument file. Save it as PDF, or a table as XLSX, and upload that.",
    "epub": "This is an e-book. Save it as PDF and upload that.",
}

_DAMAGED = "This XLSX is damaged: it cannot be read. Open it, save it again as XLSX, and upload that."
_BURSTS = (
    "This file unpacks to far more than a table needs, or says untrue things about itself. Save the table again as "
    "XLSX and upload that."
)
_ARCHIVE = "This is an archive, not a workbook. Take the document out of it and upload that."
_RUNS = (
    "This workbook holds macros, controls or embedded objects, which would run on the computers of readers. Save it as "
    "a plain XLSX without them and upload that."
)
_FETCHES = (
    "This workbook takes data from other files or addresses, which would be asked whenever a reader opens it. Break "
    "those links (in Excel: Data, Edit Links, Break Link), save it and upload that."
)

# All that Python's readers raise for what they cannot read.
_UNREADABLE = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
    expat.ExpatError,
)

# Names of parts, in small letters, and what is wrong with a workbook that has one.
_UNWANTED = {
    "xl/vbaproject": _RUNS,
    "xl/macrosheets/": _RUNS,
    "xl/activex/": _RUNS,
    "xl/ctrlprops/": _RUNS,
    "xl/embeddings/": _RUNS,
    "customui/": _RUNS,
    "xl/dialogsheets/": _RUNS,
    "xl/externallinks/": _FETCHES,
    "xl/connections.xml": _FETCHES,
    "xl/querytables/": _FETCHES,
    "xl/webextensions/": _FETCHES,
}
_UNWANTED_TYPES = {"macroenabled": _RUNS, "vbaproject": _RUNS, "macrosheet": _RUNS, "externallink": _FETCHES}


def refuse_bad(path: Path) -> None:
    """Raise `DocumentRefused` unless the file at ``path``, an archive by its beginning, is a workbook without harm."""
    try:
        with path.open("rb") as file:
            _refuse_long_listing(file)
        with ZipFile(path) as archive:
            _refuse_strange(archive.infolist(), path.stat().st_size)
            _refuse_other_kinds(archive)
            _refuse_unwanted(archive)
    except _UNREADABLE:
        raise DocumentRefused(_DAMAGED) from None


def _refuse_long_listing(file: BinaryIO) -> None:
    """Before the table of contents is read at all: each of a million entries would take half a kilobyte."""
    size = file.seek(0, 2)
    start = max(0, size - _END_LENGTH - _COMMENT - 20)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_LENGTH:
        raise DocumentRefused(
            "This XLSX is cut off: its end is missing. Save or download it again, see that it opens, and upload that."
        )
    entries, listing = struct.unpack_from("<HI", tail, at + 10)
    if entries > _MOST_PARTS or listing > _LONGEST_LISTING or _END64_LOCATOR in tail[max(0, at - 20) : at]:
        raise DocumentRefused(_BURSTS)


def _refuse_strange(parts: list[ZipInfo], size: int) -> None:
    """By what the archive says of itself; parts that overlap would together be longer than the whole."""
    names = [part.filename.lower() for part in parts]
    if len(parts) > _MOST_PARTS or len(set(names)) < len(names):
        raise DocumentRefused(_BURSTS)
    if sum(part.file_size for part in parts) > _MOST_UNPACKED or sum(part.compress_size for part in parts) > size:
        raise DocumentRefused(_BURSTS)
    if any(part.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for part in parts):
        raise DocumentRefused(_DAMAGED)
    if any(part.flag_bits & 0x1 for part in parts):
        raise DocumentRefused("This file has a password. Save it without one, as XLSX, and upload that.")


def _refuse_other_kinds(archive: ZipFile) -> None:
    names = set(archive.namelist())
    if "mimetype" in names:
        said = _part(archive, "mimetype").decode("ascii", "replace")
    elif "[Content_Types].xml" in names:
        said = " ".join(_types(archive))
    else:
        raise DocumentRefused(_ARCHIVE)
    for word, sentence in _OTHER_KINDS.items():
        if word in said:
            raise DocumentRefused(sentence)


def _refuse_unwanted(archive: ZipFile) -> None:
    names = archive.namelist()
    types = _types(archive)
    _refuse_marked(names, _UNWANTED, str.startswith)
    _refuse_marked(types, _UNWANTED_TYPES, str.__contains__)
    if _WORKBOOK not in types or not {"xl/workbook.xml", "_rels/.rels"} <= set(names):
        raise DocumentRefused(_ARCHIVE)
    for name in names:
        if PurePosixPath(name).suffix.lower() == ".rels":
            _refuse_fetching(_elements(_part(archive, name)))


def _refuse_marked(found: Iterable[str], unwanted: Mapping[str, str], is_marked: Callable[[str, str], bool]) -> None:
    for each in found:
        for mark, sentence in unwanted.items():
            if is_marked(each.lower(), mark):
                raise DocumentRefused(sentence)


def _refuse_fetching(elements: list[tuple[str, dict[str, str]]]) -> None:
    """A relationship to somewhere else is fetched by Excel itself, unless it is a link to click."""
    for name, attributes in elements:
        is_elsewhere = attributes.get("TargetMode", "").lower() == "external"
        if name.endswith("Relationship") and is_elsewhere and not attributes.get("Type", "").endswith("/hyperlink"):
            raise DocumentRefused(_FETCHES)


def _types(archive: ZipFile) -> list[str]:
    return [attributes.get("ContentType", "") for _, attributes in _elements(_part(archive, "[Content_Types].xml"))]


def _part(archive: ZipFile, name: str) -> bytes:
    """One small part. It is unpacked no further than it may be long, whatever the archive says of its length."""
    with archive.open(name) as part:
        content = part.read(_LONGEST_PART + 1)
    if len(content) > _LONGEST_PART:
        raise DocumentRefused(_BURSTS)
    return content


def _elements(xml: bytes) -> list[tuple[str, dict[str, str]]]:
    """Every element of ``xml`` with its attributes. A part of a workbook declares no entities (ECMA-376, part 2)."""
    found: list[tuple[str, dict[str, str]]] = []

    def refuse(*_: object) -> None:
        raise DocumentRefused(_BURSTS)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: found.append((name, attributes))
    parser.Parse(xml, True)  # noqa: FBT003 -- expat takes it by place alone
    return found
