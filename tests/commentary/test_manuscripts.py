import os
import socket
import subprocess
import sys
import threading
import time
import zipfile

import pytest
from django.conf import settings

from commentary.manuscripts import Manuscript, Unreadable, read
from commentary.manuscripts.converter import MEMORY
from commentary.manuscripts.reading import LARGEST
from commentary.manuscripts.refusing import BURSTS, DAMAGED, EMBEDDED, FETCHES, LOCKED, MACROS, TOO_MUCH
from tests.commentary import word
from tests.commentary.watching import MOST_RESIDENT, watched
from tests.commentary.word import packed, paragraph, parts, run, upload

LONGEST = 15  # seconds


def test_a_word_document_is_read_to_paragraphs():
    made = read(upload(parts(paragraph("My river runs dry."), paragraph(" "), paragraph("I know why – 5 “reasons”."))))

    assert made == Manuscript("My river runs dry.\n\nI know why – 5 “reasons”.", 9, [])


def test_links_keep_their_addresses_and_only_those_of_the_web_and_mail():
    linked = [
        f'<w:hyperlink r:id="{number}">{run(text)}</w:hyperlink>'
        for number, text in [("a", "a study"), ("b", "https://example.org/"), ("c", "press me"), ("d", "my file")]
    ]
    rows = word.relationships(
        ("a", "hyperlink", "https://example.org/study?a=1&amp;b=2", 'TargetMode="External"'),
        ("b", "hyperlink", "https://example.org", 'TargetMode="External"'),
        ("c", "hyperlink", "javascript:alert(1)", 'TargetMode="External"'),
        ("d", "hyperlink", "file:///C:/secret.txt", 'TargetMode="External"'),
    )

    made = read(
        upload(parts(*[paragraph(run("See ") + each) for each in linked], **{"word/_rels/document.xml.rels": rows}))
    )

    assert made.text.split("\n\n") == [
        "See a study (https://example.org/study?a=1&b=2)",
        "See https://example.org",
        "See press me",
        "See my file",
    ]
    assert made.dropped == ["2 links that lead to no web or mail address were left out."]


def test_what_is_left_out_is_said():
    picture = (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:embed="p"/>'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    body = [
        paragraph(run("Water") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + picture),
        paragraph('<w:ins w:id="1" w:author="Ed">' + run("is new") + "</w:ins>")
        + paragraph('<w:del w:id="2"><w:r><w:delText>was old</w:delText></w:r></w:del>'),
        f"<w:tbl><w:tr><w:tc>{paragraph('2019')}</w:tc><w:tc>{paragraph('40 litres')}</w:tc></w:tr></w:tbl>",
    ]
    notes = (
        f'<w:footnotes xmlns:w="{word.W}"><w:footnote w:id="2">{paragraph("I measured.")}</w:footnote></w:footnotes>'
    )
    comments = f'<w:comments xmlns:w="{word.W}"><w:comment w:id="1">{paragraph("Sure?")}</w:comment></w:comments>'
    further = {
        "word/_rels/document.xml.rels": word.relationships(("p", "image", "media/one.png", "")),
        "word/media/one.png": b"\x89PNG",
        "word/footnotes.xml": notes,
        "word/comments.xml": comments,
        "word/header1.xml": f'<w:hdr xmlns:w="{word.W}">{paragraph("Page 1")}</w:hdr>',
    }

    made = read(upload(parts(*body, **further)))

    assert made.text == "Water\n\nis new\n\n2019\n\n40 litres"
    assert made.dropped == [
        "A picture was left out.",
        "A footnote was left out. Put into the text what readers need of it.",
        "A comment in the margin was left out.",
        "A table was taken apart: the text of each cell is a paragraph now.",
        "Page headers and footers were left out.",
        "The document has tracked changes. We took the text as if all of them were accepted.",
    ]


