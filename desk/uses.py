"""Where a picture or a document is used, for one person: a story they may not read is a story without a name."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model

from accounts.models import User
from articles.models import Article
from desk import permissions
from images.uses import Use

HIDDEN = "A story you may not read"


@dataclass(frozen=True)
class Place:
    """One use as a page shows it; without an ``address`` the person may not go there."""

    title: str
    standing: str
    address: str = ""


def places(uses: Iterable[Use], user: User) -> list[Place]:
    return [_place(use, user) for use in uses]


def _place(use: Use, user: User) -> Place:
    subject = use.subject
    if isinstance(subject, Article):
        may = permissions.may_read(user, subject)
        return Place(use.title, use.standing, use.address) if may else Place(HIDDEN, use.standing)
    return Place(use.title, use.standing, use.address if _may_open(subject, user) else "")


def _may_open(subject: Model, user: User) -> bool:
    app, name = subject._meta.app_label, subject._meta.model_name
    return user.has_perm(f"{app}.view_{name}") or user.has_perm(f"{app}.change_{name}")
