"""Whatever is killed, refused or rolled back: every file has a row that names it, or one that says it must go."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from accounts.actors import Sample
from accounts.models import User
from files.keeping import CLAIMED_WITHIN, Keeping, Swept, keeping, new_name
from files.models import STAYS, Leftover
from files.sweeping import sweep
from newsroom.backup.files import present
from tests.images.make import make_image
from tests.make import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("either_storage")]


@pytest.fixture
def draft(tmp_path):
    path = tmp_path / "draft"
    path.write_bytes(b"a file")
    return path


def lying():
    return sorted(present("default"))


def left():
    return list(Leftover.objects.order_by("pk").values_list("storage", "name"))


def test_a_file_has_a_committed_row_before_it_is_written(draft, monkeypatch):
    name, write, seen = new_name("pictures", "jpg"), type(storages["default"]).save, []

    def look_first(storage, asked, content, **options):
        assert not transaction.get_connection().in_atomic_block
        seen.extend(left())
        return write(storage, asked, content, **options)

    monkeypatch.setattr(type(storages["default"]), "save", look_first)
    with keeping() as files:
        files.put("default", {name: draft})
        assert (seen, lying()) == ([("default", name)], [name])

    assert (left(), lying()) == ([], [])


def test_a_claimed_file_stays_and_is_nobodys_leftover(draft):
    name = new_name("pictures", "jpg")

    with keeping() as files:
        files.put("default", {name: draft})
        with transaction.atomic():
            files.claim("default", name)

    assert (left(), lying()) == ([], [name])


def test_a_claim_that_is_rolled_back_is_none(draft):
    with pytest.raises(ZeroDivisionError):
        put(draft, then_fail=True)

    assert (left(), lying()) == ([], [])


def put(draft, *, condemned=False, then_fail=False):
    """Keep the file and claim it, in a transaction of its own."""
    name = new_name("pictures", "jpg")
    with keeping() as files:
        files.put("default", {name: draft})
        Leftover.objects.update(condemned=condemned)
        with transaction.atomic():
            files.claim("default", name)
            if then_fail:
                raise ZeroDivisionError


def test_a_claim_outside_a_transaction_is_a_mistake(draft):
    with pytest.raises(RuntimeError, match="inside the transaction"), keeping() as files:
        files.claim("default", "x")


def test_a_file_on_its_way_out_cannot_be_claimed(draft):
    with pytest.raises(Swept):
        put(draft, condemned=True)

    assert (left(), lying()) == ([], [])


def test_a_transaction_of_somebody_else_that_fails_inside_leaves_no_file(draft):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        put(draft, then_fail=True)

    assert (left(), lying()) == ([], [])


@pytest.mark.parametrize("age", [timedelta(0), CLAIMED_WITHIN - timedelta(seconds=1)])
def test_what_a_killed_process_left_stays_while_it_may_still_be_claimed(draft, age):
    name = killed_after_writing(draft, age)

    sweep()

    assert (left(), lying()) == ([("default", name)], [name])


def test_what_a_killed_process_left_is_swept(draft):
    killed_after_writing(draft, CLAIMED_WITHIN)

    sweep()

    assert (left(), lying()) == ([], [])


def killed_after_writing(draft, age):
    """As after kill -9: the block is never left."""
    name = new_name("pictures", "jpg")
    Keeping().put("default", {name: draft})
    Leftover.objects.filter(name=name).update(due=timezone.now() + CLAIMED_WITHIN - age)
    return name


def test_a_sweep_cut_short_is_finished_by_the_next(draft, monkeypatch):
    killed_after_writing(draft, CLAIMED_WITHIN)
    delete = type(storages["default"]).delete

    def fall(storage, name):
        delete(storage, name)
        raise KeyboardInterrupt

    monkeypatch.setattr(type(storages["default"]), "delete", fall)
    with pytest.raises(KeyboardInterrupt):
        sweep()
    assert Leftover.objects.get().condemned
    monkeypatch.undo()

    sweep()

    assert (left(), lying()) == ([], [])


def test_a_storage_that_does_not_answer_keeps_no_other_file_waiting(draft, monkeypatch):
    first = killed_after_writing(draft, CLAIMED_WITHIN)
    killed_after_writing(draft, CLAIMED_WITHIN)
    delete = type(storages["default"]).delete

    def away(storage, name):
        if name == first:
            raise ConnectionError("away")
        delete(storage, name)

    monkeypatch.setattr(type(storages["default"]), "delete", away)

    sweep()

    assert (left(), lying()) == ([("default", first)], [first])
    assert Leftover.objects.get().due > timezone.now() + timedelta(minutes=50)


def test_a_file_that_a_row_names_is_never_swept(caplog):
    image = make_image()
    long_ago = timedelta(days=-1)
    Leftover.objects.leave("default", [image.file.name], after=long_ago)
    Leftover.objects.leave("originals", [image.original], after=long_ago)

    sweep()

    assert left() == []
    assert storages["default"].exists(image.file.name)
    assert storages["originals"].exists(image.original)
    assert caplog.text.count("It stays.") == 2


def test_files_of_a_deleted_picture_stay_a_day(time_machine_at):
    image = make_image(finished=True)
    names = {image.file.name, *image.renditions.values_list("file", flat=True)}

    image.delete(by=Sample())
    time_machine_at(NOW + STAYS - timedelta(seconds=1))
    sweep()

    assert set(lying()) == names

    time_machine_at(NOW + STAYS)
    sweep()

    assert (lying(), list(present("originals")), left()) == ([], [], [])


def test_a_picture_refused_at_its_row_leaves_nothing():
    gone = User.objects.create_user("edda@example.org", "a long enough password", name="Edda Editor")
    User.objects.filter(pk=gone.pk).delete()

    with pytest.raises(Exception, match=r"(?i)foreign key"):
        make_image(by=gone)

    assert (left(), lying(), list(present("originals"))) == ([], [], [])


def test_names_tell_nothing():
    one, other = new_name("pictures", "jpg"), new_name()

    assert (one[:9], one[-4:], one[9:11] == one[12:14]) == ("pictures/", ".jpg", True)
    assert (len(other), other[:2] == other[3:5]) == (43, True)
