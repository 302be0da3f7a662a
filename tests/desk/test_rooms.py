"""What somebody sees first: the rail with the rooms they may enter, and the stories that wait for them."""

import pytest

from articles.models import Article
from newsroom.roles import ADMINISTRATOR, EDITOR, REPORTER
from tests.desk.conftest import signed_in
from tests.make import NOW, TOMORROW, YESTERDAY, make_article, make_user

ROOMS = {
    REPORTER: {
        "Write": [],
        "Stories": ["Stories"],
        "Pictures": ["Pictures"],
        "People": ["Authors"],
        "Settings": ["Sections", "Topics"],
    },
    EDITOR: {
        "Write": [],
        "Stories": ["Stories"],
        "Pictures": ["Pictures"],
        "People": ["Authors"],
        "Settings": ["Pages", "Sections", "Topics", "Activity"],
    },
    ADMINISTRATOR: {
        "Write": [],
        "Stories": ["Stories"],
        "Pictures": ["Pictures"],
        "People": ["Authors", "Accounts"],
        "Settings": ["Publication", "Pages", "Sections", "Topics", "Activity"],
    },
}


def rail(response):
    return {door.label: door for door in response.context["rail"]}


def shown(response):
    return {pile.title: list(pile.stories) for pile in response.context["piles"]}


@pytest.mark.parametrize("role", ROOMS)
def test_the_rail_holds_what_a_role_may_see(client, db, role):
    signed_in(client, role)

    doors = rail(client.get("/admin/"))

    assert {label: [tab.label for tab in door.tabs] for label, door in doors.items()} == ROOMS[role]


@pytest.mark.parametrize("role", ROOMS)
def test_every_door_of_the_rail_opens(client, db, role):
    signed_in(client, role)
    doors = rail(client.get("/admin/")).values()

    addresses = {door.address for door in doors} | {tab.address for door in doors for tab in door.tabs}

    assert {address: client.get(address, follow=True).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )


@pytest.mark.parametrize(
    ("path", "room"),
    [
        ("/admin/articles/article/add/", "Write"),
        ("/admin/articles/article/", "Stories"),
        ("/admin/accounts/user/add/", "People"),
        ("/admin/masthead/masthead/1/change/", "Settings"),
    ],
)
def test_the_rail_says_where_one_is(client, administrator, path, room):
    assert [label for label, door in rail(client.get(path)).items() if door.is_here] == [room]


def test_no_rail_and_no_story_for_somebody_signed_out(client, db):
    make_article(headline="Not yet public")

    response = client.get("/admin/", follow=True)

    assert "rail" not in response.context
    assert "Not yet public" not in response.content.decode()


def test_an_editor_sees_the_queues(client, editor, now):
    waiting = make_article(headline="Waiting")
    waiting.submit(by=editor)
    mine = make_article(headline="Mine", by=editor)
    scheduled = make_article(headline="Scheduled", published_at=TOMORROW)
    live = make_article(headline="Live", published_at=YESTERDAY)
    make_article(headline="Somebody's draft")

    response = client.get("/admin/")

    assert shown(response) == {"In review": [waiting], "Mine": [mine], "Scheduled": [scheduled], "Lately live": [live]}
    assert rail(response)["Stories"].count == 1


def test_a_reporter_sees_their_own_and_what_readers_see(client, reporter, now):
    make_article(headline="Somebody's draft").submit(by=make_user())
    mine = make_article(headline="Mine", by=reporter)
    live = make_article(headline="Live", published_at=NOW)

    response = client.get("/admin/")

    assert shown(response) == {"Mine": [mine], "Lately live": [live]}
    assert rail(response)["Stories"].count == 0


def test_empty_queues_say_what_to_do(client, editor):
    page = client.get("/admin/").content.decode()

    assert "Begin one with Write." in page
    assert "No story waits for an editor." in page


def test_an_account_without_a_role_is_told_whom_to_ask(client, reporter):
    reporter.groups.clear()

    response = client.get("/admin/")

    assert response.context["rail"] == []
    assert "Ask an administrator" in response.content.decode()


def test_the_first_page_costs_the_same_for_one_story_and_for_six(client, editor, now):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/")
        return len(queries)

    def stories():
        make_article(by=editor).submit(by=editor)
        make_article(published_at=YESTERDAY)
        make_article(published_at=TOMORROW)

    stories()
    one = cost()
    stories()
    stories()

    assert (cost(), Article.objects.count()) == (one, 9)
