"""Where files are kept is said by two settings; what cannot work stops the start."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from files.bucket import Bucket
from newsroom import storing

DATA = Path("/srv/data")


def test_files_are_kept_on_the_disk_unless_told_otherwise():
    told = storing.storages("", "", DATA)

    assert [kept["BACKEND"] for kept in told.values()] == [storing.ON_DISK] * 3
    assert told["originals"]["OPTIONS"]["location"] == DATA / "originals"


def test_a_bucket_holds_public_files_and_originals_apart():
    told = storing.storages("s3://k%40y:s%2Fcret@s3.example.org:9000/news?region=eu-central-1", "", DATA)

    public, private = told["default"]["OPTIONS"], told["originals"]["OPTIONS"]
    assert (public["location"], private["location"]) == ("media", "originals")
    assert (public["bucket_name"], public["endpoint_url"]) == ("news", "https://s3.example.org:9000")
    assert (public["access_key"], public["secret_key"], public["region_name"]) == ("k@y", "s/cret", "eu-central-1")
    assert Bucket(**public).url("pictures/ab/x.jpg") == "/media/pictures/ab/x.jpg"
    assert "object_parameters" not in private


def test_readers_may_load_files_from_elsewhere():
    told = storing.storages("s3://s3.example.org/news", "https://files.example.org/media", DATA)

    assert "access_key" not in told["default"]["OPTIONS"]
    assert Bucket(**told["default"]["OPTIONS"]).url("a/b.jpg") == "https://files.example.org/media/a/b.jpg"
    assert Bucket(**told["originals"]["OPTIONS"]).url("a/b") == "/nowhere/a/b"
    assert storing.origin("https://files.example.org/media") == ["https://files.example.org"]
    assert storing.origin("") == []


@pytest.mark.parametrize(
    ("url", "address", "sentence"),
    [
        ("https://s3.example.org/news", "", "names no bucket"),
        ("s3://s3.example.org", "", "names no bucket"),
        ("s3://s3.example.org/news/folder", "", "names no bucket"),
        ("s3://s3.example.org/news?regoin=eu", "", "names no bucket"),
        ("s3+http://s3.example.org/news", "", "unencrypted"),
        ("s3://key@s3.example.org/news", "", "a key without a secret"),
        ("s3://s3.example.org/news", "http://files.example.org", "Set the https:// address"),
        ("", "https://files.example.org", "Set both, or neither"),
    ],
)
def test_what_cannot_work_is_refused(url, address, sentence):
    with pytest.raises(ImproperlyConfigured, match=sentence):
        storing.storages(url, address, DATA)


def test_missing_packages_are_named(monkeypatch):
    monkeypatch.setattr(storing, "find_spec", lambda name: None)

    with pytest.raises(ImproperlyConfigured, match="bin/bootstrap s3"):
        storing.storages("s3://s3.example.org/news", "", DATA)
