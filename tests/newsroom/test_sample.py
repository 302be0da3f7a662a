"""The sample newsroom: what its manuscripts hold, what its pictures are, and what a load leaves."""

import re
from collections import Counter
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from PIL import Image as Pillow

import richtext
from accounts.models import Activity
from articles.kinds import Kind
from articles.models import Article, Byline, Correction, Section
from authors.models import Author
from commentary.models import Letter, Submission
from images.models import Image
from masthead.models import Masthead
from newsroom.sample import manuscripts, pictures
from newsroom.sample.loading import SampleRefused, load
from newsroom.sample.people import make_people
from tests.make import NOW

STORIES = manuscripts.stories()
WRITING = {"reporter", "editor", "administrator"}  # the others have no profile: readers do not meet them
PUBLISHED = [story for story in STORIES if story.state == "published"]
SECTIONS = [section["slug"] for section in manuscripts.masthead()["sections"]]


def words(story):
    return richtext.word_count(story.body)


def named_inside(story, *kinds):
    found = [match[2].split() for match in manuscripts.REFERENCE.finditer(story.body) if match[1] in kinds]
    return {name for names in found for name in names}


def numbered(reference):
    """As a stored text writes it: numbers for names."""
    numbers = range(1, len(reference[2].split()) + 1)
    return f'data-{reference[1]}="{" ".join(map(str, numbers))}"'


def kept():
    """Every file in either storage."""
    folders = [Path(storage.location) for storage in (default_storage, storages["originals"])]
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


# The manuscripts


@pytest.mark.parametrize("story", PUBLISHED, ids=lambda story: story.key)
def test_published_manuscript_is_complete(story):
    opening = richtext.text(story.body)[:60]

    assert 20 <= len(story.headline) <= 110
    assert 100 <= len(story.summary) <= 400
    assert not story.summary.startswith(opening)
    assert words(story) >= 160
    assert "by" in [role for _, role in story.bylines]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.key)
def test_manuscript_names_only_what_there_is(story):
    authors, topics = manuscripts.authors(), manuscripts.masthead()["topics"]

    unknown = {
        "section": {story.section} - set(SECTIONS),
        "topics": set(story.topics) - set(topics),
        "authors": {author for author, _ in story.bylines} - set(authors),
        "roles": {role for _, role in story.bylines} - set(Byline.Role.values),
        "kind": {story.kind} - set(Kind.values),
        "scene": {story.picture} - {""} - set(pictures.SCENES),
        "inside": named_inside(story, "image", "gallery", "poster") - set(pictures.SCENES),
        "documents": named_inside(story, "document") - set(manuscripts.documents()),
        "older stories": named_inside(story, "story")
        - {each.key for each in STORIES if each.days_ago > story.days_ago},
    }

    assert {what: names for what, names in unknown.items() if names} == {}


def test_manuscripts_make_a_whole_publication():
    lengths = [words(story) for story in PUBLISHED]

    assert len({story.headline for story in STORIES}) == len({story.key for story in STORIES}) == len(STORIES)
    assert len(PUBLISHED) >= 32
    assert len(SECTIONS) == 6
    assert {story.section for story in PUBLISHED} == set(SECTIONS)
    assert {story.kind for story in PUBLISHED} == set(Kind.values)
    assert len([length for length in lengths if length >= 700]) >= 3
    assert max(lengths) <= 1_000
    assert len([story for story in PUBLISHED if story.picture]) >= 20
    assert len([story for story in PUBLISHED if len(story.bylines) > 1]) >= 5
    assert max(story.days_ago for story in PUBLISHED) in range(50, 61)


def test_desk_has_something_in_every_state():
    states = Counter(story.state for story in STORIES if story.state != "published")

    assert states == {
        "draft": 2,
        "in-review": 2,
        "ready": 1,
        "scheduled": 2,
        "withdrawn": 1,
        "retracted": 1,
        "spiked": 1,
    }


