import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.urls import reverse
from django.utils.text import slugify

from accounts.models import User
from images.models import Image
from images.uses import Use


def sortable(name: str) -> str:
    """A name as lists sort it: last word first, without accents or capitals."""
    first, _, last = name.strip().rpartition(" ")
    turned = f"{last} {first}".strip()
    decomposed = unicodedata.normalize("NFKD", turned)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()


def refuse_bad_links(links: object) -> None:
    """Links are a list of ``{"label": …, "url": …}``; each address is http or https."""
    if not isinstance(links, list):
        raise ValidationError({"links": "Links are a list."})
    check = URLValidator(schemes=["http", "https"])
    for link in links:
        if not isinstance(link, dict) or set(link) != {"label", "url"} or not str(link["label"]).strip():
            raise ValidationError({"links": "Each link needs a label and an address."})
        try:
            check(str(link["url"]))
        except ValidationError as error:
            raise ValidationError({"links": f"“{link['url']}” is not a web address."}) from error


class AuthorQuerySet(models.QuerySet["Author"]):
    def with_portraits(self) -> "AuthorQuerySet":
        return self.select_related("portrait").prefetch_related("portrait__renditions")


class Author(models.Model):
    """A name that can stand over a story: staff or guest, with or without a sign-in."""

    name = models.CharField(max_length=120)
    sort_name = models.CharField(
        max_length=120,
        blank=True,
        help_text="How lists sort the name, as in “aguilera elizabeth”. Made from the name when left empty.",
    )
    slug = models.SlugField(max_length=120, unique=True, blank=True)
    role = models.CharField("title", max_length=120, blank=True, help_text="As in “Health reporter”.")
    beat = models.CharField(max_length=120, blank=True)
    biography = models.TextField(blank=True, help_text="Plain text; an empty line begins a new paragraph.")
    portrait = models.ForeignKey(Image, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField("e-mail address", blank=True)
    email_shown = models.BooleanField("readers see the e-mail address", default=False)
    links = models.JSONField(default=list, blank=True)
    is_guest = models.BooleanField("guest writer", default=False)
    user = models.OneToOneField(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="author", verbose_name="sign-in"
    )

    objects = AuthorQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = self.sort_name or sortable(self.name)[:120]
        self.slug = self.slug or self._free_slug()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("public:author", args=[self.slug])

    def clean(self) -> None:
        refuse_bad_links(self.links)

    def _free_slug(self) -> str:
        wanted = slugify(self.name)[:110] or "author"
        taken = set(Author.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
        numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
        return next(slug for slug in (wanted, *numbered) if slug not in taken)


def portraits_of(image: Image) -> list[Use]:
    """The people whose portrait ``image`` is."""
    return [
        Use(author.name, reverse("admin:authors_author_change", args=[author.pk]), "portrait", author)
        for author in Author.objects.filter(portrait=image)
    ]
