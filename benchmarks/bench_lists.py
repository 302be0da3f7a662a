"""The lists of the desk with 20,000 stories, beside the same lists with 200: what grows, and how fast they answer."""

import statistics
import sys

from django.test import Client

from benchmarks import newsroom

FEW, MANY = 200, 20_000
LIMIT = 0.3
PAGES = {
    "story list": "/admin/articles/article/",
    "story list, page 200": "/admin/articles/article/?p=200",
    "story list, in review": "/admin/articles/article/?where=review",
    "story list, live in a section": "/admin/articles/article/?where=live&section__id__exact=1",
    "story list, a person": "/admin/articles/article/?person=Reporter+7",
    "story list, days": "/admin/articles/article/?what=appeared&since=2026-01-01",
    "story list, a frequent word": "/admin/articles/article/?q=ba",
    "story list, a rare word and a phrase": '/admin/articles/article/?q=gagigo+"ba+da"',
    "story list, a word nobody used": "/admin/articles/article/?q=zeitgeist+-ba",
    "dashboard": "/admin/",
}


def main() -> int:
    newsroom.opened()
    client = Client()
    newsroom.fill(FEW)
    client.force_login(newsroom.editor())
    few = {name: _measured(client, path.replace("p=200", "p=2")) for name, path in PAGES.items()}
    newsroom.fill(MANY)
    within = [_told(name, _measured(client, path), few[name]) for name, path in PAGES.items()]
    return 0 if all(within) else 1


def _told(name: str, many: tuple[newsroom.Taken, int], few: tuple[newsroom.Taken, int]) -> bool:
    taken, asked = many
    ratio = statistics.median(taken.cpu) / statistics.median(few[0].cpu)
    grown = asked != few[1]
    queries = f"{asked}, were {few[1]}" if grown else str(asked)
    name = f"{name} at {MANY:,}"
    return newsroom.told(name, taken, limit=LIMIT, queries=queries, ratio_to_200=f"{ratio:.1f}") and not grown


def _measured(client: Client, path: str) -> tuple[newsroom.Taken, int]:
    def ask() -> None:
        response = client.get(path)
        if response.status_code != 200:
            raise SystemExit(f"{path} answers {response.status_code}.")

    return newsroom.seconds(ask), newsroom.queries(ask)


if __name__ == "__main__":
    sys.exit(main())
