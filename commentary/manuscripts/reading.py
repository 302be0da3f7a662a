"""Takes the text out of a file that a guest sends: .docx in a capped process, .txt here."""

import codecs
import json
import logging
import re
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from commentary import words
from commentary.manuscripts.refusing import (
    BUSY,
    DAMAGED,
    LOCKED,
    NO_TEXT,
    SAVE_AS,
    TOO_MUCH,
    Unreadable,
)

LARGEST = 5 * 1024 * 1024  # bytes
LONGEST = 400_000  # characters, as many as a version of a piece can hold
WAIT = 14.5  # seconds by the clock, so that an answer is there after fifteen

_ROOT = Path(__file__).resolve().parent.parent.parent
_turns = threading.BoundedSemaphore(2)  # at most two at a time in this process, whoever else sends one
_log = logging.getLogger(__name__)

# How files of other kinds begin, and what they are.
_OTHER_KINDS = (
    (b"%PDF", f"This is a PDF. {SAVE_AS}"),
    (b"{\\rtf", f"This is an RTF document. {SAVE_AS}"),
    (b"\xff\xd8\xff", "This is a picture. Type or paste your text instead; a portrait goes on the next page."),
    (b"\x89PNG", "This is a picture. Type or paste your text instead; a portrait goes on the next page."),
    (b"<!doctype html", f"This is a web page. {SAVE_AS}"),
    (b"<html", f"This is a web page. {SAVE_AS}"),
    (b"<?xml", f"This is an XML file. {SAVE_AS}"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4
_ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LONG_LINE = 100  # characters; longer ones were not broken by hand, so that each is a paragraph


class Upload(Protocol):
    """As much of an uploaded file as is needed here."""

    name: str | None
    size: int | None

    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True)
class Manuscript:
    """What was read: paragraphs with an empty line between them, and a sentence for each kind of thing left out."""

    text: str
    words: int
    dropped: list[str]


def read(upload: Upload) -> Manuscript:
    """The text of a .docx or .txt file of at most 5 MB; raises ``Unreadable``. Takes up to 15 seconds."""
    if (upload.size or 0) > LARGEST:
        raise Unreadable(_too_large())
    content = upload.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Unreadable(_too_large())
    if content.startswith(_ARCHIVE):
        answer = _ask(content)
        return _made("\n\n".join(answer["paragraphs"]), answer["dropped"])
    _refuse_other_kinds(content)
    return _made(_decoded(content), [])


def _too_large() -> str:
    return (
        f"This file is larger than {LARGEST // 1024 // 1024} MB. Take the pictures out and send it again, or paste "
        "your text."
    )


def _made(text: str, dropped: list[str]) -> Manuscript:
    text = text.replace("\0", "").strip()
    if not words.is_visible(text):
        raise Unreadable(NO_TEXT)
    if len(text) > LONGEST:
        raise Unreadable(f"This file holds {len(text):,} characters; {LONGEST:,} can be kept. Send only your piece.")
    return Manuscript(text, words.count(text), dropped)


def _refuse_other_kinds(content: bytes) -> None:
    if content.startswith(_OLE):
        raise Unreadable(LOCKED if _ENCRYPTED in content else f"This is a document of an older kind. {SAVE_AS}")
    start = content[:100].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    for beginning, sentence in _OTHER_KINDS:
        if start.startswith(beginning.lower()):
            raise Unreadable(sentence)


def _decoded(content: bytes) -> str:
    """Plain text in whichever of three encodings it was saved."""
    text = None
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in content[:200]:
        encodings = ["utf-16-le" if content[1:2] == b"\0" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    if text is None or _UNPRINTABLE.search(text):
        raise Unreadable(f"This is no text file, and no Word document. {SAVE_AS}")
    return _in_paragraphs(text)


def _in_paragraphs(text: str) -> str:
    """With an empty line between paragraphs, also where each is one long line."""
    lines = [line.rstrip() for line in text.replace("\x0c", "\n").splitlines()]
    if all(lines) and max(map(len, lines), default=0) > _LONG_LINE:
        return "\n\n".join(lines)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _ask(content: bytes) -> dict[str, list[str]]:
    """Run the converter with no environment: it inherits no key and no database address."""
    if not _turns.acquire(timeout=WAIT):
        raise Unreadable(BUSY)
    try:
        done = subprocess.run(
            [sys.executable, "-s", "-E", "-m", "commentary.manuscripts.converter"],
            input=content,
            capture_output=True,
            cwd=_ROOT,
            env={},
            timeout=WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(TOO_MUCH) from None
    finally:
        _turns.release()
    if done.returncode in {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGSEGV}:
        raise Unreadable(TOO_MUCH)
    if done.returncode:
        _log.warning("The converter gave up (%s): %s", done.returncode, done.stderr[-500:].decode(errors="replace"))
        raise Unreadable(DAMAGED)
    answer: dict[str, list[str]] = json.loads(done.stdout)
    if "refused" in answer:
        raise Unreadable(str(answer["refused"]))
    return answer
