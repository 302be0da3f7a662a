"""Pictures are opened in a capped process of their own, so that a hostile one cannot hurt the server."""

import json
import logging
import signal
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NamedTuple

from images.kinds import ENOUGH, PictureRefused, recognise
from images.sizes import CENTRE, Focus

MEMORY = 560 * 1024 * 1024  # bytes of address space, so that no more can ever be resident

_ROOT = Path(__file__).resolve().parent.parent
_turns = threading.BoundedSemaphore(2)  # at most two at a time in this process, whoever else uploads
_log = logging.getLogger(__name__)

_TOO_LONG = "This picture takes too long to read. Save it again as a plain JPEG and upload that."
_DAMAGED = (
    "This picture is damaged or cut off: it cannot be read to its end. Open it in a picture program, save it again as "
    "JPEG or PNG and upload that."
)


class Patience(NamedTuple):
    """Seconds a picture may take: of computing, and by the clock, which on a busy machine runs ahead."""

    computing: int
    waiting: float


SOMEBODY_WAITS = Patience(computing=30, waiting=60)
NOBODY_WAITS = Patience(computing=120, waiting=600)


@dataclass(frozen=True)
class Wanted:
    """A file to be made: where, as "jpeg", "webp" or "avif", at most how many pixels wide, and in which shape."""

    path: str
    format: str
    width: int
    shape: str = "body"


@dataclass(frozen=True)
class Decoded:
    """What was made: the picture's own width and height, orientation applied, and those of each file in order.

    ``fingerprint`` is as `images.likeness` makes it, ``told`` what the file says of itself, as in `images.telling`.
    """

    width: int
    height: int
    files: list[tuple[int, int]]
    fingerprint: int | None = field(default=None, compare=False)
    told: dict[str, str] = field(default_factory=dict, compare=False)


def decode(
    source: Path, wanted: list[Wanted], *, focus: Focus = CENTRE, patience: Patience = SOMEBODY_WAITS
) -> Decoded:
    """Make the ``wanted`` files of the picture in ``source``: upright, in sRGB, opaque, without any metadata.

    Raises `PictureRefused` with a sentence when the file is no picture we take. Blocks as long as ``patience`` allows.
    """
    with source.open("rb") as stream:
        kind = recognise(stream.read(ENOUGH))
    files = [asdict(file) for file in wanted]
    job = {"kind": kind, "memory": MEMORY, "seconds": patience.computing, "focus": focus, "files": files}
    answer = json.loads(_ask(json.dumps(job), source, patience.waiting))
    if "refused" in answer:
        raise PictureRefused(answer["refused"])
    made = [(width, height) for width, height in answer["files"]]
    return Decoded(answer["width"], answer["height"], made, answer["fingerprint"], answer["told"])


def _ask(job: str, source: Path, seconds: float) -> str:
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
                timeout=seconds,
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
