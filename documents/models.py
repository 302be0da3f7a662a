import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.urls import reverse
from django.utils import timezone

from accounts.activity import record
from accounts.actors import Actor
from documents.kinds import ENDINGS
from documents.names import offered_name
from documents.refusing import DocumentInUse, DocumentRefused
from documents.storing import STORAGE, Sent, looked_at
from files.keeping import Keeping, keeping, new_name
from files.models import Leftover
from images.uses import UsedQuerySet
from images.wording import searchable

_log = logging.getLogger(__name__)

# Longest texts about a document, in characters. SQLite keeps no such limit itself.
LIMITS = {"title": 200, "description": 1_000}
AT_ONCE = timedelta()  # no page shows a document: once its row lets go of it, the next sweep may take the file
LONGEST_QUERY = 300
TOKEN_LENGTH = 24  # hexadecimal digits: as hard to guess as the name of a picture, and of no meaning


class DocumentQuerySet(UsedQuerySet):
    def search(self, typed: str) -> "DocumentQuerySet":
        """Every word stands in the title, the description or the file's name; capitals and accents do not count."""
        found = self
        for word in searchable(typed[:LONGEST_QUERY]).split():
            found = found.filter(words__contains=word)
        return found


class Document(models.Model):
    """A file that readers can download: a PDF, a CSV or an XLSX, as it came.

    Its address ends with its name and holds a token nobody can guess. Whoever has the address can download the file;
    no page of the reader's site names it before a story with it is published. The token stays when the file is
    replaced, so that every link leads to the file as it is now, and to no older one.
    """

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"

    title = models.CharField(max_length=LIMITS["title"], help_text="What readers see as the link's text.")
    description = models.TextField(
        max_length=LIMITS["description"], blank=True, help_text="What is in it, in a sentence. Readers see it too."
    )
    kind = models.CharField(max_length=4, choices=Kind, editable=False)
    size = models.PositiveIntegerField(editable=False, help_text="In bytes.")
    sha256 = models.CharField(max_length=64, db_index=True, editable=False)
    file_name = models.CharField(max_length=200, editable=False, help_text="As the sender named it.")
    token = models.CharField(max_length=TOKEN_LENGTH, unique=True, editable=False)
    stored = models.CharField(max_length=100, unique=True, editable=False, help_text="Its name among the documents.")
    words = models.TextField(blank=True, editable=False, help_text="All that is said of it, folded, for searches.")
    created_at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["pdf", "csv", "xlsx"]), name="document_kind_known"),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="document_not_empty"),
            models.CheckConstraint(condition=~models.Q(title=""), name="document_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("documents:document", args=[self.token, self.name])

    @property
    def name(self) -> str:
        """What the file is called where readers save it."""
        return offered_name(self.file_name, ENDINGS[self.kind])

    @property
    def is_used(self) -> bool:
        """Something refers to it. Twin of ``used``."""
        return Document.objects.used().filter(pk=self.pk).exists()

    def open(self) -> File[bytes]:
        """The file. Raises `FileNotFoundError` where it is lost."""
        return storages[STORAGE].open(self.stored)

    def word(self, *, title: str, description: str) -> None:
        """Set what is said about it, tidied, without saving; refuse what cannot be kept."""
        tidy = {"title": " ".join(title.split()), "description": description.replace("\r\n", "\n").strip()}
        if not tidy["title"]:
            raise DocumentRefused("The document has no title. Say what readers will find in it.")
        for name, value in tidy.items():
            if "\0" in value:
                raise DocumentRefused(
                    f"The {name} holds a character that cannot be stored (NUL). Delete it or type the text again."
                )
            if len(value) > LIMITS[name]:
                raise DocumentRefused(
                    f"The {name} is {len(value):,} characters long; {LIMITS[name]:,} are possible. Shorten it."
                )
            setattr(self, name, value)
        self.words = searchable(self.title, self.description, self.file_name)

    def describe(self, *, by: Actor, title: str, description: str) -> None:
        """Say anew what it is. Raises `DocumentRefused` with a sentence for a text that cannot be kept."""
        before = (self.title, self.description)
        self.word(title=title, description=description)
        if before == (self.title, self.description):
            return
        with transaction.atomic():
            self._change(title=self.title, description=self.description, words=self.words)
            record("described", self, by=by)

    def replace(self, upload: File[bytes], *, by: Actor) -> None:
        """Offer another file in place of this one, under the same address; the old one is gone for good.

        Raises `DocumentRefused` with a sentence, and then nothing has changed.
        """
        with looked_at(upload) as sent, keeping() as files:
            if sent.sha256 == self.sha256:
                raise DocumentRefused("This is the file that is there already. Nothing was changed.")
            file = put_away(sent, files)
            words = searchable(self.title, self.description, sent.file_name)
            with transaction.atomic():
                old = self.stored
                self._change(**file, words=words)
                files.claim(STORAGE, self.stored)
                Leftover.objects.leave(STORAGE, [old], after=AT_ONCE)
                record("replaced the file of", self, by=by)

    def remove(self, *, by: Actor) -> None:
        """Delete it for good, its file too. Raises `DocumentInUse` while something refers to it."""
        try:
            with transaction.atomic():
                self._change(stored=self.stored)  # held until the end, so that no new file comes in between
                record("deleted", self, by=by)
                Leftover.objects.leave(STORAGE, [self.stored], after=AT_ONCE)
                self.delete()
        except (ProtectedError, RestrictedError, IntegrityError):
            raise DocumentInUse(
                f"“{self}” cannot be deleted: it is in use. Take it out of what uses it first, or replace its file."
            ) from None

    def _change(self, **columns: Any) -> None:
        """Write these columns and no other, here and in the row, if its file is still the one seen here."""
        if not Document.objects.filter(pk=self.pk, stored=self.stored).update(**columns):
            raise DocumentRefused("Somebody else has just replaced or deleted this document. Reload to see it.")
        for name, value in columns.items():
            setattr(self, name, value)


def put_away(sent: Sent, files: Keeping) -> dict[str, Any]:
    """Keep the file under a new name; the columns of the document that is to have it."""
    stored = new_name()
    try:
        files.put(STORAGE, {stored: sent.path})
    except OSError as error:
        _log.exception("A document could not be put away.")
        raise DocumentRefused(
            "The document cannot be kept just now: there is no room, or the store does not answer. Try again in a "
            "minute, and tell whoever runs the server."
        ) from error
    return {
        "stored": stored,
        "kind": sent.kind,
        "size": sent.size,
        "sha256": sent.sha256,
        "file_name": sent.file_name,
    }
