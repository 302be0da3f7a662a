"""What the first start leaves in an empty newsroom, and what every start tells the person at the console."""

import os
import re
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from masthead.models import Masthead
from newsroom.models import FirstKey
from newsroom.sample.people import PEOPLE, make_people, sample_password

_PASSWORD_LINE = re.compile(r"^ *Password +(.+)$", re.MULTILINE)


def fill_if_empty() -> None:
    """Make the sample newsroom if it is wanted and nothing is here yet: all of it, or after a failure nothing."""
    if not settings.SAMPLE or User.objects.exists() or Masthead.objects.exists():
        return
    password = sample_password()
    with transaction.atomic():
        make_people(password)  # first: authors find their sign-ins
        call_command("sample", stdout=sys.stderr)  # where the console reads it at once
        _keep(_opening_text(password))


def opening_text() -> str:
    """Where the newsroom is, and how to sign in: kept in DATA_DIR for the sample newsroom, never for a real one."""
    if User.objects.filter(is_sample=True).exists():
        text = _opening_text(_current_password())
        _keep(text)
        return text
    if FirstKey.is_needed():
        return _addresses() + _invitation(reverse("first_administrator", args=[FirstKey.cut()]))
    return _addresses()


def _current_password() -> str:
    """The password of the sample people; a newly chosen one is given to them first."""
    kept = _PASSWORD_LINE.search(_file().read_text()) if _file().exists() else None
    if settings.SAMPLE_PASSWORD and (kept is None or kept[1] != settings.SAMPLE_PASSWORD):
        make_people(settings.SAMPLE_PASSWORD)
        return settings.SAMPLE_PASSWORD
    return kept[1] if kept else "as at the first start; NEWSROOM_SAMPLE_PASSWORD sets another"


def _opening_text(password: str) -> str:
    wide = max(len(person.role) for person in PEOPLE)
    people = "".join(f"  {person.role:<{wide}} {person.email}\n" for person in PEOPLE)
    return (
        f"{_addresses()}\nSign in as one of the sample people:\n\n{people}  {'Password':<{wide}} {password}\n\n"
        f"This text is kept in {_file()}\n"
    )


def _addresses() -> str:
    return (
        "\nThe newsroom is open.\n\n"
        f"  {'Readers':<14} {settings.SITE_ADDRESS}/\n"
        f"  {'The desk':<14} {settings.SITE_ADDRESS}/admin/\n"
    )


def _invitation(path: str) -> str:
    return (
        "\nNobody can administer it yet. Make the first administrator here, within 24 hours; the page opens once:\n\n"
        f"  {settings.SITE_ADDRESS}{path}\n"
    )


def _file() -> Path:
    return settings.DATA_DIR / "first-run.txt"


def _keep(text: str) -> None:
    """Only the person who runs the newsroom may read it, from the first byte on."""
    descriptor = os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text.lstrip())
