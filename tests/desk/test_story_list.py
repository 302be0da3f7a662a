"""The list of stories: search and filters, what bad input does, and what a page costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.texts import Credit
from tests.make import NOW, YESTERDAY, make_article, make_author, make_section, make_text, make_user

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


def listed(client, **asked):
    return [str(article) for article in client.get(LIST, asked).context["cl"].result_list]


def test_the_list_searches_drafts_and_what_readers_see(client, editor, now):
    article = make_article(headline="Old name", published_at=YESTERDAY, body="<p>The harbour freezes.</p>")
    article.revise(make_text(headline="New name", body="<p>The harbour thaws.</p>"), revision=article.draft, by=editor)
    make_article(headline="Another")

    assert [listed(client, q=words) for words in ("freezes", "thaws", '"old name"', "name -thaws", "boil")] == [
        ["New name"],
        ["New name"],
        ["New name"],
        [],
        [],
    ]


def test_a_reporter_finds_no_draft_of_others(client, reporter, now):
    make_article(headline="Hidden harbour")
    make_article(headline="Own harbour", by=reporter)

    assert listed(client, q="harbour") == ["Own harbour"]
    assert listed(client, person="") == ["Own harbour"]


def test_filters_join(client, editor, now):
    culture = make_section("Culture")
    make_article(headline="Wanted", section=culture, bylines=(Credit(make_author("Ben Other")),)).submit(by=editor)
    make_article(headline="Elsewhere", bylines=(Credit(make_author("Ben Second")),)).submit(by=editor)
    make_article(headline="Not his", section=culture, bylines=(Credit(make_author("Ada")),)).submit(by=editor)
    make_article(headline="Not sent", section=culture, bylines=(Credit(make_author("Ben Third")),))

    asked = {"section__id__exact": culture.pk, "where": "review", "person": "ben", "q": "hospital"}

    assert listed(client, **asked) == ["Wanted"]


def test_days_are_those_of_the_newsroom(client, editor, now):
    # 19:30 UTC is half past noon in Los Angeles, where a day ends at 7:00 UTC.
    make_article(headline="Late yesterday", published_at=NOW.replace(hour=6))
    make_article(headline="Early today", published_at=NOW.replace(hour=7))
    make_article(headline="Tomorrow", published_at=NOW.replace(hour=7) + timedelta(days=1))
    make_article(headline="Never")

    today = {"what": "appeared", "since": "2026-09-14", "until": "2026-09-14"}

    assert listed(client, **today) == ["Early today"]
    assert listed(client, what="appeared", until="2026-09-13") == ["Late yesterday"]
    assert listed(client, what="changed", until="2026-09-13") == ["Late yesterday"]


def test_a_filters_form_keeps_what_else_is_asked(client, editor):
    page = client.get(LIST, {"q": "harbour", "where": "review", "person": "Ada", "p": "1"}).content.decode()

    form = page.split('id="filter-person"')[0].rpartition("<form")[2]
    assert '<input type="hidden" name="q" value="harbour">' in form
    assert '<input type="hidden" name="where" value="review">' in form
    assert 'name="p"' not in form
    assert 'name="person" value="Ada"' in page


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "a\0b"},
        {"q": "x " * 5_000},
        {"q": '"' * 300},
        {"q": "%_\\'; DROP TABLE"},
        {"q": "-" * 10_000},
        {"person": "\0"},
        {"person": "x" * 10_000},
        {"since": "2026-02-30", "until": "no day"},
        {"since": "0001-01-01", "until": "9999-12-31"},
        {"what": "else", "since": "2026-09-14"},
        {"where": "nowhere"},
        {"section__id__exact": "x"},
        {"section__id__exact": "9" * 40},
        {"section__id__exact": "1\0"},
        {"kind__exact": "\0"},
        {"p": "999999999"},
        {"p": "x"},
        {"draft__body__icontains": "secret"},
        {"created_by__password__startswith": "m"},
    ],
)
def test_nothing_typed_into_the_list_breaks_it(client, editor, asked):
    make_article()

    response = client.get(LIST, asked, follow=True)

    assert response.status_code in {200, 400}


def test_the_list_costs_the_same_for_one_three_and_sixty_stories(client, editor, now):
    def cost(**asked):
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST, asked)
        return len(queries)

    def costs():
        return [cost(), cost(q="hospitals -nothing writer"), cost(person="ada", where="live", since="2026-01-01")]

    def stories(number):
        for _ in range(number):
            make_article(published_at=YESTERDAY, by=make_user(), bylines=(Credit(make_author(f"Ada {number}")),))

    stories(1)
    with_one = costs()
    stories(2)
    with_three = costs()
    stories(57)

    assert (with_three, costs()) == (with_one, with_one)


def test_the_address_of_the_list_is_the_one_the_rail_names():
    assert reverse("admin:articles_article_changelist") == LIST
