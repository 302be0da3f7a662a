"""Who may do what: one table of groups and permissions, applied after every migration.

Applying it adds what is missing and takes nothing away, so what an operator has granted besides stays. Where a
person has several roles their rights add up. What a right means for one story is said in ``desk.permissions``.
"""

from typing import Any

from django.contrib.auth.models import Group, Permission

_READS = frozenset(
    {
        "articles.view_article",
        "articles.view_section",
        "articles.view_topic",
        "authors.view_author",
        "documents.view_document",
        "images.view_image",
    }
)
_WRITES = _READS | {
    "articles.add_article",
    "articles.change_article",
    "documents.add_document",
    "documents.change_document",
    "images.add_image",
    "images.change_image",
}
_POLISHES = _WRITES | {
    "articles.edit_any_article",
    "articles.ready_article",
}
_EDITS_COMMENTARY = _READS | {
    "articles.edit_commentary_article",
    "commentary.view_submission",
    "commentary.change_submission",
    "commentary.decide_submission",
    "authors.add_author",
    "documents.add_document",
    "documents.change_document",
    "images.add_image",
    "images.change_image",
}
_PRODUCES = _READS | {
    "articles.schedule_article",
}
_EDITS = (
    _POLISHES
    | _EDITS_COMMENTARY
    | _PRODUCES
    | {
        "accounts.view_activity",
        "articles.add_topic",
        "articles.change_topic",
        "articles.publish_article",
        "authors.change_author",
        "authors.delete_author",
        "commentary.kill_submission",
        "commentary.hold_submission",
        "commentary.add_guidelines",
        "commentary.view_guidelines",
        "commentary.change_office",
        "commentary.change_lettertemplate",
        "documents.delete_document",
        "images.delete_image",
        "masthead.add_page",
        "masthead.change_page",
        "masthead.view_page",
    }
)
_ADMINISTERS = _EDITS | {
    "accounts.add_user",
    "accounts.change_user",
    "accounts.delete_user",
    "accounts.view_user",
    "articles.add_section",
    "articles.change_section",
    "articles.delete_section",
    "articles.delete_topic",
    "masthead.change_masthead",
    "masthead.delete_page",
    "masthead.view_masthead",
}

REPORTER = "Reporter"
COPY_EDITOR = "Copy editor"
COMMENTARY_EDITOR = "Commentary editor"
PRODUCER = "Producer"
EDITOR = "Editor"
ADMINISTRATOR = "Administrator"

ROLES: dict[str, frozenset[str]] = {
    REPORTER: _WRITES,
    COPY_EDITOR: _POLISHES,
    COMMENTARY_EDITOR: _EDITS_COMMENTARY,
    PRODUCER: _PRODUCES,
    EDITOR: _EDITS,
    ADMINISTRATOR: _ADMINISTERS,
}


def apply(**signal: Any) -> None:
    """Bring the groups up to the table. Listens to ``post_migrate``, when permissions exist."""
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for name, wanted in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*(known[permission] for permission in wanted if permission in known))
