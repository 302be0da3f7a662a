from dataclasses import replace

import pytest

from articles.merging import Clash, merge
from articles.models import Byline
from articles.texts import Credit
from images.models import Image
from tests.make import make_author, make_text

BY, WITH = Byline.Role.BY, Byline.Role.WITH
BODY = "<p>The bridge is closed.</p>\n<p>Trains go by bus.</p>"


@pytest.fixture
def base(db):
    return make_text(body=BODY)


@pytest.fixture
def people(db):
    return [make_author(name) for name in ("Ada", "Ben", "Cleo", "Dan")]


def lines(*authors, role=BY):
    return tuple(Credit(author, role) for author in authors)


def test_fields_that_one_side_left_alone_merge_by_themselves(base):
    theirs = replace(base, headline="Theirs", body=BODY.replace("closed", "shut"))
    mine = replace(base, summary="Mine", kicker="Mine", body=BODY.replace("bus", "coach"))

    result = merge(base, theirs, mine)

    assert result.clashes == ()
    assert result.text == replace(
        base,
        headline="Theirs",
        summary="Mine",
        kicker="Mine",
        body="<p>The bridge is shut.</p>\n<p>Trains go by coach.</p>",
    )


def test_a_clash_names_the_field_and_keeps_mine_until_somebody_chooses(base):
    theirs = replace(base, headline="Theirs", body=BODY.replace("closed", "shut").replace("bus", "coach"))
    mine = replace(base, headline="Mine", body=BODY.replace("closed", "open").replace("bus", "boat"))

    result = merge(base, theirs, mine)

    assert result.clashes == (
        Clash("headline", "headline", base.headline, "Theirs", "Mine"),
        Clash(
            "body-1",
            "body",
            "<p>The bridge is closed.</p>",
            "<p>The bridge is shut.</p>",
            "<p>The bridge is open.</p>",
        ),
        Clash("body-2", "body", "<p>Trains go by bus.</p>", "<p>Trains go by coach.</p>", "<p>Trains go by boat.</p>"),
    )
    assert result.text == mine
    assert result.settled({"headline": "theirs", "body-1": "theirs", "body-2": "both", "nonsense": "x"}) == replace(
        mine,
        headline="Theirs",
        body="<p>The bridge is shut.</p>\n<p>Trains go by coach.</p>\n<p>Trains go by boat.</p>",
    )


def test_a_picture_goes_with_its_caption(base):
    one, other = Image(pk=1), Image(pk=2)
    start = replace(base, lead_image=one, lead_caption="The old bridge")
    theirs, mine = replace(start, lead_caption="The bridge"), replace(start, lead_image=other)

    result = merge(start, theirs, mine)

    assert result.clashes == (
        Clash("lead_image", "lead_image", (one, "The old bridge"), (one, "The bridge"), (other, "The old bridge")),
    )
    assert result.settled({"lead_image": "theirs"}) == theirs
    assert merge(start, theirs, start).text == theirs


def test_names_added_by_both_stand_together(base, people):
    ada, ben, cleo, dan = people
    start, theirs, mine = (replace(base, bylines=row) for row in (lines(ada), lines(ada, ben), lines(cleo, ada, dan)))

    result = merge(start, theirs, mine)

    assert result.clashes == ()
    assert result.text.bylines == lines(cleo, ada, ben, dan)


def test_a_name_added_by_both_stands_once(base, people):
    ada, ben, cleo, _ = people
    start, theirs, mine = (replace(base, bylines=row) for row in (lines(ada), lines(ada, ben), lines(ada, cleo, ben)))

    assert merge(start, theirs, mine).text.bylines == lines(ada, cleo, ben)


def test_a_name_removed_by_one_goes_where_the_other_added_one(base, people):
    ada, ben, cleo, _ = people
    start, theirs, mine = (replace(base, bylines=row) for row in (lines(ada, ben), lines(ben), lines(ada, ben, cleo)))

    assert merge(start, theirs, mine).text.bylines == lines(ben, cleo)


def test_a_new_order_is_kept_beside_a_new_name(base, people):
    ada, ben, cleo, _ = people
    start, theirs, mine = (
        replace(base, bylines=row) for row in (lines(ada, ben), lines(ben, ada), lines(ada, ben, cleo))
    )

    result = merge(start, theirs, mine)

    assert (result.text.bylines, result.clashes) == (lines(ben, cleo, ada), ())


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [
        (lambda a, b, c: lines(b, c), lambda a, b, c: lines(a, role=WITH) + lines(b, c)),
        (lambda a, b, c: lines(c, a, b), lambda a, b, c: lines(b, a, c)),
    ],
    ids=["removed here, another part there", "two orders"],
)
def test_bylines_changed_in_two_ways_are_a_clash(base, people, theirs, mine):
    three = people[:3]
    texts = [replace(base, bylines=row) for row in (lines(*three), theirs(*three), mine(*three))]

    result = merge(*texts)

    assert [clash.key for clash in result.clashes] == ["bylines"]
    assert result.text == texts[2]
    assert result.settled({"bylines": "theirs"}) == texts[1]
