"""Limits are rows: they hold over processes, and of any number at once exactly as many get through as may."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from accounts import limits
from accounts.models import Tally
from tests.make import NOW

FIVE = limits.Limit("trial", 5, timedelta(minutes=15))


def test_a_limit_lets_through_as_many_as_it_says(db, now):
    answers = [FIVE.take("a") for _ in range(7)]

    assert answers == [True] * 5 + [False] * 2
    assert FIVE.take("b")


def test_a_limit_does_not_live_in_the_cache(db, now):
    for _ in range(5):
        FIVE.take("a")
    cache.clear()

    assert not FIVE.take("a")


def test_a_limit_opens_again_when_its_time_is_over(db):
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(5):
            FIVE.take("a")
        assert not FIVE.take("a")
        clock.shift(timedelta(minutes=15))

        assert FIVE.take("a")


def test_what_went_well_is_given_back(db, now):
    for _ in range(50):
        assert FIVE.take("a")
        FIVE.give_back("a")

    assert Tally.objects.get().count == 0


def test_a_refusal_by_one_limit_does_not_use_up_another(db, now):
    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.1")
    for _ in range(30):
        limits.sign_in(request, "edda@example.org").begin()

    counts = dict(Tally.objects.values_list("action", "count"))

    assert counts == {limits.ADDRESS.action: 10, limits.PASSWORD.action: 10, limits.ACCOUNT.action: 10}


def test_a_tally_names_neither_person_nor_address(db):
    limits.sign_in(RequestFactory().post("/", REMOTE_ADDR="192.0.2.1"), "edda@example.org").begin()

    assert all("edda" not in row.key and "192" not in row.key for row in Tally.objects.all())


def test_old_tallies_are_forgotten(db, now):
    FIVE.take("a")
    Tally.objects.create(action="x", key="y", until=timezone.now() - timedelta(days=2))

    limits.forget_old()

    assert [row.action for row in Tally.objects.all()] == ["trial"]


@pytest.mark.django_db(transaction=True)
def test_a_limit_holds_against_everybody_at_once():
    def once(_):
        try:
            return FIVE.take("a")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(once, range(24)))

    assert answers.count(True) == 5
