from collections.abc import Iterable
from typing import Any, ClassVar, NamedTuple

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db import IntegrityError, models, transaction
from django.db.models import F, ProtectedError, Q, RestrictedError
from django.utils import timezone

from accounts.activity import record
from accounts.actors import Actor
from files.models import Leftover
from images.asking import ask_for_renditions
from images.kinds import PictureRefused
from images.names import ORIGINALS, PUBLIC
from images.queries import ImageQuerySet
from images.sizes import IMMEDIATE, Focus, size
from images.uses import PictureInUse, uses_of
from images.wording import LIMITS, LONGEST_FILE_NAME, searchable, tidied


class Shown(NamedTuple):
    """A file readers can load: its address (a path, or the storage's own), width and height in pixels."""

    url: str
    width: int
    height: int


class Image(models.Model):
    """A picture with what must be known about it: who made it and what it shows.

    ``file`` is a JPEG made while the sender waits, so that the picture is usable at once; a task adds the
    ``renditions``. ``original`` is the sender's own file with everything a camera writes into it: private, read
    with `open_original`, and never given an address.
    """

    class Rights(models.TextChoices):
        UNKNOWN = "", "Not known"
        OWN = "own", "Our own"
        AGENCY = "agency", "From an agency"
        LICENCE = "licence", "Under a licence"
        COURTESY = "courtesy", "By courtesy of somebody"

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
    source = models.CharField(
        max_length=LIMITS["source"], blank=True, help_text="Whom we have it from. Known to the desk only."
    )
    rights = models.CharField(max_length=8, choices=Rights, default=Rights.UNKNOWN, blank=True)
    may_redistribute = models.BooleanField(
        "may be redistributed",
        default=False,
        help_text="Others may show it too: feeds and republished stories carry it along.",
    )
    focus_x = models.PositiveSmallIntegerField(
        default=50, editable=False, help_text="What a cut must show, in per cent from the left."
    )
    focus_y = models.PositiveSmallIntegerField(default=50, editable=False, help_text="The same from the top.")
    width = models.PositiveIntegerField(editable=False, help_text="Of the original as readers see it: upright.")
    height = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, db_index=True, editable=False, help_text="Of the original, in hex.")
    fingerprint = models.BigIntegerField(
        null=True, editable=False, help_text="64 bits, much alike for pictures that look alike."
    )
    original = models.CharField(max_length=100, unique=True, editable=False, help_text="Its name among the originals.")
    file_name = models.CharField(max_length=LONGEST_FILE_NAME, blank=True, editable=False, help_text="As it was sent.")
    file = models.FileField(unique=True, editable=False)
    copy = models.BooleanField(
        default=False, editable=False, help_text="Kept though the same file might be there already."
    )
    cut = models.PositiveIntegerField(
        default=0, editable=False, help_text="Grows when the renditions have to be made again."
    )
    made_cut = models.PositiveIntegerField(null=True, editable=False, help_text="The cut all of whose files are made …")
    made_recipe = models.CharField(
        max_length=16, blank=True, editable=False, help_text="… and after which recipe: see `images.renditions`."
    )
    asked_at = models.DateTimeField(null=True, editable=False, help_text="When its renditions were last asked for.")
    words = models.TextField(blank=True, editable=False, help_text="All that is said of it, folded, for searches.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    objects: ClassVar[ImageQuerySet] = ImageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "picture"
        indexes = [models.Index(fields=["-created_at", "-id"], name="image_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(decorative=False) | Q(alt=""), name="image_decorative_without_alt"),
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="image_has_a_size"),
            models.CheckConstraint(
                condition=Q(rights__in=["", "own", "agency", "licence", "courtesy"]), name="image_rights_known"
            ),
            models.UniqueConstraint(fields=["sha256"], condition=Q(copy=False), name="image_once"),
            models.CheckConstraint(condition=Q(focus_x__lte=100, focus_y__lte=100), name="image_focus_inside"),
        ]

    def __str__(self) -> str:
        return self.title or self.alt or self.caption[:200] or self.file_name or f"Picture {self.pk}"

    def describe(self, *, by: Actor, decorative: bool, **wording: Any) -> None:
        """Say anew what the picture shows and who made it; ``wording`` as `word` takes it, what is left out stays.

        Raises `PictureRefused` with a sentence for what cannot be kept, or where the picture is gone.
        """
        self.word(decorative=decorative, **wording)
        with transaction.atomic():
            self._change(decorative=decorative, words=self.words, **{name: getattr(self, name) for name in wording})
            record("described", self, by=by)

    def word(self, *, decorative: bool, **wording: Any) -> None:
        """Set what is said of it, tidied, without saving; refuse what cannot be kept.

        ``wording``: title, alt, caption, credit, credit_link and source are texts, rights one of `Rights`,
        may_redistribute yes or no.
        """
        plain: dict[str, Any] = {name: bool(wording.pop(name)) for name in ["may_redistribute"] if name in wording}
        if "rights" in wording:
            plain["rights"] = _known_rights(wording.pop("rights"))
        tidy = {name: tidied(name, value) for name, value in wording.items()}
        if decorative and tidy.get("alt", self.alt):
            raise PictureRefused(
                "A decorative picture has no alt text. Clear the alt text, or say it is not decorative."
            )
        for name, value in (plain | tidy).items():
            setattr(self, name, value)
        self.decorative = decorative
        self.words = searchable(self.title, self.alt, self.caption, self.credit, self.source, self.file_name)

    def refocus(self, x: int, y: int, *, by: Actor) -> None:
        """Have every cut of the picture show the point ``x`` per cent from the left and ``y`` from the top.

        Raises `PictureRefused` for a point outside, or where the picture is gone.
        """
        if not (0 <= x <= 100 and 0 <= y <= 100):
            raise PictureRefused("The point lies outside the picture. Choose one inside it.")
        if (x, y) == (self.focus_x, self.focus_y):
            return
        with transaction.atomic():
            self._change(focus_x=x, focus_y=y, cut=F("cut") + 1, asked_at=timezone.now())
            self.refresh_from_db(fields=["cut"])
            # the whole picture shows every point: these files stay, and are the next cut's
            self.renditions.filter(shape="body", cut=self.cut - 1).update(cut=self.cut)
            record("refocused", self, by=by, x=x, y=y)
            ask_for_renditions(self.pk)

    def delete(self, *, by: Actor) -> None:  # type: ignore[override] # a verb: nothing goes without somebody
        """Remove the picture for good; its files follow a day later, when no stored page shows them any more.

        Raises `PictureInUse` while anything shows it: a foreign key that protects it decides, also against one that
        is being written just now. Raises `PictureRefused` where it is gone already.
        """
        try:
            with transaction.atomic():
                kept = self.locked()
                if uses := uses_of(kept):
                    raise PictureInUse(kept, uses)
                record("deleted", kept, by=by)
                kept.leave_files()
                super().delete()
        except (ProtectedError, RestrictedError, IntegrityError):
            raise PictureInUse(self, uses_of(self)) from None

    def locked(self) -> "Image":
        """The row as it is now, held until the transaction ends. Raises `PictureRefused` where it is gone."""
        self._change(cut=F("cut"))
        return Image.objects.get(pk=self.pk)

    def leave_files(self) -> None:
        """All its files go in a day, unless the transaction around this fails."""
        public = [self.file.name, *self.renditions.values_list("file", flat=True)]
        Leftover.objects.leave(PUBLIC, public)
        Leftover.objects.leave(ORIGINALS, [self.original])

    def problems(self, *, alt: str = "") -> list[str]:
        """What is missing before a story may use the picture, as sentences; ``alt`` is what this one use says of it."""
        problems = []
        if not self.credit:
            problems.append(f"The picture “{self}” has no credit. Say who made it.")
        if not self.alt and not alt and not self.decorative:
            problems.append(f"The picture “{self}” has no alt text. Say what it shows, or mark it as decorative.")
        return problems

    def open_original(self) -> File[bytes]:
        """The sender's own file, for making renditions from. Raises `FileNotFoundError` where it is lost."""
        return storages[ORIGINALS].open(self.original)

    @property
    def focus(self) -> Focus:
        return self.focus_x, self.focus_y

    @property
    def is_tall(self) -> bool:
        """Higher than wide: it fills a column too well."""
        return self.height > self.width

    @property
    def immediate(self) -> Shown:
        """The JPEG that is there from the first moment."""
        return Shown(self.file.url, *size(self.width, self.height, "body", to=IMMEDIATE))

    @property
    def jpegs(self) -> list[Shown]:
        """Every JPEG of the whole picture, narrowest first; the immediate one is always among them."""
        return sorted([self.immediate, *self.files("body", "jpeg")], key=lambda shown: shown.width)

    @property
    def webps(self) -> list[Shown]:
        """Every WebP of the whole picture, narrowest first; none before the renditions are made."""
        return self.files("body", "webp")

    @property
    def largest_jpeg(self) -> Shown:
        """The whole picture at its widest, for programs that ask for 1200 pixels and more."""
        return self.jpegs[-1]

    @property
    def social(self) -> Shown:
        """For Open Graph and JSON-LD: cut to 1200 × 630 once that is made, the whole picture till then."""
        return next(iter(self.files("social", "jpeg")), self.largest_jpeg)

    def files(self, shape: str, kind: str) -> list[Shown]:
        """What there is in a shape of `images.sizes` and a format, narrowest first; nothing until it is made."""
        made = [
            rendition.shown
            for rendition in self.renditions.all()
            if (rendition.shape, rendition.format, rendition.cut) == (shape, kind, self.cut)
        ]
        return sorted(made, key=lambda shown: shown.width)

    def _change(self, **columns: Any) -> None:
        """Write these columns and no other, here and in the row."""
        if not Image.objects.filter(pk=self.pk).update(**columns):
            raise PictureRefused("This picture has just been deleted by somebody else.")
        for name, value in columns.items():
            if not isinstance(value, models.expressions.Combinable):
                setattr(self, name, value)


class Rendition(models.Model):
    """A picture cut to a shape, in one format and width, as browsers choose among them."""

    class Format(models.TextChoices):
        WEBP = "webp", "WebP"
        JPEG = "jpeg", "JPEG"
        AVIF = "avif", "AVIF"

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")
    format = models.CharField(max_length=4, choices=Format)
    shape = models.CharField(max_length=8, default="body", help_text="Its name in `images.sizes.SHAPES`.")
    cut = models.PositiveIntegerField(default=0, help_text="The picture's when it was made; shown only while the same.")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    file = models.FileField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "shape", "format", "width"], name="rendition_once"),
            models.CheckConstraint(condition=Q(format__in=["webp", "jpeg", "avif"]), name="rendition_format_known"),
        ]

    def __str__(self) -> str:
        return f"{self.shape}, {self.get_format_display()}, {self.width} × {self.height}"

    @property
    def shown(self) -> Shown:
        return Shown(self.file.url, self.width, self.height)


def _known_rights(given: str) -> str:
    if given not in Image.Rights.values:
        raise PictureRefused("These rights are not known here. Choose one from the list.")
    return given


def in_texts(keys: Iterable[int]) -> dict[int, Image]:
    """The pictures a text refers to, as richtext asks for them: those there are."""
    return Image.objects.with_renditions().in_bulk(list(keys))
