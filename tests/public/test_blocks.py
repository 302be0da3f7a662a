"""What stands between the paragraphs of a story: on its page, in its feed, and under which policy."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import looks
from articles.models import Revision
from masthead.models import Page
from tests.images import draw
from tests.images.make import make_image
from tests.make import NOW, TOMORROW, make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

FILM = '<figure data-embed="https://youtu.be/dQw4w9WgXcQ" data-title="A &quot;film&quot;"></figure>'
POST = '<figure data-embed="https://x.com/nasa/status/1234567890"></figure>'
LINK = '<figure data-embed="https://example.org/report"></figure>'
STRICT = "frame-ancestors 'none'"


def policy(response):
    return response["Content-Security-Policy"]


def prose(response):
    return re.search(
        r'<div class="prose"[^>]*>(.*?)</div>\s*(?:<div class="after|<p class="printed|<p class="after)',
        response.text,
        re.DOTALL,
    )[1]


def test_pictures_have_their_place_alt_caption_and_credit(client):
    one = make_image(finished=True, alt="A river", credit="Nora Paint", caption="The river itself.")
    story = make_article(
        body=f'<figure data-image="{one.pk}"></figure><figure data-image="{one.pk}" data-place="wide" data-alt="Mud">'
        "<figcaption>High <em>water</em></figcaption></figure><p>Text</p>",
        published_at=NOW,
    )

    shown = prose(client.get(story.get_absolute_url()))

    assert re.findall(r'<figure class="([^"]+)"', shown) == ["picture", "picture is-wide"]
    assert re.findall(r' alt="([^"]*)"', shown) == ["A river", "Mud"]
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", shown)
    credit = ' <span class="credit">Nora Paint</span>'
    assert captions == [f"The river itself.{credit}", f"High <em>water</em>{credit}"]
    assert shown.count("srcset=") == 4
    assert all(re.findall(r'<img [^>]*width="\d+" height="\d+"', shown))


def test_a_gallery_is_a_list_whose_pictures_open(client):
    first, second = make_image(alt="First"), make_image(draw.jpeg(81, 60), alt="", decorative=True)
    story = make_article(
        body=f'<p>a</p><figure data-gallery="{first.pk} {second.pk}"><figcaption>Two</figcaption></figure>',
        published_at=NOW,
    )
    lost = story.live.body.replace(f"{first.pk} {second.pk}", f"{first.pk} 999 {second.pk}")
    Revision.objects.filter(pk=story.live_id).update(body=lost)

    shown = prose(client.get(story.get_absolute_url()))

    assert shown.count("<li>") == 2
    assert re.findall(r'aria-label="([^"]+)"', shown) == ["Picture 1 of 2, large: First", "Picture 2 of 2, large"]
    assert '<figcaption class="gallery-caption">Two</figcaption>' in shown


def test_pages_ask_the_same_questions_for_one_picture_and_for_three(client):
    keys = [make_image(draw.jpeg(80 + number, 60), finished=True).pk for number in range(3)]
    other = make_article(headline="Other", published_at=NOW)
    small, large = (
        make_article(
            headline=f"With {len(used)}",
            body="".join(
                f'<figure data-image="{key}"></figure><figure data-story="{other.pk}"></figure>' for key in used
            )
            + f'<p>Text</p><figure data-gallery="{keys[0]} {keys[1]}"></figure>',
            published_at=NOW,
        )
        for used in (keys[:1], keys)
    )
    client.get("/")

    counted = []
    for story in (small, large):
        with CaptureQueriesContext(connection) as queries:
            client.get(story.get_absolute_url())
        counted.append(len(queries))

    assert counted[0] == counted[1]


def test_links_to_stories_follow_them_and_never_tell_of_one_that_is_not_public(client):
    public = make_article(headline="Seen & read", published_at=NOW)
    draft = make_article(headline="Secret draft")
    ahead = make_article(headline="Secret tomorrow", published_at=TOMORROW)
    body = "".join(f'<figure data-story="{each.pk}"></figure>' for each in (public, draft, ahead)) + "<p>Text</p>"
    story = make_article(body=body, published_at=NOW)

    shown = client.get(story.get_absolute_url())
    feed = client.get("/feed/")

    assert re.findall(r'<p class="story-link">.*?<a href="([^"]+)">([^<]+)</a></p>', prose(shown)) == [
        (public.get_absolute_url(), "Seen &amp; read")
    ]
    assert "Secret" not in shown.text + feed.text


def test_nothing_of_a_provider_is_in_the_page_but_links(client):
    story = make_article(body=f"<p>a</p>{FILM}{LINK}", published_at=NOW)

    response = client.get(story.get_absolute_url())

    shown = prose(response)
    assert "<iframe" not in shown
    assert re.findall(r'(?:src|href)="(https?:[^"]+)"', shown) == [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://example.org/report",
    ]
    assert 'data-title="A &quot;film&quot;"' in shown
    assert "Nothing is loaded from YouTube before you show it." in shown


def test_a_page_may_frame_exactly_the_providers_it_shows(client):
    both = make_article(headline="Both", body=f"<p>a</p>{FILM}{POST}{FILM}{LINK}", published_at=NOW)
    neither = make_article(headline="Neither", body=f"<p>a</p>{LINK}", published_at=NOW)
    page = Page.objects.create(title="About", slug="about", body=POST)

    answers = [client.get(each.get_absolute_url()) for each in (both, neither, page)]

    frames = [re.findall(r"frame-src ([^;]+)", policy(answer)) for answer in answers]
    assert frames == [
        ["https://platform.twitter.com https://www.youtube-nocookie.com"],
        [],
        ["https://platform.twitter.com"],
    ]
    assert all(STRICT in policy(answer) for answer in answers)
    assert ["embed.js" in answer.text for answer in answers] == [True, False, True]
    assert "frame-src" not in policy(client.get("/"))


def test_an_unchanged_page_keeps_its_policy(client):
    story = make_article(body=f"<p>a</p>{FILM}", published_at=NOW)
    first = client.get(story.get_absolute_url())

    again = client.get(story.get_absolute_url(), headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, policy(again)) == (304, policy(first))


def test_previews_may_frame_the_same(client):
    story = make_article(body=f"<p>a</p>{FILM}")

    response = client.get(looks.address(story))

    assert "frame-src https://www.youtube-nocookie.com" in policy(response)
    assert "frame-ancestors 'self'" in policy(response)


def test_feeds_leave_out_what_may_not_be_given_on(client, settings):
    settings.SITE_ADDRESS = "https://news.example.org"
    ours = make_image(alt="Ours", may_redistribute=True)
    theirs = make_image(draw.jpeg(81, 60), alt="Theirs")
    make_article(
        body=f'<p>a</p><figure data-image="{ours.pk}"></figure><figure data-image="{theirs.pk}"></figure>'
        f'<figure data-gallery="{theirs.pk} {ours.pk}"><figcaption>Both</figcaption></figure>{FILM}'
        "<figure data-chart=bar><table><tr><td>a<td>1<tr><td>b<td>2</table></figure>",
        published_at=NOW,
    )

    feed = html.unescape(client.get("/feed/").text)

    assert re.findall(r"alt=\"(\w+)\"", feed) == ["Ours", "Ours"]
    assert all(one.startswith("https://news.example.org/media/") for one in re.findall(r'<img src="([^"]+)"', feed))
    assert not re.search("<svg|<script|<iframe|data-", feed)
    assert '<a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ">A &quot;film&quot;</a> (YouTube)' in feed
