"""What is wrong with what a text refers to, said before readers find out."""

from collections.abc import Iterator, Mapping
from typing import Any

import richtext
from articles.checklist import Case, Finding
from articles.linked import linked
from articles.models import Article
from documents.models import Document
from embeds import recognise
from images.models import Image
from richtext import Figure, figures

LOST = {"image": "Picture {}", "document": "Document {}", "story": "The link to story {}"}


def problems(case: Case) -> Iterator[Finding]:
    """Each once, in the order of the text. Of the lead picture another rule speaks."""
    body, lead = case.revision.body, case.revision.lead_image
    named = richtext.named(body)
    there: dict[str, Mapping[Any, Any]] = {
        "image": Image.objects.in_bulk(named.images) if named.images else {},
        "document": Document.objects.in_bulk(named.documents) if named.documents else {},
        "story": Article.objects.in_bulk(named.stories) if named.stories else {},
    }
    public = linked(named.stories) if named.stories else {}
    said: set[str] = set()
    for figure in figures(body):
        for finding in _of(figure, there, public, lead):
            if finding.sentence not in said:
                said.add(finding.sentence)
                yield finding


def _of(
    figure: Figure, there: Mapping[str, Mapping[Any, Any]], public: Mapping[int, Article], lead: Image | None
) -> Iterator[Finding]:
    where = f"after “{figure.after}”" if figure.after else "at the beginning of the text"
    for kind, key in figure.subjects:
        if kind in there and key not in there[kind]:
            yield Finding(
                "reference", f"{LOST[kind].format(key)}, {where}, is not there any more. Take it out.", "body"
            )
        elif kind == "image" and (lead is None or key != lead.pk):
            for sentence in there[kind][key].problems(alt=figure.given.get("data-alt", "")):
                yield Finding("picture", sentence, "body")
        elif kind == "story" and key not in public:
            yield Finding(
                "linked_story",
                f"The link to “{there[kind][key].headline or 'Untitled'}”, {where}, shows readers nothing before that "
                "story is published.",
                "body",
                blocks=False,
            )
    yield from _untitled(figure, where)


def _untitled(figure: Figure, where: str) -> Iterator[Finding]:
    embed = recognise(figure.given["data-embed"]) if figure.kind == "embed" else None
    if embed and embed.frame and "data-title" not in figure.given:
        yield Finding(
            "embed_title",
            f"The embed of {embed.provider}, {where}, has no title. Say what it shows: it is all readers see before "
            "they ask for it, and what screen readers call it.",
            "body",
            blocks=False,
        )
