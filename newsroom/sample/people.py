"""The people of the sample newsroom. Everybody may know their password, so they exist only here."""

import logging
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, transaction

from accounts.models import User
from newsroom.roles import ADMINISTRATOR, COMMENTARY_EDITOR, COPY_EDITOR, EDITOR, PRODUCER, REPORTER

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Person:
    """Somebody who signs in to the sample newsroom, with the group they belong to."""

    role: str
    name: str
    email: str


PEOPLE = [
    Person(REPORTER, "Nell Ashworth", "reporter@newsroom.example"),
    Person(COPY_EDITOR, "Iris Calloway", "copy-editor@newsroom.example"),
    Person(COMMENTARY_EDITOR, "Ruben Adeyemi", "commentary-editor@newsroom.example"),
    Person(PRODUCER, "Maya Lindqvist", "producer@newsroom.example"),
    Person(EDITOR, "Tomas Varga", "editor@newsroom.example"),
    Person(ADMINISTRATOR, "June Okafor", "administrator@newsroom.example"),
]


@transaction.atomic
def make_people(password: str) -> list[User]:
    """One for each role, in the order of ``PEOPLE``, all with this password; those who exist are kept."""
    return [_make(person, make_password(password)) for person in PEOPLE]


def sample_password() -> str:
    """The password the operator chose, or a new random one."""
    return settings.SAMPLE_PASSWORD or secrets.token_urlsafe(12)


def refuse_in_production() -> None:
    """Raise ``ImproperlyConfigured`` if production would start on a database with sample people in it.

    A database that does not answer, or has no tables yet, is no reason to refuse: the web server waits for it,
    and sample people cannot sign in to production anyway (``accounts.backends``).
    """
    if not settings.PRODUCTION:
        return
    try:
        found = User.objects.filter(is_sample=True).exists()
    except DatabaseError as error:
        logger.warning("The database could not be searched for sample people: %s", error)
        return
    if found:
        raise ImproperlyConfigured(
            "This database holds the sample newsroom, whose people have a password others may know. "
            "Give production a database of its own: set DATABASE_URL, or DATA_DIR to an empty folder."
        )


def _make(person: Person, hashed: str) -> User:
    user, _ = User.objects.update_or_create(
        email=person.email,
        defaults={"name": person.name, "password": hashed, "is_staff": True, "is_active": True, "is_sample": True},
    )
    group, _ = Group.objects.get_or_create(name=person.role)
    user.groups.add(group)
    return user
