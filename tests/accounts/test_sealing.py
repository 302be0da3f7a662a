"""The sealed log: what may be written, what is noticed, and what erasing leaves."""

import os
import subprocess
import sys
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction

from accounts import sealing
from accounts.activity import record
from accounts.actors import Clock, Sample
from accounts.audit import Head, LogBroken, verify
from accounts.erasure import erase_person
from accounts.models import Activity, ActivityHead, ActivityIsKept, User
from accounts.sealing import seal_waiting
from tests.articles.test_races import at_once
from tests.make import NOW, make_section, make_user

pytestmark = pytest.mark.django_db


def tell(*verbs, by=None, note=""):
    """Rows of the log about one section."""
    section = make_section()
    with transaction.atomic():
        return [record(verb, section, by=by or Sample(), at=NOW, note=note, part=verb) for verb in verbs]


def tell_and_seal(*verbs, **options):
    rows = tell(*verbs, **options)
    seal_waiting()
    return [Activity.objects.get(pk=row.pk) for row in rows]


def tamper(pk, **columns):
    """What somebody does who reaches the database past the product."""
    models.QuerySet(Activity).filter(pk=pk).update(**columns)


@contextmanager
def broken(sentence):
    with pytest.raises(LogBroken, match=sentence):
        yield


# Sealing


def test_committed_rows_are_sealed_in_a_chain():
    tell("added", "described")

    seal_waiting()
    verdict = verify()

    rows = Activity.objects.order_by("position")
    assert [(row.position, row.verb) for row in rows] == [(1, "added"), (2, "described")]
    assert verdict.head == Head(2, rows[1].seal)
    assert (verdict.erased, verdict.waiting) == (0, 0)


def test_a_row_that_commits_late_with_a_lower_number_is_sealed_after_the_others():
    first, second, third = tell("first", "second", "third")
    late = ["id", "at", "verb", "actor_kind", "actor_name", "subject_kind", "subject_id", "subject_name"]
    models.QuerySet(Activity).filter(pk=first.pk).delete()
    seal_waiting()
    Activity.objects.create(
        **{name: getattr(first, name) for name in late}
    )  # its transaction was still open when the others were sealed

    seal_waiting()

    assert list(Activity.objects.order_by("position").values_list("pk", flat=True)) == [second.pk, third.pk, first.pk]
    assert verify().head.position == 3


