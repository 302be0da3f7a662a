"""What programs are told: head, JSON-LD, feeds, sitemap, robots."""

import json
import re
from xml.etree import ElementTree as ET

import pytest

from accounts.actors import Sample
from articles.models import Topic
from articles.texts import Credit
from masthead.models import Masthead
from tests.images.make import make_image
from tests.make import NOW, TOMORROW, YESTERDAY, make_article, make_author, make_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

SITE = "https://ledger.example"
NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "atom": "http://www.w3.org/2005/Atom",
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
}


@pytest.fixture(autouse=True)
def masthead():
    masthead = Masthead(name="The Ledger", tagline="All of it", site_address=SITE, contact_email="desk@ledger.example")
    masthead.save()
    return masthead


def graph(response):
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', response.text, re.DOTALL)
    return {node["@type"]: node for node in json.loads(block[1])["@graph"]}


def meta(response):
    return dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', response.text))


def test_story_is_told_to_search_engines(client):
    ada, tom = make_author("Ada Writer"), make_author("Tom Translator")
    story = make_article(
        bylines=(Credit(ada), Credit(tom, "translated")),
        topics=[Topic.objects.create(name="Beds", slug="beds")],
        lead_image=make_image(alt="A bed."),
        published_at=YESTERDAY,
    )
    story.revise(make_text(bylines=(Credit(ada),), headline="Newer"), revision=story.draft, by=Sample())
    story.publish(revision=story.draft, by=Sample())

    response = client.get(story.get_absolute_url())

    node = graph(response)["NewsArticle"]
    address = f"{SITE}{story.get_absolute_url()}"
    assert (node["headline"], node["mainEntityOfPage"], node["articleSection"]) == ("Newer", address, "Health")
    assert (node["datePublished"], node["dateModified"]) == ("2026-09-13T12:30:00-07:00", "2026-09-14T12:30:00-07:00")
    assert [(one["@type"], one["name"], one["url"]) for one in node["author"]] == [
        ("Person", "Ada Writer", f"{SITE}/authors/ada-writer/")
    ]
    assert (node["publisher"]["@type"], node["publisher"]["name"]) == ("NewsMediaOrganization", "The Ledger")
    assert (node["isAccessibleForFree"], node["keywords"]) == (True, ["Beds"])
    assert f'<link rel="canonical" href="{address}">' in response.text
    told = meta(response)
    assert (told["og:url"], told["og:type"], told["article:published_time"]) == (
        address, "article", node["datePublished"],
    )  # fmt: skip


def test_story_names_its_picture_whole(client):
    image = make_image(alt="A bed.")
    story = make_article(lead_image=image, published_at=NOW)

    response = client.get(story.get_absolute_url())

    shown = image.largest_jpeg
    expected = {"@type": "ImageObject", "url": f"{SITE}{shown.url}", "width": shown.width, "height": shown.height}
    assert graph(response)["NewsArticle"]["image"] == [expected]
    assert (meta(response)["og:image"], meta(response)["og:image:alt"]) == (expected["url"], "A bed.")


def test_guest_commentary_is_opinion_to_machines(client):
    story = make_article(kind="commentary", published_at=NOW)

    assert "OpinionNewsArticle" in graph(client.get(story.get_absolute_url()))


def test_data_block_cannot_be_broken_out_of(client):
    headline = "</script><script>alert(1)</script><!-- \u2028 &"
    story = make_article(headline=headline, published_at=NOW)

    response = client.get(story.get_absolute_url())

    assert graph(response)["NewsArticle"]["headline"] == story.live.headline
    assert response.text.count("</script>") == 2


def test_search_title_and_description_win(client):
    story = make_article(search_title="For search", search_description="Found by it.", published_at=NOW)

    response = client.get(story.get_absolute_url())

    assert "<title>For search — The Ledger</title>" in response.text
    assert meta(response)["description"] == "Found by it."


def test_front_page_says_who_publishes(client):
    assert set(graph(client.get("/"))) == {"WebSite", "NewsMediaOrganization"}


def test_author_page_is_a_profile(client):
    author = make_author(role="Reporter", links=[{"label": "Site", "url": "https://ada.example.org/"}])
    make_article(bylines=(Credit(author),), published_at=NOW)

    node = graph(client.get("/authors/ada-writer/"))["ProfilePage"]

    person = node["mainEntity"]
    assert (person["@type"], person["jobTitle"], person["sameAs"]) == (
        "Person", "Reporter", ["https://ada.example.org/"],
    )  # fmt: skip


def items(response):
    return ET.fromstring(response.content).findall("channel/item")


@pytest.mark.parametrize("path", ["/feed/", "/health/feed/", "/topics/beds/feed/", "/authors/ada-writer/feed/"])
def test_feeds_carry_whole_published_stories(client, path):
    beds = Topic.objects.create(name="Beds", slug="beds")
    make_article(headline="Draft", topics=[beds])
    make_article(headline="Tomorrow", topics=[beds], published_at=TOMORROW)
    story = make_article(
        headline="Now & <here>", topics=[beds], body='<p>All of it, <a href="/about/">whole</a>.</p>', published_at=NOW
    )

    response = client.get(path)

    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    (item,) = items(response)
    address = f"{SITE}{story.get_absolute_url()}"
    assert [item.findtext(name) for name in ("title", "link", "guid")] == ["Now & <here>", address, address]
    assert item.findtext("dc:creator", namespaces=NAMES) == "Ada Writer"
    assert [category.text for category in item.findall("category")] == ["Health", "Beds"]
    text = item.findtext("content:encoded", namespaces=NAMES)
    assert "All of it" in text
    assert 'href="/about/"' not in text
    own = ET.fromstring(response.content).find("channel/atom:link", NAMES)
    assert (own.get("rel"), own.get("href")) == ("self", f"{SITE}{path}")


def test_feed_leaves_out_characters_xml_cannot_hold(client):
    make_article(headline="Bell\x07 and escape\x1b", published_at=NOW)

    (item,) = items(client.get("/feed/"))

    assert item.findtext("title") == "Bell and escape"


def test_sitemap_lists_what_readers_can_open(client):
    make_article(headline="Draft", slug="draft")
    story = make_article(published_at=NOW)

    response = client.get("/sitemap.xml")

    found = {
        url.findtext("map:loc", namespaces=NAMES): url.findtext("map:lastmod", namespaces=NAMES)
        for url in ET.fromstring(response.content)
    }
    when = "2026-09-14T12:30:00-07:00"
    assert found == {
        f"{SITE}/": when,
        f"{SITE}/health/": when,
        f"{SITE}/authors/": None,
        f"{SITE}/corrections/": None,
        f"{SITE}/authors/ada-writer/": None,
        f"{SITE}{story.get_absolute_url()}": when,
    }


def test_robots_are_kept_from_the_desk(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /admin/\n" in response.text
    assert f"Sitemap: {SITE}/sitemap.xml\n" in response.text
