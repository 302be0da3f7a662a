"""What a picture file says of itself: title, description, who made it. Everything else stays in it.

Part of the decoder, so free of Django: it reads what strangers wrote, in the capped process.
"""

import re
from typing import Any
from xml.etree import ElementTree as ET

LONGEST = 2_000  # characters of one text that leave the decoder

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XMP = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "caption": "{http://purl.org/dc/elements/1.1/}description",
    "creator": "{http://purl.org/dc/elements/1.1/}creator",
    "copyright": "{http://purl.org/dc/elements/1.1/}rights",
    "credit": "{http://ns.adobe.com/photoshop/1.0/}Credit",
    "source": "{http://ns.adobe.com/photoshop/1.0/}Source",
    "alt": "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}AltTextAccessibility",
}
# Datasets of IPTC's Information Interchange Model, record 2.
_IPTC = {5: "title", 80: "creator", 110: "credit", 115: "source", 116: "copyright", 120: "caption"}
_IPTC_RESOURCE = 0x0404
_UTF8 = b"\x1b%G"  # as record 1, dataset 90, declares it


def told(info: dict[Any, Any]) -> dict[str, str]:
    """The texts among title, caption, credit, source and alt that a file's ``info`` (Pillow's) holds.

    XMP comes before IPTC, as the IPTC's guide for readers asks; the credit is the maker and the credit line, as in
    “Nora Paint/The Wire”, or else the copyright notice.
    """
    found = _iptc(info) | _xmp(info)
    by = [part for part in (found.pop("creator", ""), found.pop("credit", "")) if part]
    copyright_notice = found.pop("copyright", "")
    made = "/".join(dict.fromkeys(by)) or re.sub(r"^(©|\(c\)|copyright)\s*", "", copyright_notice, flags=re.IGNORECASE)
    return {name: text for name, text in {**found, "credit": made}.items() if text}


def _xmp(info: dict[Any, Any]) -> dict[str, str]:
    packet = info.get("xmp") or info.get("XML:com.adobe.xmp") or b""
    raw = packet.encode() if isinstance(packet, str) else bytes(packet)
    if not raw or b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        return {}
    start, end = raw.find(b"<"), raw.rfind(b">")
    try:
        root = ET.fromstring(raw[start : end + 1])  # noqa: S314 -- no document type, and in the capped process
    except (ET.ParseError, ValueError, LookupError):
        return {}
    found: dict[str, str] = {}
    for description in root.iter(f"{_RDF}Description"):
        for name, tag in _XMP.items():
            text = description.get(tag) or _text(description.find(tag))
            if text and (clean := _clean(text)):
                found.setdefault(name, clean)
    return found


def _text(element: ET.Element | None) -> str:
    """A property's text: plain, the default one of several languages, or a list's items one after another."""
    if element is None:
        return ""
    items = list(element.iter(f"{_RDF}li"))
    if not items:
        return element.text or ""
    if element.find(f"{_RDF}Alt") is not None:
        lang = "{http://www.w3.org/XML/1998/namespace}lang"
        items = [next((item for item in items if item.get(lang) == "x-default"), items[0])]
    return ", ".join(item.text or "" for item in items)


def _iptc(info: dict[Any, Any]) -> dict[str, str]:
    resources = info.get("photoshop")
    raw = resources.get(_IPTC_RESOURCE, b"") if isinstance(resources, dict) else b""
    found: dict[str, list[str]] = {}
    place, utf8 = 0, False
    while place + 5 <= len(raw) and raw[place] == 0x1C:
        record, dataset, length = raw[place + 1], raw[place + 2], int.from_bytes(raw[place + 3 : place + 5])
        if length & 0x8000:  # longer than any text we keep
            break
        value = raw[place + 5 : place + 5 + length]
        place += 5 + length
        utf8 = utf8 or ((record, dataset) == (1, 90) and value == _UTF8)
        if record == 2 and dataset in _IPTC and (text := _clean(_decoded(value, utf8=utf8))):
            found.setdefault(_IPTC[dataset], []).append(text)
    return {name: ", ".join(texts) for name, texts in found.items()}


def _decoded(value: bytes, *, utf8: bool) -> str:
    """Text of a time that rarely said its encoding: UTF-8 where it is that, else what Windows wrote."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("utf-8" if utf8 else "cp1252", errors="replace")


def _clean(text: str) -> str:
    """Without characters that cannot be stored or seen."""
    kept = "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in text[:LONGEST])
    return "\n".join(" ".join(line.split()) for line in kept.split("\n")).strip()