def test_a_log_longer_than_a_batch_is_sealed_in_several(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(sealing, "BATCH", 3)
    monkeypatch.setattr(sealing, "BATCHES", 2)
    tell(*"abcdefgh")

    seal_waiting()
    after_one = verify()
    seal_waiting()

    assert (after_one.head.position, after_one.waiting) == (6, 2)
    assert (verify().head.position, verify().waiting) == (8, 0)


def test_sealing_nothing_writes_nothing(django_assert_num_queries):
    tell_and_seal("added")

    with django_assert_num_queries(3):  # savepoint, look, release
        seal_waiting()


@pytest.mark.django_db(transaction=True)
def test_heartbeats_at_once_make_one_chain(monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 7)
    tell(*(f"act {number}" for number in range(60)))

    at_once(*[seal_waiting] * 4, lambda: tell(*"abcde"))
    seal_waiting()

    assert sorted(Activity.objects.values_list("position", flat=True)) == list(range(1, 66))
    assert verify().head.position == 65


@pytest.mark.django_db(transaction=True)
def test_a_seal_that_is_cut_short_leaves_nothing(monkeypatch):
    tell("added", "described")

    def cut(*args, **options):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(models.QuerySet, "bulk_update", cut)
        with pytest.raises(KeyboardInterrupt):
            seal_waiting()

    assert (verify().head.position, verify().waiting) == (0, 2)
    seal_waiting()
    assert verify().head.position == 2


# Never changed


@pytest.mark.parametrize("seal", [True, False])
def test_the_model_refuses_every_change(seal):
    row = (tell_and_seal if seal else tell)("added")[0]
    row.note = "Another note."
    acts = [
        row.save,
        row.delete,
        Activity.objects.all().delete,
        lambda: Activity.objects.update(note=""),
        lambda: Activity.objects.bulk_update([row], ["note"]),
        lambda: Activity.objects.update_or_create(pk=row.pk, defaults={"note": ""}),
    ]

    for act in acts:
        with pytest.raises(ActivityIsKept):
            act()

    assert list(Activity.objects.values_list("note", flat=True)) == [""]


def test_deleting_a_person_breaks_no_seal():
    user = make_user()
    (row,) = tell_and_seal("added", by=user)
    number = user.pk

    user.delete()

    row = Activity.objects.select_related("actor").get(pk=row.pk)
    assert (row.actor_id, row.actor, row.actor_name) == (number, None, "Edda Editor")
    assert verify().head.position == 1


# Verification


@pytest.mark.parametrize(
    "columns",
    [
        {"verb": "deleted"},
        {"at": NOW.replace(year=2020)},
        {"actor_kind": "user"},
        {"actor_id": 99},
        {"subject_kind": "accounts.user"},
        {"subject_id": 99},
        {"subject_name": "Wealth"},
        {"actor_name": "Nobody"},
        {"note": "I never wrote this."},
        {"details": {"part": "none"}},
        {"details": ["rows", 7]},
        {"digest": "0" * 64},
        {"salt": "another"},
        {"seal": "0" * 64},
    ],
    ids="".join,
)
def test_an_altered_row_is_named(columns):
    _, second, _ = tell_and_seal("first", "second", "third")

    tamper(second.pk, **columns)

    with broken(rf"^Row 2 of the log, number {second.pk} .*altered"):
        verify()


def test_a_missing_row_is_named():
    _, second, _ = tell_and_seal("first", "second", "third")

    models.QuerySet(Activity).filter(pk__in=[second.pk]).delete()

    with broken("^Row 2 of the log is missing: the next one is row 3"):
        verify()


def test_a_missing_row_is_named_even_if_the_others_move_up():
    _, second, third = tell_and_seal("first", "second", "third")

    models.QuerySet(Activity).filter(pk=second.pk).delete()
    tamper(third.pk, position=2)

    with broken(rf"^Row 2 of the log, number {third.pk} .*moved from its place"):
        verify()


def test_a_row_put_in_between_is_named():
    _, second, third = tell_and_seal("first", "second", "third")
    (forged,) = tell("forged")

    tamper(third.pk, position=4)
    tamper(second.pk, position=3)
    tamper(forged.pk, position=2, salt=second.salt, digest=second.digest, seal=second.seal)

    with broken(rf"^Row 2 of the log, number {forged.pk}"):
        verify()


def test_a_row_put_in_at_the_end_is_named():
    (first,) = tell_and_seal("first")
    (forged,) = tell("forged")

    forged.position, forged.salt = 2, "salt"
    forged.digest = sealing.digest_of(forged)
    tamper(forged.pk, position=2, salt="salt", digest=forged.digest, seal=sealing.seal_of(forged, previous=first.seal))

    with broken("^Row 2 of the log has been put in"):
        verify()


def test_rows_that_changed_places_are_named():
    first, second, _ = tell_and_seal("first", "second", "third")

    tamper(first.pk, position=9)
    tamper(second.pk, position=1)
    tamper(first.pk, position=2)

    with broken(rf"^Row 1 of the log, number {second.pk} .*moved from its place"):
        verify()


def test_rows_cut_off_the_end_are_noticed():
    *_, third, fourth = tell_and_seal("first", "second", "third", "fourth")

    models.QuerySet(Activity).filter(pk__in=[third.pk, fourth.pk]).delete()

    with broken("^Row 3 of the log is missing, and all after it: 4 rows were sealed"):
        verify()


def test_a_head_kept_elsewhere_shows_an_end_cut_off_with_its_head():
    _, second, third = tell_and_seal("first", "second", "third")
    kept = verify().head

    models.QuerySet(Activity).filter(pk=third.pk).delete()
    ActivityHead.objects.update(position=2, seal=second.seal)

    assert verify().head.position == 2
    with broken("^Row 3 of the log is missing, and all after it: 3 rows were sealed"):
        verify(expected=kept)


def test_a_head_kept_elsewhere_shows_a_log_sealed_afresh():
    tell_and_seal("first", "second", "third")
    kept = verify().head

    models.QuerySet(Activity).update(verb="nothing", position=None, salt="", digest="", seal="")
    ActivityHead.objects.all().delete()
    seal_waiting()
    tell_and_seal("fourth")

    assert verify().head.position == 4
    with broken("^Row 3 of the log, .* ends another chain"):
        verify(expected=kept)


def test_a_head_kept_elsewhere_holds_while_the_log_grows():
    tell_and_seal("first")
    kept = verify().head
    tell_and_seal("second")

    assert verify(expected=kept).head.position == 2


def test_a_row_that_cannot_be_read_is_named():
    _, second = tell_and_seal("first", "second")
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps what is no moment out of the column.")

    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_activity SET at = '2026-99-99 10:00:00' WHERE id = %s", [second.pk])

    with broken(rf"^Row 2 of the log, number {second.pk}, cannot be read"):
        verify()


def test_verification_pages_through_the_log(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("accounts.audit.PAGE", 2)
    tell_and_seal(*"abcde")

    with django_assert_num_queries(7):  # erasures, 4 pages (the last one empty), head, waiting
        verdict = verify()

    assert verdict.head.position == 5


# Erasing


def test_erasing_a_person_takes_their_text_and_breaks_no_seal():
    user, other = make_user(name="Nora Name"), make_user(name="Otto Other")
    with transaction.atomic():
        record("invited", user, by=other, note="Nora starts on Monday.")
    tell_and_seal("added", by=user, note="Nora was here.")
    tell_and_seal("described", by=other, note="By Otto.")
    tell("published", by=user, note="Not sealed yet.")

    found = erase_person(user, by=other)
    seal_waiting()

    rows = Activity.objects.order_by("pk").values_list("verb", "actor_name", "subject_name", "note", "actor")
    assert found == 3
    assert list(rows) == [
        ("invited", "Otto Other", "Erased", "", other.pk),
        ("added", "Erased", "Health", "", user.pk),
        ("described", "Otto Other", "Health", "By Otto.", other.pk),
        ("published", "Erased", "Health", "", user.pk),
        ("erased", "Otto Other", "Erased", "", other.pk),
    ]
    verdict = verify()
    assert (verdict.head.position, verdict.erased) == (5, 2)


def test_erasing_again_changes_nothing_and_tells_of_nothing():
    user = make_user()
    tell_and_seal("added", by=user)
    erase_person(user, by=Clock())
    seal_waiting()
    once = list(Activity.objects.values())

    erase_person(user, by=Clock())

    assert list(Activity.objects.values()) == once
    assert verify().erased == 1


def test_a_row_emptied_without_an_erasure_is_named():
    _, second = tell_and_seal("first", "second")

    tamper(second.pk, note="", salt="")

    with broken(rf"^Row 2 of the log, number {second.pk} .*emptied, and no erasure tells of it"):
        verify()


@pytest.mark.django_db(transaction=True)
def test_erasing_while_the_heartbeat_seals_breaks_no_seal(monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 5)
    user = make_user()
    tell(*(f"act {number}" for number in range(40)), by=user, note="Gone soon.")

    at_once(seal_waiting, seal_waiting, lambda: erase_person(User.objects.get(pk=user.pk), by=Clock()))
    seal_waiting()

    assert not Activity.objects.exclude(note="").exists()
    assert verify().waiting == 0


# The command


def test_audit_verify_says_how_much_is_sealed_and_how_much_waits(capsys):
    tell_and_seal("first", "second")
    tell("third")

    call_command("audit", "verify")

    seal = Activity.objects.get(position=2).seal
    assert capsys.readouterr().out == (f"The log is whole: 2 rows are sealed, 1 wait for their seal.\nHead: 2:{seal}\n")


def test_audit_verify_fails_with_a_sentence_that_names_the_row():
    (row,) = tell_and_seal("first")
    tamper(row.pk, verb="never")

    with pytest.raises(CommandError, match=r"^Row 1 of the log, number .* Keep a copy") as refused:
        call_command("audit", "verify")

    assert refused.value.returncode == 1


@pytest.mark.parametrize("head", ["yesterday", "1:xyz", "-1:" + "0" * 64, "1" * 30 + ":" + "0" * 64])
def test_audit_verify_refuses_what_is_no_head(head):
    with pytest.raises(CommandError, match="A head is a number") as refused:
        call_command("audit", "verify", f"--expect={head}")

    assert refused.value.returncode == 2


def test_audit_verify_says_when_there_is_no_log_to_read(settings, tmp_path):
    place = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)}

    ended = subprocess.run(
        [sys.executable, "manage.py", "audit", "verify"],
        cwd=settings.ROOT,
        env=place,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (
        2,
        "CommandError: The log cannot be read: no such table: accounts_activity\n",
    )
