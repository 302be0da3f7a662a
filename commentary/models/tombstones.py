"""What is left of an erased piece: enough to forget it again when a backup brings it back."""

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac


class Tombstone(models.Model):
    """A keyed digest of a reference: whoever has not got our key cannot tell of whom it is."""

    digest = models.CharField(max_length=64, unique=True)
    whole = models.BooleanField(help_text="Everything went; else what was not agreed and published.")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.digest

    @staticmethod
    def of(reference: str) -> str:
        """The digest a reference has under the key of this newsroom."""
        told = salted_hmac("commentary.Tombstone", reference, secret=settings.SECRET_KEY, algorithm="sha256")
        return told.hexdigest()
