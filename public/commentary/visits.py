"""Who a guest is, after their key was exchanged: a signed cookie that only the pages it opens ever get.

The cookie names a row of ``Link``: what it opens, for whom and until when is read from there, so a key that is
revoked, or whose piece is erased, ends the visits it began.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from commentary import keys
from commentary.models import Link, Purpose, Submission, Writer

FORM = "/commentary/submit/"
HOME = "/commentary/s/"
SALT = "commentary.visit"
DRAFTS_SHOWN = 10


@dataclass(frozen=True)
class Visit:
    """One of a piece's writers, here for one purpose."""

    piece: Submission
    writer: Writer
    purpose: Purpose
    link: Link


def visit(request: HttpRequest, reference: str, *purposes: str) -> Visit | None:
    """Whoever holds a good key to ``reference`` for one of ``purposes``, the first that is; else nobody.

    Nobody, too, for whoever is signed in at the desk: what a guest may do is not for an editor to do in their name.
    A draft is its writer's whoever they are.
    """
    for purpose in purposes:
        found = _read(request, _name(purpose, reference))
        if found is None or found.purpose != purpose or found.submission.reference != reference:
            continue
        if purpose == Purpose.RESUME or not is_at_desk(request):
            return _of(found)
    return None


def drafts(request: HttpRequest) -> list[Visit]:
    """The drafts begun or resumed in this browser that can still be written, newest first."""
    names = [name for name in request.COOKIES if name.startswith("draft-")][: 3 * DRAFTS_SHOWN]
    links = [link for name in names if (link := _read(request, name)) and link.purpose == Purpose.RESUME]
    found = [_of(link) for link in links if link.submission.can_be_written]
    return sorted(found, key=lambda one: one.piece.changed_at, reverse=True)[:DRAFTS_SHOWN]


def begin(response: HttpResponseBase, link: Link) -> None:
    """Let the browser that gets ``response`` in for what ``link`` opens, where it opens it and nowhere else."""
    lasts = None  # until the browser is closed
    if link.purpose == Purpose.RESUME:
        lasts = max(0, int((link.expires_at - timezone.now()).total_seconds()))
    response.set_signed_cookie(
        _name(link.purpose, link.submission.reference),
        str(link.pk),
        salt=SALT,
        path=path(link.purpose, link.submission.reference),
        max_age=lasts,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def admit(response: HttpResponseBase, piece: Submission, purpose: str, *, writer: Writer) -> None:
    """Let a browser in that has proved who it is in another way than by a key for ``purpose``."""
    begin(response, keys.open_to(piece, purpose, writer=writer))


def end(response: HttpResponseBase, one: Visit) -> None:
    reference = one.piece.reference
    response.delete_cookie(_name(one.purpose, reference), path=path(one.purpose, reference), samesite="Lax")


def path(purpose: str, reference: str) -> str:
    """The pages that get the cookie."""
    return FORM if purpose == Purpose.RESUME else f"{HOME}{reference}/"


def is_at_desk(request: HttpRequest) -> bool:
    """Somebody of the newsroom is signed in here."""
    return bool(request.COOKIES.get(settings.SESSION_COOKIE_NAME)) and request.user.is_authenticated


def _name(purpose: str, reference: str) -> str:
    return f"draft-{reference}" if purpose == Purpose.RESUME else f"visit-{purpose}"


def _read(request: HttpRequest, name: str) -> Link | None:
    try:
        kept = request.get_signed_cookie(name, salt=SALT)
    except (KeyError, BadSignature):
        return None
    link = Link.objects.select_related("submission", "writer").filter(pk=int(kept or 0)).first()
    return link if link is not None and link.is_good else None


def _of(link: Link) -> Visit:
    piece = link.submission
    return Visit(piece, link.writer or piece.writer, Purpose(link.purpose), link)
