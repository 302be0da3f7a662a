"""The program that opens strangers' documents: `python -m commentary.manuscripts.converter`.

It knows neither Django nor our settings nor our environment. It reads the document from standard input, gives up
everything it will not need, the right to open another file or a connection included, and answers with JSON:
``{"paragraphs": [text, …], "dropped": [sentence, …]}`` or ``{"refused": sentence}``. A crash is an answer too.
"""

import encodings.cp437
import encodings.utf_16  # noqa: F401 -- both are looked up while an archive is read, when nothing can be opened any more
import io
import json
import resource
import struct
import sys
import xml.dom.expatbuilder  # noqa: F401 -- imported late by minidom, when nothing can be opened any more
import zipfile
import zlib
from xml.parsers.expat import ExpatError, errors

import mammoth
from mammoth import documents

from commentary.manuscripts.archive import check
from commentary.manuscripts.paragraphs import Paragraphs
from commentary.manuscripts.refusing import DAMAGED, TOO_MUCH, Unreadable

MEMORY = 512 * 1024 * 1024  # bytes of address space, so that no more can ever be resident
SECONDS = 10  # of computing
_DEEP = 6_000  # calls within one another: some for each level of a document that may be read

_DAMAGE = (
    zipfile.BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    AttributeError,
    struct.error,
    zlib.error,
    ExpatError,
)


def main() -> None:
    source = io.BytesIO(sys.stdin.buffer.read())
    answer: dict[str, str] | dict[str, list[str]]
    _limit()
    try:
        answer = _work(source)
    except Unreadable as refused:
        answer = {"refused": str(refused)}
    except (MemoryError, RecursionError):
        answer = {"refused": TOO_MUCH}
    except _DAMAGE as damage:
        no_memory = isinstance(damage, ExpatError) and damage.code == errors.codes[errors.XML_ERROR_NO_MEMORY]
        answer = {"refused": TOO_MUCH if no_memory else DAMAGED}
    sys.stdout.write(json.dumps(answer))


def _limit() -> None:
    """For good: no more memory and time than a text needs; no file, connection or process that is not there yet."""
    sys.setrecursionlimit(_DEEP)
    for what, most in [
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_NOFILE, 3),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ]:
        resource.setrlimit(what, (most, most))


def _work(source: io.BytesIO) -> dict[str, list[str]]:
    checked = check(source)
    read: list[documents.Document] = []

    def take(document: documents.Document) -> documents.Document:
        """Keep what mammoth read, and leave nothing to be written as HTML."""
        read.append(document)
        return documents.document([])

    mammoth.convert_to_html(
        checked.raw, transform_document=take, include_embedded_style_map=False, external_file_access=False
    )
    made = Paragraphs(checked.counts)
    made.read(read[0])
    return {"paragraphs": made.texts, "dropped": made.dropped()}


if __name__ == "__main__":
    main()
