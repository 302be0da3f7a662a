"""Which pictures and documents a text uses: exact, because the rows are written where revisions are."""

from dataclasses import replace

from django.db import models

from articles.models.revision import Revision
from articles.texts import Text
from documents import holding
from documents.holding import Held


class PictureUse(holding.PictureUse):
    """A picture in one revision, as its lead or in its body. The picture cannot be deleted while this stands."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="picture_uses")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "image", "place"], name="pictureuse_once_a_place"),
            models.CheckConstraint(
                condition=models.Q(place__in=["lead", "body", "gallery", "poster"]), name="pictureuse_place_known"
            ),
        ]


class DocumentUse(holding.DocumentUse):
    """A document that one revision offers. The document cannot be deleted while this stands."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="document_uses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "document"], name="documentuse_once")]


def hold(text: Text) -> tuple[Text, Held]:
    """``text`` as it can be saved, and what it uses, held until the transaction ends.

    A lead picture that has just been deleted is left out: no save is lost because a picture went.
    """
    lead = text.lead_image
    held = holding.hold(text.body, lead=lead.pk if lead else None)
    if lead and (holding.LEAD, lead.pk) not in held.pictures:
        text = replace(text, lead_image=None)
    return text, held


def add(revision: Revision, held: Held) -> None:
    """For a revision that has just been made."""
    holding.add(PictureUse, DocumentUse, held, revision=revision)


def keep(revision: Revision, held: Held) -> None:
    """For one that has been overwritten."""
    holding.keep(PictureUse, DocumentUse, held, revision=revision)
