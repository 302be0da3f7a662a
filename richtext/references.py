"""What a text refers to: ``<figure data-image="12"><figcaption>…</figcaption></figure>``.

richtext does not know what a picture is. The app that does registers, in its ``AppConfig.ready``, how to
load the objects and the template that shows one.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any, Literal, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from richtext.allowed import REFERENCES, attributes, reference_kind
from richtext.notes import NOTE
from richtext.reading import Kind, printable, read
from richtext.words import text


class Table(NamedTuple):
    """What a chart is drawn from: its form (bar, line or column) and its table, as clean HTML."""

    form: str
    html: str


type LoadMany = Callable[[list[Any]], Mapping[Any, Any]]

FIGURE = re.compile(r"<figure(?P<given> data-[^>]*)>(?P<inside>.*?)</figure>", re.DOTALL)
GIVEN = re.compile(r' ([a-z-]+)="([^"]*)"')
CAPTION = re.compile(r"<figcaption[^>]*>(.*?)</figcaption>", re.DOTALL)
TABLE = re.compile(r"<table(?=[ >]).*</table>", re.DOTALL)
MOST_OF_A_KIND = 1_000
LOOKED_BACK, NAMED_BY = 4_000, 60
MISSING = {
    "image": "Picture {} is not in the library any more. Readers see nothing here.",
    "story": "Story {} is not published, or is gone. Readers see no link to it while that is so.",
    "document": "Document {} is not in the library any more. Readers see nothing here.",
    "embed": "This embed cannot be shown: {}. Readers see nothing here.",
    "chart": "The chart has no table to be drawn from. Readers see nothing here.",
}


type Place = Literal["body", "gallery", "poster"]


class Named(NamedTuple):
    """What a text refers to, each once, in the order of the text; ``images`` with galleries and posters.

    ``placed`` says where each picture is: in the body, a gallery, or as the poster of an embed.
    """

    images: tuple[int, ...] = ()
    documents: tuple[int, ...] = ()
    stories: tuple[int, ...] = ()
    embeds: tuple[str, ...] = ()
    placed: tuple[tuple[Place, int], ...] = ()


class _Register(NamedTuple):
    load_many: LoadMany | None
    template: str


class Figure(NamedTuple):
    """One reference in a text: its kind, its checked attributes, the HTML inside, and the words before it."""

    kind: str
    given: Mapping[str, str]
    inside: str
    after: str = ""

    @property
    def subjects(self) -> list[tuple[str, Any]]:
        """What has to be loaded to show it, as kinds and keys: ``("image", 12)``."""
        value = self.given[f"data-{self.kind}"]
        match self.kind:
            case "gallery":
                return [("image", int(one)) for one in value.split()]
            case "embed":
                poster = self.given.get("data-poster")
                return [("embed", value), *([("image", int(poster))] if poster else [])]
            case "chart":
                table = TABLE.search(self.inside)
                return [("chart", Table(value, table[0] if table else ""))]
        return [(self.kind, int(value))]


PLACES: dict[str, Place] = {"image": "body", "gallery": "gallery", "embed": "poster"}
_kinds: dict[str, _Register] = {}


def register(kind: str, load_many: LoadMany | None, template: str) -> None:
    """Show references of ``kind`` by ``template``.

    ``load_many`` gets the keys of one text, each once, and answers with those it knows: one query. Keys are ids;
    for embeds addresses, for charts ``Table``s. Galleries have none: their pictures are loaded with all others.

    The template gets the object under the name of its kind (``gallery`` is a list of pictures), ``caption`` (trusted
    HTML, may be empty) and ``variant``: page, desk, feed or mail. A picture comes with ``place`` and ``alt``, which are
    empty unless given for this use; an embed with ``title`` and ``poster`` (a picture or None); a chart with
    ``table`` (trusted HTML) and its caption as plain text, ``name``.
    """
    if kind not in REFERENCES:
        raise ValueError(f"clean() drops references of kind “{kind}”. Add it to richtext.allowed.REFERENCES.")
    _kinds[kind] = _Register(load_many, template)


def named(html: str) -> Named:
    """What ``html`` refers to, whether it still exists or not. It asks no question."""
    found: dict[str, dict[Any, None]] = {kind: {} for kind in REFERENCES}
    placed: dict[tuple[Place, int], None] = {}
    for token in read(printable(html)):
        if token.kind is Kind.OPENING and token.value == "figure":
            given = attributes("figure", token.attributes)
            if kind := reference_kind(given):
                for each, key in Figure(kind, given, "").subjects:
                    _add(found[each], key)
                    if each == "image" and key in found[each]:
                        placed[PLACES[kind], key] = None
    images, documents, stories, embeds = (tuple(found[kind]) for kind in ("image", "document", "story", "embed"))
    return Named(images, documents, stories, embeds, tuple(placed))


def figures(html: str) -> Iterator[Figure]:
    """Every reference in ``html``, which is clean, in order; with the end of the words before it, to find it by."""
    for match in FIGURE.finditer(html):
        if figure := _read(match):
            before = html[max(0, match.start() - LOOKED_BACK) : match.start()]
            yield figure._replace(after=_end(text(NOTE.sub("", before[before.find("<") :]))))


def resolved(html: str, variant: str, *, without: Sequence[str] = ()) -> str:
    """``html``, which is clean, with each reference replaced by what it names.

    An unknown one is replaced by nothing; on the desk by a sentence that says so. Those of the kinds in ``without``
    stay as they are.
    """
    wanted: dict[str, dict[Any, None]] = {}
    for figure in FIGURE.finditer(html):
        reference = _read(figure)
        if reference and reference.kind not in without:
            for kind, key in reference.subjects:
                _add(wanted.setdefault(kind, {}), key)
    if not wanted:
        return html
    found = {kind: load(list(keys)) for kind, keys in wanted.items() if (load := _loader(kind))}

    def shown(figure: re.Match[str]) -> str:
        reference = _read(figure)
        if reference is None or reference.kind in without:
            return figure[0]
        return "".join(_shown(reference, found, variant))

    return FIGURE.sub(shown, html)


def label(kind: str, key: Any) -> str:
    """What people call an embed, if somebody knows: “YouTube”."""
    load = _loader(kind)
    subject = load([key]).get(key) if load else None
    return "" if subject is None else str(subject)


def _add(keys: dict[Any, None], key: Any) -> None:
    """What a text refers to beyond all measure is unknown: a database is asked for so many at once and no more."""
    if len(keys) < MOST_OF_A_KIND:
        keys[key] = None


def _end(plain: str) -> str:
    """The last words, to find a place by."""
    line = plain.rpartition("\n")[2]
    return line if len(line) <= NAMED_BY else f"…{line[-NAMED_BY:].partition(' ')[2]}"


def _loader(kind: str) -> LoadMany | None:
    return _kinds[kind].load_many if kind in _kinds else None


def _read(figure: re.Match[str]) -> Figure | None:
    given = {name: unescape(value) for name, value in GIVEN.findall(figure["given"])}
    kind = reference_kind(given)
    return Figure(kind, given, figure["inside"]) if kind else None


def _shown(reference: Figure, found: Mapping[str, Mapping[Any, Any]], variant: str) -> Iterator[str]:
    known = [found[kind][key] for kind, key in reference.subjects if key in found.get(kind, {})]
    kind, first = reference.subjects[0]
    is_known = bool(known) if reference.kind == "gallery" else first in found.get(kind, {})
    if is_known and reference.kind in _kinds:
        context = _context(reference, known) | {"caption": _caption(reference.inside), "variant": variant}
        yield render_to_string(_kinds[reference.kind].template, context)
    if variant == "desk":
        missing = [MISSING[kind].format(key) for kind, key in reference.subjects if key not in found.get(kind, {})]
        if missing:
            yield render_to_string("richtext/missing.html", {"sentences": missing})


def _context(reference: Figure, known: list[Any]) -> dict[str, Any]:
    given = reference.given
    match reference.kind:
        case "image":
            return {"image": known[0], "place": given.get("data-place", ""), "alt": given.get("data-alt", "")}
        case "gallery":
            return {"gallery": known}
        case "embed":
            return {"embed": known[0], "title": given.get("data-title", ""), "poster": next(iter(known[1:]), None)}
        case "chart":
            table = reference.subjects[0][1].html
            name = text(NOTE.sub("", str(_caption(reference.inside))))
            return {"chart": known[0], "name": name, "table": mark_safe(table)}  # noqa: S308 -- part of a text that is clean
    return {reference.kind: known[0]}


def _caption(inside: str) -> SafeString:
    match = CAPTION.search(inside)
    return mark_safe(match[1].strip() if match else "")  # noqa: S308 -- part of a text that is clean
