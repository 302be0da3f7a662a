"""What a .docx may be made of: looked at part by part, and kept in memory only as far as it is plain XML.

The archive is believed in nothing: sizes are counted while its parts are unpacked. What comes out holds the parts
that were parsed here and found without a document type, and no others: no reader after this sees anything else.
Source of the names: ECMA-376, parts 1 and 2.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from typing import BinaryIO
from xml.parsers import expat

from commentary.manuscripts.refusing import (
    BURSTS,
    DAMAGED,
    EMBEDDED,
    FETCHES,
    LOCKED,
    MACROS,
    SAVE_AS,
    TOO_MUCH,
    Unreadable,
)

MOST_PARTS = 500
MOST_RATIO = 100  # bytes unpacked for each one packed
MOST_UNPACKED = 100 * 1024 * 1024
MOST_ELEMENTS = 200_000  # with attributes, over all parts: each takes about a kilobyte once it is read
DEEPEST = 100  # elements within one another; tables in tables in text boxes reach thirty
_SMALL = 64 * 1024  # a part this short hurts nobody, however well it was packed
_CHUNK = 64 * 1024
_ENCRYPTED = 0x1

_WORD = {
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
}
_UNWANTED = (
    (re.compile(r"vbaproject|vbadata|macrosheet|customui/", re.IGNORECASE), MACROS),
    (re.compile(r"(^|/)(embeddings|activex|ctrlprops|afchunk\w*|webextensions)[/.]", re.IGNORECASE), EMBEDDED),
)
_FOREIGN = (
    (re.compile(r"^mimetype$|^meta-inf/", re.IGNORECASE), f"This is no Word document. {SAVE_AS}"),
    (re.compile(r"^index/|\.iwa$", re.IGNORECASE), f"This is a Pages document. {SAVE_AS}"),
    (re.compile(r"^(xl|ppt)/", re.IGNORECASE), f"This is a spreadsheet or a presentation. {SAVE_AS}"),
)
_FOLLOWED_BY_A_CLICK = ("/hyperlink", "/image")  # pictures are left out, so that nobody follows those either


class Checked:
    """A document's XML parts as a new archive, and how many elements of each of Word's names there are."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.elements = 0
        self.raw = io.BytesIO()


def check(source: BinaryIO) -> Checked:
    """Raises ``Unreadable`` with a sentence for everything that is no plain Word document."""
    checked = Checked()
    with zipfile.ZipFile(source) as archive:
        parts = archive.infolist()
        size = source.seek(0, io.SEEK_END)
        _refuse_strange(parts, size)
        unpacked = 0
        with zipfile.ZipFile(checked.raw, "w") as clean:
            for part in parts:
                content = _unpack(archive, part, MOST_UNPACKED - unpacked)
                unpacked += len(content)
                if unpacked > max(size * MOST_RATIO, _SMALL):
                    raise Unreadable(BURSTS)
                if part.filename.lower().endswith((".xml", ".rels")):
                    _look(content, checked)
                    clean.writestr(part.filename, content)
    return checked


def _refuse_strange(parts: list[zipfile.ZipInfo], size: int) -> None:
    """By what the archive says of itself; parts that overlap would together be longer than the whole."""
    names = [part.orig_filename for part in parts]
    if len(parts) > MOST_PARTS or len({name.lower() for name in names}) < len(names):
        raise Unreadable(BURSTS)
    if sum(part.compress_size for part in parts) > size or any(_leads_away(name) for name in names):
        raise Unreadable(BURSTS)
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Unreadable(LOCKED)
    if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
        raise Unreadable(DAMAGED)
    for pattern, sentence in _UNWANTED + _FOREIGN:
        if any(pattern.search(name) for name in names):
            raise Unreadable(sentence)
    if "[Content_Types].xml" not in names:
        raise Unreadable(f"This is an archive, not a Word document. {SAVE_AS}")


def _leads_away(name: str) -> bool:
    """Out of the folder somebody might unpack it in."""
    return name.startswith(("/", "~")) or "\\" in name or "\0" in name or ":" in name or ".." in name.split("/")


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    """The bytes of a part, counted as they come."""
    content = bytearray()
    with archive.open(part) as packed:
        while chunk := packed.read(_CHUNK):
            content += chunk
            if len(content) > most or len(content) > max(part.compress_size * MOST_RATIO, _SMALL):
                raise Unreadable(BURSTS)
    return bytes(content)


def _look(content: bytes, checked: Checked) -> None:
    """Parse a part: no document type, not too deep, not too much, nothing that is taken from elsewhere."""
    depth = 0

    def begins(element: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        checked.elements += 1 + len(attributes)
        if depth > DEEPEST or checked.elements > MOST_ELEMENTS:
            raise Unreadable(TOO_MUCH)
        space, _, local = element.rpartition("}")
        if f"{space}}}" in _WORD or local == "oMath":
            checked.counts[local] += 1
        elif local == "Relationship":
            _refuse_fetching(attributes)
        elif local in {"Override", "Default"} and "macroenabled" in attributes.get("ContentType", "").lower():
            raise Unreadable(MACROS)

    def ends(element: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartDoctypeDeclHandler = _refuser(BURSTS)
    parser.EntityDeclHandler = _refuser(BURSTS)
    parser.StartElementHandler = lambda element, attributes: begins("{" + element, attributes)
    parser.EndElementHandler = ends
    parser.Parse(content, True)  # noqa: FBT003 -- expat takes it by place alone


def _refuse_fetching(attributes: dict[str, str]) -> None:
    """What Word itself would fetch. A template on the writer's own disk is in half of all documents, and harmless."""
    kind, target = attributes.get("Type", ""), attributes.get("Target", "").lower()
    if attributes.get("TargetMode", "").lower() != "external" or kind.endswith(_FOLLOWED_BY_A_CLICK):
        return
    if kind.endswith("/attachedTemplate") and not target.startswith(("http:", "https:", "ftp:", "\\\\", "file://\\\\")):
        return
    raise Unreadable(FETCHES)


def _refuser(sentence: str) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise Unreadable(sentence)

    return refuse
