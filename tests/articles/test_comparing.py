from dataclasses import replace

import pytest

from articles.comparing import compare, words_changed
from articles.texts import Credit, Text
from tests.images.make import make_image
from tests.make import make_author, make_text

pytestmark = pytest.mark.django_db


def told(before, after):
    return [sentence for field in compare(before, after) for sentence in field.sentences]


def test_every_field_that_differs_is_told_in_the_order_of_the_page():
    ada, ben = make_author("Ada"), make_author("Ben")
    before = make_text(bylines=(Credit(ada),), disclosure="Ada rents there.", kicker="Health")
    after = replace(
        before,
        headline="Hospitals agree on a prize",
        deck="After four years",
        bylines=(Credit(ada), Credit(ben, "photographs")),
        summary="Two hospital chains settled what a bed costs.",
        body="<p>The agreement ends a dispute of five years.</p>",
        kicker="Money",
        disclosure="",
        search_title="Prices",
        search_description="What a bed costs",
    )

    assert told(before, after) == [
        "Kicker changed: “Health” became “Money”.",
        "Headline changed: “price” became “prize”.",
        "Deck added: “After four years”.",
        "Byline added: “Photographs by Ben”.",
        "Summary changed: “have” was removed.",
        "Paragraph changed: “four” became “five”.",
        "Disclosure removed: “Ada rents there.”",
        "Title added: “Prices”.",
        "Description added: “What a bed costs”.",
    ]


def test_fields_that_neither_text_has_are_left_out():
    assert [field.name for field in compare(Text(headline="a"), Text(headline="a", deck="b"))] == ["headline", "deck"]


def test_a_picture_and_its_caption_are_told_apart():
    one, other = make_image(alt="A bridge"), make_image(alt="A shore")
    before, after = Text(lead_image=one, lead_caption="Old"), Text(lead_image=other, lead_caption="Old")

    assert told(before, after) == ["Lead picture “A bridge” became “A shore”."]
    assert told(before, Text(lead_caption="New")) == [
        "Lead picture “A bridge” removed.",
        "Caption changed: “Old” became “New”.",
    ]
    assert told(Text(), after) == ["Lead picture “A shore” added.", "Caption added: “Old”."]
    assert [field.is_same for field in compare(before, before)] == [True]


def test_words_are_counted_in_the_body_only():
    before = make_text(body="<p>one two three</p>")

    assert words_changed(compare(before, replace(before, headline="x", body="<p>one four five six</p>"))) == (3, 2)