def test_corrections_find_the_words_they_correct():
    bodies = {story.key: story.body for story in PUBLISHED}

    assert [bodies[row.story].count(row.old) for row in manuscripts.corrections()] == [1, 1, 1]


def test_changes_find_the_words_they_change():
    bodies = {story.key: story.body for story in PUBLISHED}

    assert [bodies[change.story].count(change.old) for change in manuscripts.changes()] == [1, 1]


def test_guests_write_all_commentary_and_disclose_their_interest():
    guests = {key for key, columns in manuscripts.authors().items() if columns.get("is_guest")}
    commentary = [story for story in STORIES if story.section == "commentary"]

    assert {author for story in commentary for author, _ in story.bylines} == guests
    assert all(story.disclosure for story in commentary)
    assert all(story.kind in {"commentary", "reaction"} for story in commentary)


def test_reaction_names_the_story_it_answers():
    headlines = [story.headline for story in PUBLISHED]

    answered = {
        story.key: [headline for headline in headlines if f"“{headline}.”" in story.disclosure]
        for story in PUBLISHED
        if story.kind == "reaction"
    }

    assert {key: len(found) for key, found in answered.items()} == {"reaction-ballots": 1, "reaction-wages": 1}


def test_prose_has_typographic_quotes_and_dashes():
    prose = {
        story.key: f"{story.headline} {story.deck} {story.summary} {story.disclosure} {story.caption} {story.note} "
        + richtext.text(story.body)
        for story in STORIES
    }
    prose |= {key: columns["biography"] + columns["role"] for key, columns in manuscripts.authors().items()}
    prose |= {page["slug"]: page["title"] + richtext.text(page["body"]) for page in manuscripts.pages()}
    prose |= manuscripts.alt_texts()

    assert {key: found for key, text in prose.items() if (found := re.findall(r"\S*[\"'`]\S*|--", text))} == {}


def test_bodies_are_stored_as_they_are_written():
    written = [story.body for story in STORIES] + [page["body"] for page in manuscripts.pages()]
    bodies = [manuscripts.REFERENCE.sub(numbered, body) for body in written]

    assert [re.sub(r"\s", "", richtext.clean(body)) for body in bodies] == [re.sub(r"\s", "", body) for body in bodies]


def test_internal_links_lead_to_sections_and_standing_pages():
    pages = [page["slug"] for page in manuscripts.pages()]
    known = {f"/{slug}/" for slug in [*SECTIONS, *pages, "authors", "commentary/guidelines"]}
    bodies = [story.body for story in STORIES] + [page["body"] for page in manuscripts.pages()]

    linked = {link for body in bodies for link in re.findall(r'href="(/[^"]*)"', body)}

    assert linked - known == set()


def test_biographies_are_long_and_short():
    lengths = sorted(len(columns["biography"].strip()) for columns in manuscripts.authors().values())

    assert len(lengths) == 8
    assert lengths[1] < 200 < lengths[2]
    assert lengths[-1] <= 600


# The pictures


def test_every_scene_in_use_has_an_alt_text_of_its_own():
    used = {story.picture for story in STORIES if story.picture}
    alt_texts = manuscripts.alt_texts()

    assert set(alt_texts) == used
    assert len(set(alt_texts.values())) == len(used)
    assert all(story.caption for story in STORIES if story.picture)


def test_focal_points_lie_inside_scenes_there_are():
    points = manuscripts.focal_points()

    assert set(points) <= set(manuscripts.scenes())
    assert all(0 <= across <= 100 and 0 <= down <= 100 for across, down in points.values())


def test_scene_is_drawn_the_same_every_time():
    first, second = pictures.scene("reservoir", width=240), pictures.scene("reservoir", width=240)

    assert first == second
    assert Pillow.open(BytesIO(first)).size == (240, 160)


