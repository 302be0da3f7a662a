"""Previews on the desk: who may look, who may share, and what the page of links says."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.csp import CSP

from accounts.models import Activity
from articles.models import PreviewLink
from masthead.models import Masthead
from newsroom.roles import EDITOR, REPORTER
from tests.make import NOW, make_article, make_text, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def address(name, *arguments):
    return reverse(f"admin:articles_article_{name}", args=arguments)


def sharing(article, **wanted):
    """What the form sends for the text the page shows."""
    return {"text": "this", "lasts": "day", "revision": article.draft.pk, "saves": article.draft.saves} | wanted


def test_a_link_is_made_listed_and_revoked(client, editor):
    Masthead(site_address="https://news.example.org").save()
    article = make_article()

    made = client.post(address("share", article.pk), sharing(article, label="The lawyer", lasts="week"))
    link = PreviewLink.objects.get()
    listed = client.get(address("share", article.pk)).text
    ended = client.post(address("unshare", article.pk, link.pk), follow=True).text

    assert (made.status_code, made.url) == (302, address("share", article.pk))
    assert (link.revision, link.label, link.made_by, link.expires_at - NOW) == (
        article.draft,
        "The lawyer",
        editor,
        timedelta(weeks=1),
    )
    assert f'value="https://news.example.org/preview/{link.token}/"' in listed
    assert "Not opened yet" in listed
    assert "The link is revoked." in ended
    assert link.token not in ended
    assert "Revoked <time" in ended
    told = Activity.objects.about(article).values_list("verb", "actor", "note")
    assert list(told)[:2] == [
        ("revoked a shared preview of", editor.pk, "The lawyer"),
        ("shared", editor.pk, "The lawyer"),
    ]


def test_the_list_says_what_became_of_each_link(client, editor, time_machine_at):
    article = make_article()
    PreviewLink.make(article, revision=article.draft, lasts="week", label="Ann", by=editor).opened()
    PreviewLink.make(article, revision=None, lasts="hour", label="Ben", by=editor)
    client.force_login(editor)

    time_machine_at(NOW + timedelta(hours=2))
    response = client.get(address("share", article.pk))

    words = " ".join(response.text.split())
    assert [link.label for link, _ in response.context["links"]] == ["Ann"]
    assert [link.label for link in response.context["ended"]] == ["Ben"]
    assert "Text 1" in words
    assert "Opened 1 time, last <time" in words
    assert "Never opened" in words


def test_the_newest_text_is_shared_where_that_is_asked_for(client, editor):
    article = make_article()

    client.post(address("share", article.pk), sharing(article, text="newest"))

    assert PreviewLink.objects.get().revision is None


def test_a_text_written_over_since_the_page_was_opened_is_not_shared(client, editor):
    writer = make_user(name="Wanda")
    article = make_article(by=writer)
    article.revise(make_text(headline="One"), revision=article.draft, by=writer, autosave=True)
    posted = sharing(article)
    article.revise(make_text(headline="Two"), revision=article.draft, by=writer, autosave=True)

    response = client.post(address("share", article.pk), posted)

    assert response.status_code == 200
    assert "Wanda has saved a newer text. Read it, then share it." in response.text
    assert not PreviewLink.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "x"},
        {"lasts": "for ever"},
        {"lasts": ""},
        {"revision": "x"},
        {"revision": ""},
        {"revision": "9" * 30},
        {"saves": "-1"},
        {"saves": "9" * 30},
        {"label": "x" * 121},
        {"label": "a\0b"},
    ],
)
def test_what_cannot_be_understood_is_refused_on_the_page(client, editor, wrong):
    article = make_article()

    response = client.post(address("share", article.pk), sharing(article) | wrong)

    assert response.status_code == 200
    assert 'class="errorlist' in response.text
    assert not PreviewLink.objects.exists()


def test_a_spiked_story_is_not_shared_and_says_why(client, editor):
    article = make_article()
    article.spike(by=editor)

    page = client.post(address("share", article.pk), sharing(article)).text

    assert "This story is in the bin. Bring it back, then share it." in page
    assert not PreviewLink.objects.exists()


def test_revoking_twice_says_so_and_is_told_once(client, editor):
    article = make_article()
    link = PreviewLink.make(article, revision=None, lasts="day", by=editor)

    client.post(address("unshare", article.pk, link.pk))
    again = client.post(address("unshare", article.pk, link.pk), follow=True).text

    assert "This link has already ended." in again
    assert Activity.objects.filter(verb="revoked a shared preview of").count() == 1


def test_a_link_is_revoked_only_on_its_own_story(client, editor):
    link = PreviewLink.make(make_article(), revision=None, lasts="day", by=editor)
    other = make_article(slug="other")

    assert client.post(address("unshare", other.pk, link.pk)).status_code == 404
    assert client.get(address("unshare", link.article.pk, link.pk)).status_code == 405
    link.refresh_from_db()
    assert link.revoked_at is None


def test_previews_are_for_those_who_may_read_and_sharing_for_those_who_may_edit(client):
    rita = make_user(role=REPORTER, name="Rita")
    own, others, in_review = (
        make_article(by=rita, slug="own"),
        make_article(slug="others"),
        make_article(slug="in-review"),
    )
    in_review.submit(by=make_user(role=EDITOR))
    links = {story: PreviewLink.make(story, revision=None, lasts="day", by=rita) for story in (own, others, in_review)}
    client.force_login(rita)

    answers = {
        story: (
            client.get(address("preview", story.pk)).status_code,
            client.get(address("preview_frame", story.pk)).status_code,
            client.get(address("share", story.pk)).status_code,
            client.post(address("share", story.pk), sharing(story)).status_code,
            client.post(address("unshare", story.pk, link.pk)).status_code,
        )
        for story, link in links.items()
    }

    assert answers == {
        own: (200, 302, 200, 302, 302),
        others: (403, 403, 403, 403, 403),
        in_review: (200, 302, 403, 403, 403),
    }
    assert [link.article for link in PreviewLink.objects.filter(revoked_at__isnull=False)] == [own]


def test_the_frame_leads_to_the_newest_text_and_asks_for_the_right_each_time(client):
    rita = make_user(role=REPORTER)
    article = make_article(by=rita, headline="Only Rita knows")
    client.force_login(rita)
    frame = address("preview_frame", article.pk)

    seen = client.get(frame, follow=True)
    article.classify(assignee=None, by=rita)
    type(article).objects.filter(pk=article.pk).update(created_by=None)

    assert "Only Rita knows" in seen.text
    assert seen.request["PATH_INFO"].startswith("/preview/desk/")
    assert client.get(frame).status_code == 403


def test_only_what_leads_to_a_preview_may_be_framed_and_only_by_us(client, editor):
    article = make_article()

    frame = client.get(address("preview_frame", article.pk))
    window = client.get(address("preview", article.pk))
    written = client.get(address("change", article.pk))

    assert (frame["X-Frame-Options"], window["X-Frame-Options"]) == ("SAMEORIGIN", "DENY")
    assert "frame-ancestors 'self'" in frame[CSP.HEADER_ENFORCE]
    assert "no-store" in frame["Cache-Control"]
    for page in (window, written):
        assert "frame-src 'self'" in page[CSP.HEADER_ENFORCE]
        assert "frame-ancestors 'none'" in page[CSP.HEADER_ENFORCE]


def test_a_preview_opened_on_the_desk_is_not_counted(client, editor):
    article = make_article()
    link = PreviewLink.make(article, revision=None, lasts="day", by=editor)

    client.get(address("preview_frame", article.pk), follow=True)

    link.refresh_from_db()
    assert link.openings == 0
    assert PreviewLink.objects.count() == 1


def test_the_page_of_links_asks_as_many_questions_for_three_as_for_one(client, editor):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(address("share", article.pk))
        return len(queries)

    article = make_article()
    PreviewLink.make(article, revision=article.draft, lasts="day", by=editor)
    asked()
    with_one = asked()
    for _ in range(2):
        PreviewLink.make(article, revision=article.draft, lasts="day", by=editor)

    assert asked() == with_one
