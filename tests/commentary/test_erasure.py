from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.storage import storages
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection, models
from django_tasks_db.models import DBTaskResult

from accounts.actors import Clock, Operator
from accounts.audit import verify
from accounts.erasure import ERASED
from accounts.models import Activity
from accounts.sealing import seal_waiting
from articles.models import Article, Revision
from articles.states import MoveRefused
from authors.models import Author
from commentary import erasure, keys, likeness, posting, retention
from commentary.forgetting import PATHS, rows_of
from commentary.models import (
    Approval,
    Bucket,
    Event,
    Letter,
    Portrait,
    Purpose,
    Snapshot,
    Submission,
    Tombstone,
    Writer,
)
from files.naming import STORAGES
from images.models import Image
from newsroom.backup.files import present
from newsroom.roles import EDITOR
from tests.commentary.make import guest, make_draft, make_editor, make_piece, make_publishable
from tests.images.make import make_image
from tests.make import make_user
from tests.newsroom.places import another_place

pytestmark = pytest.mark.django_db(transaction=True)

NEEDLE = "Zyxwvutsrq"
PERSON = {
    "headline": f"{NEEDLE} on the river",
    "text": f"My name is {NEEDLE}.",
    "writer.name": f"{NEEDLE} Guest",
    "writer.email": f"{NEEDLE}@example.org",
    "writer.phone": f"{NEEDLE} 555",
    "writer.city": NEEDLE,
    "writer.about": f"{NEEDLE} farms.",
    "cowriter.name": f"{NEEDLE} Second",
    "cowriter.email": f"{NEEDLE}2@example.org",
}


@pytest.fixture
def mailed(settings, tmp_path):
    """Letters are kept as files, as in ``make run``."""
    options = {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(tmp_path / "mail")},
    }
    settings.MAILERS = {"default": options}
    settings.LETTERS_LEAVE = True
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "other.log").write_text("To: somebody@example.org\n\nAnother letter.")
    return tmp_path / "mail"


def make_killed():
    """A piece that went as far as it can without being published, with all that hangs on it."""
    senior = make_user(role=EDITOR, name="Ruth Redactor")
    image = make_image(finished=True, name=f"{NEEDLE}.jpg", title=NEEDLE, credit=NEEDLE)
    piece = make_piece(status="awaiting_approval", editor=senior, **PERSON, **{"writer.portrait": image})
    Portrait.objects.create(writer=piece.writer, jpeg=NEEDLE.encode(), width=8, height=6, made_at=piece.begun_at)
    piece.say(f"It is {NEEDLE}.", by=guest(piece), mail_id=f"<{NEEDLE}@mail>", quoted=NEEDLE)
    piece.note(f"I know {NEEDLE}.", by=senior)
    likeness.catch_up()
    keys.cut(piece, Purpose.STATUS, writer=piece.writer, fact=NEEDLE)
    posting.post_letters.call()
    piece.decline("fit", f"Dear {NEEDLE}, we cannot.", by=senior)
    return piece


# Texts that hold the product's own words alone, or by which a writer is found: PERSON has put the needle into those.
OWN = {"reference", "reason", "name", "email", "phone", "file", "original"}


def plant(rows):
    """The needle in every other text of these rows."""
    for row in list(rows):
        columns = {}
        for field in row._meta.concrete_fields:
            if field.is_relation or field.primary_key or field.choices or field.name in OWN:
                continue
            if isinstance(field, models.JSONField):
                columns[field.name] = {NEEDLE: [NEEDLE]}
            elif isinstance(field, models.CharField | models.TextField):
                columns[field.name] = f"{NEEDLE}{row.pk}"[: field.max_length or 100]
        if columns:
            models.QuerySet(type(row)).filter(pk=row.pk).update(**columns)


def plant_everywhere(piece):
    for model in PATHS:
        plant(rows_of(model, piece.pk))
    plant(models.QuerySet(Revision).filter(article=piece.article))
    image = piece.writer.portrait
    Image.objects.filter(pk=image.pk).update(alt=NEEDLE, caption=NEEDLE, words=NEEDLE, source=NEEDLE)
    Author.objects.filter(guest_pieces__submission=piece).update(biography=NEEDLE, beat=NEEDLE, role=NEEDLE)
    models.QuerySet(Activity).filter(subject_kind="commentary.submission").update(note=NEEDLE)
    DBTaskResult.objects.create(
        task_path="x", args_kwargs={"args": [f"{NEEDLE}@example.org"], "kwargs": {}}, backend_name="default",
        queue_name="default", run_after=piece.begun_at, exception_class_path="", traceback=f"KeyError: {NEEDLE} Guest",
    )  # fmt: skip
    session = SessionStore()
    session.update({"_auth_user_id": "1", "_messages": f"The piece of {NEEDLE} Guest is declined.", "list": "?q=river"})
    session.save()
    kind = ContentType.objects.get_for_model(Author)
    author = Author.objects.filter(guest_pieces__submission=piece).first()
    LogEntry.objects.create(
        user=make_editor(),
        content_type=kind,
        object_id=author.pk,
        object_repr=NEEDLE,
        action_flag=CHANGE,
        change_message=NEEDLE,
    )
    EmailMessage("Hello", f"Dear {NEEDLE}", to=[f"{NEEDLE}@example.org"]).send()
    return session.session_key


