"""Nothing of a piece its writer has not confirmed, or had erased, is anywhere; of one set apart where it may be."""

import pytest

from newsroom.roles import COMMENTARY_EDITOR, EDITOR, REPORTER
from tests.desk.conftest import signed_in
from tests.desk.walk import private_pieces
from tests.make import make_user

pytestmark = pytest.mark.django_db

PUBLIC = [
    "/", "/commentary/", "/commentary/guidelines/", "/commentary/submit/", "/commentary/lost/", "/feed/", "/feed.json",
    "/commentary/feed/", "/sitemap.xml", "/news-sitemap.xml", "/robots.txt", "/search/?q=canarypiece", "/authors/",
    "/corrections/", "/health/ready",
]  # fmt: skip
DESK = [
    "/admin/", "/admin/palette/?q=canarypiece", "/admin/commentary/submission/?queue=all&q=canarypiece",
    "/admin/commentary/submission/export/?queue=all", "/admin/commentary/submission/numbers/",
    "/admin/commentary/letters/", "/admin/articles/article/?q=canarypiece", "/admin/authors/author/?q=canarypiece",
]  # fmt: skip


@pytest.fixture(autouse=True)
def mail_leaves(settings):
    """A newsroom that is being tried out shows its letters, and so the drafts they tell of."""
    settings.LETTERS_KEPT = False


def read(client, address):
    response = client.get(address, follow=True)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode(errors="replace").replace("q=canarypiece", "").replace('"canarypiece"', "")


def test_readers_meet_no_word_of_any_private_piece(client):
    pieces = private_pieces(make_user())
    addresses = [*PUBLIC, *(f"/commentary/s/{piece.reference}/" for piece in pieces.values())]
    addresses += [f"/commentary/submit/{piece.reference}/text/" for piece in pieces.values()]

    leaking = [address for address in addresses for name in pieces if f"canarypiece{name}" in read(client, address)]

    assert leaking == []


@pytest.mark.parametrize(
    ("role", "may_meet"),
    [(REPORTER, set()), (COMMENTARY_EDITOR, {"quarantined"}), (EDITOR, {"quarantined", "held"})],
)
def test_the_desk_finds_of_private_pieces_only_what_a_role_may(client, role, may_meet):
    pieces = private_pieces(make_user())
    signed_in(client, role)

    met = {name for address in DESK for name in pieces if f"canarypiece{name}" in read(client, address)}

    assert met == may_meet
