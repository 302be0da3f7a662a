"""What a text refers to, held while the text is saved: nothing of it goes meanwhile, and no save is lost over it."""

from typing import NamedTuple

from django.db import models

import richtext
from documents.models import Document
from images.models import Image

LEAD = "lead"
PLACES = [(LEAD, "lead picture"), ("body", "in the text"), ("gallery", "in a gallery"), ("poster", "before an embed")]


class Held(NamedTuple):
    """Which pictures of a text there are, each with its place, and which documents."""

    pictures: frozenset[tuple[str, int]] = frozenset()
    documents: frozenset[int] = frozenset()


class PictureUse(models.Model):
    """A picture in one text, and where: the text is named by whoever inherits this."""

    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=8, choices=PLACES)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.image} ({self.get_place_display()})"


class DocumentUse(models.Model):
    """A document that one text offers."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.document)


def hold(body: str, *, lead: int | None = None) -> Held:
    """What ``body`` and its ``lead`` picture refer to, as far as it is there. Inside a transaction, until its end."""
    named = richtext.named(body)
    wanted: set[tuple[str, int]] = {*named.placed, *([(LEAD, lead)] if lead else [])}
    images = Image.objects.held({key for _place, key in wanted}) if wanted else set()
    documents = Document.objects.held(named.documents) if named.documents else set()
    return Held(frozenset(use for use in wanted if use[1] in images), frozenset(documents))


def add(pictures: type[PictureUse], documents: type[DocumentUse], held: Held, **owner: models.Model) -> None:
    """Write the rows of a text that has none: ``owner`` names the text as the rows do, ``revision=…`` or ``page=…``."""
    pictures._default_manager.bulk_create(
        pictures(image_id=key, place=place, **owner) for place, key in sorted(held.pictures)
    )
    documents._default_manager.bulk_create(documents(document_id=key, **owner) for key in sorted(held.documents))


def keep(pictures: type[PictureUse], documents: type[DocumentUse], held: Held, **owner: models.Model) -> None:
    """Have the rows of a text say ``held``. What is right already is left alone."""
    shown = pictures._default_manager.filter(**owner)
    offered = documents._default_manager.filter(**owner)
    were = Held(frozenset(shown.values_list("place", "image")), frozenset(offered.values_list("document", flat=True)))
    for place, key in were.pictures - held.pictures:
        shown.filter(place=place, image=key).delete()
    if were.documents - held.documents:
        offered.filter(document__in=were.documents - held.documents).delete()
    add(
        pictures,
        documents,
        Held(held.pictures - were.pictures, held.documents - were.documents),
        **owner,
    )
