"""How a document comes in: looked at, put away, written down."""

import secrets

from django.core.files import File
from django.db import transaction

from accounts.activity import record
from accounts.actors import Actor, person
from documents.models import TOKEN_LENGTH, Document, put_away
from documents.names import title_from
from documents.refusing import DocumentRefused
from documents.storing import STORAGE, looked_at
from files.keeping import keeping

__all__ = ["AlreadyThere", "DocumentRefused", "receive"]


class AlreadyThere(DocumentRefused):
    """The same file, byte for byte, is a document already."""

    def __init__(self, document: Document) -> None:
        super().__init__(f"This file is among the documents already, as “{document}”.")
        self.document = document


def receive(
    upload: File[bytes], *, by: Actor, title: str = "", description: str = "", anyway: bool = False
) -> Document:
    """Take in the PDF, CSV or XLSX in ``upload``, at most 50 MB; without a title it is called as its file is.

    Raises `DocumentRefused` with a sentence, having kept nothing; `AlreadyThere` for a file that is there, unless it
    is to be kept ``anyway``. Inside somebody else's transaction a later roll-back leaves the file behind.
    """
    with looked_at(upload) as sent, keeping() as files:
        there = None if anyway else Document.objects.filter(sha256=sent.sha256).first()
        if there is not None:
            raise AlreadyThere(there)
        document = Document(created_by=person(by), token=secrets.token_hex(TOKEN_LENGTH // 2), file_name=sent.file_name)
        document.word(title=title or title_from(sent.file_name) or "Document", description=description)
        for column, value in put_away(sent, files).items():
            setattr(document, column, value)
        with transaction.atomic():
            document.save()
            files.claim(STORAGE, document.stored)
            record("received", document, by=by)
    return document
