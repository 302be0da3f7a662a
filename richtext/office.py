"""What word processors mean by their HTML: bold by a style, lists by a margin, notes by a link and an end of the page.

The editor's own filters see to this when somebody pastes; this is for texts that come without the editor, and it
leaves every other text as it is. Each step is linear, and what is not closed is not left out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from richtext.reading import NO_ATTRIBUTES, Kind, Token

MARKS = re.compile(r"\bstyle\s*=|\bmso-|docs-internal-guid", re.IGNORECASE)
WORD = re.compile(r"\bmso-|urn:schemas-microsoft-com:office", re.IGNORECASE)

LONGEST_STYLE = 2000  # more than any program writes

# Elements that only carry a style, and those that a style can take back.
CARRIERS = frozenset(("span", "font"))
TAKEN_BACK = {"b": "weight", "strong": "weight", "i": "style", "em": "style"}
FONT = re.compile(
    r"(?<![\w-])font-(weight|style)\s*:\s*(?:(bold|[6-9]00|italic|oblique)|(normal|[1-5]00))\b", re.IGNORECASE
)
STRUCK = re.compile(r"(?<![\w-])text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
RAISED = re.compile(r"(?<![\w-])vertical-align\s*:\s*(sub|super)\b", re.IGNORECASE)

ITEM = re.compile(r"\bmso-list\s*:\s*(l[0-9]+)\s+level([1-9])", re.IGNORECASE)
NUMBER = re.compile(r"\s*\(?(?:[0-9]+|[a-z]|[ivxlcdm]+)[.)]", re.IGNORECASE)
NOTE = re.compile(r"\bmso-(?:foot|end)note-id\s*:\s*(\w+)", re.IGNORECASE)
ELEMENT = re.compile(r"\bmso-element\s*:\s*([\w-]+)", re.IGNORECASE)
RULE = ("hr", "33%")  # what stands above the footnotes
# Where list paragraphs end: anything else that begins a block.
BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "tr",
        "td",
        "th",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "hr",
    ]
)


def meant(tokens: Iterator[Token], html: str) -> Iterable[Token]:
    """The tokens of ``html`` with what a word processor means by its styles said in elements."""
    if not MARKS.search(html):
        return tokens
    if WORD.search(html):
        tokens = iter(_as_lists(list(_without_machinery(list(tokens)))))
    return _said_in_elements(tokens, from_google="docs-internal-guid" in html)


def _style(token: Token) -> str:
    return token.attributes["style"][:LONGEST_STYLE] if "style" in token.attributes else ""


def _opening(name: str, attributes: Mapping[str, str] = NO_ATTRIBUTES) -> Token:
    return Token(Kind.OPENING, name, attributes)


def _closing(name: str) -> Token:
    return Token(Kind.CLOSING, name)


# Bold, italic and the like


def _said_in_elements(tokens: Iterable[Token], *, from_google: bool) -> Iterator[Token]:
    open_names: dict[str, list[tuple[str, ...]]] = {}
    for token in tokens:
        name = token.value
        if token.kind is Kind.TEXT or not (name in CARRIERS or name in TAKEN_BACK):
            if from_google and token.attributes:
                token = _from_google(token)  # noqa: PLW2901 -- the same element, without Google's habits
            if token.value:
                yield token
        elif token.kind is Kind.OPENING:
            names = _names(name, _style(token))
            open_names.setdefault(name, []).append(names)
            yield from map(_opening, names)
        else:
            names = open_names[name].pop() if open_names.get(name) else ()
            yield from map(_closing, reversed(names))


def _names(name: str, style: str) -> tuple[str, ...]:
    """The elements that say what ``name`` with this style means."""
    fonts = {kind.lower(): bool(strong) for kind, strong, _normal in FONT.findall(style)}
    if name in TAKEN_BACK:
        return (name,) if fonts.get(TAKEN_BACK[name], True) else ()
    raised = RAISED.search(style)
    return (
        *(["strong"] if fonts.get("weight") else []),
        *(["em"] if fonts.get("style") else []),
        *(["s"] if STRUCK.search(style) else []),
        *(["sub" if raised[1].lower() == "sub" else "sup"] if raised else []),
    )


def _from_google(token: Token) -> Token:
    """Google Docs writes the usual direction everywhere, and a paragraph into each item."""
    if token.value == "p" and token.attributes.get("role") == "presentation":
        return Token(Kind.TEXT, "")
    kept = {name: value for name, value in token.attributes.items() if (name, value) != ("dir", "ltr")}
    return token._replace(attributes=kept)


# What Word adds to a text: tracked changes, comments, footnotes


def _without_machinery(tokens: list[Token]) -> Iterator[Token]:
    """Without deleted words and comments; a footnote stands where its mark was."""
    ends = _ends(tokens)
    notes = _notes(tokens, ends)
    used: set[str] = set()
    index = 0
    while index < len(tokens):
        token, end = tokens[index], ends.get(index)
        index += 1
        if token.kind is not Kind.OPENING or end is None:
            if (token.value, token.attributes.get("width")) != RULE:
                yield token
            continue
        style = _style(token)
        note = NOTE.search(style) if token.value == "a" else None
        if note:
            if note[1] in notes and note[1] not in used:
                used.add(note[1])
                yield from _note(tokens, notes[note[1]], ends)
            index = end + 1
        elif _is_machinery(token, style, notes):
            index = end + 1
        else:
            yield token


def _ends(tokens: list[Token]) -> dict[int, int]:
    """For each opening tag that is closed, where."""
    waiting: dict[str, list[int]] = {}
    ends: dict[int, int] = {}
    for index, token in enumerate(tokens):
        if token.kind is Kind.OPENING:
            waiting.setdefault(token.value, []).append(index)
        elif token.kind is Kind.CLOSING and waiting.get(token.value):
            ends[waiting[token.value].pop()] = index
    return ends


def _notes(tokens: list[Token], ends: Mapping[int, int]) -> dict[str, int]:
    """Where the text of each note begins, of those that a mark in the text refers to."""
    texts, marked = {}, set()
    for index, token in enumerate(tokens):
        style = _style(token)
        if token.value == "div" and index in ends and (found := ELEMENT.search(style)) and "note" in found[1]:
            texts[token.attributes.get("id", "")] = index
        elif token.value == "a" and (note := NOTE.search(style)) and index in ends:
            marked.add(note[1]) if "ref" in token.attributes.get("name", "") else None
    return {name: index for name, index in texts.items() if name in marked}


def _note(tokens: list[Token], start: int, ends: Mapping[int, int]) -> Iterator[Token]:
    yield _opening("small", {"data-note": ""})
    index = start + 1
    while index < ends[start]:
        token = tokens[index]
        if token.kind is Kind.OPENING and NOTE.search(_style(token)):
            index = ends.get(index, index)
        elif token.value not in {"p", "div"}:
            yield token
        index += 1
    yield _closing("small")


def _is_machinery(token: Token, style: str, notes: Mapping[str, int]) -> bool:
    element = ELEMENT.search(style)
    return (
        token.value == "del"
        or token.attributes.get("class", "") == "MsoCommentReference"
        or bool(element and (element[1] in {"comment-list", "comment"} or token.attributes.get("id") in notes))
    )


# The lists of Word


def _as_lists(tokens: list[Token]) -> Iterator[Token]:
    """Word writes items as paragraphs that name their list and level, and begin with a mark of their own."""
    lists: list[tuple[int, str, str]] = []  # level, Word's name of the list, ul or ol: an item is open in each
    ends = _ends(tokens)
    index = 0
    while index < len(tokens):
        token = tokens[index]
        item = ITEM.search(_style(token)) if token.value == "p" else None
        index += 1
        if item:
            kind, index = _mark(tokens, index, ends)
            yield from _item(lists, int(item[2]), item[1], kind)
        elif token.kind is Kind.OPENING and token.value in BLOCKS:
            yield from (*_ended(lists, 0), token)
        elif not (lists and token.kind is Kind.CLOSING and token.value in BLOCKS):
            yield token
    yield from _ended(lists, 0)


def _mark(tokens: list[Token], start: int, ends: Mapping[int, int]) -> tuple[str, int]:
    """The kind of list that the mark at the beginning of an item belongs to, and where the item's words begin."""
    for index in range(start, min(start + 8, len(tokens))):
        if "mso-list:Ignore" in _style(tokens[index]) and index in ends:
            mark = "".join(token.value for token in tokens[index : ends[index]] if token.kind is Kind.TEXT)
            return "ol" if NUMBER.match(mark) else "ul", ends[index] + 1
    return "ul", start


def _item(lists: list[tuple[int, str, str]], level: int, listed: str, kind: str) -> Iterator[Token]:
    yield from _ended(lists, level)
    if lists and lists[-1][0] == level:
        if lists[-1][1:] == (listed, kind):
            yield _closing("li")
        else:
            yield from _ended(lists, level - 1)
    if not lists or lists[-1][0] < level:
        lists.append((level, listed, kind))
        yield _opening(kind)
    yield _opening("li")


def _ended(lists: list[tuple[int, str, str]], down_to: int) -> Iterator[Token]:
    while lists and lists[-1][0] > down_to:
        yield from (_closing("li"), _closing(lists.pop()[2]))
