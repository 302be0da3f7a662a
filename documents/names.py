"""What a document is called where it is offered: never a path, never a trick, always with the ending of its kind."""

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

LONGEST = 150  # characters before the ending, as long as every file system takes

# Refused by Windows, or with a meaning in an address or a header; the last ones turn the direction of writing, with
# which “fdp.exe” can be made to look like “exe.pdf”.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f<>:\"/\\|?*%#&;\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)


def sent_name(name: str) -> str:
    """The last part of the name that a file came with, without what cannot be shown; may be empty."""
    last = PureWindowsPath(PurePosixPath(name.replace("\0", "")).name).name
    plain = "".join(letter for letter in unicodedata.normalize("NFC", last) if letter.isprintable())
    return " ".join(_UNSAFE.sub(" ", plain).split())[:200]


def offered_name(name: str, ending: str) -> str:
    """The name under which readers save a file: ``name`` with ``ending`` (".pdf") in place of its own."""
    stem = sent_name(name)
    while PurePosixPath(stem).suffix.lower() == ending:
        stem = PurePosixPath(stem).stem
    stem = re.sub(r"[\s.]+", "-", stem).strip("-_ ")[:LONGEST].rstrip("-")
    if not stem or _RESERVED.match(stem):
        stem = f"document-{stem}".rstrip("-")
    return f"{stem}{ending}"


def title_from(name: str) -> str:
    """A title to begin with: the name without its ending, with spaces where names have something else."""
    stem = PurePosixPath(sent_name(name)).stem
    return " ".join(re.sub(r"[_\-.+]+", " ", stem).split())[:200]
