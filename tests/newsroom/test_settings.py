"""Every refusal of the settings, each tried in a process of its own as a start would be."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

GOOD = {
    "NEWSROOM_ENV": "production",
    "SECRET_KEY": "long enough to sign with, because it has more than fifty characters",
    "SITE_ADDRESS": "https://news.example.org",
}


def start(*, told="s.DATABASES['default']['ENGINE']", **environment):
    """Load the settings as a start of the product does; the environment is this and nothing else."""
    return subprocess.run(  # noqa: S603 -- our own settings
        [sys.executable, "-c", f"import newsroom.settings as s; print({told})"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(settings.ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_everything_set():
    started = start(**GOOD)

    assert (started.returncode, started.stdout.strip()) == (0, "django.db.backends.sqlite3")


def test_empty_variable_counts_as_one_that_is_not_set():
    empty = ["DATA_DIR", "HOST", "PORT", "DEBUG", "ALLOWED_HOSTS", "DATABASE_URL", "EMAIL_URL", "NEWSROOM_SAMPLE"]

    started = start(told="(s.DATA_DIR.name, s.ALLOWED_HOSTS)", **GOOD, **dict.fromkeys(empty, ""))

    assert started.stdout.strip() == "('var', ['news.example.org'])"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("NEWSROOM_ENV", "prod", "Set it to “production”"),
        ("DEBUG", "1", "Leave DEBUG out in production"),
        ("DEBUG", "maybe", "Set it to 1 or 0"),
        ("SECRET_KEY", "", "SECRET_KEY is missing or shorter than 50"),
        ("SECRET_KEY", "short", "SECRET_KEY is missing or shorter than 50"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS lets any host name in"),
        ("SITE_ADDRESS", "", "SITE_ADDRESS is missing"),
        ("SITE_ADDRESS", "http://news.example.org", "set an https:// address"),
        ("SITE_ADDRESS", "https://news.example.org/path", "Set scheme and host only"),
        ("TRUST_FORWARDED_FOR", "1", "Set TRUSTED_PROXIES"),
        ("TRUSTED_PROXIES", "-1", "whole number from 0 to 5"),
        ("TRUSTED_PROXIES", "*", "whole number from 0 to 5"),
        ("SECOND_FACTOR_REQUIRED", "perhaps", "Set it to 1 or 0"),
        ("NEWSROOM_SAMPLE", "1", "NEWSROOM_SAMPLE would make people whose password others may know"),
        ("WEB_WORKERS", "0", "whole number from 1 to 64"),
        ("PORT", "eighty", "whole number from 1 to 65535"),
        ("DATABASE_URL", "mysql://localhost/news", "neither SQLite nor PostgreSQL"),
        ("EMAIL_URL", "https://mail.example.org", "EMAIL_URL cannot be used"),
        ("EMAIL_URL", "anymail+pigeon://?key=1", "names a provider that cannot be used"),
        ("EMAIL_URL", "anymail+postmark://", "names a provider that cannot be used"),
        ("INBOUND_ADDRESS", "commentary+x@example.org", "one address without a plus sign"),
        ("INBOUND_ADDRESS", "commentary", "one address without a plus sign"),
        ("INBOUND_SECRET", "short", "shorter than 20 characters"),
    ],
)
def test_production_refuses_a_setting_that_cannot_work(name, value, sentence):
    refused = start(**GOOD | {name: value})

    assert refused.returncode != 0
    assert sentence in refused.stderr


def test_mail_servers_sign_in_may_hold_signs_that_an_address_cannot():
    given = {"EMAIL_URL": "smtp+tls://news%40example.org:a%2Fb@mail.example.org:587"}

    started = start(told="[s.MAILERS['default']['OPTIONS'][name] for name in ('username', 'password')]", **GOOD | given)

    assert started.stdout.strip() == "['news@example.org', 'a/b']"


@pytest.mark.parametrize(
    ("environment", "required"),
    [({}, "False"), (GOOD, "True"), (GOOD | {"SECOND_FACTOR_REQUIRED": "0"}, "False")],
)
def test_production_requires_a_second_factor_unless_told_not_to(environment, required):
    given = {"SECRET_KEY": GOOD["SECRET_KEY"]} | environment

    assert start(told="s.SECOND_FACTOR_REQUIRED", **given).stdout.strip() == required


def test_every_variable_is_explained():
    code = (settings.ROOT / "newsroom" / "settings.py").read_text()
    read = set(re.findall(r"""(?:env\.\w+|_integer|_yes_or_no)\(\s*"([A-Z_]+)\"""", code))
    read |= set(re.findall(r'name = "([A-Z_]+)" if TESTING else "([A-Z_]+)"', code)[0])
    explained = set(re.findall(r"^\| `([A-Z_]+)`", (settings.ROOT / "docs" / "settings.md").read_text(), re.MULTILINE))

    assert explained == read | {"PYTEST_WORKERS", "ARGS"}


@pytest.mark.parametrize(
    ("environment", "kept"),
    [
        ({}, "(True, True)"),
        (GOOD, "(False, False)"),
        (GOOD | {"EMAIL_URL": "smtp://mail.example.org"}, "(False, True)"),
    ],
)
def test_letters_with_links_are_kept_for_demonstration_alone(environment, kept):
    given = {"SECRET_KEY": GOOD["SECRET_KEY"]} | environment

    assert start(told="(s.LETTERS_KEPT, s.LETTERS_LEAVE)", **given).stdout.strip() == kept


def test_a_provider_is_told_what_the_address_says():
    given = {"EMAIL_URL": "anymail+postmark://?server_token=a%2Fb&message_stream=guests"}

    started = start(told="s.MAILERS['default']", **GOOD | given)

    assert started.stdout.strip() == str(
        {
            "BACKEND": "anymail.backends.postmark.EmailBackend",
            "OPTIONS": {"server_token": "a/b", "message_stream": "guests", "ignore_unsupported_features": True},
        }
    )
