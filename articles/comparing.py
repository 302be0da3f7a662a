"""Two texts of a story, field by field, with what differs marked and told in words."""

from collections.abc import Iterable
from dataclasses import dataclass

import richtext
from articles.models.revision import Byline
from articles.texts import Credit, Text
from images.models import Image

# In the order of the page; the second is what sentences call a paragraph of it.
FIELDS = {
    "kicker": ("Kicker", "kicker"),
    "headline": ("Headline", "headline"),
    "deck": ("Deck", "deck"),
    "bylines": ("Bylines", "byline"),
    "lead_image": ("Lead picture", "caption"),
    "summary": ("In summary", "summary"),
    "body": ("Text", "paragraph"),
    "disclosure": ("Disclosure", "disclosure"),
    "search_title": ("Title for search engines", "title"),
    "search_description": ("Description for search engines", "description"),
}


@dataclass(frozen=True)
class Field:
    """One field of both texts. ``pictures`` are the lead pictures, before and after, where they are not the same."""

    name: str
    label: str
    comparison: richtext.Comparison
    pictures: tuple[Image | None, Image | None] | None = None

    @property
    def is_same(self) -> bool:
        return self.comparison.is_same and self.pictures is None

    @property
    def sentences(self) -> list[str]:
        """What differs, in plain text."""
        return [*self.picture_sentences, *self.comparison.sentences]

    @property
    def picture_sentences(self) -> list[str]:
        """What became of the lead picture itself; its caption is compared in words."""
        if self.pictures is None:
            return []
        before, after = self.pictures
        if before and after:
            return [f"Lead picture “{before}” became “{after}”."]
        return [f"Lead picture “{before}” removed."] if before else [f"Lead picture “{after}” added."]


def compare(before: Text, after: Text) -> list[Field]:
    """Every field that either text has, in the order of the page."""
    return [_field(name, before, after) for name in FIELDS if _value(before, name) or _value(after, name)]


def words_changed(fields: Iterable[Field]) -> tuple[int, int]:
    """How many words of the body were added and removed."""
    body = [field.comparison for field in fields if field.name == "body"]
    return sum(each.words_added for each in body), sum(each.words_removed for each in body)


def _field(name: str, before: Text, after: Text) -> Field:
    label, noun = FIELDS[name]
    if name == "body":
        return Field(name, label, richtext.compare(before.body, after.body))
    if name == "lead_image":
        comparison = richtext.compare_plain(before.lead_caption, after.lead_caption, noun=noun)
        pictures = None if before.lead_image == after.lead_image else (before.lead_image, after.lead_image)
        return Field(name, label, comparison, pictures)
    return Field(name, label, richtext.compare_plain(_value(before, name), _value(after, name), noun=noun))


def _value(text: Text, name: str) -> str:
    """Something to compare, or to see that there is nothing."""
    if name == "bylines":
        return "\n\n".join(map(_byline, text.bylines))
    if name == "lead_image":
        return str(text.lead_image or "") + text.lead_caption
    value: str = getattr(text, name)
    return value


def _byline(credit: Credit) -> str:
    return f"{Byline.Role(credit.role).label} {credit.author}"
