"""The HTML a newsroom needs: which elements, which attributes, which addresses. Everything else goes.

Pictures, galleries, links to stories, documents, embeds and charts are not HTML here but references
(``<figure data-image="12">``), see references.py; a footnote is a ``<small data-note="">`` where its mark stands.
There are no classes, no inline styles and no ``target``: a link opens where the reader wants it, and
without ``target`` no opener is shared, so ``rel="noopener"`` has nothing to do and is not written.
``rel`` says only what search engines must be told: nofollow, sponsored, ugc.
"""

import re
from collections.abc import Callable, Mapping
from html import unescape
from urllib.parse import urlsplit

from richtext.reading import printable

BLOCKS = frozenset(
    ["p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "hr", "figure", "figcaption", "aside"]
)
TABLE_PARTS = frozenset(["table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"])
INLINES = frozenset(["a", "strong", "em", "s", "sub", "sup", "code", "abbr", "cite", "q", "time"])
NOTE = "small"
TAGS = BLOCKS | TABLE_PARTS | INLINES | {NOTE, "br"}
SCHEMES = frozenset(("http", "https", "mailto", "tel"))

# The same thing under another name; a heading keeps to h2–h4, because the headline is the page's h1.
SAME_AS = {
    "b": "strong",
    "i": "em",
    "strike": "s",
    "del": "s",
    "tt": "code",
    "acronym": "abbr",
    "h1": "h2",
    "h5": "h4",
    "h6": "h4",
    "menu": "ul",
    "dir": "ul",
} | dict.fromkeys(
    [
        "address",
        "article",
        "aside",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "footer",
        "form",
        "header",
        "hgroup",
        "legend",
        "main",
        "nav",
        "search",
        "section",
        "summary",
    ],
    "div",
)

ID_PREFIX = "text-"
LONGEST_ADDRESS = 2000
MOST_IN_A_GALLERY = 20

Check = Callable[[str], str | None]

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.?|[0-9a-f:.]*:[0-9a-f:.]*")
REFERENCE = re.compile(r"&#?\w+;")


def attributes(name: str, given: Mapping[str, str]) -> dict[str, str]:
    """What of ``given`` an element ``name`` may keep, checked; in an order that does not change."""
    if not given:
        return {}
    if name == "figure":
        return _reference(given) | _checked(EVERYWHERE, given)
    return _checked(CHECKS.get(name, {}) | EVERYWHERE, given)


def reference_kind(kept: Mapping[str, str]) -> str | None:
    """Which kind of reference a figure with these checked attributes is, if it is one."""
    return next((kind for kind in REFERENCES if f"data-{kind}" in kept), None)


def means_reference(given: Mapping[str, str]) -> bool:
    """Whether a figure was meant to be a reference, whatever its value is worth."""
    return any(f"data-{kind}" in given for kind in REFERENCES)


def written(name: str, kept: Mapping[str, str]) -> str:
    """The opening tag, escaped as the sanitiser itself writes it."""
    if not kept:
        return f"<{name}>"
    parts = [f'{attribute}="{escaped(value, quotes=True)}"' for attribute, value in kept.items()]
    return f"<{' '.join([name, *parts])}>"


def escaped(text: str, *, quotes: bool = False) -> str:
    """As HTML text, or as the inside of an attribute in double quotes."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\xa0", "&nbsp;")
    return text.replace('"', "&quot;") if quotes else text


def address(given: str) -> str | None:
    r"""A link's address, or None where it leads nowhere a newsroom links to.

    Browsers ignore tabs and line ends inside an address and read a backslash as a slash, so
    ``java\nscript:`` and ``/\host`` are seen for what they are. ``//host`` becomes ``https://host``.
    """
    link = re.sub(r"[\t\n]", "", given.strip()).replace(" ", "%20")
    if link.startswith("//"):
        link = f"https:{link}"
    if not link or len(link) > LONGEST_ADDRESS or re.match(r"[/\\]*\\|/{2}", link):
        return None
    if link.startswith("#"):
        fragment = anchor(link[1:])
        return fragment and f"#{fragment}"
    scheme = SCHEME.match(link)
    if scheme is None:
        return link
    return _absolute(link, scheme[1].lower())


def _absolute(link: str, scheme: str) -> str | None:
    if scheme not in SCHEMES:
        return None
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        return None
    if scheme not in {"http", "https"}:
        return link if parts.path else None
    # No user name before the host: it is only there to make a link look like another one.
    return link if port != 0 and HOST.fullmatch(parts.hostname or "") and "@" not in parts.netloc else None


def anchor(given: str) -> str | None:
    """An id of the text's own, with a prefix so that it never meets one of the page or of a script."""
    name = given.removeprefix(ID_PREFIX)
    return f"{ID_PREFIX}{name}" if re.fullmatch(r"[A-Za-z0-9][\w.:-]{0,79}", name, re.ASCII) else None


def _checked(checks: Mapping[str, Check], given: Mapping[str, str]) -> dict[str, str]:
    kept = {}
    for attribute, check in checks.items():
        if attribute in given:
            value = check(printable(REFERENCE.sub(lambda found: unescape(found[0]), given[attribute])))
            if value is not None:
                kept[attribute] = value
    return kept


def _reference(given: Mapping[str, str]) -> dict[str, str]:
    """The attributes of the one reference a figure is: of the first kind whose value holds."""
    for kind, checks in REFERENCES.items():
        kept = _checked(checks, given) if f"data-{kind}" in given else {}
        if f"data-{kind}" in kept:
            break
    else:
        return {}
    if kind == "gallery" and " " not in kept["data-gallery"]:
        return {"data-image": kept["data-gallery"]}
    return kept


def _ids(given: str) -> str | None:
    found = dict.fromkeys(one for one in given.split() if ID(one))
    return " ".join(list(found)[:MOST_IN_A_GALLERY]) or None


def _source(given: str) -> str | None:
    source = address(given)
    return source if source and source.lower().startswith(("http://", "https://")) else None


def _matching(pattern: str) -> Check:
    allowed = re.compile(pattern, re.ASCII)
    return lambda given: given.strip() if allowed.fullmatch(given.strip()) else None


def _rel(given: str) -> str | None:
    return " ".join(sorted({"nofollow", "sponsored", "ugc"} & set(given.lower().split()))) or None


def _words(most: int) -> Check:
    return lambda given: " ".join(given.split())[:most].rstrip() or None


def _present(_given: str) -> str:
    return ""


EVERYWHERE: dict[str, Check] = {
    "lang": _matching(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}"),
    "dir": _matching(r"ltr|rtl|auto"),
}
SPAN = _matching(r"[1-9][0-9]?")
CELL: dict[str, Check] = {"colspan": SPAN, "rowspan": SPAN}
ID = _matching(r"[1-9][0-9]{0,17}")
# What a figure may refer to: the first attribute says what, in which order they are written.
REFERENCES: dict[str, dict[str, Check]] = {
    "image": {"data-image": ID, "data-place": _matching(r"wide|left|right"), "data-alt": _words(500)},
    "gallery": {"data-gallery": _ids},
    "story": {"data-story": ID},
    "document": {"data-document": ID},
    "embed": {"data-embed": _source, "data-title": _words(300), "data-poster": ID},
    "chart": {"data-chart": _matching(r"bar|line|column")},
}
CHECKS: dict[str, dict[str, Check]] = {
    "a": {"href": address, "title": _words(300), "rel": _rel},
    "abbr": {"title": _words(300)},
    "blockquote": {"cite": _source, "data-pull": _present},
    "aside": {"data-box": _present},
    NOTE: {"data-note": _present},
    "q": {"cite": _source},
    "time": {"datetime": _matching(r"[0-9TZPWYMDHS:+. -]{1,40}")},
    "ol": {"start": _matching(r"-?[0-9]{1,5}"), "reversed": _present},
    "th": CELL | {"scope": _matching(r"col|row|colgroup|rowgroup")},
    "td": CELL,
    "figure": {attribute: check for checks in REFERENCES.values() for attribute, check in checks.items()},
    **{name: {"id": anchor} for name in ("h2", "h3", "h4", "p", "li", "sup")},
}
