"""What two texts share, word for word: runs of five words, as numbers.

A sketch holds a quarter of them, always the same quarter, so that two sketches tell about how much two texts share.
"""

import re
import unicodedata
from array import array
from hashlib import blake2b

RUN = 5  # words
KEPT = 4  # one in so many shingles stands in a sketch
LEAST = 8  # shared runs, in texts that have as many: twelve words in a row happen to nobody
_EAST = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"  # each of these letters counts as a word
_WORD = re.compile(rf"[{_EAST}]|[^\W{_EAST}]+")


def shingles(text: str) -> frozenset[int]:
    """The runs of a text, whatever its case, punctuation and white space; a shorter text is one run."""
    tokens = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    if not tokens:
        return frozenset()
    last = max(1, len(tokens) - RUN + 1)
    return frozenset(_number(" ".join(tokens[at : at + RUN])) for at in range(last))


def sketch(runs: frozenset[int]) -> bytes:
    return array("I", sorted(run for run in runs if run % KEPT == 0)).tobytes()


def marks(sketched: bytes | memoryview) -> array[int]:
    """What ``sketch`` wrote."""
    found: array[int] = array("I")
    found.frombytes(bytes(sketched))
    return found


def share(mine: frozenset[int], other: frozenset[int], *, of: int) -> int:
    """How many per cent of ``of`` runs the two have in common; none where that could be chance."""
    common = len(mine & other)
    if not of or common < min(LEAST, len(mine), len(other)):
        return 0
    return min(100, common * 100 // of)


def _number(run: str) -> int:
    return int.from_bytes(blake2b(run.encode(), digest_size=4).digest())
