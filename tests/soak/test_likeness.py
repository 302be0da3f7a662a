"""A desk with twenty thousand pieces of commentary, and one more that is like two of them."""

import time

import pytest
from django.utils import timezone

from commentary import likeness
from commentary.models import Guidelines, Sketch, Submission, Version, Writer
from commentary.shingles import shingles, sketch
from tests.commentary.make import make_piece
from tests.commentary.test_likeness import prose

pytestmark = pytest.mark.django_db

PIECES = 20_000


def fill():
    now, terms = timezone.now(), Guidelines.kept_current()
    rows = [
        Submission(
            reference=f"X-{number}", kind="commentary", guidelines=terms, begun_at=now, changed_at=now, status_at=now,
            received_at=now, status="received",
        )
        for number in range(PIECES)
    ]  # fmt: skip
    Submission.objects.bulk_create(rows, batch_size=500)
    numbers = dict(Submission.objects.filter(reference__startswith="X-").values_list("reference", "pk"))
    Writer.objects.bulk_create([Writer(submission_id=pk) for pk in numbers.values()], batch_size=500)
    texts = [(pk, prose(int(reference[2:]) + 10, 650)) for reference, pk in numbers.items()]
    versions = [
        Version(
            submission_id=pk, number=1, text=text, digest="", made_at=now, saved_at=now, sealed_at=now, compared_at=now
        )
        for pk, text in texts
    ]
    Version.objects.bulk_create(versions, batch_size=500)
    kept = Version.objects.filter(submission__in=numbers.values()).iterator(chunk_size=500)
    Sketch.objects.bulk_create([Sketch(version=one, marks=sketch(shingles(one.text))) for one in kept], batch_size=500)


def test_a_piece_among_20_000_is_compared_in_a_second():
    fill()
    piece = make_piece(text=f"{prose(17, 650)} {prose(4_711, 650)}")
    began = time.monotonic()

    likeness.catch_up()

    took = time.monotonic() - began
    found = sorted(int(one.version.submission.reference[2:]) + 10 for one in likeness.similar(piece))
    assert found == [17, 4_711]
    assert took < 1.0, f"It took {took:.2f} s."
