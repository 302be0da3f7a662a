"""The history of a story: its texts, any two compared, one restored or named."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from accounts.models import Activity
from articles.models.writing import StaleText
from newsroom.roles import EDITOR, REPORTER
from tests.make import NOW, TOMORROW, make_article, make_section, make_text, make_user

pytestmark = pytest.mark.django_db


def address(name, article, *more):
    return reverse(f"admin:articles_article_{name}", args=[article.pk, *more])


def with_texts(*bodies, by=None, **fields):
    """A story with a text for each of ``bodies``."""
    by = by or make_user(name="Ada")
    article = make_article(body=f"<p>{bodies[0]}</p>", by=by, **fields)
    for body in bodies[1:]:
        article.revise(make_text(body=f"<p>{body}</p>"), revision=article.draft, by=by)
    return article


def sent(article):
    """What the button of the restore page sends."""
    return {"draft": article.draft.pk, "saves": article.draft.saves}


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


# The list


def test_history_tells_of_every_text_newest_first(client, editor):
    article = with_texts("one two three", "one two three four five", published_at=NOW)
    article.name_revision(article.revisions.get(number=1), "as sent to the lawyer", by=editor)
    with pytest.raises(StaleText):
        article.revise(
            make_text(body="<p>too late</p>"), revision=article.revisions.get(number=1), by=make_user(name="Ben")
        )

    page = client.get(address("history", article))

    assert [(text.number, text.made_by_name, text.difference) for text in page.context["texts"]] == [
        (3, "Ben", "−1"),
        (2, "Ada", "+2"),
        (1, "Ada", ""),
    ]
    for sentence in (
        "“as sent to the lawyer”",
        "What readers see",
        "As published on Sept. 14, 2026",
        "The newest text",
        "Kept from a save that came too late",
    ):
        assert page.content.decode().count(sentence) == 1, sentence


def test_history_names_a_planned_text(client, editor, now):
    article = with_texts("one", "two", published_at=NOW)
    article.plan(revision=article.draft, by=editor, at=TOMORROW)

    page = client.get(address("history", article)).content.decode()

    assert page.count("Planned for Sept. 15, 2026") == 1


def test_a_long_history_is_paged_at_constant_cost(client, editor, django_assert_max_num_queries):
    article = with_texts("first")
    for number in range(2, 201):
        article.revise(make_text(headline=f"Text {number}"), revision=article.draft, by=editor)

    with django_assert_max_num_queries(20):
        page = client.get(address("history", article), {"page": 2})

    assert [text.number for text in page.context["texts"]] == list(range(150, 100, -1))
    assert (page.context["newer"], page.context["older"]) == (150, 149)
    with django_assert_max_num_queries(20):
        client.get(address("compare", article), {"before": 3, "after": 180})


@pytest.mark.parametrize("page", ["0", "-1", "99999999999999999999", "x", "²", "\0"])
def test_history_shows_some_page_whatever_is_asked(client, editor, page):
    article = with_texts("one", "two")

    assert client.get(address("history", article), {"page": page}, follow=True).status_code == 200


# Comparing


def changes(page):
    return [sentence for field in page.context["compared"].fields for sentence in field.sentences]


def test_comparing_begins_with_the_newest_text_and_the_one_it_was_written_on(client, editor):
    article = with_texts("It is closed", "It is open", "It is open now")

    page = client.get(address("compare", article))

    assert (page.context["compared"].before.number, page.context["compared"].after.number) == (2, 3)
    assert changes(page) == ["Paragraph changed: “now” was added."]


def test_any_two_texts_are_compared_either_way_round(client, editor):
    article = with_texts("It is closed", "It is open", "It is open now")

    there = client.get(address("compare", article), {"before": 1, "after": 3})
    back = client.get(address("compare", article), {"before": 3, "after": 1})

    assert changes(there) == ["Paragraph changed: “closed” became “open now”."]
    assert changes(back) == ["Paragraph changed: “open now” became “closed”."]
    assert '?before=3&amp;after=1"' in there.content.decode()


def test_marks_come_through_to_the_page(client, editor):
    article = with_texts("It is closed & <b>done</b>", "It is open & <b>done</b>")

    page = client.get(address("compare", article)).content.decode()

    assert '<del><span class="visually-hidden">[removed: </span>closed' in page
    assert '<ins><span class="visually-hidden">[added: </span>open' in page


def test_a_text_kept_from_a_late_save_is_compared_with_what_it_was_written_on(client, editor):
    article = with_texts("It is closed", "It is open")
    with pytest.raises(StaleText):
        article.revise(make_text(body="<p>It is late</p>"), revision=article.revisions.get(number=1), by=editor)

    page = client.get(address("compare", article), {"after": 3})

    assert (page.context["compared"].before.number, changes(page)) == (
        1,
        ["Paragraph changed: “closed” became “late”."],
    )


def test_comparing_a_text_with_itself_says_so(client, editor):
    article = with_texts("one")

    assert "one and the same text" in client.get(address("compare", article)).content.decode()


def test_side_by_side_shows_each_text_with_its_own_marks(client, editor):
    article = with_texts("It is closed", "It is open")

    page = client.get(address("compare", article), {"view": "side"}).content.decode()

    assert (page.count("<del>"), page.count("<ins>"), page.count(">Before</p>"), page.count(">After</p>")) == (
        1,
        1,
        1,
        1,
    )


@pytest.mark.parametrize("number", ["0", "99", "-1", "x", "²", "9" * 30])
def test_a_text_that_is_not_there_is_not_found(client, editor, number):
    article = with_texts("one", "two")

    assert client.get(address("compare", article), {"before": number}).status_code == 404
    assert client.get(address("compare", article), {"after": number}).status_code == 404


# Restoring


def test_restoring_shows_first_what_would_change(client, editor):
    article = with_texts("It is closed", "It is open")

    page = client.get(address("restore_revision", article, 1))

    assert changes(page) == ["Paragraph changed: “open” became “closed”."]
    assert article.revisions.count() == 2


def test_restoring_makes_a_further_text(client, editor):
    article = with_texts("It is closed", "It is open")

    response = client.post(address("restore_revision", article, 1), sent(article))

    article.refresh_from_db()
    assert response["Location"] == address("history", article)
    assert told(response) == ["Restored: text 3 says what text 1 says."]
    assert (article.draft.number, article.draft.body, article.draft.made_by) == (3, "<p>It is closed</p>", editor)


def test_restoring_is_refused_with_a_sentence_when_somebody_is_ahead(client, editor):
    article = with_texts("It is closed", "It is open")
    old = sent(article)
    article.revise(make_text(body="<p>It is ahead</p>"), revision=article.draft, by=make_user(name="Ben"))

    response = client.post(address("restore_revision", article, 1), old)

    article.refresh_from_db()
    assert (article.draft.number, article.revisions.count()) == (3, 3)
    assert "Ben has saved a newer text since you opened this page." in response.content.decode()
    assert changes(response) == ["Paragraph changed: “ahead” became “closed”."]
    assert f'name="draft" value="{article.draft.pk}"' in response.content.decode()


def test_a_repeated_click_restores_once(client, editor):
    article = with_texts("It is closed", "It is open")
    old = sent(article)

    responses = [client.post(address("restore_revision", article, 1), old) for _ in range(5)]

    assert [response.status_code for response in responses] == [302] * 5
    assert article.revisions.count() == 3
    assert Activity.objects.about(article).filter(verb="restored a text of").count() == 1


@pytest.mark.parametrize(
    "data",
    [{}, {"draft": "x", "saves": "1"}, {"draft": "9" * 30, "saves": "1"}, {"draft": "1", "saves": "-1"}, {"draft": 0}],
)
def test_restoring_without_saying_which_text_was_seen_does_nothing(client, editor, data):
    article = with_texts("It is closed", "It is open")

    response = client.post(address("restore_revision", article, 1), data)

    assert (response.status_code, article.revisions.count()) == (200, 2)
    assert "Look at what would change" in response.content.decode()


# Naming


def test_a_text_is_named_renamed_and_its_name_taken_off(client, editor):
    article = with_texts("one", "two")
    names = []

    for data in ({"name": " as sent\tto the lawyer "}, {"name": "as printed"}, {"do": "unname", "name": "ignored"}):
        response = client.post(address("name_revision", article, 1), data)
        names.append((response.status_code, article.revisions.get(number=1).name))

    assert names == [(302, "as sent to the lawyer"), (302, "as printed"), (302, "")]
    assert "Take the name off" not in client.get(address("name_revision", article, 1)).content.decode()


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "a\0b"])
def test_a_name_that_cannot_be_kept_stays_in_its_field_with_a_sentence(client, editor, name):
    article = with_texts("one")

    response = client.post(address("name_revision", article, 1), {"name": name})

    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"name"}
    assert article.revisions.get().name == ""


# Who may


def test_who_may_read_a_story_sees_its_history_and_who_may_not_edit_it_changes_nothing(client):
    client.force_login(make_user(role=REPORTER, name="Rosa"))
    article = with_texts("one", "two", by=make_user(role=EDITOR))
    article.submit(by=make_user())

    seen = [client.get(address(name, article)).status_code for name in ("history", "compare")]
    page = client.get(address("history", article)).content.decode()
    refused = [
        client.post(address("restore_revision", article, 1), sent(article)).status_code,
        client.post(address("name_revision", article, 1), {"name": "mine"}).status_code,
        client.get(address("restore_revision", article, 1)).status_code,
        client.get(address("name_revision", article, 1)).status_code,
    ]

    assert (seen, refused) == ([200, 200], [403] * 4)
    assert "/restore/" not in page
    assert "/name/" not in page
    assert [(text.number, text.name) for text in article.revisions.all()] == [(2, ""), (1, "")]


def test_who_may_not_read_a_story_sees_nothing_of_its_history(client):
    client.force_login(make_user(role=REPORTER, name="Rosa"))
    article = with_texts("one", "two", by=make_user(role=EDITOR), section=make_section())

    answers = [client.get(address(name, article)).status_code for name in ("history", "compare")]

    assert answers == [403, 403]


@pytest.mark.parametrize("name", ["restore_revision", "name_revision"])
def test_a_text_of_another_story_is_not_found(client, editor, name):
    article, other = with_texts("one"), with_texts("a", "b", "c")

    assert client.get(address(name, article, 3)).status_code == 404
    assert client.get(address(name, other, 3)).status_code == 200
