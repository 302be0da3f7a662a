"""A newsroom is kept in one file and put back into an empty place, whole or not at all."""

import gzip
import hashlib
import json
import os
import signal
import stat
import subprocess
import sys
import tarfile
import threading
from pathlib import Path
from resource import RLIMIT_FSIZE, getrlimit, setrlimit

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from accounts.actors import Sample
from accounts.audit import verify
from accounts.models import Activity, ActivityHead, User
from accounts.sealing import seal_waiting
from articles.models import Article
from authors.models import Author
from images.models import Image, Rendition
from newsroom.backup import archive
from newsroom.backup.tables import LEFT_OUT, kept_models
from tests.heartbeat.conftest import database_url, wait_until
from tests.images.make import make_image
from tests.make import NOW, make_article, make_section, make_text, make_user
from tests.newsroom.places import another_place, files, is_empty, listed, members, rewrite, rows, write_tar

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept(tmp_path):
    """A folder for backups."""
    folder = tmp_path / "kept"
    folder.mkdir()
    return folder


@pytest.fixture
def newsroom():
    """A little of everything: people, stories in every state, pictures, a log in part sealed."""
    editor = make_user(name="Zoë “Z” Editor")
    make_article(published_at=NOW, lead_image=make_image(finished=True), by=editor)
    article = make_article(headline="Nur ein Entwurf – ‘half’ \u2028 done", by=editor)
    article.revise(make_text(headline="A second text"), revision=article.draft, by=editor)
    Author.objects.update(links=[{"label": "Site", "url": "https://example.org"}])
    seal_waiting()
    make_article(headline="Not sealed yet", by=Sample())
    return editor


@pytest.fixture
def backup(newsroom, kept):
    call_command("backup", str(kept / "newsroom.tar"), verbosity=0)
    return kept / "newsroom.tar"


@pytest.fixture(scope="module")
def made():
    """The bytes of a backup, once there is one."""
    return []


@pytest.fixture
def some_backup(kept, made, request):
    """A backup of a newsroom that need not be here any more: made once, for all who only read the file."""
    path = kept / "newsroom.tar"
    if made:
        path.write_bytes(made[0])
    else:
        made.append(request.getfixturevalue("backup").read_bytes())
    return path


def restored(path):
    call_command("restore", str(path))


def refuses(path, sentence, *, command="restore", **options):
    with pytest.raises(CommandError, match=sentence) as refused:
        call_command(command, str(path), **options)
    return refused.value.returncode == 1


# There and back


def test_a_restored_newsroom_has_every_row_and_every_file(backup, settings, tmp_path):
    held, lying = rows(), files()

    with another_place(settings, tmp_path / "place"):
        restored(backup)

        assert rows() == held
        assert files() == lying
        assert (verify().head.position, verify().waiting) == (
            Activity.objects.sealed().count(),
            Activity.objects.waiting().count(),
        )
        make_article(headline="Life goes on", by=User.objects.get(), section=make_section("New"))
    assert len(lying) == 1 + Image.objects.count() + Rendition.objects.count()
    assert all(held[table] for table in ("accounts_user", "articles_revision", "images_rendition", "accounts_activity"))


def test_a_backup_brings_files_from_one_bucket_into_another(bucket, newsroom, kept, settings, tmp_path):
    held, lying = rows(), files()
    call_command("backup", str(kept / "newsroom.tar"), verbosity=0)

    with another_place(settings, tmp_path / "place"):
        assert files() == {}
        restored(kept / "newsroom.tar")

        assert rows() == held
        assert files() == lying
    assert len(lying) == 1 + Image.objects.count() + Rendition.objects.count()


def test_a_bucket_that_does_not_answer_stops_the_backup(bucket, newsroom, kept, settings):
    options = settings.STORAGES["originals"]["OPTIONS"] | {"bucket_name": "somebody-elses"}
    settings.STORAGES = settings.STORAGES | {"originals": settings.STORAGES["originals"] | {"OPTIONS": options}}

    assert refuses(kept / "newsroom.tar", "is missing, and a picture needs it", command="backup")

    assert listed(kept) == []


def test_a_backup_of_a_restored_newsroom_is_the_same(backup, kept, settings, tmp_path):
    with another_place(settings, tmp_path / "place"):
        restored(backup)
        call_command("backup", str(kept / "again.tar"))

    first, second = members(backup), members(kept / "again.tar")
    assert {name: held for name, held in first.items() if name != "manifest.json"} == {
        name: held for name, held in second.items() if name != "manifest.json"
    }


