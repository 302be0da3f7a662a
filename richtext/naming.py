"""What people call the blocks of a text, and what changed about a reference besides its words."""

import re
from collections.abc import Iterator, Mapping
from html import unescape

from richtext import references
from richtext.allowed import REFERENCES, reference_kind
from richtext.blocks import Block
from richtext.words import excerpt, text

NAMES = {
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "ul": "list",
    "ol": "numbered list",
    "li": "item",
    "blockquote": "quotation",
    "pre": "verbatim text",
    "hr": "rule",
    "figure": "picture",
    "figcaption": "caption",
    "caption": "caption",
    "tr": "row",
    "table": "table",
    "td": "cell",
    "th": "cell",
    "aside": "info box",
}
NUMBERED = {"image": "picture {}", "story": "link to story {}", "document": "document {}"}
PLACES = {"wide": "wide", "left": "pulled to the left", "right": "pulled to the right", "": "as wide as the text"}
GIVEN = re.compile(r' ([a-z-]+)="([^"]*)"')
QUOTE = 80
TOLD = frozenset(attribute for checks in REFERENCES.values() for attribute in checks)


def given(block: Block) -> Mapping[str, str]:
    """The attributes of its opening tag."""
    return {name: unescape(value) for name, value in GIVEN.findall(block.opening)}


def kind_of(block: Block) -> str:
    """Which kind of reference it is; empty if it is none."""
    return (reference_kind(given(block)) or "") if block.name == "figure" else ""


def name_of(block: Block, noun: str) -> str:
    """“picture 12”, “embed of YouTube”, “pull quote”; ``noun`` is what a paragraph is called here."""
    if block.name == "p":
        return noun
    if block.name == "blockquote" and "data-pull" in given(block):
        return "pull quote"
    kind = kind_of(block)
    if kind in NUMBERED:
        return NUMBERED[kind].format(given(block)[f"data-{kind}"])
    if kind == "embed":
        provider = references.label("embed", given(block)["data-embed"])
        return f"embed of {provider}" if provider else "embed"
    return kind or NAMES.get(block.name, "text")


def with_article(name: str) -> str:
    """“a heading”, “an info box”; what has a number needs none: “picture 12”."""
    if name[-1].isdigit():
        return name
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def capital(said: str) -> str:
    """At the beginning of a sentence; names within stay as they are."""
    return said[:1].upper() + said[1:]


def quote_of(block: Block) -> str:
    """The beginning of what it says; of an embed the title, without one the address."""
    attributes = given(block)
    said = attributes.get("data-title") or text(block.html) or attributes.get("data-embed", "")
    return excerpt(said, QUOTE)


def continues(one: Block, other: Block) -> bool:
    """Both are the same thing, changed at most in its words and in how it stands there."""
    if one.opening == other.opening:
        return True
    kind = kind_of(one)
    if not kind or kind != kind_of(other):
        return False
    return kind in {"gallery", "chart"} or given(one)[f"data-{kind}"] == given(other)[f"data-{kind}"]


def attributes_told(one: Block, other: Block) -> Iterator[str]:
    """What became of the attributes of a reference that ``continues``, as sentences in plain text."""
    if one.opening == other.opening:
        return
    kind, was, now = kind_of(one), given(one), given(other)
    name = capital(name_of(other, "paragraph"))
    if kind == "gallery":
        yield from _pictures_told(was["data-gallery"].split(), now["data-gallery"].split())
    elif kind == "chart" and was["data-chart"] != now["data-chart"]:
        yield f"The chart is now a {now['data-chart']} chart."
    if was.get("data-place") != now.get("data-place"):
        yield f"{name} is now {PLACES[now.get('data-place', '')]}."
    for attribute, called in (("data-alt", "alt text for this use"), ("data-title", "title")):
        if was.get(attribute) != now.get(attribute):
            said = f"is now “{now[attribute]}”" if attribute in now else "was removed"
            yield f"{name}: the {called} {said}."
    if was.get("data-poster") != now.get("data-poster"):
        yield f"{name} now shows picture {now['data-poster']}." if "data-poster" in now else f"{name}: no picture now."
    if {key: was[key] for key in was if key not in TOLD} != {key: now[key] for key in now if key not in TOLD}:
        yield f"{name} is marked up in another way."


def _pictures_told(was: list[str], now: list[str]) -> Iterator[str]:
    yield from (f"Picture {key} was added to the gallery." for key in now if key not in was)
    yield from (f"Picture {key} was removed from the gallery." for key in was if key not in now)
    if [key for key in was if key in now] != [key for key in now if key in was]:
        yield "The pictures of the gallery are in another order."
