"""Empties what the map of ``commentary.privacy`` says is over: in columns, or whole rows."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.actors import Actor
from articles.models import Byline
from authors.models import Author
from commentary.models import (
    Approval,
    Event,
    Letter,
    Likeness,
    Link,
    Message,
    Portrait,
    Sketch,
    Snapshot,
    Submission,
    Version,
    Writer,
)
from commentary.privacy import WHOLE, Rule, personal
from images.models import Image
from images.uses import PictureInUse

# Every model with rows about a piece, and how they lead to it; in an order in which they can be deleted.
PATHS: dict[type[models.Model], str] = {
    Approval: "snapshot__submission",
    Snapshot: "submission",
    Link: "submission",
    Letter: "submission",
    Message: "submission",
    Likeness: "version__submission",
    Sketch: "version__submission",
    Event: "submission",
    Version: "submission",
    Portrait: "writer__submission",
    Writer: "submission",
    Submission: "pk",
}
NOBODY = "Erased"


def rows_of(model: type[models.Model], piece: int | OuterRef) -> QuerySet[Any]:
    """The rows of ``model`` about a piece, past whatever the model's own manager refuses."""
    rows: QuerySet[Any] = QuerySet(model)
    return rows.filter(**{PATHS[model]: piece})


def nobody(piece: int) -> str:
    """The reference of a piece that must not be known by the one its writer has."""
    return f"E-{piece}"


def forget(piece: Submission, *rules: Rule, by: Actor) -> None:
    """Empty what is kept of ``piece`` under ``rules``. Runs inside a transaction."""
    images = _portraits(piece) if Rule.PHOTO in rules else []
    for model in PATHS:
        names = personal(model.__name__, *rules)
        if names and model.__name__ in WHOLE:
            rows_of(model, piece.pk).delete()
        elif names:
            rows_of(model, piece.pk).update(**{name: _blank(model, name, piece.pk) for name in names})
    if images:
        _unseen_authors(piece).update(portrait=None)
    delete_unused(images, by=by)


def holding(pieces: QuerySet[Submission], *rules: Rule) -> QuerySet[Submission]:
    """Those of ``pieces`` of which something is kept under ``rules``. Twin of ``forget``, which leaves nothing."""
    wanted = Q()
    for model in PATHS:
        names = personal(model.__name__, *rules)
        if not names:
            continue
        rows = rows_of(model, OuterRef("pk"))
        if model.__name__ not in WHOLE:
            rows = rows.filter(_any_filled(model, names))
        wanted |= Q(Exists(rows))
    return pieces.filter(wanted)


def delete_unused(images: list[Image], *, by: Actor) -> list[Image]:
    """Delete the pictures that nothing else shows; answers with those."""
    gone = []
    for image in images:
        try:
            number = image.pk
            image.delete(by=by)
        except PictureInUse:
            continue
        image.pk = number
        gone.append(image)
    return gone


def _portraits(piece: Submission) -> list[Image]:
    """The pictures of a piece's writers in the library, where they may be somebody's else too."""
    shown = [writer.portrait for writer in piece.writers.all()] + [author.portrait for author in _unseen_authors(piece)]
    return list({image.pk: image for image in shown if image}.values())


def _unseen_authors(piece: Submission) -> QuerySet[Author]:
    """The writers of a piece as authors whom readers have never seen."""
    seen = Byline.objects.filter(author=OuterRef("pk"), revision__article__live__isnull=False)
    return Author.objects.filter(guest_pieces__submission=piece, is_guest=True).exclude(Exists(seen))


def _blank(model: type[models.Model], name: str, piece: int) -> Any:
    """What a field holds that holds nothing of a person."""
    field = model._meta.get_field(name)
    if name == "reference":
        return nobody(piece)
    if name == "actor_name":
        return NOBODY
    if isinstance(field, models.JSONField):
        return field.get_default()
    return None if getattr(field, "null", False) else ""


def _any_filled(model: type[models.Model], names: list[str]) -> Q:
    filled = Q()
    for name in names:
        field = model._meta.get_field(name)
        if name == "reference":
            filled |= ~Q(reference__startswith=nobody(0)[:2])
        elif getattr(field, "null", False):
            filled |= Q(**{f"{name}__isnull": False})
        else:
            filled |= ~Q(**{name: _blank(model, name, 0)})
    return filled