def test_a_backup_crosses_from_one_database_into_the_other(backup, kept, settings, tmp_path):
    if connection.vendor == "sqlite":
        pytest.skip("Goes through SQLite when the tests run on PostgreSQL.")
    held, lying = rows(), files()
    place = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "sqlite")}

    for command in (["restore", backup], ["backup", kept / "again.tar"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=settings.ROOT, env=place, check=True)  # noqa: S603
    with another_place(settings, tmp_path / "place"):
        restored(kept / "again.tar")

        assert rows() == held
        assert files() == lying
        assert verify().head.position


def test_numbers_of_rows_that_are_gone_are_not_given_again(newsroom, kept, settings, tmp_path):
    last = make_user()
    number = last.pk
    last.delete()
    call_command("backup", str(kept / "newsroom.tar"))

    with another_place(settings, tmp_path / "place"):
        restored(kept / "newsroom.tar")

        assert make_user().pk == number + 1


def test_what_belongs_to_the_moment_stays_behind(client, newsroom, kept, settings, tmp_path):
    from django.contrib.sessions.models import Session
    from django_tasks_db.models import DBTaskResult

    from heartbeat.loop import beat_once
    from heartbeat.models import Beat, Worker

    client.force_login(newsroom)
    Worker.sign_of_life("one")
    beat_once()
    assert all(model.objects.exists() for model in (Session, DBTaskResult, Beat, Worker))
    call_command("backup", str(kept / "newsroom.tar"))

    with another_place(settings, tmp_path / "place"):
        restored(kept / "newsroom.tar")

        assert not any(model.objects.exists() for model in (Session, DBTaskResult, Beat, Worker))


def aged(tables, manifest):
    """Make of a backup one from before texts were kept folded for searching: no later table, column or migration."""
    graph = MigrationLoader(connection).graph
    gone = {key for key in graph.nodes if ("articles", "0005_wordings") in graph.forwards_plan(key)}
    manifest["migrations"] = [key for key in manifest["migrations"] if tuple(key) not in gone]
    state = graph.make_state(nodes=[tuple(key) for key in manifest["migrations"]], at_end=True)
    then = {model._meta.db_table: model for model in state.apps.get_models(include_auto_created=True)}
    for name in set(tables) - set(then):
        del tables[name], manifest["tables"][name]
    for name, rows_then in tables.items():
        columns = manifest["tables"][name]["columns"]
        known = {field.column for field in then[name]._meta.concrete_fields}
        places = [place for place, column in enumerate(columns) if column in known]
        manifest["tables"][name]["columns"] = [columns[place] for place in places]
        rows_then[:] = [[row[place] for place in places] for row in rows_then]


def test_a_backup_of_an_older_version_is_brought_up_to_date(backup, settings, tmp_path):
    held = rows()["articles_wording"]
    rewrite(backup, aged)

    with another_place(settings, tmp_path / "place"):
        restored(backup)

        assert rows()["articles_wording"] == held
        assert not MigrationExecutor(connection).migration_plan(MigrationLoader(connection).graph.leaf_nodes())
    assert held


def test_a_backup_says_what_it_holds(newsroom, kept, capsys):
    call_command("backup", str(kept / "newsroom.tar"))

    told = archive.Manifest.read(members(kept / "newsroom.tar")["manifest.json"])
    assert stat.S_IMODE((kept / "newsroom.tar").stat().st_mode) == 0o600
    assert (told.product, told.database) == ("0.1.0", connection.vendor)
    assert told.log_head == str(ActivityHead.current())
    assert set(told.tables) == {model._meta.db_table for model in kept_models()}
    assert "The secret key is not in it" in capsys.readouterr().out


def test_everything_that_is_no_matter_of_the_moment_is_kept():
    from django.apps import apps

    every = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}

    assert {model._meta.label_lower for model in kept_models()} == every - LEFT_OUT
    assert every >= LEFT_OUT


# While people write


def test_a_backup_taken_while_people_write_is_of_one_moment(newsroom, kept, settings, tmp_path):
    stop, wrote = threading.Event(), []

    def write():
        try:
            while not stop.is_set():
                article = make_article(headline=f"Story {len(wrote)}", lead_image=make_image(), by=newsroom)
                article.publish(revision=article.draft, by=newsroom)
                wrote.append(article.pk)
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    wait_until(lambda: wrote)
    for number in range(3):
        call_command("backup", str(kept / f"{number}.tar"))
    before = len(wrote)
    wait_until(lambda: len(wrote) > before)
    stop.set()
    writer.join()

    assert one_moment(kept / "2.tar", settings, tmp_path / "place") >= 1


