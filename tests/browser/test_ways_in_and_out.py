"""Every way in and every way out, with the policies readers and editors have: nothing runs, nothing is asked for."""

import re
from html import escape
from itertools import batched
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from articles.models import Article, PreviewLink, Section, Topic
from commentary import keys
from commentary.models import Message
from images.models import Image
from masthead.models import Page
from newsroom.roles import ADMINISTRATOR
from public import people
from richtext import clean
from tests.browser.hostile import AUDIT, WATCH, Reader
from tests.browser.ways import DESK, GUESTS, READERS, WAYS_IN, written_over
from tests.commentary.make import make_piece
from tests.corpora import Vector, own, sampled
from tests.desk import walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Ends whatever a vector has left open, so that the next one is read from its beginning.
BETWEEN = (
    "\n\"'>--></style></script></title></textarea></xmp></noscript></svg></math></template></select></form></table><p>"
)
STORABLE = [vector.html for vector in sampled() if "\0" not in vector.html]


def bodies(size):
    """All constructs, some in each body, behind one of each block with a vector for its words."""
    picture = Image.objects.first().pk
    for group in batched(STORABLE, size, strict=False):
        vectors = re.sub(r"(data-image=[\"']?)1\b", rf"\g<1>{picture}", BETWEEN.join(group))
        yield (BLOCKS.format(picture=picture, words=escape(group[0])) + vectors).encode("utf-8", "replace").decode()


def words():
    return [vector.html.encode("utf-8", "replace").decode() for vector in own() if len(vector.html) < 300]


BLOCKS = """<figure data-image="{picture}" data-alt="{words}"><figcaption>{words}</figcaption></figure>
<figure data-embed="https://www.youtube.com/watch?v=dQw4w9WgXcQ" data-title="{words}" data-poster="{picture}">
<figcaption>{words}</figcaption></figure>
<figure data-chart="bar"><figcaption>{words}</figcaption><table><tr><th>{words}<tr><td>{words}<td>1</table></figure>
<blockquote data-pull=""><p>{words}</p><p><cite>{words}</cite></p></blockquote>
<aside data-box=""><h3>{words}</h3><p>{words}</p></aside>
<p>a<small data-note="">{words}</small></p>
"""
WITH_HTML = {"description", "{http://purl.org/rss/1.0/modules/content/}encoded"}


@pytest.fixture
def newsroom():
    return walk.Newsroom(ADMINISTRATOR)


@pytest.fixture
def overrun(newsroom):
    """A newsroom in which every text is a vector."""
    for article in Article.objects.published():
        article.classify(section=article.section, topics=Topic.objects.all(), by=newsroom.user)
    newsroom.guests = {status: make_piece(status=status, editor=newsroom.user, text=status) for status, _ in GUESTS}
    for piece in newsroom.guests.values():
        Message.objects.create(submission=piece, kind="writer", text="?", by_name="?", at=piece.begun_at)
    written_over(list(bodies(40)), words())
    return newsroom


@pytest.fixture
def watched(page, live_server):
    page.add_init_script(WATCH)
    asked = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc) if request.url[:4] == "http" else None)
    own_host = urlsplit(live_server.url).netloc

    def wrong_at(address):
        page.problems.clear()
        asked.clear()
        page.goto(address)
        if page.locator("textarea[data-body-editor]").count():
            page.locator(".cke_wysiwyg_div[role]").wait_for()
        wrong = page.evaluate(f"(() => {{ {AUDIT}; return [...auditPage(), ...seen]; }})()")
        if page.url != address and "/preview/" not in page.url:
            wrong.append(f"led to {page.url}")
        if "canary" not in page.content():
            wrong.append("shows no vector")
        return wrong + page.problems + sorted(asked - {own_host})

    page.wrong_at = wrong_at
    return page


