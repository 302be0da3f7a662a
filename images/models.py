from django.db import models


class Image(models.Model):
    title = models.CharField(max_length=200, blank=True)
    alt = models.CharField(max_length=500, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    decorative = models.BooleanField(default=False)

    def problems(self) -> list[str]:
        return [] if self.credit else ["A picture has no credit. Name its maker."]


class Rendition(models.Model):
    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")
