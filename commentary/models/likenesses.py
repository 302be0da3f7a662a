"""Which texts are like which: found once, when a text arrives, so that looking at it costs nothing."""

from django.db import models
from django.db.models import Q

from articles.models import Article
from commentary.models.versions import Version


class Sketch(models.Model):
    """A few numbers that stand for a text: the newest of a piece, or what readers see of a story."""

    version = models.OneToOneField(Version, null=True, on_delete=models.CASCADE, related_name="sketch")
    article = models.OneToOneField(Article, null=True, on_delete=models.CASCADE, related_name="sketch")
    revision = models.BigIntegerField(null=True, help_text="Which text of the story.")
    marks = models.BinaryField(help_text="As commentary.shingles makes them.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(version__isnull=False, article__isnull=True, revision__isnull=True)
                | Q(version__isnull=True, article__isnull=False, revision__isnull=False),
                name="sketch_of_one_text",
            )
        ]

    def __str__(self) -> str:
        return f"Sketch of {self.version or self.article}"


class Likeness(models.Model):
    """Two texts that share runs of words: a piece's, and another piece's or a story's. The newer one has the row."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="likenesses")
    other = models.ForeignKey(Version, null=True, on_delete=models.CASCADE, related_name="likenesses_of_later")
    article = models.ForeignKey(Article, null=True, on_delete=models.CASCADE, related_name="+")
    share = models.PositiveSmallIntegerField(
        help_text="Per cent: of the shorter of two pieces, or of the piece that stands in the story."
    )
    found_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "likenesses"
        ordering = ["-share", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "other"], name="likeness_of_pieces_once"),
            models.UniqueConstraint(fields=["version", "article"], name="likeness_of_story_once"),
            models.CheckConstraint(
                condition=Q(other__isnull=False, article__isnull=True) | Q(other__isnull=True, article__isnull=False),
                name="likeness_to_one_text",
            ),
            models.CheckConstraint(condition=Q(share__gte=1, share__lte=100), name="likeness_share_per_cent"),
        ]

    def __str__(self) -> str:
        return f"{self.share} %"
