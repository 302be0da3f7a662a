"""What readers are told about mistakes, and what stands where a story was."""

import json
import re
from datetime import timedelta

import pytest
import time_machine

from articles.checklist import Case, findings
from articles.kinds import Change
from articles.models import Correction
from articles.notes import Note
from masthead.models import Masthead
from tests.make import NOW, YESTERDAY, make_article, make_author, make_section, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def corrected(*, severity="minor", note="Four years, not five.", headline="Hospitals agree", **quoted):
    article = make_article(published_at=YESTERDAY, headline=headline)
    article.publish(
        revision=article.draft, by=make_user(), change=Change.CORRECTION, note=Note(note, severity, **quoted)
    )
    return article


def page(client, article):
    return client.get(article.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("severity", "place"), [("minor", "below"), ("major", "above")])
def test_a_correction_stands_by_its_severity(client, severity, place):
    html = page(client, corrected(severity=severity, before="Five years", after="Four years"))

    assert re.findall(r'aria-label="Corrections (\w+) the story"', html) == [place]
    assert (html.rindex("Four years, not five.") < html.index('id="in-summary"')) == (place == "above")
    assert re.search(r"<dt>It said</dt><dd[^>]*>Five years</dd>", html)


def test_what_readers_are_told_is_plain_text(client):
    html = page(client, corrected(note="<b>Not</b> & never"))

    assert "&lt;b&gt;Not&lt;/b&gt; &amp; never" in html


def test_machines_are_told_too(client):
    article = corrected()
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        article.amend(Correction.objects.get(), note="And a half.", by=make_user())

    html = page(client, article)
    graph = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])

    story = next(node for node in graph["@graph"] if node["@type"] == "NewsArticle")
    assert story["correction"] == [
        {"@type": "CorrectionComment", "text": "Four years, not five.", "datePublished": "2026-09-14T12:30:00-07:00"},
        {"@type": "CorrectionComment", "text": "And a half.", "datePublished": "2026-09-14T14:30:00-07:00"},
    ]
    assert story["dateModified"] == "2026-09-14T14:30:00-07:00"
    assert 'property="article:modified_time" content="2026-09-14T14:30:00-07:00"' in html


def test_corrections_page_lists_what_readers_may_know_newest_first(client):
    shown = corrected(note="The first.")
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        retracted = corrected(note="The second.", headline="Forged")
        retracted.retract(note="The third.", by=make_user())
        withdrawn = corrected(note="Hidden, withdrawn.", headline="Hidden headline")
        withdrawn.withdraw(note="x", by=make_user())

        html = client.get("/corrections/").content.decode()

    told = re.findall(r"The (?:first|second|third)\.", html)
    assert told == ["The third.", "The second.", "The first."]
    assert "Hidden" not in html
    assert f'href="{shown.get_absolute_url()}"' in html


def test_corrections_page_is_paged_and_asks_the_same_number_of_queries(client, django_assert_num_queries):
    article = corrected(note="Note 0.")
    for number in range(1, 60):
        article.amend(Correction.objects.order_by("pk").first(), note=f"Note {number}.", by=make_user())

    with django_assert_num_queries(4):
        first = client.get("/corrections/").content.decode()
    older = re.search(r'href="(/corrections/\?before=[^"]+)"', first)[1]
    second = client.get(older).content.decode()

    assert [len(re.findall(r"Note \d+\.", html)) for html in (first, second)] == [50, 10]
    assert client.get("/corrections/?before=nonsense").status_code == 404


def test_a_story_with_corrections_costs_one_query_more(client, django_assert_max_num_queries):
    article = corrected()
    for _ in range(3):
        article.amend(Correction.objects.order_by("pk").first(), note="More.", by=make_user())

    with django_assert_max_num_queries(15):
        page(client, article)


@pytest.mark.parametrize(("stays", "status"), [(False, 410), (True, 200)])
def test_a_retracted_story_has_a_tombstone(client, stays, status):
    Masthead(retractions_stay=stays).save()
    article = corrected(headline="Forged register")
    article.retract(note="The pages were not real.", by=make_user())

    response = client.get(article.get_absolute_url())

    html = response.content.decode()
    assert response.status_code == status
    assert ("Forged register" in html, "The pages were not real." in html) == (True, True)
    assert '<meta name="robots" content="noindex">' in html
    assert "The agreement ends a dispute" not in html


def test_a_story_past_its_end_is_gone(client):
    article = make_article(published_at=YESTERDAY)
    article.limit(until=NOW + timedelta(hours=1), by=make_user())

    before = client.get(article.get_absolute_url()).status_code
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        after = client.get(article.get_absolute_url())

    assert (before, after.status_code) == (200, 410)
    assert "no longer available" in after.content.decode()
    assert "The agreement ends a dispute" not in after.content.decode()


def link_findings(body):
    article = make_article(published_at=YESTERDAY, slug="here", body=body)
    return [finding.sentence for finding in findings(Case(article, article.draft, NOW)) if finding.code == "dead_links"]


def test_links_that_lead_nowhere_on_this_site_are_asked_about():
    make_section("Water")
    make_author("Nobody Published")
    body = "".join(
        f'<p><a href="{address}">x</a></p>'
        for address in (
            "/water/",
            "/water",
            "/corrections/",
            "https://example.org/nowhere/",
            "mailto:a@example.org",
            "/nowhere/",
            "http://127.0.0.1:8000/topics/none/",
            "/2026/02/31/impossible/",
            "/2026/09/01/never-was/",
        )
    )

    dead = "“/nowhere/”, “/topics/none/”, “/2026/02/31/impossible/”, “/2026/09/01/never-was/”"
    assert link_findings(body) == [f"These links lead nowhere on this site: {dead}."]


def test_links_to_live_and_moved_stories_lead_somewhere():
    moved = make_article(published_at=YESTERDAY, slug="old")
    old = moved.get_absolute_url()
    moved.classify(slug="new", by=make_user())

    assert link_findings(f'<p><a href="{old}">x</a> <a href="{moved.get_absolute_url()}">y</a></p>') == []


def test_a_link_to_a_story_that_is_not_out_yet_is_asked_about():
    ahead = make_article(published_at=NOW + timedelta(days=1), slug="ahead")

    assert len(link_findings(f'<p><a href="{ahead.get_absolute_url()}">x</a></p>')) == 1
