"""What must be so before readers see a text: the product's own list, and what higher apps add to it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import richtext

if TYPE_CHECKING:
    from articles.models.article import Article
    from articles.models.revision import Revision

type Guard = Callable[["Article", "Revision"], list[str]]

_guards: list[Guard] = []


def register(guard: Guard) -> None:
    """Ask ``guard`` at every publication; it answers with a sentence for each thing that stands against it."""
    if guard not in _guards:
        _guards.append(guard)


def problems(article: "Article", revision: "Revision", *, summary_waived: bool) -> list[str]:
    """Everything that keeps ``revision`` from readers, each a sentence that says what to do."""
    found = [*_missing(article, revision, summary_waived=summary_waived), *_picture(revision)]
    for guard in _guards:
        found += guard(article, revision)
    return found


def _missing(article: "Article", revision: "Revision", *, summary_waived: bool) -> list[str]:
    needs = {
        "The story has no headline. Write one.": revision.headline,
        "The story has no summary. Write the “In summary” box, or say why it has none.": (
            revision.summary or summary_waived
        ),
        "The story has no text. Write the body.": richtext.text(revision.body).strip(),
        "The story is in no section. Choose one.": article.section_id,
        "The story has no byline. Name at least one author.": any(line.role == "by" for line in revision.bylines.all()),
    }
    return [sentence for sentence, there in needs.items() if not there]


def _picture(revision: "Revision") -> list[str]:
    return revision.lead_image.problems() if revision.lead_image else []
