"""The reader's site in a real browser: the way through it, the order on its pages, and whom it might shut out."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from accounts.actors import Sample
from articles.models import Topic
from articles.texts import Credit
from commentary.models import Guidelines
from masthead.models import Masthead, Page
from tests.images.make import make_image
from tests.make import make_article, make_author, make_section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "<p>The water stood at half on Monday, and nobody could say how long it would last.</p>" * 6
QUOTE = "<blockquote><p>We have not solved it. We have scheduled it.</p></blockquote>"
CELLS = "<td>A long cell</td>" * 12
WIDE = f"<table><tbody><tr>{CELLS}</tr></tbody></table>"
ENDLESS = "Wolkenkratzer" * 19  # 247 letters without a place to break
ARABIC = "اتفق المشرعون على ميزانية جديدة للولاية هذا العام"

SIZES = [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]


@pytest.fixture
def paper():
    """A small publication with a page of every type; answers with the story on top."""
    Masthead(name="The Ledger", tagline="All of it", commentary_email="letters@ledger.example").save()
    Guidelines(number=0, body="<p>Write well.</p>").issue(by=Sample())
    Page.objects.create(title="About us", slug="about", body="<h2>Who</h2><p>We are here.</p>", in_menu=True)
    ada = make_author("Ada Writer", role="Water reporter", biography="Ada has covered water for years. " * 12)
    guest = make_author("Gus Guest", is_guest=True, portrait=make_image(alt="Gus Guest"))
    topics = [Topic.objects.create(name="Reservoirs", slug="reservoirs")]
    now = timezone.now()
    for number in range(8):
        section = make_section("Water" if number % 2 else "Schools")
        make_article(
            headline=f"Earlier story {number}",
            section=section,
            topics=topics,
            bylines=(Credit(ada),),
            published_at=now - timedelta(days=number + 1),
        )
    make_article(
        headline="A view of my own",
        kind="commentary",
        section=make_section("Commentary"),
        bylines=(Credit(guest),),
        disclosure="I own a pump.",
        published_at=now - timedelta(hours=5),
    )
    return make_article(
        headline="The reservoir is half full",
        deck="Two dry winters have left their mark.",
        summary="The largest reservoir stands at half.",
        body=WORDS + QUOTE + WIDE,
        kind="analysis",
        section=make_section("Water"),
        topics=topics,
        bylines=(Credit(ada), Credit(make_author("Phil Photo"), "photographs")),
        lead_image=make_image(alt="A low shoreline", credit="Phil Photo for the paper"),
        lead_caption="The shoreline on Monday.",
        published_at=now - timedelta(hours=3),
    )


def open_as(page, width, scheme="light"):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)


def is_wider_than_its_window(page):
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def barriers(page):
    """What axe finds, as rule and element."""
    found = Axe().run(page).response["violations"]
    return [(rule["id"], node["target"]) for rule in found for node in rule["nodes"]]


def test_a_reader_goes_from_the_front_page_to_the_writer(page, live_server, paper):
    page.goto(f"{live_server.url}/")
    page.get_by_role("navigation", name="Sections").get_by_role("link", name="Water").click()
    page.get_by_role("heading", level=1, name="Water").wait_for()

    page.get_by_role("link", name="The reservoir is half full").click()
    page.get_by_role("heading", level=1, name="The reservoir is half full").wait_for()
    page.get_by_role("link", name="More by Ada Writer").click()
    page.get_by_role("heading", level=1, name="Ada Writer").wait_for()

    assert page.get_by_role("link", name="The reservoir is half full").count() == 1
    assert page.get_by_text("Ada has covered water for years.").count() == 1
    assert page.problems == []
    assert page.context.cookies() == []


@pytest.mark.parametrize("width", [320, 1280])
def test_the_parts_of_a_story_stand_below_one_another(page, live_server, paper, width):
    open_as(page, width)
    page.goto(live_server.url + paper.get_absolute_url())

    main = page.locator("main")
    parts = [
        main.locator(".kicker").first,
        main.get_by_role("heading", level=1),
        main.locator(".deck"),
        main.locator(".byline").get_by_role("link", name="Ada Writer"),
        main.locator(".dates"),
        main.get_by_role("img", name="A low shoreline"),
        main.get_by_text("Phil Photo for the paper"),
        main.get_by_role("region", name="In summary"),
        main.locator(".prose").first,
        main.get_by_role("navigation", name="Topics of this story"),
        main.get_by_role("heading", name="We want to hear from you"),
        main.get_by_role("link", name="submission guidelines"),
        main.get_by_role("heading", name="About the writers"),
        main.get_by_role("link", name="More by Ada Writer"),
        main.get_by_role("heading", name="Related stories"),
    ]
    tops = [part.bounding_box()["y"] for part in parts]

    assert tops == sorted(tops)
    assert main.locator(".kicker").first.inner_text().split() == ["Water", "Analysis"]
    assert "By Ada Writer · Photographs by Phil Photo" in main.locator(".byline").inner_text()


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_no_page_shuts_anybody_out(page, live_server, paper, width, scheme):
    open_as(page, width, scheme)
    guest = "A view of my own"
    paths = ["/", "/water/", "/commentary/", "/topics/reservoirs/", "/authors/", "/authors/ada-writer/", "/about/"]
    paths += ["/commentary/guidelines/", "/water/?before=1-1", paper.get_absolute_url()]

    found = {}
    for path in paths:
        page.goto(live_server.url + path)
        found[path] = (barriers(page), is_wider_than_its_window(page))
    page.goto(f"{live_server.url}/commentary/")
    page.get_by_role("link", name=guest).click()
    page.get_by_role("heading", level=1, name=guest).wait_for()
    found[guest] = (barriers(page), is_wider_than_its_window(page))

    assert found == dict.fromkeys([*paths, guest], ([], False))
    assert page.problems == []


def test_everything_can_be_read_without_scripts(browser, live_server, paper):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/")

    newest = page.locator(".recent time").first.inner_text()
    assert re.fullmatch(r"[A-Z][a-z]+ \d+\s+([\d:]+ [ap]\.m\.|noon|midnight)", newest)
    page.get_by_role("link", name="The reservoir is half full").first.click()

    assert page.get_by_role("heading", level=1).inner_text() == "The reservoir is half full"
    assert page.get_by_role("region", name="In summary").is_visible()
    context.close()


def test_scripts_tell_how_long_ago_and_keep_the_moment(page, live_server, paper):
    page.goto(f"{live_server.url}/")

    newest = page.locator(".recent time").first
    assert newest.inner_text() == "5h ago"
    assert newest.get_attribute("datetime").startswith("20")
    assert newest.get_attribute("title")


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(page, live_server, paper):
    page.goto(f"{live_server.url}/water/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.get_by_role("link", name="Skip to the content").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("text", [ENDLESS, ARABIC, "<b>&amp;</b> " * 18], ids=["endless", "arabic", "markup"])
def test_any_words_stay_inside_the_window(page, live_server, paper, text):
    author = make_author(text[:100], role=text[:100], biography=text * 3, slug="odd")
    story = make_article(
        headline=text, deck=text, summary=text, lead_caption=text, disclosure=text, body=f"<p>{ENDLESS}</p>{WIDE}",
        lead_image=make_image(alt=text, credit=text[:200]),
        bylines=(Credit(author),), section=make_section("Water"), published_at=timezone.now(),
    )  # fmt: skip
    open_as(page, 320)

    wide = {}
    for path in ("/", "/water/", "/authors/", "/authors/odd/", story.get_absolute_url()):
        page.goto(live_server.url + path)
        wide[path] = is_wider_than_its_window(page)

    assert not any(wide.values()), wide
    assert page.get_by_role("heading", level=1).inner_text() == story.live.headline
    side = "rtl" if text == ARABIC else "ltr"
    for part in (".story-head .headline", ".story-head .deck", ".in-summary p"):
        assert page.locator(part).evaluate("part => getComputedStyle(part).direction") == side


def test_text_twice_as_large_still_fits(page, live_server, paper):
    for path in ("/", "/water/", "/authors/", paper.get_absolute_url()):
        page.goto(live_server.url + path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        for width in (640, 1280):
            open_as(page, width)
            assert not is_wider_than_its_window(page), (path, width)


def test_print_is_the_story_and_its_address(page, live_server, paper):
    page.goto(live_server.url + paper.get_absolute_url())
    address = page.locator(".printed-address")
    assert not address.is_visible()

    page.emulate_media(media="print")

    assert address.inner_text().endswith(paper.get_absolute_url())
    for part in ("navigation", "contentinfo"):
        assert page.locator("main").get_by_role(part).filter(visible=True).count() == 0
    assert not page.get_by_role("heading", name="We want to hear from you").is_visible()
    assert page.get_by_role("heading", level=1).is_visible()
