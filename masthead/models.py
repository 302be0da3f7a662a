from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from documents import holding
from documents.models import Document
from images.models import Image
from images.uses import Use
from masthead.addresses import refuse_taken
from richtext.fields import BodyField

INVITATION = (
    "Want to submit a guest commentary or reaction to an article we wrote? You can find our {guidelines}. "
    "Please contact us with any commentary questions: {commentary}"
)


class Masthead(models.Model):
    """The publication itself: exactly one row, edited on the desk."""

    name = models.CharField(max_length=80, default="Newsroom")
    tagline = models.CharField(max_length=160, blank=True)
    logo = models.ForeignKey(Image, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    site_address = models.URLField(
        blank=True,
        help_text="Scheme and host, as in https://news.example.org. Empty: the address this server was started with.",
    )
    contact_email = models.EmailField("contact address", blank=True)
    commentary_email = models.EmailField("commentary address", blank=True)
    invitation = models.TextField(
        default=INVITATION,
        help_text="Stands under “We want to hear from you”. {guidelines} becomes the link to the submission "
        "guidelines, {commentary} the commentary address.",
    )
    time_zone = models.CharField(max_length=60, default="America/Los_Angeles")
    language = models.CharField(max_length=12, default="en-us", choices=[("en-us", "English"), ("es", "Spanish")])
    licence = models.CharField(
        max_length=200, blank=True, help_text="Under what terms others may use what you publish."
    )
    licence_address = models.URLField(blank=True)
    colour = models.CharField(
        max_length=7,
        default="#9c2a1f",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}\Z", "Write the colour as # and six hexadecimal digits.")],
        help_text="The one accent. Pages darken or lighten it until text in it is easy to read.",
    )

    retractions_stay = models.BooleanField(
        "retracted stories keep their page",
        default=False,
        help_text="On: the notice stands at the story's address as an ordinary page (200). Off: the address answers "
        "“gone” (410) with the same notice.",
    )

    class Meta:
        verbose_name_plural = "masthead"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="masthead_one_row")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        super().save(*args, **kwargs)

    def clean(self) -> None:
        if self.time_zone not in available_timezones():
            raise ValidationError({"time_zone": "There is no such time zone. Write it as in “America/Los_Angeles”."})

    @classmethod
    def current(cls) -> "Masthead":
        """The publication, or its defaults before anybody has filled them in."""
        return cls.objects.select_related("logo").filter(pk=1).first() or cls(pk=1)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def absolute(self, path: str) -> str:
        """The full address of ``path`` on the reader's site, from configuration and never from a request."""
        return urljoin(f"{self.site_address or settings.SITE_ADDRESS}/", path)


class Page(models.Model):
    """A standing page: about, ethics, contact. Shares one namespace with the sections."""

    title = models.CharField(max_length=160)
    slug = models.SlugField(
        max_length=80,
        unique=True,
        help_text="Its address: /about/. The guidelines for guest writers are kept with guest commentary.",
    )
    description = models.CharField(max_length=300, blank=True, help_text="One sentence for search engines.")
    body = BodyField(blank=True)
    in_menu = models.BooleanField("in the footer's menu", default=True)
    position = models.PositiveSmallIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """With the rows that say what its body uses, held meanwhile: no save is lost because a picture went."""
        with transaction.atomic():
            held = holding.hold(self.body)
            super().save(*args, **kwargs)
            holding.keep(PagePictureUse, PageDocumentUse, held, page=self)

    def get_absolute_url(self) -> str:
        return reverse("public:page", args=[self.slug])

    def clean(self) -> None:
        refuse_taken(self.slug, by="page")


class PagePictureUse(holding.PictureUse):
    """A picture in a standing page. The picture cannot be deleted while this stands."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="picture_uses")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "image", "place"], name="pagepictureuse_once_a_place"),
            models.CheckConstraint(
                condition=models.Q(place__in=["body", "gallery", "poster"]), name="pagepictureuse_place_known"
            ),
        ]


class PageDocumentUse(holding.DocumentUse):
    """A document that a standing page offers. The document cannot be deleted while this stands."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="document_uses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "document"], name="pagedocumentuse_once")]


def pages_showing(image: Image) -> list[Use]:
    return [_use(page) for page in Page.objects.filter(picture_uses__image=image).distinct()]


def pages_offering(document: Document) -> list[Use]:
    return [_use(page) for page in Page.objects.filter(document_uses__document=document).distinct()]


def _use(page: Page) -> Use:
    return Use(page.title, reverse("admin:masthead_page_change", args=[page.pk]), "live", page)


def logo_of(image: Image) -> list[Use]:
    """The publication, where ``image`` is its logo."""
    return [
        Use(masthead.name, reverse("admin:masthead_masthead_change", args=[masthead.pk]), "logo", masthead)
        for masthead in Masthead.objects.filter(logo=image)
    ]
