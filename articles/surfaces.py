"""The public addresses on which a story shows: told by the app that serves them, read again by whoever checks.

``public`` registers in its ``AppConfig.ready``; receipts, and later the stored pages, ask here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

import richtext

if TYPE_CHECKING:
    from articles.models.article import Article

NAMED = 90  # characters of a missing text that are named


@dataclass(frozen=True)
class Answer:
    """What a reader gets at an address: the HTTP status and the source of the page."""

    status: int
    source: str


@dataclass(frozen=True)
class Surface:
    """One address, and what readers must get there if the site shows the story as the newsroom has left it.

    ``says`` is this in words for editors. ``holds`` are plain texts that must be read on the page, white space aside;
    ``marks`` are the pieces of its source by which the story is known, ``lacks`` those that must not be there.
    ``written`` are texts as a program's file writes them, already escaped.
    """

    name: str
    path: str
    says: str
    status: int = 200
    holds: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    written: tuple[str, ...] = ()

    def trouble(self, answer: Answer) -> str:
        """What is wrong with ``answer``, in words for editors; empty if nothing is."""
        if answer.status != self.status:
            return f"The address answers {answer.status} instead of {self.status}."
        if any(piece in answer.source for piece in self.lacks):
            return "The story is still there."
        if any(piece not in answer.source for piece in self.marks):
            return "The story is not there."
        for piece in self.written:
            if piece not in answer.source:
                return f"It does not say “{richtext.excerpt(unescape(piece), NAMED)}”."
        read = " ".join(richtext.text(answer.source).split())
        for text in self.holds:
            if " ".join(text.split()) not in read:
                return f"The page does not say “{richtext.excerpt(text, NAMED)}”."
        return ""


type Lister = Callable[["Article"], list[Surface]]

_listers: list[Lister] = []


def register(lister: Lister) -> None:
    """Ask ``lister`` for the surfaces of a story: those where it should be, and those it should have gone from."""
    if lister not in _listers:
        _listers.append(lister)


def of(article: "Article") -> list[Surface]:
    """Every surface that has to do with ``article`` at this moment."""
    return [surface for lister in _listers for surface in lister(article)]
