"""Nothing of a piece that readers have no business with stands on any public address there is."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from tests.desk.walk import private_pieces
from tests.make import make_user
from tests.public.test_hidden_pictures import GUEST, addresses, newsroom

pytestmark = pytest.mark.django_db

__all__ = ["newsroom"]


def test_no_public_address_shows_a_word_of_a_private_piece(newsroom):
    *subjects, _hidden = newsroom
    pieces = private_pieces(make_user())
    public = next(entry for entry in get_resolver().url_patterns if getattr(entry, "app_name", "") == "public")
    guests = next(entry for entry in public.url_patterns if not hasattr(entry, "name")).url_patterns
    own = [
        reverse(f"public:{pattern.name}", kwargs=parts | {"reference": piece.reference})
        for pattern in guests
        if "reference" in pattern.pattern.converters
        for parts in [{name: GUEST.get(name, 1) for name in pattern.pattern.converters}]
        for piece in pieces.values()
    ]

    asked = [*addresses(*subjects), *own]
    told = [(address, Client().get(address, follow=True).getvalue().decode()) for address in asked]

    assert len(own) > 60
    assert [address for address, text in told if "canarypiece" in text] == []
