"""The story editor as a form: what it saves, what it refuses, and that it never loses a word."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Drawing

from articles.models import Article
from authors.models import Author
from images.models import Image
from tests.desk.opened import Page
from tests.make import NOW, YESTERDAY, make_article, make_author, make_section, make_text, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = make_user(name="Edda")
    client.force_login(user)
    return user


def change(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def posted(article=None, *, do="save", names=("Ada Writer",), **fields):
    """What the browser sends from the page of ``article`` as it is now."""
    rows = {"byline-TOTAL_FORMS": len(names), "byline-INITIAL_FORMS": 0}
    for number, name in enumerate(names):
        rows |= {f"byline-{number}-name": name, f"byline-{number}-role": "by", f"byline-{number}-ORDER": number + 1}
    seen = {}
    if article:
        article.refresh_from_db()
        seen = {"revision": article.draft.pk, "saves": article.draft.saves, "headline": article.draft.headline}
        seen |= {"summary": article.draft.summary, "body": article.draft.body, "section": article.section_id or ""}
    return {"kind": "news", "do": do} | rows | seen | fields


def test_a_new_story_is_saved_as_typed(client, editor):
    make_author("Ada Writer")
    section = make_section("Water")

    response = client.post(
        reverse("admin:articles_article_add"),
        posted(headline="  A  headline ", summary="Short.", body="<p>Text<script>x</script></p>", section=section.pk),
    )

    article = Article.objects.get()
    assert response["Location"] == change(article)
    assert (article.draft.headline, article.draft.summary, article.draft.body, article.section) == (
        "A headline",
        "Short.",
        "<p>Text</p>",
        section,
    )
    assert [line.author.name for line in article.draft.bylines.all()] == ["Ada Writer"]
    assert (article.created_by, article.status) == (editor, "unpublished")


def test_publish_saves_and_leads_to_the_checklist(client, editor):
    article = make_article()

    response = client.post(change(article), posted(article, do="publish", headline="As typed"))

    article.refresh_from_db()
    assert (article.draft.headline, article.is_public) == ("As typed", False)
    assert response["Location"] == reverse("admin:articles_article_publish", args=[article.pk])


@pytest.mark.django_db(transaction=True)
def test_a_stale_save_answers_409_with_both_texts_and_keeps_both(client, editor):
    article = make_article()
    late = posted(article, headline="Edda's")
    article.revise(make_text(headline="Ben's"), revision=article.draft, by=make_user(name="Ben"))

    response = client.post(change(article), late)

    page = response.content.decode()
    assert (response.status_code, "Ben has saved this story" in page) == (409, True)
    assert [(clash.label, clash.theirs, clash.mine) for clash in response.context["conflict"].merge.clashes] == [
        ("Headline", "Ben's", "Edda's")
    ]
    assert set(article.revisions.values_list("headline", "conflicted")) >= {("Ben's", False), ("Edda's", True)}
    article.refresh_from_db()
    assert article.draft.headline == "Ben's"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"headline": "x" * 300}, "The headline is 300 characters long; 250 are possible. Shorten it."),
        ({"summary": "nul\0"}, "Null characters are not allowed."),
        ({"slug": "Not A Slug"}, "An address has small letters, digits and single hyphens only"),
        ({"section": "999"}, "Select a valid choice."),
        ({"kind": "nonsense"}, "Select a valid choice."),
        ({"lead_image": "999"}, "Select a valid choice."),
        ({"revision": "abc"}, "Enter a whole number."),
        ({"revision": "999999"}, "This page has lost track of which text it shows."),
        ({"saves": "99"}, ""),
        ({"embargo_until": "yesterday"}, "Enter a valid date/time."),
        ({"byline-TOTAL_FORMS": "x"}, "ManagementForm data is missing"),
        ({"seen": "{broken"}, ""),
        ({"seen": "[1]"}, ""),
    ],
)
def test_bad_input_gets_a_sentence_and_the_text_back(client, editor, fields, sentence):
    article = make_article()
    typed = {"body": "<p>Every word of this.</p>", "headline": "A new headline"}

    response = client.post(change(article), posted(article) | typed | fields)

    if sentence:
        page = response.content.decode()
        assert response.status_code in {200, 409}
        assert sentence in page
        assert "Every word of this." in page
    else:
        assert response.status_code == 302


def test_an_unknown_author_is_refused_and_made_when_ticked(client, editor):
    article = make_article()

    refused = client.post(change(article), posted(article, names=("Ben Newcomer",)))
    client.post(change(article), posted(article, names=("Ben Newcomer",)) | {"byline-0-is_new": "on"})

    article.refresh_from_db()
    assert "No author is called “Ben Newcomer”." in refused.content.decode()
    assert [line.author.name for line in article.draft.bylines.all()] == ["Ben Newcomer"]


def test_two_authors_of_one_name_are_told_apart_by_address(client, editor):
    make_author("Ada Writer")
    second = make_author("Ada Writer")
    article = make_article(bylines=())

    refused = client.post(change(article), posted(article, names=("Ada Writer",)))
    client.post(change(article), posted(article, names=(f"Ada Writer ({second.slug})",)))

    article.refresh_from_db()
    assert "2 authors are called" in refused.content.decode()
    assert [line.author for line in article.draft.bylines.all()] == [second]


def test_a_reporter_cannot_make_an_author(client):
    reporter = make_user(role="Reporter")
    client.force_login(reporter)
    article = make_article(by=reporter)
    before = Author.objects.count()

    response = client.post(change(article), posted(article, names=("Ben",)) | {"byline-0-is_new": "on"})

    assert "Ask an editor to add this author." in response.content.decode()
    assert Author.objects.count() == before


def photograph(name="p.jpg"):
    from io import BytesIO

    file = BytesIO()
    Drawing.new("RGB", (640, 420), "teal").save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def test_an_upload_becomes_the_lead_picture(client, editor):
    article = make_article()

    client.post(
        change(article),
        posted(article) | {"picture_file": photograph(), "picture_alt": "A shore", "picture_credit": "Ada"},
    )

    article.refresh_from_db()
    image = article.draft.lead_image
    assert (image.alt, image.credit, image.width) == ("A shore", "Ada", 640)


def test_a_failed_upload_says_why_and_keeps_the_text(client, editor):
    article = make_article()
    broken = SimpleUploadedFile("p.jpg", b"<html>not a picture</html>", "image/jpeg")

    response = client.post(change(article), posted(article, headline="Kept") | {"picture_file": broken})

    assert response.status_code == 200
    assert response.context["form"].errors["picture_file"]
    assert response.context["form"]["headline"].value() == "Kept"
    assert not Image.objects.exists()


def test_a_picture_outlives_an_error_elsewhere_in_the_form(client, editor):
    article = make_article()

    response = client.post(change(article), posted(article, headline="x" * 300) | {"picture_file": photograph()})

    image = Image.objects.get()
    assert f'name="lead_image" form="story" value="{image.pk}"' in response.content.decode()


def test_what_others_changed_of_the_identity_meanwhile_stays(client, editor):
    article = make_article()
    seen = client.get(change(article)).context["standing"]["seen"]
    article.classify(kind="analysis", by=make_user(name="Ben"))

    client.post(change(article), posted(article, seen=seen, kind=json.loads(seen)["kind"], slug="mine"))

    article.refresh_from_db()
    assert (article.kind, article.slug) == ("analysis", "mine")


def test_a_live_story_is_edited_beside_what_readers_see(client, editor):
    article = make_article(published_at=YESTERDAY)

    client.post(change(article), posted(article, headline="Not yet"))

    article.refresh_from_db()
    assert (article.live.headline, article.draft.headline) == ("Hospitals agree on a price", "Not yet")


def test_a_reporter_cannot_move_a_live_story_to_another_section(client):
    reporter = make_user(role="Reporter")
    client.force_login(reporter)
    article = make_article(by=reporter, published_at=YESTERDAY)
    section = article.section

    client.post(change(article), posted(article, section=make_section("Water").pk, slug="other"))

    article.refresh_from_db()
    assert (article.section, article.slug) == (section, "hospitals-agree-on-a-price")


def test_the_page_loads_with_the_editors_own_policy(client, editor):
    response = client.get(change(make_article()))

    policy = response["Content-Security-Policy"]
    assert "script-src-attr 'unsafe-inline'" in policy
    assert "script-src 'self'" in policy.split("; script-src-attr")[0]


def test_the_list_costs_the_same_for_one_story_and_for_thirty(client, editor, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = reverse("admin:articles_article_changelist")
    make_article(published_at=NOW)
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _ in range(29):
        make_article(published_at=NOW)

    with CaptureQueriesContext(connection) as thirty:
        client.get(url)

    assert len(thirty) == len(one)


def test_a_story_is_closed_to_reactions_and_opened_again(client):
    client.force_login(make_user())
    article = make_article(published_at=YESTERDAY)

    Page(client, article).presses("save", closed_to_reactions="on")
    article.refresh_from_db()
    assert article.closed_to_reactions
    Page(client, article).presses("save", closed_to_reactions="")

    article.refresh_from_db()
    assert not article.closed_to_reactions