def test_lists_keep_their_numbers():
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="{}"/></w:lvl>'
    numbering = (
        f'<w:numbering xmlns:w="{word.W}"><w:abstractNum w:abstractNumId="0">{level.format("decimal")}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1">{level.format("bullet")}</w:abstractNum><w:num w:numId="1">'
        '<w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    at = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'
    body = [paragraph(text, at.format(number)) for text, number in [("Dig", 1), ("Drill", 1)]]

    made = read(
        upload(parts(*body, paragraph("Or"), paragraph("Wait", at.format(2)), **{"word/numbering.xml": numbering}))
    )

    assert made.text == "1. Dig\n\n2. Drill\n\nOr\n\n• Wait"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_text_file_is_read_in_its_encoding(encoding):
    content = "Über den Fluß – “dry”\r\n\r\n\r\nin August.\r\n".encode(encoding)

    assert read(upload(content, "piece.txt")) == Manuscript("Über den Fluß – “dry”\n\nin August.", 6, [])


def test_a_text_file_with_a_line_for_each_paragraph_gets_empty_lines():
    first, second = "The river was never deep. " * 6, "It is dry now. " * 8

    made = read(upload(f"{first}\n{second}".encode(), "piece.txt"))

    assert made.text == f"{first.strip()}\n\n{second.strip()}"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7 ...", "This is a PDF."),
        (b"{\\rtf1 piece}", "This is an RTF document."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "This is a document of an older kind."),
        (b"<!DOCTYPE HTML><p>x", "This is a web page."),
        (b"\x89PNG\r\n\x1a\n", "This is a picture."),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "This is no Word document."),
        (packed({"Index/Document.iwa": b"x"}), "This is a Pages document."),
        (packed({"[Content_Types].xml": word.TYPES, "xl/workbook.xml": "<x/>"}), "This is a spreadsheet"),
        (packed({"piece.txt": b"x"}), "This is an archive, not a Word document."),
        (b"\x00\x01\x02\x03" * 50, "This is no text file"),
        (b"\x8f\x90 piece", "This is no text file"),
    ],
    ids=["pdf", "rtf", "doc", "html", "png", "odt", "pages", "xlsx", "zip", "binary", "unknown encoding"],
)
def test_another_kind_of_file_is_told_how_to_become_one_we_read(content, told):
    with pytest.raises(Unreadable, match=r"Word document \(\.docx\)|paste your text") as refused:
        read(upload(content))

    assert str(refused.value).startswith(told)


@pytest.mark.parametrize(
    "content", [b"", b" \n\xe2\x80\x8b", packed(parts(paragraph(" ")))], ids=["0", "space", "docx"]
)
def test_a_file_without_text_says_so(content):
    with pytest.raises(Unreadable, match="We found no text in this file"):
        read(upload(content))


def test_too_large_a_file_is_refused_before_it_is_opened():
    with pytest.raises(Unreadable, match="larger than 5 MB"):
        read(upload(b"PK\x03\x04" + b"\0" * LARGEST))


def _bomb(*, megabytes, **further):
    return packed(parts(paragraph("x"), **{"word/media/a.png": b"\0" * megabytes * 1024 * 1024} | further))


def _entities():
    rows = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return packed(parts(paragraph("&a11;"), before=f'<!DOCTYPE x [<!ENTITY a0 "lol">{rows}]>'))


def _ole_encrypted():
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


def _overlapping():
    """Two entries of the table of contents name the same packed bytes."""
    content = packed(parts(paragraph("x" * 60_000)), method=zipfile.ZIP_STORED)
    listing = content.find(b"PK\x01\x02")
    end = content.find(b"PK\x05\x06")
    entries = content[listing:end]
    doubled = entries + entries.replace(b"word/document.xml", b"word/documenu.xml")
    tail = bytearray(content[end:])
    tail[8:12] = (6).to_bytes(2, "little") * 2
    tail[12:16] = len(doubled).to_bytes(4, "little")
    return content[:listing] + doubled + bytes(tail)


def _nested(depth):
    return packed(
        parts("<w:tbl><w:tr><w:tc>" * depth + paragraph("x") + "</w:tc></w:tr></w:tbl>" * depth),
        method=zipfile.ZIP_STORED,
    )


def _external(kind, target="http://127.0.0.1:9/x"):
    rows = word.relationships(("x", kind, target, 'TargetMode="External"'))
    return packed(parts(paragraph("x"), **{"word/_rels/settings.xml.rels": rows}))


