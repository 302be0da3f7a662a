"""Guests' words among ours: the story they answer, the answers a story got, and the label, wherever they stand."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest
from django.urls import reverse

from accounts.actors import Sample
from articles import surfaces
from articles.models import Article
from masthead.models import Masthead
from tests.commentary.make import guest, make_editor, make_publishable
from tests.make import NOW, TOMORROW, YESTERDAY, make_article, make_section

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

QUERIES = 15


def make_response(story, *, at=None, headline="Who drinks the river", kind="reaction"):
    """A published answer to ``story``, by a guest who approved it."""
    editor = make_editor()
    piece = make_publishable(editor=editor, kind=kind, answers=story, headline=headline, text=f"Another {headline}.")
    piece.article.publish(revision=piece.article.draft, by=editor, at=at)
    piece.refresh_from_db()
    return piece


def shown(client, article):
    return client.get(article.get_absolute_url()).text


def test_a_story_and_its_response_lead_to_one_another(client):
    story = make_article(published_at=YESTERDAY, headline="The river <runs> dry")
    response = make_response(story).article

    asked, answering = shown(client, story), shown(client, response)

    listed = asked.partition('id="responses"')[2].partition("</section>")[0]
    assert f'href="{response.get_absolute_url()}">Who drinks the river</a>' in listed
    assert "Reader reaction" in listed
    assert "Gail Guest" in listed
    assert "In answer to our story" in answering
    line = re.search(r'<p class="answered">(.*?)</p>', answering, re.DOTALL)[1]
    assert re.search(rf'href="{story.get_absolute_url()}"[^>]*>The river &lt;runs&gt; dry</a>', line), line


def test_a_response_that_readers_cannot_see_yet_is_not_listed(client):
    story = make_article(published_at=YESTERDAY)
    make_response(story, at=TOMORROW)

    page = shown(client, story)

    assert ("Who drinks the river" in page, "Responses to this story" in page) == (False, False)


@pytest.mark.parametrize("hide", ["withdraw", "embargo", "bin"])
def test_a_story_readers_cannot_open_is_not_named_by_its_response(client, hide):
    story = make_article(published_at=YESTERDAY, headline="Secret headline")
    response = make_response(story, kind="commentary").article
    assert "Secret headline" in shown(client, response)
    if hide == "withdraw":
        story.withdraw(note="It was wrong.", by=Sample())
    else:
        hidden = make_article(headline="Secret headline", published_at=TOMORROW if hide == "embargo" else None)
        response.submission.answers = hidden
        response.submission.save()

    assert "Secret headline" not in shown(client, response)


def test_a_renamed_story_is_named_as_it_is_called_now(client):
    story = make_article(published_at=YESTERDAY, headline="Old name")
    response = make_response(story).article
    story.revise(replace(story.draft.text, headline="New name"), revision=story.draft, by=Sample())
    story.publish(revision=story.draft, by=Sample())

    page = shown(client, response)

    assert ("New name" in page, "Old name" in page) == (True, False)


def test_responses_cost_the_same_queries_however_many_there_are(client, django_assert_num_queries):
    story = make_article(published_at=YESTERDAY)
    make_response(story)
    with django_assert_num_queries(QUERIES):
        shown(client, story)
    make_response(story, headline="A second answer")
    make_response(story, headline="A third answer")

    with django_assert_num_queries(QUERIES):
        page = shown(client, story)

    assert len(re.findall(r"Reader reaction", page.partition('id="responses"')[2].partition("</section>")[0])) == 3


@pytest.mark.parametrize(("kind", "label"), [("commentary", "Guest commentary"), ("reaction", "Reader reaction")])
def test_a_guests_words_are_labelled_on_other_sites_and_to_machines(client, kind, label):
    Masthead(name="The Ledger").save()
    article = make_article(kind=kind, section=make_section("Commentary"), published_at=NOW, headline="The river")

    html = shown(client, article)

    told = {name: unescape(value) for name, value in re.findall(r'<meta property="(og:[^"]+)" content="([^"]*)"', html)}
    graph = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])["@graph"]
    node = next(node for node in graph if node["@type"] == "OpinionNewsArticle")
    assert told["og:title"] == f"{label}: The river — The Ledger"
    assert told["og:image:alt"] == f"{label}. The Ledger"
    assert f"<title>{label}: The river — The Ledger</title>" in html
    assert (node["genre"], node["headline"]) == (label, "The river")


def test_our_own_stories_carry_no_label(client):
    html = shown(client, make_article(published_at=NOW))

    assert ("genre" in html, "Guest commentary" in html) == (False, False)


def test_a_feed_tells_the_disclosure_after_the_text(client):
    make_article(kind="commentary", section=make_section("Commentary"), published_at=NOW, disclosure="I own <a> pump.")

    text = client.get(reverse("public:feed")).text

    encoded = re.search(r"<content:encoded>(.*?)</content:encoded>", text, re.DOTALL)[1]
    assert unescape(encoded).endswith("<p>I own &lt;a&gt; pump.</p>")


def test_the_receipt_reads_the_pages_that_name_each_other():
    story = make_article(published_at=YESTERDAY, headline="The river runs dry")
    response = make_response(story).article

    of_response = {surface.name: surface for surface in surfaces.of(response)}
    of_story = {surface.name: surface for surface in surfaces.of(story)}

    assert of_response["Story it answers"].path == story.get_absolute_url()
    assert of_story["Response “Who drinks the river”"].path == response.get_absolute_url()


def test_a_guest_stands_in_the_byline_as_published(client):
    article = make_response(make_article(published_at=YESTERDAY)).article

    page = shown(client, article)

    assert re.search(r'class="byline">.*?>Gail Guest</a>', page, re.DOTALL)
    assert Article.objects.published().commentary().get() == article
    assert guest(article.submission).reference == article.submission.reference
