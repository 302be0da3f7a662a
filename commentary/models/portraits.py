"""A writer's picture of themselves while nobody but they may see it: beside the piece, not in the library."""

from django.db import models

from commentary.models.writers import Writer


class Portrait(models.Model):
    """Decoded and made anew as a small JPEG without metadata. It becomes a picture of the library with the story."""

    writer = models.OneToOneField(Writer, on_delete=models.CASCADE, related_name="kept_portrait")
    jpeg = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Portrait of {self.writer}"