@pytest.mark.parametrize("name", pictures.SCENES)
def test_scene_can_be_drawn_small(name):
    picture = Pillow.open(BytesIO(pictures.scene(name, width=96)))

    assert (picture.format, picture.size) == ("JPEG", (96, 64))


@pytest.mark.parametrize("name", pictures.SITTERS)
def test_portrait_is_square(name):
    assert Pillow.open(BytesIO(pictures.portrait(name, width=96))).size == (96, 96)


# The load


@pytest.mark.django_db
def test_load_fills_an_empty_newsroom(now):
    people = make_people("a long enough password")
    said = []

    load(say=said.append, width=96)

    published = list(Article.objects.published())
    standing = Counter(article.standing for article in Article.objects.all())
    assert standing == {
        "live": len(PUBLISHED) + 1,  # one is a guest's, from the commentary desk
        "writing": 4,
        "review": 2,
        "ready": 1,
        "scheduled": 2,
        "withdrawn": 2,
        "spiked": 1,
    }
    assert timedelta(days=55) < published[0].published_at - published[-1].published_at < timedelta(days=60)
    assert published[0].published_at <= NOW
    assert Counter(Section.objects.values_list("slug", flat=True)) == Counter(SECTIONS)
    assert (Author.objects.count(), Author.objects.filter(is_guest=True).count()) == (11, 6)
    assert Counter(piece.standing for piece in Submission.objects.all()) == Counter(
        piece["status"] for piece in manuscripts.pieces()
    )
    assert not Letter.objects.filter(sent_at__isnull=True, cancelled_at__isnull=True).exists()
    assert [article.state_label for article in published if article.has_changes] == ["Live · changes in review"]
    corrected = {correction.story for correction in manuscripts.corrections()}
    moved = {story.headline for story in STORIES if story.key in corrected | {"late-ballots"}}
    assert {article.draft.headline for article in published if article.updated_at} == moved
    assert Counter(Correction.objects.public().values_list("kind", flat=True)) == {
        "clarification": 1,
        "correction": 3,
        "retraction": 1,
    }
    assert [article.language for article in published if article.language != "en"] == ["es"]
    assert {article.live.lead_image.problems() == [] for article in published if article.live.lead_image} == {True}
    assert {author.user.email: author.name for author in Author.objects.filter(user__in=people)} == {
        person.email: person.name for person in people if person.email.split("@")[0] in WRITING
    }
    assert set(Activity.objects.values_list("actor_kind", flat=True)) == {"guest", "sample"}
    assert said[-1] == "The Tamarack Ledger is filled: 39 stories published, 31 pictures."


@pytest.mark.django_db
def test_load_refuses_where_something_is_there():
    Masthead(name="The Other Paper").save()

    with pytest.raises(SampleRefused, match="only for an empty one"):
        load(say=print, width=96)

    assert (Masthead.current().name, Article.objects.count(), kept()) == ("The Other Paper", 0, [])


@pytest.mark.django_db
def test_command_says_why_it_refuses():
    Masthead(name="The Other Paper").save()

    with pytest.raises(CommandError, match="already has a masthead or stories"):
        call_command("sample")


@pytest.mark.django_db
def test_failed_load_leaves_nothing():
    editor = {person.email: person for person in make_people("a long enough password")}["editor@newsroom.example"]
    author = Author.objects.create(name=editor.name, user=editor)

    with pytest.raises(ValidationError):
        load(say=print, width=96)

    assert not Masthead.objects.exists()
    assert not Image.objects.exists()
    assert list(Author.objects.all()) == [author]
    assert kept() == []


@pytest.mark.parametrize("hour", [0, 3, 9, 23])
def test_nothing_published_lies_ahead_whenever_the_newsroom_opens(hour):
    opened = NOW.replace(hour=hour, minute=1)
    zone = Masthead(time_zone=manuscripts.masthead()["time_zone"]).zone

    ahead = {story.key for story in STORIES if story.moment(opened, zone) > opened}

    assert ahead == {story.key for story in STORIES if story.state == "scheduled"}
