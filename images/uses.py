"""Where a picture is used, in the words of those who use it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models

from images.kinds import PictureRefused

if TYPE_CHECKING:
    from images.models import Image

type Finder = Callable[["Image"], Iterable["Use"]]

_finders: list[Finder] = []


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


def register(finder: Finder) -> Finder:
    """Have ``finder`` asked which of its app's rows show a picture; called in that app's ``AppConfig.ready``.

    Whatever it answers for is kept by a foreign key that protects the picture: the answer explains, the key decides.
    """
    if finder not in _finders:
        _finders.append(finder)
    return finder


def uses_of(image: "Image") -> list[Use]:
    """Everything that shows ``image``, live things first."""
    found = [use for finder in _finders for use in finder(image)]
    return sorted(found, key=lambda use: (use.standing != "live", use.title))
