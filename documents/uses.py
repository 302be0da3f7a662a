"""Where a document is used. This app does not know by whom: what refers to one registers how to find itself.

That a document is used at all needs nobody's word: rows that refer to it protect it, and the database counts them.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from images.uses import Use

if TYPE_CHECKING:
    from documents.models import Document


type Finder = Callable[["Document"], Iterable[Use]]

_finders: list[Finder] = []


def register(finder: Finder) -> Finder:
    """Have ``finder`` asked which of its app's rows offer a document; called in that app's ``AppConfig.ready``.

    Whatever it answers for is kept by a foreign key that protects the document: the answer explains, the key decides.
    """
    if finder not in _finders:
        _finders.append(finder)
    return finder


def uses_of(document: "Document") -> list[Use]:
    """Everything that offers ``document``, live things first."""
    found = [use for finder in _finders for use in finder(document)]
    return sorted(found, key=lambda use: (use.standing != "live", use.title))


def is_referred_to(model: type[models.Model]) -> Q:
    """Of a row of ``model``: another row protects it."""
    found = Q(pk__in=[])
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.on_delete in {models.PROTECT, models.RESTRICT}:
            rows = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            found |= Q(Exists(rows))
    return found
