from django.db import models


class PastAddress(models.Model):
    """A path at which readers once found a story, and from which they are sent on for ever."""

    path = models.CharField(max_length=300, unique=True)
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="past_addresses")
    left_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "past addresses"

    def __str__(self) -> str:
        return self.path
