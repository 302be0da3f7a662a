"""What people without an account see of a story that readers do not see yet, and what nobody else learns of it."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.csp import CSP

from accounts.actors import Sample
from articles import looks
from articles.models import PreviewLink, Topic
from articles.notes import Note
from articles.texts import Credit
from masthead.models import Masthead
from tests.images.make import make_image
from tests.make import NOW, TOMORROW, YESTERDAY, make_article, make_author, make_section, make_text, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

EDITOR = Sample()


def share(article, **wanted):
    link = PreviewLink.make(article, **{"revision": None, "lasts": "day", "by": EDITOR} | wanted)
    return link.get_absolute_url()


def main(response):
    """The words of the page's main part, but for what only a preview says (that it is one) and only paper (where)."""
    inner = response.text.partition("<main")[2].partition("</main>")[0]
    return re.sub(
        r'<div class="preview-note".*?</div>|<p class="printed-address".*?</p>', "", inner, flags=re.DOTALL
    ).split()


def make_full(**fields):
    author = make_author("Ada Writer", role="Health reporter", biography="word " * 80)
    beds = Topic.objects.get_or_create(slug="beds", defaults={"name": "Beds"})[0]
    return make_article(
        topics=[beds],
        deck="A line below.",
        bylines=(Credit(author),),
        lead_image=make_image(alt="A bed.", finished=True),
        lead_caption="The bed in question.",
        **fields,
    )


def test_a_preview_is_the_page_readers_will_see(client):
    Masthead(name="Ledger", commentary_email="letters@example.org").save()
    make_article(headline="Another one", published_at=YESTERDAY)
    article = make_full()
    previewed = client.get(share(article))
    looked = client.get(looks.address(article))

    article.publish(revision=article.draft, by=EDITOR, at=NOW)
    published = client.get(article.get_absolute_url())

    assert (previewed.status_code, looked.status_code, published.status_code) == (200, 200, 200)
    assert main(previewed) == main(looked) == main(published)
    sheets = [re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.text) for page in (previewed, published)]
    assert sheets[0] == sheets[1]


def test_a_preview_says_discreetly_what_it_is_and_when_it_ends(client):
    article = make_article()

    note = client.get(share(article)).text.partition('class="preview-note"')[2].partition("</div>")[0]

    assert "Preview." in note
    assert "September 15, 12:30 p.m. PDT" in note
    assert 'class="preview-note"' not in client.get(looks.address(article)).text


def test_a_preview_names_what_holds_today(client):
    Masthead(name="Old Name").save()
    author = make_author("Ada Writer")
    address = share(make_article(bylines=(Credit(author),)))
    Masthead(name="New Name").save()
    author.name = "Ada Married"
    author.save()

    page = client.get(address).text

    assert "New Name" in page
    assert "Old Name" not in page
    assert "Ada Married" in page


def test_a_shared_text_stays_and_the_newest_follows(client):
    article = make_article(headline="As shared")
    this, newest = share(article, revision=article.draft), share(article)
    article.revise(make_text(headline="Rewritten since"), revision=article.draft, by=EDITOR)

    assert "As shared" in client.get(this).text
    assert "Rewritten since" not in client.get(this).text
    assert "Rewritten since" in client.get(newest).text


def test_a_preview_of_the_barest_draft_opens(client):
    article = make_article(headline="", summary="", body="", bylines=())
    article.classify(section=None, by=EDITOR)

    assert client.get(share(article)).status_code == 200


HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Frame-Options": "SAMEORIGIN",
}


@pytest.mark.parametrize("kind", ["shared", "look", "ended", "unknown", "look made up", "posted"])
def test_whatever_a_preview_answers_is_kept_nowhere_and_framed_by_us_alone(client, kind):
    article = make_article()
    link = PreviewLink.make(article, revision=None, lasts="hour", by=EDITOR)
    if kind == "ended":
        link.revoke(by=EDITOR)
    address, status = {
        "shared": (link.get_absolute_url(), 200),
        "ended": (link.get_absolute_url(), 410),
        "unknown": (f"/preview/{'x' * 43}/", 404),
        "look": (looks.address(article), 200),
        "look made up": ("/preview/desk/made-up/", 410),
        "posted": (link.get_absolute_url(), 405),
    }[kind]

    response = client.post(address) if kind == "posted" else client.get(address)

    assert response.status_code == status
    sent = {name: response[name] for name in HEADERS}
    assert sent | {"Cache-Control": set(sent["Cache-Control"].split(", ")) - {"no-cache"}} == HEADERS | {
        "Cache-Control": {"private", "no-store"}
    }
    assert "frame-ancestors 'self'" in response[CSP.HEADER_ENFORCE]
    if kind != "posted":
        assert '<meta name="robots" content="noindex' in response.text


