"""A verb that fails at any of its statements has done nothing: not the move, not its log, not its word to others."""

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from accounts.models import Activity
from articles.kinds import Change
from articles.models import Article, Correction, PlannedUpdate, Revision
from articles.models.announcing import announce
from articles.notes import Note
from tests.make import NOW, TOMORROW, YESTERDAY, make_article, make_text, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

MODELS = (Article, Revision, Correction, PlannedUpdate, Activity, DBTaskResult)


class Cut(Exception):  # noqa: N818 -- power, cable, memory
    """What ends the verb."""


def everything():
    return {model: list(model.objects.order_by("pk").values()) for model in MODELS}


class Breaker:
    """Lets the first statements through, then fails after the next one has run, unless all is committed by then."""

    def __init__(self, allowed):
        self.left = allowed
        self.depth = 0
        self.is_committed = False

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if sql.startswith("SAVEPOINT"):
            self.depth += 1
        elif sql.startswith(("RELEASE", "ROLLBACK")):
            self.depth -= 1
            self.is_committed = self.is_committed or self.depth == 0
        else:
            self.left -= 1
            if self.left < 0 and not self.is_committed:
                raise Cut
        return result


def changed():
    article = make_article(published_at=YESTERDAY)
    article.revise(make_text(headline="New"), revision=article.draft, by=make_user())
    return article


def planned():
    article = changed()
    article.plan(revision=article.draft, by=make_user(), at=TOMORROW)
    return article


VERBS = {
    "publish": (make_article, lambda article, by: article.publish(revision=article.draft, by=by)),
    "schedule": (make_article, lambda article, by: article.publish(revision=article.draft, by=by, at=TOMORROW)),
    "reschedule": (
        lambda: make_article(published_at=TOMORROW),
        lambda article, by: article.publish(revision=article.draft, by=by, at=NOW),
    ),
    "correct": (
        planned,
        lambda article, by: article.publish(
            revision=article.draft, by=by, change=Change.CORRECTION, note=Note("It was wrong.")
        ),
    ),
    "plan": (changed, lambda article, by: article.plan(revision=article.draft, by=by, at=TOMORROW)),
    "withdraw": (planned, lambda article, by: article.withdraw(by=by, note="Why")),
    "retract": (planned, lambda article, by: article.retract(by=by, note="Why")),
    "unschedule": (lambda: make_article(published_at=TOMORROW), lambda article, by: article.unschedule(by=by)),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_cut_short_after_any_statement_has_done_nothing(verb):
    start, act = VERBS[verb]
    article, editor = start(), make_user()
    before = everything()
    statements = 0

    while True:
        try:
            with connection.execute_wrapper(Breaker(statements)):
                act(Article.objects.get(pk=article.pk), editor)
        except Cut:
            assert everything() == before
        else:
            break
        statements += 1

    assert statements > 5
    assert everything() != before


def test_a_fold_cut_short_after_any_statement_keeps_the_plan(time_machine):
    planned()
    time_machine.move_to(TOMORROW)
    before = everything()
    statements = 0

    while True:
        try:
            with connection.execute_wrapper(Breaker(statements)):
                announce()
        except Cut:
            assert everything() == before
        else:
            break
        statements += 1

    assert (statements > 5, PlannedUpdate.objects.count()) == (True, 0)