def one_moment(path, settings, folder):
    """Restore, look for what only half a transaction would leave, and say how many stories there are."""
    with another_place(settings, folder):
        restored(path)

        stories = Article.objects.count()
        assert Activity.objects.filter(verb="began").count() == stories
        received = Activity.objects.filter(verb="received").values_list("subject_id", flat=True)
        assert set(Image.objects.values_list("pk", flat=True)) <= set(received)
        assert not Article.objects.filter(draft=None).exists()
        for image in Image.objects.prefetch_related("renditions"):
            with image.open_original() as original:
                assert hashlib.sha256(original.read()).hexdigest() == image.sha256
            assert all(storages["default"].exists(held.file.name) for held in [image, *image.renditions.all()])
        verify()
        return stories


def test_a_picture_deleted_meanwhile_has_everything_read_again(newsroom, kept, settings, tmp_path, monkeypatch, capsys):
    """Row and file go between the snapshot and the copying, as if somebody deleted the picture just then."""
    image = make_image()
    number, name, read = image.pk, image.original, FileSystemStorage.open

    def delete_then_read(storage, asked, mode="rb"):
        if asked == name and Image.objects.filter(pk=number).delete()[0]:
            storage.delete(name)
        return read(storage, asked, mode)

    monkeypatch.setattr(FileSystemStorage, "open", delete_then_read)
    call_command("backup", str(kept / "newsroom.tar"))

    assert f"“{name}” was deleted meanwhile" in capsys.readouterr().err
    with another_place(settings, tmp_path / "place"):
        restored(kept / "newsroom.tar")

        assert not Image.objects.filter(pk=number).exists()
        assert Image.objects.exists()


# What stands against keeping


def test_a_name_that_is_taken_is_refused(backup):
    before = backup.read_bytes()

    assert refuses(backup, "is there already", command="backup")

    assert (backup.read_bytes(), listed(backup.parent)) == (before, ["newsroom.tar"])


def test_a_missing_picture_is_named_and_nothing_kept(newsroom, kept):
    image = make_image()
    storages["originals"].delete(image.original)

    assert refuses(kept / "newsroom.tar", rf"“files/originals/{image.original}” is missing", command="backup")

    assert listed(kept) == []


def test_a_missing_picture_may_be_left_out_by_name(newsroom, kept, capsys, settings, tmp_path):
    image = make_image()
    storages["originals"].delete(image.original)

    call_command("backup", str(kept / "newsroom.tar"), allow_missing=True)

    assert f"because it is missing: files/originals/{image.original}" in capsys.readouterr().err
    with another_place(settings, tmp_path / "place"):
        restored(kept / "newsroom.tar")

        assert Image.objects.filter(pk=image.pk).exists()


def test_a_picture_that_cannot_be_read_is_named_and_nothing_kept(newsroom, kept):
    image = make_image()
    path = Path(storages["originals"].path(image.original))
    path.unlink()
    path.mkdir()

    assert refuses(kept / "newsroom.tar", rf"{image.original}” cannot be read: Is a directory", command="backup")

    assert listed(kept) == []


def test_a_full_disk_leaves_nothing_behind(newsroom, kept):
    before = getrlimit(RLIMIT_FSIZE)
    make_image()
    setrlimit(RLIMIT_FSIZE, (20_000, before[1]))
    try:
        refused = refuses(
            kept / "newsroom.tar", "cannot be written: File too large. Nothing was kept", command="backup"
        )
    finally:
        setrlimit(RLIMIT_FSIZE, before)

    assert refused
    assert listed(kept) == []


def test_a_folder_that_is_not_there_is_named(newsroom, kept):
    assert refuses(kept / "nowhere" / "newsroom.tar", "No such file or directory", command="backup")


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGKILL])
def test_a_backup_that_is_killed_leaves_nothing_behind(newsroom, kept, settings, tmp_path, stop):
    """A picture is a pipe nobody writes to: the backup waits there until it is ended."""
    pipe = Path(storages["originals"].path(make_image().original))
    pipe.unlink()
    os.mkfifo(pipe)
    (tmp_path / "secret-key").write_text("x" * 50)
    process = subprocess.Popen(  # noqa: S603 -- our own command
        [sys.executable, "manage.py", "backup", kept / "newsroom.tar"],
        cwd=settings.ROOT,
        env={"PATH": os.environ["PATH"], "DATABASE_URL": database_url(), "DATA_DIR": str(tmp_path)},
        stderr=subprocess.DEVNULL,
    )
    wait_until(lambda: any("/kept/" in where for where in opened(process.pid)))

    process.send_signal(stop)

    assert process.wait(20) == (143 if stop == signal.SIGTERM else -9)
    assert listed(kept) == []


