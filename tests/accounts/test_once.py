"""What opens once opens once, however many try it at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts import factors, people
from accounts.models import Activity, User
from tests.accounts.codes import give_app, shown
from tests.make import make_user

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(do, times=6):
    def one(number):
        try:
            return do(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(one, range(times)))


def test_a_code_of_an_app_opens_once(now):
    user = make_user()
    give_app(user)

    answers = at_once(lambda _: factors.check_code(user, shown()))

    assert answers.count(factors.APP) == 1


def test_a_recovery_code_opens_once():
    user = make_user()
    give_app(user)
    code, *_ = factors.new_codes(user, by=user)

    answers = at_once(lambda _: factors.check_code(user, code))

    assert answers.count(factors.RECOVERY) == 1
    assert factors.codes_left(user) == 9


def test_an_invitation_is_accepted_once():
    user = User.objects.create_user("noa@example.org", None, name="Noa", is_staff=True)
    key = people.cut_key(user)

    def accept(number):
        try:
            return people.accept(key, f"a long enough password {number}")
        except people.KeyRefused:
            return None

    answers = at_once(accept)

    (number,) = [number for number, answer in enumerate(answers) if answer]
    assert User.objects.get().check_password(f"a long enough password {number}")
    assert Activity.objects.filter(verb="password changed").count() == 1