def whole_database():
    """All of it, as whoever steals the disk would read it; on PostgreSQL as whoever dumps it."""
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        return b"".join(Path(f"{name}{end}").read_bytes() for end in ("", "-wal") if Path(f"{name}{end}").exists())
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" AS t')  # noqa: S608 -- from the database's catalogue
            found += [str(row[0]) for row in cursor.fetchall()]
    return "\n".join(found).encode()


def all_files(folder):
    return b"".join(
        str(file.name).encode() + file.read_bytes()
        for file in Path(folder).rglob("*")
        if file.is_file() and file.suffix != ".sqlite3"
    )


def test_after_erasure_the_writer_stands_nowhere(mailed, tmp_path):
    piece = make_killed()
    reference, story = piece.reference, piece.article_id
    session = plant_everywhere(piece)
    seal_waiting()
    assert NEEDLE.encode() in whole_database()
    assert NEEDLE.encode() in all_files(tmp_path)

    erasure.erase(piece, by=guest(piece))
    posting.post_letters.call()
    retention.keep_no_longer()
    erasure.free_space.call()

    left = whole_database()
    assert [word for word in (NEEDLE, NEEDLE.lower(), reference) if word.encode() in left] == []
    for letter in mailed.glob("*.log"):  # the last one says that everything is erased
        assert b"Your data is erased" in letter.read_bytes() or letter.name == "other.log"
    assert [name for alias in STORAGES for name in present(alias)] == []
    assert not Article.objects.filter(pk=story).exists()
    assert not Author.objects.filter(is_guest=True).exists()
    assert dict(SessionStore(session).items()) == {"_auth_user_id": "1", "list": "?q=river"}
    kept = Submission.objects.get()
    assert (kept.pk, kept.status, kept.reference, kept.kind) == (piece.pk, "erased", f"E-{piece.pk}", "commentary")
    assert not Writer.objects.exists()
    assert not Portrait.objects.exists()
    assert (mailed / "other.log").exists()


def test_the_log_says_that_it_was_erased_and_its_seals_hold():
    piece = make_piece(status="withdrawn")
    seal_waiting()

    erasure.erase(piece, by=guest(piece))
    seal_waiting()

    verify()  # raises where a row was emptied that no erasure names
    last = Activity.objects.filter(verb=ERASED).get()
    assert (last.subject_name, last.actor_name) == (f"E-{piece.pk}", f"Guest writer (E-{piece.pk})")


def test_erase_then_the_same_person_again():
    first = make_piece(status="withdrawn")
    erasure.erase(first, by=guest(first))

    second = make_piece()

    assert (second.status, second.writer.email, second.duplicate_of) == ("received", "gail@example.org", None)
    assert second.reference != first.reference


def test_an_open_piece_has_to_be_withdrawn_first():
    piece = make_piece(status="in_review")

    with pytest.raises(MoveRefused):
        erasure.erase(piece, by=guest(piece))

    assert Submission.objects.get().writer.name == "Gail Guest"


def test_what_is_under_legal_hold_stays():
    editor = make_editor()
    piece = make_piece(status="declined", editor=editor)
    piece.set_legal_hold(held=True, by=editor)

    with pytest.raises(MoveRefused, match="We have to keep this piece"):
        erasure.erase(piece, by=guest(piece))

    assert piece.version.text


def test_a_stranger_erases_nothing():
    piece, other = make_piece(status="withdrawn"), make_draft(text="Another.")

    with pytest.raises(MoveRefused):
        erasure.erase(piece, by=guest(other))

    assert Submission.objects.filter(status="erased").count() == 0


@pytest.mark.parametrize("status", ["draft", "unconfirmed"])
def test_what_nobody_received_goes_with_its_row_and_without_a_letter(status):
    piece = make_piece(status=status)

    erasure.erase(piece, by=guest(piece))

    assert not Submission.objects.exists()
    assert not Letter.objects.exists()
    assert Tombstone.objects.count() == 1


def test_the_same_text_sent_twice_is_erased_twice():
    first = make_piece()
    second = make_draft()
    second.send(by=guest(second), agreed=True)
    assert second.duplicate_of == first
    first.withdraw(by=guest(first))

    erasure.erase(first, by=guest(first))

    assert [piece.status for piece in Submission.objects.all()] == ["erased"]