def test_every_other_page_may_be_framed_by_nobody(client):
    article = make_article(published_at=YESTERDAY)

    for address in ("/", article.get_absolute_url(), "/health/", "/authors/", "/nothing-here/"):
        response = client.get(address)
        assert response["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in response[CSP.HEADER_ENFORCE]


def test_a_preview_reads_no_session_and_sets_no_cookie():
    article = make_article()
    signed_in = Client()
    signed_in.force_login(make_user())
    kept = list(Session.objects.values())

    for client in (Client(), signed_in):
        for address in (share(article), looks.address(article), f"/preview/{'x' * 43}/"):
            with CaptureQueriesContext(connection) as asked:
                response = client.get(address)
            assert response.cookies == {}
            assert "Cookie" not in response.get("Vary", "")
            assert [each["sql"] for each in asked if "session" in each["sql"] or "accounts_user" in each["sql"]] == []
    assert list(Session.objects.values()) == kept


def test_a_preview_claims_no_address_and_tells_machines_nothing(client):
    article = make_full(published_at=TOMORROW)
    link = PreviewLink.make(article, revision=None, lasts="day", by=EDITOR)

    page = client.get(link.get_absolute_url()).text

    for claim in ('rel="canonical"', "og:", "article:", "application/ld+json", article.get_absolute_url(), link.token):
        assert claim not in page


def test_an_ended_preview_is_refused_with_a_sentence_and_an_unknown_one_as_fast(client):
    article = make_article(headline="Secret", slug="secret")
    link = PreviewLink.make(article, revision=None, lasts="day", by=EDITOR)
    link.revoke(by=EDITOR)

    with CaptureQueriesContext(connection) as for_ended:
        ended = client.get(link.get_absolute_url())
    with CaptureQueriesContext(connection) as for_unknown:
        unknown = client.get(f"/preview/{link.token[::-1]}/")

    assert (ended.status_code, unknown.status_code) == (410, 404)
    assert "This preview has ended" in ended.text
    assert "There is no such preview" in unknown.text
    assert "Secret" not in ended.text
    assert len(for_ended) == len(for_unknown)


def test_an_expired_preview_is_refused(client, time_machine_at):
    address = share(make_article(), lasts="hour")

    time_machine_at(NOW + timedelta(hours=1))

    assert client.get(address).status_code == 410


def test_a_preview_of_a_spiked_story_is_refused_while_it_is_spiked(client):
    article = make_article()
    address = share(article)

    article.spike(by=EDITOR)
    spiked = client.get(address).status_code
    article.restore(by=EDITOR)

    assert (spiked, client.get(address).status_code) == (410, 200)


@pytest.mark.parametrize("token", ["x", "..%2f..", "a%00b", "%F0%9F%98%80" * 20, "x" * 5000, "desk"])
def test_a_token_that_cannot_be_one_is_not_found(client, token):
    assert client.get(f"/preview/{token}/").status_code == 404


def test_openings_count_people_who_look(client):
    link = PreviewLink.make(make_article(), revision=None, lasts="day", by=EDITOR)
    address = link.get_absolute_url()

    client.get(address)
    client.get(address)
    client.head(address)
    client.get(address, headers={"Sec-Purpose": "prefetch"})
    client.get(address, headers={"Sec-Purpose": "prefetch;prerender"})
    client.get(address, headers={"Purpose": "prefetch"})
    client.post(address)
    client.get(looks.address(link.article))

    link.refresh_from_db()
    assert (link.openings, link.last_opened_at) == (2, NOW)


def test_pictures_of_a_previewed_story_load_and_nothing_else_names_them(client, settings):
    article = make_full()
    page = client.get(share(article)).text

    addresses = set(re.findall(r"/media/pictures/[^\s\"]+", page))
    assert len(addresses) > 1
    assert {client.get(address).status_code for address in addresses} == {200}
    for elsewhere in ("/", "/feed/", "/sitemap.xml", "/health/", "/topics/beds/", "/authors/"):
        answer = client.get(elsewhere).text
        assert not any(address in answer for address in addresses)
        assert "/preview/" not in answer


def test_a_preview_asks_as_many_questions_whatever_it_shows(client):
    def asked(address):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    article = make_full()
    address = share(article, revision=article.draft)
    few = asked(address)
    for number in range(3):
        make_article(headline=f"Related {number}", section=make_section(), published_at=YESTERDAY, slug=f"r{number}")
    more = asked(address)

    assert more - few <= 3  # pictures, bylines and portraits of the related ones
    assert asked(address) == more <= 22


def test_a_preview_of_a_change_keeps_the_corrections_readers_know(client):
    article = make_article(published_at=YESTERDAY)
    article.revise(make_text(headline="Put right"), revision=article.draft, by=EDITOR)
    article.publish(
        revision=article.draft, by=EDITOR, change="correction", note=Note("A bed costs less than we wrote.")
    )
    article.revise(make_text(headline="Put right, and more"), revision=article.draft, by=EDITOR)

    page = client.get(share(article)).text

    assert "Put right, and more" in page
    assert "A bed costs less than we wrote." in page
