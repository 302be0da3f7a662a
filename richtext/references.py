"""What a text refers to: ``<figure data-image="12"><figcaption>…</figcaption></figure>``.

richtext does not know what a picture is. The app that does registers, in its ``AppConfig.ready``, how to
load the objects and the template that shows one.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from richtext.allowed import REFERENCE_KINDS

LoadMany = Callable[[list[int]], Mapping[int, Any]]

REFERENCE = re.compile(
    rf'<figure data-(?P<kind>{"|".join(REFERENCE_KINDS)})="(?P<id>[0-9]+)"[^>]*>(?P<inside>.*?)</figure>', re.DOTALL
)
CAPTION = re.compile(r"<figcaption[^>]*>(.*)</figcaption>", re.DOTALL)


class _Register(NamedTuple):
    load_many: LoadMany
    template: str


_kinds: dict[str, _Register] = {}


def register(kind: str, load_many: LoadMany, template: str) -> None:
    """Show references of ``kind`` by ``template``.

    ``load_many`` gets the ids of one text, each once, and answers with those it knows: one query. The
    template gets the object under the name of its kind, ``caption`` (trusted HTML, may be empty) and
    ``variant``: page, feed or mail.
    """
    if kind not in REFERENCE_KINDS:
        raise ValueError(f"clean() drops references of kind “{kind}”. Add it to richtext.allowed.REFERENCE_KINDS.")
    _kinds[kind] = _Register(load_many, template)


def resolved(html: str, variant: str) -> str:
    """``html``, which is clean, with each reference replaced by what it names; an unknown one by nothing."""
    wanted: dict[str, list[int]] = {}
    for match in REFERENCE.finditer(html):
        ids = wanted.setdefault(match["kind"], [])
        if int(match["id"]) not in ids:
            ids.append(int(match["id"]))
    if not wanted:
        return html
    found = {kind: _kinds[kind].load_many(ids) for kind, ids in wanted.items() if kind in _kinds}

    def shown(match: re.Match[str]) -> str:
        kind, subject = match["kind"], found.get(match["kind"], {}).get(int(match["id"]))
        if subject is None:
            return ""
        context = {kind: subject, "caption": _caption(match["inside"]), "variant": variant}
        return render_to_string(_kinds[kind].template, context)

    return REFERENCE.sub(shown, html)


def _caption(inside: str) -> SafeString:
    match = CAPTION.search(inside)
    return mark_safe(match[1].strip() if match else "")  # noqa: S308 -- part of a text that is clean
