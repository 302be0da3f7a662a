"""Two people at once: threads with connections of their own, on whatever database the tests run on."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import Activity
from articles.models import Article
from articles.models.writing import StaleText
from articles.states import MoveRefused
from tests.make import make_article, make_text, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run every act in a thread of its own, started together; answers with results and refusals."""
    barrier = Barrier(len(acts))

    def run(act):
        barrier.wait()
        try:
            return act()
        except MoveRefused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_two_editors_publishing_exactly_one_wins_and_the_other_is_told():
    article = make_article()
    seen = article.draft

    def publish(editor):
        return lambda: Article.objects.get(pk=article.pk).publish(revision=seen, by=editor)

    results = at_once(*[publish(make_user()) for _ in range(4)])

    assert sorted(type(result).__name__ for result in results) == ["AlreadySo"] * 3 + ["NoneType"]
    assert Activity.objects.filter(verb="published").count() == 1


def test_of_saves_at_once_one_wins_and_every_text_is_kept():
    article = make_article()
    seen = article.draft

    def save(number):
        return lambda: Article.objects.get(pk=article.pk).revise(
            make_text(headline=f"Text {number}"), revision=seen, by=editors[number]
        )

    editors = [make_user() for _ in range(4)]
    results = at_once(*[save(number) for number in range(4)])

    assert sum(isinstance(result, StaleText) for result in results) == 3
    assert set(article.revisions.values_list("headline", flat=True)) >= {f"Text {number}" for number in range(4)}
    assert article.revisions.filter(conflicted=True).count() == 3
