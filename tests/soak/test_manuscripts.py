"""Documents that pass every look at their archive, and then eat memory or time."""

import random
import time
import zipfile

import pytest

from commentary.manuscripts import Unreadable, read
from commentary.manuscripts.refusing import TOO_MUCH
from tests.commentary.watching import MOST_RESIDENT, watched
from tests.commentary.word import packed, paragraph, parts, run, upload

LONGEST = 15  # seconds, on a machine that does nothing else


def long():
    """Text within every limit of the archive, which takes hundreds of megabytes while it is read."""
    drawn = random.Random(1)  # noqa: S311 -- only so that it cannot be packed well
    lines = "".join(f"{'dry river ' * 16}{drawn.randrange(10**6)}" for _ in range(480_000))
    return packed(parts(paragraph(lines)))


def tangled():
    """Fields within fields: each further word looks through all of them."""
    begins = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 30_000
    return packed(parts(paragraph(f"{begins}{run('x') * 30_000}")), method=zipfile.ZIP_STORED)


@pytest.mark.parametrize("make", [long, tangled])
def test_a_document_that_eats_what_it_gets_is_stopped(make):
    content = make()
    began = time.monotonic()

    with watched() as watch, pytest.raises(Unreadable) as refused:
        read(upload(content))

    assert str(refused.value) == TOO_MUCH
    assert watch.most < MOST_RESIDENT
    assert time.monotonic() - began < LONGEST
