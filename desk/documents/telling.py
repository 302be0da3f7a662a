"""A document as scripts and pages are told of it."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from accounts.models import User
from desk.uses import Place, places
from documents.models import Document
from documents.uses import uses_of


def told(document: Document) -> dict[str, Any]:
    """What a script is told: after an upload, when a file is there already, and by pickers."""
    return {
        "id": document.pk,
        "name": str(document),
        "title": document.title,
        "description": document.description,
        "kind": document.get_kind_display(),
        "size": document.size,
        "file_name": document.file_name,
        "added": date_format(localtime(document.created_at), "N j, Y"),
        "href": reverse("admin:documents_document_change", args=[document.pk]),
        "describe": reverse("admin:documents_document_describe", args=[document.pk]),
    }


def where_used(document: Document, user: User) -> list[Place]:
    return places(uses_of(document), user)
