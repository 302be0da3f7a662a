"""Ten thousand requests to confirm one address, by eight at a time."""

import pytest
from django.db import connection

from commentary.models import Letter, Submission
from tests.articles.test_races import at_once
from tests.commentary.make import guest, make_draft

pytestmark = pytest.mark.django_db(transaction=True)

REQUESTS, CROWD = 10_000, 8


def send_many(share):
    for number in range(share, REQUESTS, CROWD):
        piece = make_draft(text=f"Text {number}.", **{"writer.email": "victim@example.org"})
        piece.send(by=guest(piece), agreed=True, network=f"192.0.2.{number % 200}")
    connection.close()


def test_10_000_confirmation_requests_for_one_address_are_three_letters():
    at_once(*[lambda share=share: send_many(share) for share in range(CROWD)])

    assert Submission.objects.filter(status="unconfirmed").count() == REQUESTS
    assert Letter.objects.filter(code="confirm").count() == 3
