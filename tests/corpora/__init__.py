"""HTML that means harm: two published corpora and a third, whole, and our own. See README.md in this folder."""

import json
import re
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from tests.corpora.own import CONSTRUCTS

HERE = Path(__file__).parent


class Vector(NamedTuple):
    name: str
    html: str


@cache
def dompurify():
    """The ``payload`` of each of DOMPurify's fixtures: a JSON list behind two words of JavaScript."""
    listed = (HERE / "dompurify" / "expect.mjs").read_text().removeprefix("export default").strip().removesuffix(";")
    fixtures = json.loads(listed, strict=False)
    return [Vector(f"dompurify {n}: {one.get('title', '')}", one["payload"]) for n, one in enumerate(fixtures, 1)]


JAVA = re.compile(
    r"//[^\n]*|/\*.*?\*/|'(?:[^'\\]|\\.)+'|\"(?P<text>(?:[^\"\\\n]|\\.)*)\"|(?P<plus>\+)|\s+|(?P<other>.)", re.DOTALL
)
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "b": "\b", "0": "\0"}


@cache
def antisamy():
    """Every string with a tag or a reference in it that AntiSamy's tests hold; joined ones as one."""
    source = (HERE / "antisamy" / "AntiSamyTest.java").read_text()
    texts, parts, joining = [], [], False
    for token in JAVA.finditer(source):
        if token["text"] is not None:
            if not joining and parts:
                texts.append("".join(parts))
                parts = []
            parts.append(re.sub(r"\\(u+[0-9a-fA-F]{4}|.)", _unescaped, token["text"]))
            joining = False
        elif token["plus"]:
            joining = bool(parts)
        elif token["other"]:
            texts.append("".join(parts))
            parts, joining = [], False
    markup = dict.fromkeys(text for text in texts if re.search("[<>&]", text))
    return [Vector(f"antisamy {n}", text) for n, text in enumerate(markup, 1)]


def _unescaped(match):
    code = match[1]
    return chr(int(code.lstrip("u"), 16)) if len(code) > 1 else ESCAPES.get(code, code)


@cache
def bleach():
    """What stands before the line ``--`` of each of bleach's test files."""
    files = sorted((HERE / "bleach").glob("*.test"), key=lambda path: int(path.stem))
    return [Vector(f"bleach {path.name}", path.read_text().split("\n--\n")[0]) for path in files]


@cache
def own():
    return [
        Vector(f"own, {kind} {n}: {html[:60]!r}", html)
        for kind, constructs in CONSTRUCTS.items()
        for n, html in enumerate(constructs, 1)
    ]


CORPORA = {"dompurify": dompurify, "antisamy": antisamy, "bleach": bleach, "own": own}


def everything():
    return [vector for corpus in CORPORA.values() for vector in corpus()]


def sampled():
    """Of each construct the shortest vector, so that slow ways in and out still meet every construct."""
    shortest = {}
    for vector in sorted(everything(), key=lambda vector: len(vector.html)):
        shortest.setdefault(skeleton(vector.html), vector)
    return list(shortest.values())


SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.-]*):|[\x00-\x20]*(//|\\\\|/|#)", re.IGNORECASE)


class _Skeleton(HTMLParser):
    """Tags, attributes and what kind of value they have; no words, no names of hosts, each row of the same once."""

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.parts = []

    def add(self, *part):
        if not self.parts or self.parts[-1] != part:
            self.parts.append(part)

    def handle_starttag(self, tag, attrs):
        raw = self.get_starttag_text() or ""
        disguised = ("&" in raw, bool(re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]|\S[\t\n\r]+\S*:", raw)))
        self.add("open", tag, tuple(sorted((name, _kind(value or "")) for name, value in attrs)), disguised)

    def handle_endtag(self, tag):
        self.add("close", tag)

    def handle_data(self, data):
        self.add("text", "<" in data, bool(re.search(r"@import|url\(|expression\(", data)))

    def handle_entityref(self, name):
        self.add("reference")

    def handle_charref(self, name):
        self.add("number")

    def handle_comment(self, data):
        self.add("comment", bool(re.search("[<>]", data)), data.startswith("["))

    def handle_decl(self, decl):
        self.add("declaration", ">" in decl or "[" in decl)

    def unknown_decl(self, data):
        self.add("declaration", data[:5])

    def handle_pi(self, data):
        self.add("instruction")


def _kind(value):
    """What an attribute's value is: a scheme, something in CSS, markup, or just words."""
    value = re.sub(r"[\t\n\r\x00]", "", unescape(value))
    scheme = SCHEME.match(value)
    css = tuple(sorted(set(re.findall(r"url\(|@import|expression\(|image-set\(|behavior|-moz-binding", value))))
    return ((scheme[1] or scheme[2]).lower() if scheme else "", css, "<" in value, '"' in value or "'" in value)


@cache
def skeleton(html):
    """Two vectors with the same skeleton are the same construct in other words."""
    parser = _Skeleton()
    try:
        parser.feed(html)
        parser.close()
    except (AssertionError, ValueError):  # a declaration Python's parser gives up on is a construct of its own
        parser.add("given up", html)
    # Depth is one construct, however deep: rows of repeated pairs are written once.
    parts, short = parser.parts, []
    for part in parts:
        if part not in short[-4:]:
            short.append(part)
    return tuple(short)


def constructs(vectors):
    return {skeleton(vector.html) for vector in vectors}
