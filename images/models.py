from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import storages
from django.core.validators import URLValidator
from django.db import models, transaction
from django.utils import timezone

from accounts.activity import record
from accounts.actors import Actor
from images.kinds import PictureRefused
from images.sizes import IMMEDIATE, scaled

# Longest texts about a picture, in characters. SQLite keeps no such limit itself.
LIMITS = {"title": 200, "alt": 500, "caption": 1_000, "credit": 200, "credit_link": 500}
_LABELS = {"alt": "alt text", "credit_link": "credit's link"}
_MULTILINE = frozenset({"caption"})


class Shown(NamedTuple):
    """A file readers can load: its address (a path, or the storage's own), width and height in pixels."""

    url: str
    width: int
    height: int


class ImageQuerySet(models.QuerySet["Image"]):
    def with_renditions(self) -> "ImageQuerySet":
        """All that `{% picture %}` needs, in one query more."""
        return self.prefetch_related("renditions")


class Image(models.Model):
    """A picture with what must be known about it: who made it and what it shows.

    ``file`` is a JPEG made while the sender waits, so that the picture is usable at once; a task adds the
    ``renditions``. ``original`` is the sender's own file with everything a camera writes into it: private, read
    with `open_original`, and never given an address.
    """

    title = models.CharField(max_length=LIMITS["title"], blank=True, help_text="Known to the desk only.")
    alt = models.CharField(
        "alt text",
        max_length=LIMITS["alt"],
        blank=True,
        help_text="What the picture shows, for readers who cannot see it.",
    )
    decorative = models.BooleanField(
        default=False, help_text="Says nothing the text does not say: read aloud as nothing."
    )
    caption = models.TextField(max_length=LIMITS["caption"], blank=True)
    credit = models.CharField(max_length=LIMITS["credit"], blank=True, help_text="Who made it, as readers will see it.")
    credit_link = models.URLField("credit's link", max_length=LIMITS["credit_link"], blank=True)
    width = models.PositiveIntegerField(editable=False, help_text="Of the original as readers see it: upright.")
    height = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, db_index=True, editable=False, help_text="Of the original, in hex.")
    original = models.CharField(max_length=100, unique=True, editable=False, help_text="Its name among the originals.")
    file = models.FileField(unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    objects = ImageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "picture"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decorative=False) | models.Q(alt=""), name="image_decorative_without_alt"
            ),
            models.CheckConstraint(condition=models.Q(width__gt=0, height__gt=0), name="image_has_a_size"),
        ]

    def __str__(self) -> str:
        return self.title or self.alt or self.caption[:200] or f"Picture {self.pk}"

    def describe(self, *, by: Actor, decorative: bool, **wording: str) -> None:
        """Say anew what the picture shows and who made it; ``wording`` as `word` takes it, what is left out stays.

        Raises `PictureRefused` with a sentence for a text that cannot be kept.
        """
        self.word(decorative=decorative, **wording)
        with transaction.atomic():
            self.save(update_fields=["decorative", *wording])
            record("described", self, by=by)

    def word(self, *, decorative: bool, **wording: str) -> None:
        """Set title, alt, caption, credit and credit_link, tidied, without saving; refuse what cannot be kept."""
        tidy = {name: self._tidied(name, value) for name, value in wording.items()}
        if decorative and tidy.get("alt", self.alt):
            raise PictureRefused(
                "A decorative picture has no alt text. Clear the alt text, or say it is not decorative."
            )
        self.decorative = decorative
        for name, value in tidy.items():
            setattr(self, name, value)

    def problems(self) -> list[str]:
        """What is missing before a story may use the picture, as sentences."""
        problems = []
        if not self.credit:
            problems.append(f"The picture “{self}” has no credit. Say who made it.")
        if not self.alt and not self.decorative:
            problems.append(f"The picture “{self}” has no alt text. Say what it shows, or mark it as decorative.")
        return problems

    def open_original(self) -> File[bytes]:
        """The sender's own file, for making renditions from. Raises `FileNotFoundError` where it is lost."""
        return storages["originals"].open(self.original)

    @property
    def immediate(self) -> Shown:
        """The JPEG that is there from the first moment."""
        return Shown(self.file.url, *scaled(self.width, self.height, to=IMMEDIATE))

    @property
    def jpegs(self) -> list[Shown]:
        """Every JPEG there is, narrowest first; the immediate one is always among them."""
        return sorted([self.immediate, *self._renditions(Rendition.Format.JPEG)], key=lambda shown: shown.width)

    @property
    def webps(self) -> list[Shown]:
        """Every WebP there is, narrowest first; none before the renditions are made."""
        return sorted(self._renditions(Rendition.Format.WEBP), key=lambda shown: shown.width)

    @property
    def largest_jpeg(self) -> Shown:
        """For Open Graph and JSON-LD, which ask for 1200 pixels and more: the widest there is."""
        return self.jpegs[-1]

    def _renditions(self, kind: str) -> list[Shown]:
        return [rendition.shown for rendition in self.renditions.all() if rendition.format == kind]

    def _tidied(self, name: str, value: str) -> str:
        tidy = value.replace("\r\n", "\n").strip() if name in _MULTILINE else " ".join(value.split())
        label = _LABELS.get(name, name)
        if "\0" in tidy:
            raise PictureRefused(
                f"The {label} holds a character that cannot be stored (NUL). Delete it or type the text again."
            )
        if len(tidy) > LIMITS[name]:
            raise PictureRefused(
                f"The {label} is {len(tidy):,} characters long; {LIMITS[name]:,} are possible. Shorten it."
            )
        if name == "credit_link" and tidy:
            _refuse_strange_address(tidy)
        return tidy


class Rendition(models.Model):
    """A picture in one format and width, as browsers choose among them."""

    class Format(models.TextChoices):
        WEBP = "webp", "WebP"
        JPEG = "jpeg", "JPEG"

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")
    format = models.CharField(max_length=4, choices=Format)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    file = models.FileField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "format", "width"], name="rendition_once"),
            models.CheckConstraint(condition=models.Q(format__in=["webp", "jpeg"]), name="rendition_format_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_format_display()}, {self.width} × {self.height}"

    @property
    def shown(self) -> Shown:
        return Shown(self.file.url, self.width, self.height)


def _refuse_strange_address(address: str) -> None:
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        raise PictureRefused(
            "The credit's link is no web address. Write it in full, for example https://example.org/, or leave it out."
        ) from None
