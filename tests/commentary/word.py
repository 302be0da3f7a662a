"""Makes Word documents, good ones and bad ones, part by part."""

import io
import struct
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
ROOT = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{text if text.startswith('<') else run(text)}</w:p>"


def document(*blocks, before=""):
    return f'<?xml version="1.0"?>{before}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{"".join(blocks)}</w:body></w:document>'  # noqa: E501 -- one line of XML


def relationships(*rows):
    told = "".join(
        f'<Relationship Id="{number}" Type="{R}/{kind}" Target="{target}" {mode}/>'
        for number, kind, target, mode in rows
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{told}</Relationships>'


def parts(*blocks, before="", **further):
    made = {"[Content_Types].xml": TYPES, "_rels/.rels": ROOT, "word/document.xml": document(*blocks, before=before)}
    return made | further


def packed(named, *, method=zipfile.ZIP_DEFLATED):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", method) as archive:
        for name, content in named.items():
            archive.writestr(name, content)
    return raw.getvalue()


def understated(content, name, size):
    """The archive with another unpacked size for one part, in both places that tell it."""
    content = bytearray(content)
    told = name.encode()
    for sign, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = content.find(sign)
        while at >= 0:
            if content[at + name_at : at + name_at + len(told)] == told:
                struct.pack_into("<I", content, at + size_at, size)
            at = content.find(sign, at + 4)
    return bytes(content)


def flagged(content):
    """The archive with every part said to be encrypted."""
    content = bytearray(content)
    for sign, at_flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(sign)
        while at >= 0:
            content[at + at_flag] |= 1
            at = content.find(sign, at + 4)
    return bytes(content)


def upload(content, name="piece.docx"):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else packed(content))