def opened(pid):
    """The paths of the files a process has open."""
    found = []
    for number in Path(f"/proc/{pid}/fd").iterdir():
        try:
            found.append(str(number.readlink()))
        except FileNotFoundError:
            continue
    return found


def test_a_database_of_another_version_is_not_kept(newsroom, kept):
    MigrationRecorder(connection).record_applied("articles", "9999_from_the_future")
    try:
        assert refuses(kept / "newsroom.tar", "not at the version of this code", command="backup")
    finally:
        MigrationRecorder(connection).record_unapplied("articles", "9999_from_the_future")

    assert listed(kept) == []


# What stands against putting back


def test_a_place_with_a_newsroom_is_left_alone(backup):
    before = rows()

    assert refuses(backup, "There is a newsroom in this database already")

    assert rows() == before


def test_a_place_with_files_is_left_alone(backup, settings, tmp_path):
    with another_place(settings, tmp_path / "place"):
        storages["default"].save("mine.txt", ContentFile(b"mine"))

        assert refuses(backup, "There are files here already, “mine.txt” for one")

        assert [name for _, name in files()] == ["mine.txt"]


def test_a_check_reads_everything_and_changes_nothing(some_backup, settings, tmp_path, capsys):
    with another_place(settings, tmp_path / "place"):
        call_command("restore", str(some_backup), check=True)

        assert is_empty()
    assert "can be put back here" in capsys.readouterr().out


def test_a_backup_of_a_newer_version_is_refused(some_backup, settings, tmp_path):
    rewrite(some_backup, lambda tables, manifest: manifest["migrations"].append(["articles", "9999_from_the_future"]))

    with another_place(settings, tmp_path / "place"):
        assert refuses(some_backup, "does not know articles.9999_from_the_future")

        assert is_empty()


def _info(name, kind=tarfile.REGTYPE, **fields):
    info = tarfile.TarInfo(name)
    info.type = kind
    for field, value in fields.items():
        setattr(info, field, value)
    return info


