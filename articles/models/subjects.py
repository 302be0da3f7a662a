from django.db import models
from django.urls import reverse

from masthead.addresses import refuse_taken


class Section(models.Model):
    """A part of the publication with a page of its own; every published story is in exactly one."""

    COMMENTARY = "commentary"

    name = models.CharField(max_length=60)
    slug = models.SlugField(max_length=60, unique=True)
    description = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0, help_text="Order in menus and on the front page.")

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("public:section", args=[self.slug])

    def clean(self) -> None:
        refuse_taken(self.slug, by="section")


class Topic(models.Model):
    """What a story is about; a story has any number."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("public:topic", args=[self.slug])
