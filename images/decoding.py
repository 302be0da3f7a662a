"""Pictures are opened in a capped process of their own, so that a hostile one cannot hurt the server."""

import json
import logging
import signal
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

from images.kinds import ENOUGH, PictureRefused, recognise

MEMORY = 1280 * 1024 * 1024  # bytes of address space; 50 megapixels of lossless WebP, the hungriest kind, need 1.1 GB
COMPUTING_SECONDS = 30
WAITING_SECONDS = 60

_ROOT = Path(__file__).resolve().parent.parent
_turns = threading.BoundedSemaphore(2)  # at most two at a time in this process, whoever else uploads
_log = logging.getLogger(__name__)

_TOO_LONG = "This picture takes too long to read. Save it again as a plain JPEG and upload that."
_DAMAGED = (
    "This picture is damaged or cut off: it cannot be read to its end. Open it in a picture program, save it again as "
    "JPEG or PNG and upload that."
)


@dataclass(frozen=True)
class Wanted:
    """A file to be made: where, as "jpeg" or "webp", and at most how many pixels wide."""

    path: str
    format: str
    width: int


@dataclass(frozen=True)
class Decoded:
    """What was made: the picture's own width and height, orientation applied, and those of each file in order."""

    width: int
    height: int
    files: list[tuple[int, int]]


def decode(source: Path, wanted: list[Wanted]) -> Decoded:
    """Make the ``wanted`` files of the picture in ``source``: upright, in sRGB, opaque, without any metadata.

    Raises `PictureRefused` with a sentence when the file is no picture we take. Blocks for up to a minute.
    """
    with source.open("rb") as stream:
        kind = recognise(stream.read(ENOUGH))
    job = {"kind": kind, "memory": MEMORY, "seconds": COMPUTING_SECONDS, "files": [asdict(file) for file in wanted]}
    answer = json.loads(_ask(json.dumps(job), source))
    if "refused" in answer:
        raise PictureRefused(answer["refused"])
    return Decoded(answer["width"], answer["height"], [(width, height) for width, height in answer["files"]])


def _ask(job: str, source: Path) -> str:
    """Run the decoder with no environment: it inherits no key and no database address."""
    with _turns, source.open("rb") as picture:
        try:
            done = subprocess.run(  # noqa: S603 -- our own interpreter and module, no shell
                [sys.executable, "-s", "-E", "-m", "images.decoder", job],
                stdin=picture,
                capture_output=True,
                cwd=_ROOT,
                env={},
                text=True,
                timeout=WAITING_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise PictureRefused(_TOO_LONG) from None
    if done.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise PictureRefused(_TOO_LONG)
    if done.returncode:
        _log.warning("The decoder gave up (%s): %s", done.returncode, done.stderr[-500:].strip())
        raise PictureRefused(_DAMAGED)
    return done.stdout