def test_another_piece_by_the_same_person_stays():
    first, second = make_piece(status="withdrawn"), make_piece(status="editing", text="A second text.")
    author = second.writer.author

    erasure.erase(first, by=guest(first))

    second.refresh_from_db()
    assert (second.writer.name, second.writer.author, second.status) == ("Gail Guest", author, "editing")


def test_of_a_published_piece_agreements_and_approvals_stay():
    editor = make_editor()
    piece = make_publishable(editor=editor, **{"writer.phone": "+1 555 0100"})
    piece.article.publish(revision=piece.article.draft, by=editor)
    piece.say("Thank you.", by=guest(piece))

    erasure.erase(piece, by=guest(piece))

    piece.refresh_from_db()
    assert (piece.status, piece.version.text, piece.writer.phone) == ("approved", "", "")
    assert (piece.messages.count(), piece.letters.count(), piece.links.count()) == (0, 0, 0)
    assert (Approval.objects.get().typed_name, piece.writer.agreed_as) == ("Gail Guest", "Gail Guest")
    assert Snapshot.objects.get().headline == "Who drinks the river"
    assert Article.objects.published().get().live.headline == "Who drinks the river"


def test_nothing_of_a_campaign_names_a_piece_that_is_erased():
    text = "The same long words that somebody has written for all of us to send to this newsroom, again and again."
    pieces = [make_piece(text=text, **{"writer.email": f"writer{number}@example.org"}) for number in range(3)]
    likeness.catch_up()
    pieces[0].withdraw(by=guest(pieces[0]))

    erasure.erase(pieces[0], by=guest(pieces[0]))

    left = Submission.objects.exclude(status="erased")
    assert {piece.cluster != "" for piece in left} == {True}
    assert pieces[0].reference not in str(list(Submission.objects.values()) + list(Event.objects.values()))
    assert {len(likeness.similar(piece)) for piece in left} == {1}


def test_a_picture_that_something_else_shows_stays():
    image = make_image()
    piece = make_piece(status="withdrawn", **{"writer.portrait": image})
    Author.objects.create(name="Nora Paint", portrait=image)

    erasure.erase(piece, by=guest(piece))

    assert Image.objects.get() == image
    assert storages["default"].exists(image.file.name)


def test_two_at_once_erase_once():
    from tests.articles.test_races import at_once

    piece = make_piece(status="withdrawn")

    results = at_once(*[lambda: erasure.erase(Submission.objects.get(pk=piece.pk), by=Clock())] * 3)

    assert sorted(type(result).__name__ for result in results) == ["MoveRefused", "MoveRefused", "NoneType"]
    assert Letter.objects.filter(code="erased").count() == 1


def test_a_restored_backup_forgets_again(tmp_path):
    """The rows of before come back, tombstones of after do not: the file beside the database knows."""
    piece, other = make_piece(status="withdrawn"), make_piece(text="Another.", **{"writer.email": "o@example.org"})
    reference = piece.reference
    erasure.erase(piece, by=Operator())
    Tombstone.objects.all().delete()
    back = make_piece(status="in_review", text="As it was.")
    Submission.objects.filter(pk=back.pk).update(reference=reference)

    found = erasure.forget_again()

    assert found == 1
    back.refresh_from_db()
    assert (back.status, back.reference) == ("erased", f"E-{back.pk}")
    other.refresh_from_db()
    assert other.status == "received"
    assert reference not in (tmp_path / "erased").read_text()
    assert erasure.forget_again() == 0


def test_restoring_a_backup_forgets_what_was_erased_after_it(settings, tmp_path):
    piece, other = make_piece(status="withdrawn"), make_piece(text="Another.", **{"writer.email": "o@example.org"})
    call_command("backup", str(tmp_path / "kept.tar"), verbosity=0)
    erasure.erase(piece, by=guest(piece))
    told = (tmp_path / "erased").read_text()

    with another_place(settings, tmp_path / "place"):
        (tmp_path / "place" / "erased").write_text(told)
        call_command("restore", str(tmp_path / "kept.tar"), verbosity=0)

        back = {one.pk: (one.status, one.writers.count()) for one in Submission.objects.all()}
        assert back == {piece.pk: ("erased", 0), other.pk: ("received", 1)}
        assert piece.reference.encode() not in whole_database()


def test_a_tombstone_tells_nobody_whose_it_is(settings):
    piece = make_piece(status="withdrawn")
    erasure.erase(piece, by=guest(piece))
    stone = Tombstone.objects.get()

    settings.SECRET_KEY = "another key"

    assert piece.reference not in stone.digest
    assert Tombstone.of(piece.reference) != stone.digest


def test_every_model_about_a_piece_is_reached():
    reached = {model.__name__ for model in PATHS}
    others = {"Guidelines", "Office", "LetterTemplate", "Bucket", "Tombstone"}

    assert reached | others == {model.__name__ for model in apps.get_app_config("commentary").get_models()}
    assert not {Bucket, Tombstone} & set(PATHS)
    assert Event in PATHS
