"""How long the page of a story waits for the answer when it saves by itself, with 200 and with 20,000 stories.

Beside it stand the same save of a long text, and one that has to be brought together with what another page saved.
"""

import json
import statistics
import sys
from collections.abc import Callable
from itertools import count
from typing import Any

from django.db import connection
from django.test import Client

from articles.models import Article, Revision
from benchmarks import newsroom
from desk.story.forms import standing_on

FEW, MANY = 200, 20_000
LONG = 12  # times the usual text: some 5,000 words
LIMIT = 0.15
TIMES = 25


class Page:
    """An opened story editor, as its script keeps it, whose person types one word for every save."""

    def __init__(self, client: Client, story: Article, *, paragraph: int, times: int = 1) -> None:
        self.client, self.paragraph = client, paragraph
        self.words = count(1)
        self.address = f"/admin/articles/article/{story.pk}/autosave/"
        draft, standing = story.current_draft(), standing_on(story, newsroom.editor())
        self.paragraphs = draft.body.removesuffix("</p>").split("</p>") * times
        self.typed: dict[str, Any] = {"headline": draft.headline, "summary": draft.summary} | standing
        self.typed |= json.loads(standing["seen"])
        lines = [line.author.name for line in draft.bylines.all()]
        self.typed |= {"byline-TOTAL_FORMS": len(lines), "byline-INITIAL_FORMS": 0}
        for number, name in enumerate(lines):
            self.typed |= {
                f"byline-{number}-name": name,
                f"byline-{number}-role": "by",
                f"byline-{number}-ORDER": number,
            }

    def save(self) -> None:
        turn = next(self.words)
        self.paragraphs[self.paragraph] += f" word{turn}"
        body = "".join(f"{paragraph}</p>" for paragraph in self.paragraphs)
        form = self.typed | {"body": body, "turn": turn}
        answer = self.client.post(self.address, form, headers={"Accept": "application/json"})
        if answer.status_code != 200:
            raise SystemExit(f"{self.address} answers {answer.status_code}.")
        stored = answer.json()
        self.typed |= {name: stored[name] for name in ("revision", "saves", "seen")}
        if "body" in stored["came_in"]:
            self.paragraphs = stored["came_in"]["body"].removesuffix("</p>").split("</p>")


def main() -> int:
    newsroom.opened()
    client = Client()
    newsroom.fill(FEW)
    client.force_login(newsroom.editor())
    _leave_room()
    few = _measured(client)
    newsroom.fill(MANY)
    many = _measured(client)
    usual = next(iter(many))
    within = [_told(name, many[name], few[name], many[usual]) for name in many]
    return 0 if all(within) else 1


def _leave_room() -> None:
    """What is saved while there are few stories takes no key of the many that are made afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [10 * MANY, Revision._meta.db_table])


def _told(
    name: str, many: tuple[newsroom.Taken, int], few: tuple[newsroom.Taken, int], usual: tuple[newsroom.Taken, int]
) -> bool:
    taken, asked = many
    grown = asked != few[1]
    ratio, ratio_to_usual = (statistics.median(taken.cpu) / statistics.median(other[0].cpu) for other in (few, usual))
    return (
        newsroom.told(
            f"{name} at {MANY:,}",
            taken,
            limit=LIMIT,
            queries=f"{asked}, were {few[1]}" if grown else asked,
            ratio_to_200=f"{ratio:.1f}",
            ratio_to_the_usual_save=f"{ratio_to_usual:.1f}",
        )
        and not grown
    )


def _measured(client: Client) -> dict[str, tuple[newsroom.Taken, int]]:
    """Three stories being written, each by pages of its own."""
    usual, long, shared = Article.objects.filter(live=None).order_by("-pk")[:3]
    page = Page(client, usual, paragraph=0)
    long_page = Page(client, long, paragraph=1, times=LONG)
    two = [Page(client, shared, paragraph=place) for place in (0, 4)]

    def turns() -> None:
        two.reverse()
        two[0].save()

    works: dict[str, Callable[[], None]] = {
        "autosave": page.save,
        "autosave of some 5,000 words": long_page.save,
        "autosave brought together with another's": turns,
    }
    return {name: (newsroom.seconds(work, TIMES), newsroom.queries(work)) for name, work in works.items()}


if __name__ == "__main__":
    sys.exit(main())