@pytest.mark.parametrize(
    "given",
    [
        "<script>1</script>",
        "<p onclick=x>a</p>",
        "<a href=javascript:x>a</a>",
        "<iframe src=/x></iframe>",
        "<form action=https://evil.example/></form>",
        "<p id=a></p><p id=a></p>",
        "<form name=cookie></form>",
        "<base href=/>",
        "<meta http-equiv=refresh content=9>",
    ],
)
def test_the_audit_of_a_page_sees(page, live_server, given):
    page.goto(f"{live_server.url}/health/live")

    page.evaluate("html => { document.body.innerHTML = html; }", given)

    assert page.evaluate(f"(() => {{ {AUDIT}; return auditPage(); }})()") != []


@pytest.mark.parametrize("way", WAYS_IN)
def test_what_comes_in_is_clean(client, newsroom, way):
    client.force_login(newsroom.user)
    given = BETWEEN.join(STORABLE).encode("utf-8", "replace").decode()

    stored = WAYS_IN[way](client, given)

    assert stored.count("<p>") > 100
    assert stored == clean(given)


def test_readers_pages_do_nothing(watched, overrun, live_server):
    published = Article.objects.published()
    subjects = [*Section.objects.all(), *Topic.objects.all(), *people.known(), *Page.objects.all(), *published]
    shared = PreviewLink.make(published[0], revision=None, lasts="day", by=overrun.user)
    addresses = [*READERS, *(subject.get_absolute_url() for subject in [*subjects, shared])]

    wrong = {address: watched.wrong_at(live_server.url + address) for address in addresses}
    watched.emulate_media(media="print")
    printed = watched.wrong_at(live_server.url + published[0].get_absolute_url())

    assert {address: found for address, found in wrong.items() if found} == {}
    assert printed == []
    assert [watched.locator(f"main {block}").count() > 0 for block in ("img", "aside", "blockquote", "svg")] == [
        True
    ] * 4


def test_the_desk_does_nothing(watched, overrun, live_server):
    watched.context.add_cookies([{"name": "sessionid", "value": overrun.session, "url": live_server.url}])
    everywhere = dict(overrun.everywhere())

    wrong = {line: watched.wrong_at(live_server.url + everywhere[line]) for line in DESK}

    assert {line: found for line, found in wrong.items() if found} == {}


def test_a_guests_own_pages_do_nothing(watched, overrun, live_server):
    wrong = {}
    for status, purpose in GUESTS:
        piece = overrun.guests[status]
        watched.goto(f"{live_server.url}/commentary/key/{keys.cut(piece, purpose, writer=piece.writer)}/")
        watched.locator("main form button").first.click()
        watched.wait_for_load_state()
        wrong[status] = watched.wrong_at(watched.url)

    assert {status: found for status, found in wrong.items() if found} == {}


def test_a_guests_text_becomes_paragraphs_and_links_and_nothing_else(newsroom):
    given = "\n\n".join(["https://a.example/", *(vector.html for vector in own() if "\0" not in vector.html)])
    piece = make_piece(status="editing", editor=newsroom.user, text=given.encode("utf-8", "replace").decode()[:2_000])

    body = piece.article.draft.body

    assert set(re.findall(r"<(/?[a-z]+)", body)) == {"p", "/p", "a", "/a"}
    assert set(re.findall(r"<a ([a-z]+)=", body)) == {"href"}
    assert body == clean(body)


def test_feeds_do_nothing_in_a_reader_without_a_policy(browser, client, overrun):
    feeds = [
        "/feed/",
        *(f"{subject.get_absolute_url()}feed/" for subject in (Section.objects.first(), people.known().first())),
    ]
    reader = Reader(browser)

    for address in feeds:
        items = ET.fromstring(client.get(address).content).iter("item")
        texts = [
            Vector(f"{address} {part.tag}", part.text or "") for item in items for part in item if part.tag[-1] in "nd"
        ]
        assert reader.guilty(texts, [text.html for text in texts], None) == {}
    reader.context.close()