HOSTILE = {
    "a bomb of one part": (lambda: _bomb(megabytes=60), BURSTS),
    "a bomb of many parts": (
        lambda: packed(parts(**{f"word/media/{n}.png": b"\0" * 60_000 for n in range(400)})), BURSTS
    ),
    "a bomb that understates itself": (
        lambda: word.understated(_bomb(megabytes=60), "word/media/a.png", 1_000), DAMAGED
    ),
    "a bomb within a bomb": (lambda: _bomb(megabytes=10, **{"word/media/b.docx": _bomb(megabytes=60)}), BURSTS),
    "parts that overlap": (_overlapping, BURSTS),
    "a thousand parts": (lambda: packed(parts(**{f"word/x{n}.xml": "<x/>" for n in range(1_000)})), BURSTS),
    "twenty thousand parts": (lambda: packed({f"{n:x}": b"" for n in range(20_000)}), BURSTS),
    "an external entity": (
        lambda: packed(parts(paragraph("&x;"), before='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>')), BURSTS
    ),
    "a billion laughs": (_entities, BURSTS),
    "laughs in UTF-16": (
        lambda: packed(
            parts()
            | {"word/document.xml": '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x []><x/>'.encode("utf-16")}
        ),
        BURSTS,
    ),
    "laughs in a part that is not looked for": (
        lambda: packed(
            parts()
            | {"_rels/.rels": word.ROOT.replace("ment.xml", "ment.bin"), "word/document.bin": "<!DOCTYPE x []>"}
            | {"word/document.xml": "<x/>"}
        ),
        DAMAGED,
    ),
    "deep XML": (lambda: _nested(20_000), TOO_MUCH),
    "XML of many elements": (lambda: packed(parts("<w:p/>" * 250_000), method=zipfile.ZIP_STORED), TOO_MUCH),
    "macros": (lambda: packed(parts(**{"word/vbaProject.bin": b"x"})), MACROS),
    "macros by their type": (
        lambda: packed(
            parts() | {"[Content_Types].xml": word.TYPES.replace("vnd.openxml", "vnd.ms-word.macroEnabled.openxml")}
        ),
        MACROS,
    ),
    "an embedded file": (lambda: packed(parts(**{"word/embeddings/oleObject1.bin": b"x"})), EMBEDDED),
    "a control": (lambda: packed(parts(**{"word/activeX/activeX1.xml": "<x/>"})), EMBEDDED),
    "an embedded page": (lambda: packed(parts(**{"word/afchunk.mht": b"x"})), EMBEDDED),
    "a template from elsewhere": (lambda: _external("attachedTemplate"), FETCHES),
    "an object from elsewhere": (lambda: _external("oleObject"), FETCHES),
    "a frame from elsewhere": (lambda: _external("frame"), FETCHES),
    "a climbing name": (lambda: packed(parts(**{"../../etc/cron.d/x": b"x"})), BURSTS),
    "an absolute name": (lambda: packed(parts(**{"/etc/passwd": b"x"})), BURSTS),
    "a name with a drive": (lambda: packed(parts(**{"C:\\x.xml": b"<x/>"})), BURSTS),
    "encrypted parts": (lambda: word.flagged(packed(parts(paragraph("x")))), LOCKED),
    "an encrypted package": (_ole_encrypted, LOCKED),
    "half a file": (lambda: packed(parts(paragraph("x" * 5_000)))[:400], DAMAGED),
    "another compression": (lambda: packed(parts(paragraph("x" * 5_000)), method=zipfile.ZIP_LZMA), DAMAGED),
    "no document": (lambda: packed({"[Content_Types].xml": word.TYPES}), DAMAGED),
    "broken XML": (lambda: packed(parts() | {"word/document.xml": "<w:document"}), DAMAGED),
    "an odd number": (
        lambda: packed(parts("<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='x'/></w:tcPr></w:tc></w:tr></w:tbl>")),
        DAMAGED,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_in_time_and_in_little_memory(name):
    make, told = HOSTILE[name]
    content = make()
    began = time.monotonic()

    with watched() as watch, pytest.raises(Unreadable) as refused:
        read(upload(content))

    assert str(refused.value) == told
    assert time.monotonic() - began < LONGEST
    assert watch.most < MOST_RESIDENT


def test_twenty_tables_in_one_another_are_read():
    assert read(upload(_nested(20))).text == "x"


def test_a_picture_that_is_somewhere_else_is_never_fetched():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/pixel.png"
        picture = '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata r:id="p"/></v:shape></w:pict></w:r>'  # noqa: E501 -- one line of XML
        rows = word.relationships(("p", "image", address, 'TargetMode="External"'))

        made = read(upload(parts(paragraph(run("Here") + picture), **{"word/_rels/document.xml.rels": rows})))

        assert (made.text, made.dropped) == ("Here", ["A picture was left out."])
        with pytest.raises(TimeoutError):
            server.accept()


def test_the_converter_can_open_no_file_and_no_connection_and_is_told_nothing(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "told to nobody")
    tries = (
        "import os, socket, sys\n"
        "from commentary.manuscripts.converter import _limit\n"
        "assert 'django' not in sys.modules and 'SECRET_KEY' not in os.environ\n"
        "_limit()\n"
        "for what in (socket.socket, lambda: open('/etc/passwd'), os.fork):\n"
        "    try:\n"
        "        what()\n"
        "    except OSError:\n"
        "        continue\n"
        "    raise SystemExit(f'{what} succeeded')\n"
    )
    if os.getuid() == 0:  # the limit of processes does not bind the machine's owner
        tries = tries.replace(", os.fork", "")

    done = subprocess.run([sys.executable, "-s", "-E", "-c", tries], cwd=settings.ROOT, env={}, check=False)  # noqa: S603 -- our own code

    assert done.returncode == 0


def test_crowds_wait_for_their_turn():
    texts = []
    content = packed(parts(paragraph("One of many.")))
    crowd = [threading.Thread(target=lambda: texts.append(read(upload(content)).text)) for _ in range(6)]

    for one in crowd:
        one.start()
    for one in crowd:
        one.join()

    assert texts == ["One of many."] * 6


def test_the_cap_is_the_one_that_was_promised():
    assert MEMORY == 512 * 1024 * 1024
