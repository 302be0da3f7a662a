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
        "button",
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

MARKUP = re.compile(r"<(?:(/?)([a-zA-Z][^ \t\n\r\f/>]*+)(>?)|[!?])")
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
    vain is not looked for again: that keeps the time linear. A tag without attributes is made once.
    """
    position = 0
    hopeless: set[str] = set()
    known: dict[str, Token] = {}
    end = html.rfind(">") + 1
    while match := MARKUP.search(html, position, end):
        start = match.start()
        if start > position:
            yield Token(Kind.TEXT, html[position:start])
        position = match.end()
        token = known.get(match[0])
        if token is None:
            slash, name, ended = match.groups()
            if name is None:
                position = _after_comment(html, start, hopeless)
                continue
            attributes, position = (NO_ATTRIBUTES, position) if ended else _attributes(html, position)
            if position < 0:
                position = start
                break
            token = Token(Kind.CLOSING if slash else Kind.OPENING, name.lower(), attributes)
            if ended:
                known[match[0]] = token
        yield token
        if token.value in SILENT:
            position = _after_silence(html, token, position, hopeless)
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


def _attributes(html: str, position: int) -> tuple[Mapping[str, str], int]:
    """A tag's attributes, the first of each name, and the position after it: -1 where the text ends inside the tag."""
    attributes: dict[str, str] = {}
    while found := ATTRIBUTE.match(html, position):
        position = found.end()
        end, name, double, single, bare = found.groups()
        if end:
            return attributes, position
        attributes.setdefault(name.lower(), double or single or bare or "")
    return attributes, -1


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
