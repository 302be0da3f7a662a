"""The log on the desk: read by person, by what was done, by date and by what it was done to."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.activity import record
from accounts.actors import Clock, Guest
from accounts.sealing import seal_waiting
from newsroom.roles import EDITOR
from tests.desk.conftest import signed_in
from tests.make import NOW, TOMORROW, YESTERDAY, make_article, make_section, make_user

LOG = "/admin/accounts/activity/"


def tell(verb, subject, *, by, at=NOW, **told):
    with transaction.atomic():
        return record(verb, subject, by=by, at=at, **told)


def listed(client, query=""):
    return [row.verb for row in client.get(f"{LOG}{query}").context["cl"].result_list]


@pytest.fixture
def told(editor):
    """Five rows by two people, a guest and the clock, newest last."""
    other, section = make_user(name="Otto Other"), make_section()
    tell("added", section, by=editor, at=YESTERDAY)
    tell("changed", section, by=other)
    tell("changed", other, by=editor)
    tell("sent in", section, by=Guest("A-1"))
    tell("announced", section, by=Clock(), at=TOMORROW)
    return editor, other, section


def test_the_log_lists_the_newest_first(client, told):
    assert listed(client) == ["announced", "sent in", "changed", "changed", "added"]


def test_the_log_is_read_by_person(client, told):
    editor, other, _ = told

    assert listed(client, f"?person={editor.pk}") == ["changed", "added"]
    assert listed(client, f"?person={other.pk}") == ["changed"]
    assert listed(client, "?person=clock") == ["announced"]
    assert listed(client, "?person=guest") == ["sent in"]


def test_the_log_of_a_deleted_account_is_still_read_by_its_number(client, told):
    _, other, _ = told
    number = other.pk

    other.delete()

    assert listed(client, f"?person={number}") == ["changed"]


def test_the_log_is_read_by_what_was_done_and_by_what_it_was_done_to(client, told):
    _, other, section = told

    assert listed(client, "?verb=changed") == ["changed", "changed"]
    assert listed(client, f"?subject_kind=accounts.user&subject_id={other.pk}") == ["changed"]
    assert listed(client, f"?subject_kind=articles.section&subject_id={section.pk}&verb=added") == ["added"]


def test_the_log_is_read_by_date(client, told):
    assert listed(client, "?at__gte=2026-09-14 00:00:00Z&at__lt=2026-09-15 00:00:00Z") == [
        "sent in",
        "changed",
        "changed",
    ]


@pytest.mark.parametrize("query", ["?person=nobody", "?person=" + "9" * 40, "?person=٣", "?verb=%00", "?subject_id=x"])
def test_an_odd_question_is_no_failure(client, told, query):
    assert client.get(f"{LOG}{query}").status_code in {200, 302}


def test_a_row_of_the_log_reads_as_a_sentence(client, editor):
    article = make_article(headline="A price", by=editor)
    tell("changed", editor, by=editor)
    tell("classified", article, by=editor, changed=["kind", "section"], minutes=5)

    page = client.get(LOG).content.decode()

    assert "Classified story “A price”" in page
    assert f'<a href="{LOG}?person={editor.pk}">Edda Editor</a>' in page
    assert ">Changed</a>" in page


def test_a_row_tells_its_particulars_and_its_seal(client, editor):
    row = tell("classified", make_section(), by=editor, changed=["kind", "section"], minutes=5)
    waiting = client.get(f"{LOG}{row.pk}/change/").content.decode()

    seal_waiting()
    sealed = client.get(f"{LOG}{row.pk}/change/").content.decode()

    assert "Changed: kind, section. Minutes: 5." in sealed
    assert "Waits for its seal." in waiting
    assert "Row 1 of the sealed log." in sealed


def test_the_log_costs_the_same_however_long_it_is(client, editor):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LOG).status_code == 200
        return len(queries)

    tell("added", make_section(), by=editor)
    cost()
    one = cost()
    for number in range(5):
        tell(f"added {number}", make_section(), by=make_user(role=EDITOR, name=f"Person {number}"))

    assert cost() == one


def test_an_account_leads_to_what_its_person_did(client, administrator):
    user = make_user(name="Otto Other")
    tell("added", make_section(), by=user)
    tell("invited", user, by=administrator)

    page = client.get(f"/admin/accounts/user/{user.pk}/change/").content.decode()

    assert f'<a href="{LOG}?person={user.pk}">What Otto Other did</a>' in page
    assert listed(client, f"?person={user.pk}") == ["added"]
    assert listed(client, f"?subject_kind=accounts.user&subject_id={user.pk}") == ["invited"]


def test_a_reporter_does_not_read_the_log(client, db):
    signed_in(client, "Reporter")

    assert client.get(LOG).status_code == 403
