"""The story page: its anatomy, its addresses, and texts that try to break it."""

import pytest
from django.urls import reverse

from accounts.actors import Sample
from articles.models import Topic
from articles.texts import Credit
from masthead.models import Masthead
from tests.images.make import make_image
from tests.make import NOW, TOMORROW, YESTERDAY, make_article, make_author, make_section, make_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

EDITOR = Sample()


def test_story_has_the_parts_readers_know_in_order(client):
    Masthead(name="Ledger", commentary_email="letters@example.org").save()
    ada = make_author("Ada Writer", role="Health reporter", biography="word " * 80)
    other = make_author("Tom Translator")
    beds = Topic.objects.create(name="Hospital beds", slug="beds")
    make_article(headline="Another one", published_at=YESTERDAY)
    story = make_article(
        kind="analysis",
        topics=[beds],
        deck="A line below.",
        bylines=(Credit(ada), Credit(other, "translated")),
        lead_image=make_image(alt="A bed.", credit="Cara Camera"),
        lead_caption="The bed in question.",
        body="<p>The body of it.</p>",
        published_at=NOW,
    )

    page = client.get(story.get_absolute_url()).text

    main = page.partition("<main")[2]
    parts = [
        'href="/health/">Health</a>', "Analysis", "Hospitals agree on a price", "A line below.", "By", "Ada Writer</a>",
        "Translated by", "September 14, 2026", "1 min read", "<picture>", "The bed in question.", "Cara Camera",
        "In summary", "Two hospital chains", "The body of it.", "Hospital beds", "We want to hear from you",
        'href="/commentary/guidelines/">submission guidelines</a>', 'href="mailto:letters@example.org"',
        ">React to this story</a>",
        "Health reporter", "word word word…", "More by Ada Writer", "Related stories", "Another one",
    ]  # fmt: skip
    places = []
    for part in parts:
        places.append(main.find(part, places[-1] + 1 if places else 0))
        assert places[-1] >= 0, part
    assert "updated" not in main


def test_story_says_when_it_was_updated(client):
    story = make_article(published_at=YESTERDAY)
    story.revise(make_text(headline="A new price"), revision=story.draft, by=EDITOR)
    story.publish(revision=story.draft, by=EDITOR)

    page = client.get(story.get_absolute_url()).text

    assert "· updated <time" in page
    assert "A new price" in page


def test_story_shows_the_live_text_not_the_draft(client):
    story = make_article(published_at=NOW)
    story.revise(make_text(headline="Not yet"), revision=story.draft, by=EDITOR)

    assert "Not yet" not in client.get(story.get_absolute_url()).text


def test_unpublished_story_cannot_be_told_from_an_unknown_one(client):
    story = make_article(published_at=TOMORROW)
    address = story.get_absolute_url()

    assert client.get(address).status_code == 404
    assert client.get(address).content == client.get(address.replace("price", "prize")).content


def test_withdrawn_story_answers_gone_with_the_note(client):
    story = make_article(published_at=YESTERDAY)
    lists = (
        "/",
        "/health/",
        "/authors/ada-writer/",
        "/feed/",
        "/health/feed/",
        "/authors/ada-writer/feed/",
        "/sitemap.xml",
    )
    assert [path for path in lists if story.slug not in client.get(path).text] == []
    story.withdraw(by=EDITOR, note="The figures were <wrong>.")

    response = client.get(story.get_absolute_url())

    assert response.status_code == 410
    assert "The figures were &lt;wrong&gt;." in response.text
    assert '<meta name="robots" content="noindex">' in response.text
    assert "Hospitals agree" not in response.text
    assert [path for path in lists if story.slug in client.get(path).text] == []

    story.reinstate(by=EDITOR)

    assert client.get(story.get_absolute_url()).status_code == 200
    assert [path for path in lists if story.slug not in client.get(path).text] == []


def test_past_address_leads_to_the_present_one(client):
    story = make_article(published_at=YESTERDAY)
    past = story.get_absolute_url()
    story.classify(slug="another-word", by=EDITOR)

    response = client.get(past)

    assert (response.status_code, response["Location"]) == (301, story.get_absolute_url())
    assert client.get(response["Location"]).status_code == 200


def test_date_is_written_with_its_zeros():
    path = reverse("public:article", args=[2026, 1, 5, "a-story"])

    assert path == reverse("public:article", args=["2026", "01", "05", "a-story"]) == "/2026/01/05/a-story/"


def test_markup_in_a_headline_is_shown_as_written(client):
    story = make_article(
        headline='Is <b>bold</b> & "brave" </script><script>alert(1)</script>',
        summary="<img src=x onerror=alert(1)>",
        published_at=NOW,
    )

    for path in (story.get_absolute_url(), "/", "/health/"):
        page = client.get(path).text
        assert "&lt;b&gt;bold&lt;/b&gt; &amp; &quot;brave&quot;" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_picture_whose_file_is_lost_is_no_error(client):
    image = make_image(alt="A bed.", credit="Cara Camera")
    story = make_article(lead_image=image, published_at=NOW)
    image.file.storage.delete(image.file.name)

    assert client.get(story.get_absolute_url()).status_code == 200
    assert client.get("/").status_code == 200


def test_story_without_any_extra_still_stands(client):
    make_section().description = ""
    story = make_article(published_at=NOW)

    page = client.get(story.get_absolute_url()).text

    for absent in ("<figure", "Related stories", 'class="after topics"', 'class="kind"'):
        assert absent not in page


def test_related_stories_are_public_ones(client):
    story = make_article(published_at=NOW)
    make_article(headline="Draft")
    make_article(headline="Tomorrow", published_at=TOMORROW)
    near = make_article(headline="Near", published_at=YESTERDAY)

    assert list(client.get(story.get_absolute_url()).context["related"]) == [near]