HOSTILE = {
    "climbs": ("files/default/../../../etc/cron.d/x", b"x"),
    "climbs at once": ("../x", b"x"),
    "absolute": ("/etc/passwd", b"x"),
    "backslash": ("files/default/..\\x", b"x"),
    "elsewhere": ("files/staticfiles/x.js", b"x"),
    "not listed": ("files/default/extra.jpg", b"x"),
    "symbolic link": _info("files/default/link", tarfile.SYMTYPE, linkname="/etc/passwd"),
    "hard link": _info("files/default/link", tarfile.LNKTYPE, linkname="manifest.json"),
    "device": _info("files/default/device", tarfile.CHRTYPE, devmajor=1, devminor=5),
    "pipe": _info("files/default/pipe", tarfile.FIFOTYPE),
    "folder": _info("files/default/folder", tarfile.DIRTYPE),
    "sparse": _info("files/default/sparse", tarfile.GNUTYPE_SPARSE),
    "twice": ("database/accounts_user.jsonl.gz", b"x"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_member_is_refused_before_anything_is_touched(some_backup, settings, tmp_path, kind):
    held = members(some_backup)
    last = held.pop("manifest.json")
    write_tar(some_backup, [*held.items(), HOSTILE[kind], ("manifest.json", last)])

    with another_place(settings, tmp_path / "place"):
        assert refuses(some_backup, "has no place in a backup|is not what was kept|not whole")

        assert is_empty()


@pytest.mark.parametrize(
    "change",
    [
        lambda held: held | {"database/accounts_user.jsonl.gz": b"\x1f\x8b" + b"x" * 90},
        lambda held: {name: content for name, content in held.items() if "accounts_user" not in name},
        lambda held: {name: content for name, content in held.items() if name != "manifest.json"},
        lambda held: held | {"manifest.json": b"{}"},
        lambda held: held | {"manifest.json": b"[" * 100_000},
        lambda held: held | {"manifest.json": held["manifest.json"].replace(b'"format": 1', b'"format": 2')},
        lambda held: held | {"manifest.json": held["manifest.json"].replace(b'"rows": ', b'"rows": -')},
        lambda held: {"manifest.json": held.pop("manifest.json")} | held,
    ],
    ids=["altered", "missing", "no manifest", "empty manifest", "deep manifest", "newer", "negative", "manifest first"],
)
def test_a_backup_that_is_not_whole_is_refused(some_backup, settings, tmp_path, change):
    write_tar(some_backup, change(members(some_backup)).items())

    with another_place(settings, tmp_path / "place"):
        assert refuses(some_backup, "not whole|is not what was kept|newer version")

        assert is_empty()


@pytest.mark.parametrize("content", [b"", b"no tar at all", b"\x00" * 10_240])
def test_what_is_no_backup_is_refused(settings, tmp_path, content):
    (tmp_path / "odd.tar").write_bytes(content)

    with another_place(settings, tmp_path / "place"):
        assert refuses(tmp_path / "odd.tar", "not whole, or is none")


@pytest.mark.parametrize("member", ["database/accounts_user.jsonl.gz", "files/", "manifest.json"])
def test_half_a_backup_is_refused(some_backup, settings, tmp_path, member):
    with tarfile.open(some_backup) as tar:
        os.truncate(some_backup, next(info for info in tar if info.name.startswith(member)).offset_data + 20)

    with another_place(settings, tmp_path / "place"):
        assert refuses(some_backup, "not whole")

        assert is_empty()


def test_a_single_changed_byte_is_noticed(some_backup, settings, tmp_path):
    with tarfile.open(some_backup) as tar:
        place = tar.getmember("database/accounts_user.jsonl.gz").offset_data + 30
    with some_backup.open("r+b") as raw:
        raw.seek(place)
        byte = raw.read(1)
        raw.seek(place)
        raw.write(bytes([byte[0] ^ 1]))

    with another_place(settings, tmp_path / "place"):
        assert refuses(some_backup, "“database/accounts_user.jsonl.gz” in this backup is not what was kept")


def test_a_table_that_unpacks_to_more_than_it_says_is_refused(some_backup, settings, tmp_path):
    """A bomb is read no further than the manifest says."""
    held = members(some_backup)
    packed = gzip.compress(b"[" + b"0" * 50_000_000 + b"]\n")
    manifest = json.loads(held.pop("manifest.json"))
    held["database/accounts_user.jsonl.gz"] = packed
    manifest["members"]["database/accounts_user.jsonl.gz"] = {
        "size": len(packed),
        "sha256": hashlib.sha256(packed).hexdigest(),
    }
    write_tar(some_backup, [*held.items(), ("manifest.json", json.dumps(manifest).encode())])

    with another_place(settings, tmp_path / "place"):
        assert refuses(some_backup, "not whole")

        assert is_empty()


def _no_date(tables, manifest):
    tables["accounts_user"][0][manifest["tables"]["accounts_user"]["columns"].index("date_joined")] = "yesterday"


def _no_column(tables, manifest):
    manifest["tables"]["accounts_user"]["columns"][0] = "id; DROP TABLE x"


def _no_story(tables, manifest):
    columns = manifest["tables"]["articles_revision"]["columns"]
    tables["articles_revision"][0][columns.index("article_id")] = 999_999


def _doubled(tables, manifest):
    tables["accounts_user"].append(tables["accounts_user"][0])


def _unknown(tables, manifest):
    tables["odd_table"] = []
    manifest["tables"]["odd_table"] = {"columns": ["id"]}


@pytest.mark.parametrize("change", [_no_date, _no_column, _no_story, _doubled, _unknown])
def test_a_restore_that_fails_in_the_middle_leaves_nothing(some_backup, settings, tmp_path, change):
    rewrite(some_backup, change)

    with another_place(settings, tmp_path / "place") as place:
        assert refuses(some_backup, "backup|The database refused a row")

        assert is_empty()
        assert [name for name in listed(place) if name.startswith("restoring") or name.endswith(".restoring")] == []


def test_what_a_killed_restore_left_is_removed_by_the_next(backup, settings, tmp_path, capsys):
    held, lying = rows(), files()

    with another_place(settings, tmp_path / "place") as place:
        (place / "restoring").touch()
        storages["default"].save("pictures/half.jpg", ContentFile(b"half"))
        restored(backup)

        assert (rows(), files()) == (held, lying)
        assert not (place / "restoring").exists()
    assert "cut short" in capsys.readouterr().err
