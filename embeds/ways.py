"""What the table of providers is made of."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

type Parts = Mapping[str, str]
type Maker = Callable[[Parts], str]

SCRIPTED = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"
WITH_FORMS = f"{SCRIPTED} allow-forms"
MOVING = "autoplay; encrypted-media; fullscreen; picture-in-picture"
SOUNDING = "autoplay; encrypted-media"
WHOLE_SCREEN = "fullscreen"

# The boxes that static/public/prose-blocks.css keeps free: a film is 16:9, a reel 9:16; the others have a height.
FILM, REEL, POST, BAR, LIST, CHART, MAP, PAPER = "film", "reel", "post", "bar", "list", "chart", "map", "paper"

ID = r"[A-Za-z0-9_-]"
NAME = r"[A-Za-z0-9_.-]{1,100}"


@dataclass(frozen=True)
class Way:
    """One kind of address a provider has. Path, ``query`` and ``fragment`` are matched whole; named groups are parts.

    ``frame`` and ``link`` are written from the parts: a text with their names in braces, or a function of them.
    ``optional`` parameters are parts too, empty where they are missing or not as they should be. A path is matched
    without a slash at its end.
    """

    path: str
    frame: str | Maker
    link: str | Maker
    box: str
    query: Mapping[str, str] = field(default_factory=dict)
    optional: Mapping[str, str] = field(default_factory=dict)
    fragment: str = ""

    @cached_property
    def matcher(self) -> re.Pattern[str]:
        return _whole(self.path)

    @cached_property
    def queries(self) -> Mapping[str, re.Pattern[str]]:
        return {name: _whole(pattern) for name, pattern in self.query.items()}

    @cached_property
    def options(self) -> Mapping[str, re.Pattern[str]]:
        return {name: _whole(pattern) for name, pattern in self.optional.items()}

    @cached_property
    def fragments(self) -> re.Pattern[str] | None:
        return _whole(self.fragment) if self.fragment else None


class Provider(NamedTuple):
    """Who shows something: ``hosts`` are compared exactly; ``origins`` are where its frames come from."""

    name: str
    hosts: frozenset[str]
    origins: tuple[str, ...]
    ways: tuple[Way, ...]
    allow: str = WHOLE_SCREEN
    sandbox: str = SCRIPTED


def hosts(*names: str) -> frozenset[str]:
    return frozenset(names)


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)
