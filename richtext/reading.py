"""Reads HTML as a row of tokens: in linear time, without a word lost, whatever it is given."""

import re
from collections.abc import Iterator, Mapping
from enum import Enum, auto
from types import MappingProxyType
from typing import NamedTuple

# What stands inside these is no text for readers.
SILENT = frozenset(
    [
        "applet",
        "audio",
        "canvas",
        "datalist",
        "head",
        "iframe",
        "math",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "title",
        "video",
        "xml",
    ]
)

MARKUP = re.compile(r"<(?=[a-zA-Z!?]|/[a-zA-Z])")
TAG = re.compile(r"<(/?)([a-zA-Z][^ \t\n\r\f/>]*+)(>?)")
ATTRIBUTE = re.compile(
    r"""[ \t\n\r\f/]*+(?:(?P<end>>)|(?P<name>[^ \t\n\r\f/>=]++|=)"""
    r"""(?:[ \t\n\r\f]*+=[ \t\n\r\f]*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|"""
    r"""(?P<bare>[^ \t\n\r\f>"'][^ \t\n\r\f>]*+)))?)"""
)
CLOSINGS = {name: re.compile(rf"</{name}(?=[ \t\n\r\f/>])", re.IGNORECASE) for name in SILENT}
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


class Kind(Enum):
    TEXT = auto()
    OPENING = auto()
    CLOSING = auto()


class Token(NamedTuple):
    """Text still holds its character references (``&amp;``); names are in lower case."""

    kind: Kind
    value: str
    attributes: Mapping[str, str] = NO_ATTRIBUTES


def printable(text: str) -> str:
    r"""Without NUL, other control characters and halves of surrogate pairs; line ends as ``\n``."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", " ").replace("\v", " ")
    return UNPRINTABLE.sub("", text)


def read(html: str) -> Iterator[Token]:
    """The tokens of ``html``, which must be ``printable``. Comments, and what is SILENT, are left out.

    Where a browser gives up to the end of the page (an unclosed comment, quote or script), reading goes
    on after the tag, so that a slip does not cost the rest of a story. What has once been looked for in
    vain is not looked for again: that keeps the time linear.
    """
    position = 0
    hopeless: set[str] = set()
    last = html.rfind(">")
    while match := MARKUP.search(html, position, max(last, 0)):
        start = match.start()
        if start > position:
            yield Token(Kind.TEXT, html[position:start])
        if html[start + 1] in "!?":
            position = _after_comment(html, start, hopeless)
            continue
        token, end = _tag(html, start)
        if end < 0:
            position = start
            break
        yield token
        position = _after_silence(html, token, end, hopeless) if token.value in SILENT else end
    if position < len(html):
        yield Token(Kind.TEXT, html[position:])


def _after_comment(html: str, start: int, hopeless: set[str]) -> int:
    if not html.startswith("<!--", start):
        return html.find(">", start) + 1
    end = -1 if "!--" in hopeless else html.find("-->", start + 2)
    if end < 0:
        hopeless.add("!--")
        return start + len("<!--")
    return end + len("-->")


def _tag(html: str, start: int) -> tuple[Token, int]:
    """The tag at ``start`` and the position after it, -1 where the text ends inside the tag."""
    match = TAG.match(html, start)
    if match is None:  # MARKUP has seen a letter there
        return Token(Kind.TEXT, ""), -1
    kind = Kind.CLOSING if match[1] else Kind.OPENING
    name, position = match[2].lower(), match.end()
    if match[3]:
        return Token(kind, name), position
    attributes: dict[str, str] = {}
    while found := ATTRIBUTE.match(html, position):
        position = found.end()
        if found["end"]:
            return Token(kind, name, attributes), position
        value = found["double"] or found["single"] or found["bare"] or ""
        attributes.setdefault(found["name"].lower(), value)
    return Token(kind, name), -1


def _after_silence(html: str, opening: Token, end: int, hopeless: set[str]) -> int:
    """The position where text for readers goes on after this tag."""
    name = opening.value
    if opening.kind is not Kind.OPENING or name in hopeless or html[end - 2] == "/":
        return end
    closing = CLOSINGS[name].search(html, end)
    if closing is None:
        hopeless.add(name)
        return end
    return closing.start()
