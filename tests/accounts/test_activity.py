import pytest
from django.db import transaction

from accounts.activity import record
from accounts.actors import Sample
from tests.make import YESTERDAY, make_section

pytestmark = pytest.mark.django_db


def test_activity_counts_from_the_moment_the_verb_names(now):
    section = make_section()

    with transaction.atomic():
        told = [record("added", section, by=Sample(), at=YESTERDAY), record("described", section, by=Sample())]

    assert [row.at for row in told] == [YESTERDAY, now]


@pytest.mark.django_db(transaction=True)
def test_activity_is_refused_outside_a_transaction():
    section = make_section()

    with pytest.raises(RuntimeError, match="inside the transaction"):
        record("added", section, by=Sample())
