"""No public surface names a picture that readers may not see yet, or no more: its address is all it takes to see it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.actors import Sample
from articles.models import Topic
from articles.texts import Credit
from masthead.models import Page
from tests.images import draw
from tests.images.make import make_image
from tests.make import NOW, make_article, make_author, make_section, make_text

pytestmark = pytest.mark.django_db


def picture(number):
    return make_image(draw.scene(number, 320, 240), alt=f"Canary {number}", credit="Nora Paint", finished=True)


def names(image):
    """Everything by which a page could give it away: the names of all its files, and what is said of it."""
    files = [image.file.name, *image.renditions.values_list("file", flat=True)]
    return {image.original, image.alt, *(name.split("/")[-1].split(".")[0] for name in files)}


def inside(image):
    return make_text(headline="Hidden inside").body + f'<figure data-image="{image.pk}"></figure>'


@pytest.fixture
def newsroom(now):
    """A site with a story of every kind readers see, and a picture in every place they must not look into."""
    section, topic, author = (
        make_section("Water"),
        Topic.objects.create(name="Floods", slug="floods"),
        make_author("Ada Writer", portrait=picture(1)),
    )
    about = {"section": section, "topics": [topic], "bylines": (Credit(author),)}
    shown = make_article(headline="Seen by all", published_at=NOW - timedelta(days=1), lead_image=picture(2), **about)
    hidden = [picture(number) for number in range(3, 10)]
    make_article(headline="A draft", lead_image=hidden[0], **about)
    make_article(headline="Tomorrow", published_at=NOW + timedelta(days=1), lead_image=hidden[1], **about)
    later = make_article(headline="Withdrawn", published_at=NOW - timedelta(days=2), lead_image=hidden[2], **about)
    later.withdraw(by=Sample(), note="It was wrong.")
    make_article(headline="Another draft", body=inside(hidden[3]), **about)
    newer = make_text(
        headline="Seen by all", lead_image=hidden[4], body=inside(hidden[5]), bylines=shown.draft.text.bylines
    )
    shown.revise(newer, revision=shown.draft, by=Sample())
    spiked = make_article(headline="In the bin", lead_image=hidden[6], **about)
    spiked.spike(by=Sample())
    Page.objects.create(title="About", slug="about", body="<p>Us.</p>")
    return section, topic, author, shown, later, hidden


GUEST = {"reference": "C-7F3K-92Q", "step": "text", "token": "none"}


def addresses(section, topic, author, shown, later):
    """Every public address there is, with its feeds: one that is added is asked for here too."""
    known = {
        "front": "/",
        "feed": "/feed/",
        "sitemap": "/sitemap.xml",
        "robots": "/robots.txt",
        "colours": "/colours-0123456789ab.css",
        "corrections": "/corrections/",
        "authors": "/authors/",
        "author": author.get_absolute_url(),
        "author_feed": f"{author.get_absolute_url()}feed/",
        "topic": topic.get_absolute_url(),
        "topic_feed": f"{topic.get_absolute_url()}feed/",
        "guidelines": "/commentary/guidelines/",
        "preview": "/preview/none/",
        "look": "/preview/desk/none/",
        "article": shown.get_absolute_url(),
        "section_feed": f"{section.get_absolute_url()}feed/",
        "section": section.get_absolute_url(),
        "page": "/about/",
    }
    public = next(entry for entry in get_resolver().url_patterns if getattr(entry, "app_name", "") == "public")
    plain = [pattern for pattern in public.url_patterns if hasattr(pattern, "name")]
    guests = next(entry for entry in public.url_patterns if not hasattr(entry, "name"))  # commentary/
    assert set(known) == {pattern.name for pattern in plain}
    for pattern in guests.url_patterns:
        parts = {name: GUEST.get(name, 1) for name in pattern.pattern.converters}
        known[pattern.name] = reverse(f"public:{pattern.name}", kwargs=parts)
    known["react"] = f"/commentary/submit/?re={later.pk}"
    return [*known.values(), later.get_absolute_url(), "/nowhere/"]


def test_no_public_page_names_a_picture_of_what_readers_do_not_see(newsroom):
    *subjects, hidden = newsroom
    secret = {name: image.alt for image in hidden for name in names(image)}

    told, shown = [], set()
    for address in addresses(*subjects):
        response = Client().get(address)
        text = response.getvalue().decode() + str(response.headers)
        told += [(address, secret[name]) for name in secret if name in text]
        shown |= {address for name in names(subjects[3].live.lead_image) if name in text}

    assert told == []
    assert {"/", subjects[3].get_absolute_url(), subjects[0].get_absolute_url()} <= shown  # what is public is there


def test_no_public_page_names_an_original(newsroom):
    *subjects, hidden = newsroom
    everything = {image.original for image in [*hidden, subjects[3].live.lead_image, subjects[2].portrait]}

    assert [
        address
        for address in addresses(*subjects)
        if any(name in Client().get(address).getvalue().decode() for name in everything)
    ] == []
