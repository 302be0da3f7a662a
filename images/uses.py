"""Where a picture is used, in the words of those who use it; and what else can be used keeps the same books."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from images.kinds import PictureRefused

if TYPE_CHECKING:
    from images.models import Image


@dataclass(frozen=True)
class Use:
    """One thing that shows a picture: its ``title``, its ``address`` on the desk, and how it stands in a word or two.

    ``standing`` says what readers have of it: "live", "draft", "earlier text", "portrait", "logo" … ``subject`` is the
    thing itself, for whoever must know whether a person may see its title.
    """

    title: str
    address: str
    standing: str
    subject: models.Model


class PictureInUse(PictureRefused):
    """A picture cannot go while something shows it; ``uses`` says what."""

    def __init__(self, image: "Image", uses: list[Use]) -> None:
        self.uses = uses
        if not uses:
            super().__init__(f"The picture “{image}” is used. Take it out there first, or replace its file.")
            return
        first = f"in “{uses[0].title}” ({uses[0].standing})"
        more = len(uses) - 1
        rest = f" and {more} more place{'s' if more > 1 else ''}" if more else ""
        super().__init__(f"The picture “{image}” is used {first}{rest}. Take it out there first, or replace its file.")


class Finders[Thing]:
    """Who knows where a thing is used: each app that refers to it says so in its ``AppConfig.ready``.

    That a thing is used at all needs nobody's word: rows that refer to it protect it. A finder explains, the foreign
    key decides.
    """

    def __init__(self) -> None:
        self._all: list[Callable[[Thing], Iterable[Use]]] = []

    def register(self, finder: Callable[[Thing], Iterable[Use]]) -> Callable[[Thing], Iterable[Use]]:
        """Have ``finder`` asked which of its app's rows use a thing."""
        if finder not in self._all:
            self._all.append(finder)
        return finder

    def uses_of(self, thing: Thing) -> list[Use]:
        """Everything that uses ``thing``, live things first."""
        found = [use for finder in self._all for use in finder(thing)]
        return sorted(found, key=lambda use: (use.standing != "live", use.title))


class UsedQuerySet(models.QuerySet[Any]):
    """Rows that others may refer to, and that cannot be deleted while they do."""

    def used(self) -> Self:
        """Something refers to them, be it an earlier text: exactly those that cannot be deleted."""
        return self.filter(self._referred_to())

    def unused(self) -> Self:
        """Nothing refers to them: twin of `used`."""
        return self.exclude(self._referred_to())

    def held(self, keys: Iterable[int]) -> set[int]:
        """Which of ``keys`` there are, kept from being deleted until the transaction around this ends.

        Always in the same order, so that two who hold several do not wait for each other.
        """
        found = self.filter(pk__in=list(keys)).order_by("pk").select_for_update(no_key=True)
        return set(found.values_list("pk", flat=True))

    def _referred_to(self) -> Q:
        """Whatever points here and restricts the removal, today's tables and those to come."""
        found = Q(pk__in=[])
        for relation in self.model._meta.get_fields(include_hidden=True):
            if isinstance(relation, models.ManyToOneRel) and relation.on_delete in {models.RESTRICT, models.PROTECT}:
                holders = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
                found |= Q(Exists(holders))
        return found


_pictures: "Finders[Image]" = Finders()
register, uses_of = _pictures.register, _pictures.uses_of
