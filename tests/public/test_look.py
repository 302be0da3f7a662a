"""What the look promises: contrast, weight, and one place for the colour."""

import gzip
import re

import pytest
from django.conf import settings

from articles.models import Revision
from masthead.models import Masthead
from public import colours
from public.invitation import Part, parts
from public.templatetags.public import initials, standfirst
from tests.make import NOW, make_article

STATIC = settings.ROOT / "static"
COLOURS = ["#9c2a1f", "#ffe600", "#000000", "#ffffff", "#1144cc", "#00ff00", "#808080", "#12345f"]


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("grounds", [colours.LIGHT_GROUNDS, colours.DARK_GROUNDS])
@pytest.mark.parametrize("ratio", [colours.TEXT, colours.LARGE])
def test_any_masthead_colour_is_made_readable(colour, grounds, ratio):
    shown = colours.readable(colour, grounds, ratio)

    assert min(colours.contrast(shown, ground) for ground in grounds) >= ratio


def test_a_colour_that_can_be_read_is_left_alone():
    assert colours.readable("#7a1a10", colours.LIGHT_GROUNDS, colours.TEXT) == "#7a1a10"


def test_grounds_inks_and_accents_are_those_of_the_stylesheet():
    css = (STATIC / "public/site.css").read_text()
    blocks = css.split("prefers-color-scheme: dark")
    for block, grounds in ((blocks[0], colours.LIGHT_GROUNDS), (blocks[1], colours.DARK_GROUNDS)):
        token = {
            name: re.search(rf"--{name}: (#\w+);", block)[1] for name in ("paper", "tint", "ink", "soft", "accent")
        }
        assert (token["paper"], token["tint"]) == grounds
        for name in ("ink", "soft", "accent"):
            assert min(colours.contrast(token[name], ground) for ground in grounds) >= colours.TEXT, name


@pytest.mark.django_db
def test_colours_have_an_address_of_their_own(client):
    Masthead(colour="#1144cc").save()
    page = client.get("/").text
    address = re.search(r'href="(/colours-\w+\.css)"', page)[1]

    response = client.get(address)
    old = client.get("/colours-0123456789ab.css")

    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.text == colours.stylesheet("#1144cc") == old.text
    assert old["Cache-Control"] == "public, max-age=60"


@pytest.mark.django_db
def test_story_page_keeps_its_weight(client):
    words = " ".join(f"word{number % 97} another thing that was said about {number}" for number in range(100))
    story = make_article(body=f"<p>{words[:4500]}</p>", published_at=NOW)

    page = client.get(story.get_absolute_url()).content

    assert len(gzip.compress(page)) < 14_000
    sheets = sum((STATIC / "public" / name).stat().st_size for name in ("site.css", "today.js"))
    assert sheets < 40_000
    blocks = [(STATIC / "public" / name).read_bytes() for name in ("prose-blocks.css", "embed.js")]
    assert sum(len(gzip.compress(block)) for block in blocks) < 3_500
    faces = ["newsreader-text", "newsreader-display", "newsreader-italic", "public-sans"]
    assert sum((STATIC / "fonts" / f"{face}.woff2").stat().st_size for face in faces) < 60_000


def test_invitation_fills_its_places():
    masthead = Masthead(invitation="Read our {guidelines}. Ask {commentary}", commentary_email="a@example.org")

    assert parts(masthead, with_guidelines=True) == [
        Part("text", "Read our "), Part("guidelines"), Part("text", ". Ask "), Part("commentary", "a@example.org"),
    ]  # fmt: skip


def test_invitation_leaves_out_a_sentence_it_cannot_finish():
    masthead = Masthead(invitation="Write to us! Read our {guidelines}. Ask {commentary}")

    assert parts(masthead, with_guidelines=True) == [
        Part("text", "Write to us! Read our "), Part("guidelines"), Part("text", "."),
    ]  # fmt: skip
    assert parts(masthead, with_guidelines=False) == [Part("text", "Write to us!")]


def test_invitation_keeps_its_sentences_apart():
    masthead = Masthead(invitation="Write to us! Read our {guidelines}. Ask us.")

    assert parts(masthead, with_guidelines=False) == [Part("text", "Write to us! Ask us.")]


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ada Writer", "AW"), ("Ada van der Writer", "AW"), ("Ada", "A"), ("李 小龍", "李小"), ("42", "")],
)
def test_initials_stand_in_for_a_portrait(name, letters):
    assert initials(name) == letters


def test_standfirst_is_the_deck_or_whole_sentences():
    revision = Revision(summary="One sentence. “Two of them.” And a third one.")

    assert standfirst(revision, 32) == "One sentence. “Two of them.”"
    assert standfirst(revision, 8) == "One…"
    assert standfirst(Revision(deck="The deck.", summary="The summary."), 99) == "The deck."
    assert standfirst(Revision(), 99) == ""
