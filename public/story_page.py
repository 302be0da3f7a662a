"""What stands on a story's page, whether readers see it already or somebody looks ahead."""

from typing import Any

from articles.models import Article, Revision
from commentary.responses import answered_by, responses_to
from public import bylines, corrections, linked_data

RELATED = 3


def context(story: Article, live: Revision) -> dict[str, Any]:
    """For ``public/article.html``: a story loaded ``with_page`` and the text in its ``live``."""
    return {
        "article": story,
        "lines": bylines.lines(live),
        "writers": bylines.everybody(live),
        "corrections": corrections.of(story),
        "modified": linked_data.modified(story) if story.published_at else None,
        "answered": answered_by(story) if story.is_commentary else None,
        "responses": list(responses_to(story).with_cards()),
        "related": Article.objects.published().with_cards().related_to(story)[:RELATED],
    }
