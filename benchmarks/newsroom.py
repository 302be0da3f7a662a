"""A newsroom of any size in a database of its own, made in seconds, and a watch to measure it with."""

import os
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Activity, User
from articles.models import Article, Byline, Revision, Section, Wording
from articles.states import Status
from authors.models import Author
from newsroom.roles import EDITOR
from richtext import folded

AT_ONCE = 500
SECTIONS = ("Health", "Housing", "Schools", "Politics", "Environment", "Commentary")
NAMES = 200


def opened() -> None:
    """Tables and static files for the empty newsroom; the test client's host is let in."""
    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def fill(stories: int) -> None:
    """Have ``stories`` in the newsroom: as rows, past the verbs, because twenty thousand verbs take an hour.

    Each has an older text and a newest one of some 400 words with one byline. Of ten, seven are live (one of them
    with changes), one is being written, one in review, one ready.
    """
    chance = random.Random(20260914)  # noqa: S311 -- the same newsroom every time
    made = _people_and_sections() | {"prose": Prose(chance)}
    begun = Article.objects.count()
    for first in range(begun + 1, stories + 1, AT_ONCE):
        _batch(range(first, min(first + AT_ONCE, stories + 1)), chance, **made)


def editor() -> User:
    """Somebody of the role that sees most of the desk's lists."""
    user, is_new = User.objects.get_or_create(
        email="editor@example.org", defaults={"name": "Edda Editor", "is_staff": True}
    )
    if is_new:
        user.groups.add(Group.objects.get(name=EDITOR))
    return user


@dataclass(frozen=True)
class Taken:
    """How long a piece of work took each time, in seconds by the clock and of our own computing."""

    wall: list[float]
    cpu: list[float]


def seconds(work: Callable[[], object], times: int = 9) -> Taken:
    """How long ``work`` takes; the first time, which fills caches, is not counted."""
    work()
    taken = Taken([], [])
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        taken.wall.append(time.perf_counter() - wall)
        taken.cpu.append(time.process_time() - cpu)
    return taken


def queries(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


def told(name: str, taken: Taken, *, limit: float, **also: object) -> bool:
    """Print one line of the result; whether the median keeps to ``limit``, in seconds.

    On a machine that is busy with other things the clock says little: the computing time stands beside it.
    """
    median = statistics.median(taken.wall)
    words = [
        f"{'ok  ' if median <= limit else 'SLOW'} {name:<52} median {median * 1000:7.1f} ms",
        f"of {limit * 1000:.0f}, worst {max(taken.wall) * 1000:.1f}",
        f"computing {statistics.median(taken.cpu) * 1000:.1f} ms",
        *(f"{what.replace('_', ' ')} {value}" for what, value in also.items()),
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores",
    ]
    print(" · ".join(words), flush=True)  # noqa: T201 -- its purpose
    return median <= limit


def _people_and_sections() -> dict[str, Any]:
    if not Section.objects.exists():
        for position, name in enumerate(SECTIONS):
            Section.objects.create(name=name, slug=name.lower(), position=position)
        for number in range(NAMES):
            Author.objects.create(name=f"{_word(number).capitalize()} {_word(900 + number).capitalize()}")
        for number in range(20):
            User.objects.create(email=f"u{number}@example.org", name=f"Reporter {number}", is_staff=True)
    return {
        "sections": list(Section.objects.all()),
        "authors": list(Author.objects.all()),
        "people": [editor(), *User.objects.order_by("pk")],
    }


def _batch(
    numbers: range, chance: random.Random, *, sections: list[Any], authors: list[Any], people: list[Any], prose: "Prose"
) -> None:
    now = timezone.now()
    articles, revisions, wordings, bylines, activity = [], [], [], [], []
    for number in numbers:
        moment = now - timedelta(minutes=17 * (numbers.stop - number) + 60)
        person, stage = chance.choice(people), {8: "review", 9: "ready"}.get(number % 10, "writing")
        article = Article(
            pk=number,
            stage=stage,
            section=chance.choice(sections),
            slug=f"story-{number}",
            created_by=person,
            assignee=person,
            created_at=moment,
            changed_at=moment,
            published_at=moment if number % 10 < 7 else None,
            first_published_on=moment.date() if number % 10 < 7 else None,
        )
        articles.append(article)
        for text in (1, 2):
            headline, paragraphs = prose.words(8).capitalize(), prose.paragraphs(5)
            revision = Revision(
                pk=2 * number - 2 + text,
                article=article,
                number=text,
                headline=headline,
                summary=prose.words(30),
                body="".join(f"<p>{words}</p>" for words in paragraphs),
                words=400,
                made_by=person,
                made_by_name=person.name,
                made_at=moment,
                saved_at=moment,
                sealed_at=moment,
            )
            revisions.append(revision)
            plain = " ".join([headline, revision.summary, *paragraphs])
            wordings.append(Wording(revision=revision, headline=folded(headline), words=folded(plain)))
            bylines.append(Byline(revision=revision, author=chance.choice(authors)))
        story = {"subject_kind": "articles.article", "subject_id": number, "subject_name": headline, "at": moment}
        actor = {"actor_kind": "user", "actor_name": person.name, "actor": person}
        activity += [Activity(verb=verb, **story, **actor) for verb in ("began", "submitted")]
    with transaction.atomic():
        Article.objects.bulk_create(articles)
        Revision.objects.bulk_create(revisions)
        Wording.objects.bulk_create(wordings)
        Byline.objects.bulk_create(bylines)
        Activity.objects.bulk_create(activity)
        _point(numbers)


def _point(numbers: range) -> None:
    """Give the stories just made their newest text, and those with a date their live one."""
    new = Article.objects.filter(pk__in=numbers)
    new.update(draft_id=F("pk") * 2)
    live = new.filter(published_at__isnull=False)
    live.update(status=Status.PUBLISHED, live_id=F("pk") * 2, announced_at=F("published_at"))
    live.filter(pk__in=[number for number in numbers if number % 10 == 0]).update(live_id=F("pk") * 2 - 1)


class Prose:
    """Made-up words, some of them very frequent and most rare, and paragraphs of them."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._vocabulary = [_word(rank) for rank in range(20_000)]
        self._weights = list(accumulate(1 / (rank + 5) for rank in range(20_000)))
        self._paragraphs = [self.words(80) for _ in range(4_000)]

    def words(self, count: int) -> str:
        return " ".join(self._chance.choices(self._vocabulary, cum_weights=self._weights, k=count))

    def paragraphs(self, count: int) -> list[str]:
        return self._chance.choices(self._paragraphs, k=count)


def _word(rank: int) -> str:
    letters = "bdfgklmnprstvz"
    syllables = 1 + (rank > 60) + (rank > 900)
    return "".join(letters[rank // 14**place % 14] + "aeiou"[rank // 3 % 5] for place in range(syllables))
