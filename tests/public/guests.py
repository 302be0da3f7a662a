"""Brings a guest's browser into a piece's pages, by the keys that stand in letters."""

from django.test import Client
from django.utils import timezone

from commentary import keys
from commentary.models import Letter


def enter(client, piece, purpose="status", *, writer=None, fact=""):
    """Open a letter's link and press its button."""
    token = keys.cut(piece, purpose, writer=writer or piece.writer, fact=fact)
    response = client.post(f"/commentary/key/{token}/")
    assert response.status_code == 302, response.content
    return response["Location"]


def visitor(piece, purpose="status", *, writer=None):
    """A browser that has done so."""
    client = Client()
    enter(client, piece, purpose, writer=writer)
    return client


def deliver(piece):
    """All letters of ``piece`` have left."""
    now = timezone.now()
    Letter.objects.filter(submission=piece, cancelled_at__isnull=True).update(claimed_at=now, sent_at=now)


def home(piece, below=""):
    return f"/commentary/s/{piece.reference}/{below}"


def heading(response):
    return response.text.partition("<h1>")[2].partition("</h1>")[0]
