"""Texts nobody has written, spliced from the corpora and from tags at random, by the thousand, in a real browser."""

import random

import pytest

from newsroom.roles import ADMINISTRATOR
from richtext import clean, render, sanitiser
from tests.browser.conftest import browser, page  # noqa: F401 -- fixtures
from tests.browser.hostile import CLEAN, Reader
from tests.browser.test_ways_in_and_out import bodies, watched, words  # noqa: F401 -- a fixture among them
from tests.browser.ways import written_over
from tests.corpora import Vector, everything
from tests.corpora.benign import FRAGMENTS
from tests.desk import walk

SEEDS = range(20)
TEXTS = 500
HARMFUL = [vector.html for vector in everything()]
TAGS = [*CLEAN, "div", "svg", "math", "style", "title", "template", "noscript", "form", "select", "mglyph", "x-y"]
ATTRIBUTES = [
    "",
    "",
    " onclick=canary()",
    " href=javascript:canary()",
    " data-image=1",
    " data-chart=bar",
    " id=top",
    " title='<p>'",
]


def spliced(chance):
    """Cuts of vectors and fragments, and tags in any order."""
    parts = []
    for _ in range(chance.randrange(1, 9)):
        whole = chance.choice([chance.choice(HARMFUL), chance.choice(HARMFUL), chance.choice(FRAGMENTS)])
        start = chance.randrange(80)
        tag = f"<{chance.choice(['', '', '/'])}{chance.choice(TAGS)}{chance.choice(ATTRIBUTES)}>"
        parts.append(chance.choice([whole[start : start + chance.randrange(120)], whole[:400], tag, f"{tag}x"]))
    return "".join(parts)


@pytest.mark.parametrize("seed", SEEDS)
def test_spliced_texts_do_nothing(browser, seed):  # noqa: F811 -- the fixture
    chance = random.Random(seed)  # noqa: S311 -- the same texts each time
    vectors = [Vector(f"seed {seed}: {html!r}", html) for html in (spliced(chance) for _ in range(TEXTS))]
    reader = Reader(browser)

    once = [clean(vector.html) for vector in vectors]

    assert [clean(html) for html in once] == once
    assert [sanitiser.CLEANER.clean(html) for html in once] == once
    assert reader.guilty(vectors, once, CLEAN) == {}
    reader.context.close()


@pytest.mark.django_db(transaction=True)
def test_every_address_of_the_desk_does_nothing(watched, live_server):  # noqa: F811 -- the fixture
    """The gate looks at those that show words; here it is all that answer with a page."""
    newsroom = walk.Newsroom(ADMINISTRATOR)
    written_over(list(bodies(40)), words())
    watched.context.add_cookies([{"name": "sessionid", "value": newsroom.session, "url": live_server.url}])
    wrong = {}

    for line, address in newsroom.everywhere():
        answer = watched.context.request.get(live_server.url + address, max_redirects=0)
        if answer.status == 200 and "text/html" in answer.headers["content-type"]:
            wrong[line] = [what for what in watched.wrong_at(live_server.url + address) if what != "shows no vector"]

    assert {line: found for line, found in wrong.items() if found} == {}
    assert len(wrong) > 60


def test_rendering_spliced_texts_raises_nothing(db):
    chance = random.Random(1)  # noqa: S311 -- the same texts each time

    for _ in range(2000):
        html = spliced(chance)
        assert isinstance(render(html, chance.choice(["page", "feed", "mail", "desk"])), str)
