"""Every page a reader can open: what stands on it, what does not, and how many questions it costs."""

import gzip
from datetime import timedelta

import pytest
from django.db import connection
from django.template.loader import get_template
from django.test.utils import CaptureQueriesContext

from accounts.actors import Sample
from articles.models import Article, Section, Topic
from articles.texts import Credit
from commentary.models import Guidelines
from masthead.models import Page
from tests.make import NOW, TOMORROW, YESTERDAY, make_article, make_author, make_section

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def publish(number, **fields):
    """``number`` stories a minute apart, the first the newest."""
    return [make_article(published_at=NOW - timedelta(minutes=each), **fields) for each in range(number)]


def headlines(response):
    return [story.live.headline for story in response.context["listing"].stories]


def queries(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_front_page_hides_what_is_not_published(client):
    make_article(headline="Draft")
    make_article(headline="Tomorrow", published_at=TOMORROW)
    gone = make_article(headline="Gone", published_at=YESTERDAY)
    gone.withdraw(by=Sample(), note="It was wrong.")
    today = make_article(headline="Today", published_at=NOW)

    response = client.get("/")

    front = response.context["front"]
    assert (front.lead, front.second_row, front.recent, front.bands, front.commentary) == (today, [], [], [], [])
    for hidden in ("Draft", "Tomorrow", "Gone"):
        assert hidden not in response.text


def test_front_page_without_stories_says_so(client):
    assert "The first story is being written." in client.get("/").text


def test_front_page_leads_with_our_own_story_and_sets_commentary_apart(client):
    guest = make_article(headline="My view", kind="commentary", section=make_section("Commentary"), published_at=NOW)
    ours = make_article(headline="Ours", published_at=YESTERDAY)

    front = client.get("/").context["front"]

    assert (front.lead, front.commentary, front.recent) == (ours, [guest], [guest])


def test_front_page_gives_each_section_a_band(client):
    health = make_section("Health")
    water = make_section("Water")
    publish(4, section=health, headline="Top")
    old = make_article(headline="Old", section=water, published_at=NOW - timedelta(days=40))

    front = client.get("/").context["front"]

    assert [(band.section, band.stories) for band in front.bands] == [(water, [old])]


@pytest.mark.parametrize("kind", ["commentary", "reaction"])
def test_guest_commentary_is_labelled_everywhere(client, kind):
    section = make_section("Commentary")
    guest = make_author("Gus Guest", is_guest=True)
    story = make_article(
        kind=kind,
        section=section,
        kicker="Opinion piece",
        published_at=NOW,
        bylines=(Credit(guest),),
        disclosure="I own a pump.",
    )

    label = story.kind_label
    for path in ("/", "/commentary/", guest.get_absolute_url(), story.get_absolute_url()):
        assert label in client.get(path).text
    assert "I own a pump." in client.get(story.get_absolute_url()).text
    assert f"<title>{label}: " in client.get("/feed/").text


def test_section_lists_its_own_stories_newest_first(client):
    make_article(headline="Elsewhere", section=make_section("Water"), published_at=NOW)
    make_article(headline="Draft")
    make_article(headline="Older", published_at=YESTERDAY)
    make_article(headline="Newer", published_at=NOW)

    assert headlines(client.get("/health/")) == ["Newer", "Older"]


def test_long_lists_go_on_without_gap_or_repeat(client):
    stories = publish(35)
    first = client.get("/health/")
    make_article(headline="In between", published_at=NOW)

    older = client.get(f"/health/?before={first.context['listing'].older}")

    shown = first.context["listing"].stories + older.context["listing"].stories
    assert shown == stories
    assert older.context["listing"].older == ""
    assert '<meta name="robots" content="noindex, follow">' in older.text


@pytest.mark.parametrize("place", ["x", "1", "1-x", "-1", "9" * 30 + "-1", "1-" + "9" * 30, "१-१", "\0", "1-1-1"])
def test_no_such_place_in_a_list_is_not_found(client, place):
    publish(1)

    assert client.get("/health/", {"before": place}).status_code == 404


def test_topic_lists_its_stories(client):
    topic = Topic.objects.create(name="Beds", slug="beds")
    make_article(headline="Other", published_at=NOW)
    make_article(headline="Beds", topics=[topic], published_at=NOW)

    assert headlines(client.get("/topics/beds/")) == ["Beds"]


def test_author_page_shows_the_whole_person(client):
    author = make_author(
        biography="First line.\n\nSecond <b>line</b>.",
        role="Reporter",
        email="ada@example.org",
        email_shown=True,
        links=[{"label": "Her site", "url": "https://ada.example.org/"}],
    )
    make_article(
        headline="Hers", bylines=(Credit(author, "with"), Credit(make_author("Someone Else"))), published_at=NOW
    )

    response = client.get("/authors/ada-writer/")

    assert headlines(response) == ["Hers"]
    for words in ("<p>First line.</p>", "Second &lt;b&gt;line&lt;/b&gt;.", "Reporter", "mailto:ada@example.org"):
        assert words in response.text
    assert '<a href="https://ada.example.org/" rel="me">Her site</a>' in response.text


def test_author_page_keeps_an_address_that_is_not_shown(client):
    make_author(email="secret@example.org", email_shown=False)

    assert "secret@example.org" not in client.get("/authors/ada-writer/").text


def test_guest_writer_is_unknown_until_published(client):
    guest = make_author("Gus Guest", is_guest=True)
    story = make_article(kind="commentary", bylines=(Credit(guest),))

    assert client.get("/authors/gus-guest/").status_code == 404
    assert client.get("/authors/gus-guest/feed/").status_code == 404
    assert "Gus Guest" not in client.get("/authors/").text
    assert "gus-guest" not in client.get("/sitemap.xml").text

    story.publish(revision=story.draft, by=Sample())

    assert client.get("/authors/gus-guest/").status_code == 200
    assert client.get("/authors/").context["guests"] == [guest]


def test_standing_pages_and_guidelines_have_their_addresses(client):
    Page.objects.create(title="About us", slug="about", body="<p>We are here.</p>")
    Guidelines(number=0, body="<p>Write well.</p>").issue(by=Sample())

    assert "We are here." in client.get("/about/").text
    assert "Write well." in client.get("/commentary/guidelines/").text
    assert client.get("/guidelines/").status_code == 404


def test_unknown_addresses_are_not_found_and_show_the_way_back(client):
    newest = publish(1)[0]

    for path in (
        "/nothing/",
        "/topics/nothing/",
        "/authors/nobody/",
        "/nothing/feed/",
        "/2026/02/31/never/",
        "/a/b/c/",
    ):
        response = client.get(path)
        assert (response.status_code, response.context["newest"]) == (404, [newest])
        assert '<meta name="robots" content="noindex">' in response.text


def test_address_without_its_slash_is_sent_on(client):
    make_section()

    response = client.get("/health")

    assert (response.status_code, response["Location"]) == (301, "/health/")


def test_only_reading_is_allowed(client):
    story = publish(1)[0]

    for path in ("/", "/health/", "/authors/", "/feed/", "/sitemap.xml", story.get_absolute_url()):
        assert client.post(path).status_code == 405


def test_pages_are_the_same_for_everybody_and_kept_a_minute(client, admin_client):
    story = publish(1)[0]

    for path in ("/", "/health/", "/authors/", "/feed/", "/sitemap.xml", story.get_absolute_url()):
        ours, theirs = admin_client.get(path), client.get(path)
        assert ours.content == theirs.content
        assert (ours["Cache-Control"], bool(ours.cookies), "Cookie" in ours.get("Vary", "")) == (
            "public, max-age=60",
            False,
            False,
        )
        assert client.get(path, headers={"if-none-match": ours["ETag"]}).status_code == 304


def test_pages_are_sent_compressed_and_still_recognised(client):
    story = publish(1)[0]
    packed = {"accept-encoding": "gzip"}

    for path in ("/", "/health/", "/feed/", "/sitemap.xml", story.get_absolute_url()):
        response = client.get(path, headers=packed)
        assert (response["Content-Encoding"], response["Vary"]) == ("gzip", "Accept-Encoding")
        assert gzip.decompress(response.content) == client.get(path).content
        assert client.get(path, headers=packed | {"if-none-match": response["ETag"]}).status_code == 304


def test_a_story_in_another_language_says_so_wherever_its_words_stand(client):
    story = make_article(headline="El agua vuelve", deck="Por fin.", published_at=NOW)
    Article.objects.filter(pk=story.pk).update(language="es")

    for path, times in (("/", 2), ("/health/", 2), (story.get_absolute_url(), 4), ("/nowhere/", 1)):
        assert client.get(path).text.count('lang="es"') == times, path


def test_pages_carry_the_strict_policy(client):
    story = publish(1)[0]

    for path in ("/", story.get_absolute_url(), "/nowhere/"):
        response = client.get(path)
        assert "unsafe" not in response["Content-Security-Policy"]
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert " style=" not in response.text


def test_pages_ask_as_many_questions_for_thirty_stories_as_for_one(client):
    author = make_author(biography="Writes.")
    topic = Topic.objects.create(name="Beds", slug="beds")
    fields = {"topics": [topic], "bylines": (Credit(author),), "summary": "Short."}
    story = make_article(published_at=NOW - timedelta(days=1), **fields)
    make_article(published_at=NOW - timedelta(days=2), **fields)
    make_article(kind="commentary", section=make_section("Commentary"), published_at=YESTERDAY, **fields)
    paths = ["/", "/health/", "/topics/beds/", "/authors/", "/authors/ada-writer/", story.get_absolute_url(),
             "/feed/", "/health/feed/", "/sitemap.xml"]  # fmt: skip
    before = {path: queries(client, path) for path in paths}

    for number in range(30):
        writer = make_author(f"Writer {number}")
        fields["bylines"] = (Credit(author), Credit(writer, "with"))
        section = make_section(
            "Health" if number % 2 else f"Section {number}", slug=None if number % 2 else f"s{number}"
        )
        make_article(published_at=NOW - timedelta(minutes=number), section=section, **fields)

    assert {path: queries(client, path) for path in paths} == before
    assert max(before.values()) <= 15


def test_reserved_words_cover_the_addresses_here():
    from masthead.addresses import RESERVED
    from public.urls import urlpatterns

    firsts = {str(pattern.pattern).partition("/")[0] for pattern in urlpatterns if "/" in str(pattern.pattern)}
    fixed = {first for first in firsts if "<" not in first}

    assert fixed - {Section.COMMENTARY} <= RESERVED


def test_error_page_needs_neither_database_nor_request():
    assert "Something went wrong on our side" in get_template("500.html").render()
