"""The rail with the rooms somebody may enter."""

import pytest

from newsroom.roles import ADMINISTRATOR, EDITOR, REPORTER
from tests.desk.conftest import signed_in
from tests.make import make_article

ROOMS = {
    REPORTER: {
        "Write": [],
        "Stories": ["Stories", "Bin"],
        "Pictures": ["Pictures", "Documents"],
        "People": ["Authors"],
        "Settings": ["Sections", "Topics"],
    },
    EDITOR: {
        "Write": [],
        "Stories": ["Stories", "Bin"],
        "Pictures": ["Pictures", "Documents"],
        "Commentary": ["Pieces", "Letters", "Numbers", "Guidelines", "Letter templates", "Office"],
        "People": ["Authors"],
        "Settings": ["Pages", "Sections", "Topics", "Activity"],
    },
    ADMINISTRATOR: {
        "Write": [],
        "Stories": ["Stories", "Bin"],
        "Pictures": ["Pictures", "Documents"],
        "Commentary": ["Pieces", "Letters", "Numbers", "Guidelines", "Letter templates", "Office"],
        "People": ["Authors", "Accounts"],
        "Settings": ["Publication", "Pages", "Sections", "Topics", "Activity"],
    },
}


def rail(response):
    return {door.label: door for door in response.context["rail"]}


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


def test_an_account_without_a_role_is_told_whom_to_ask(client, reporter):
    reporter.groups.clear()

    response = client.get("/admin/")

    assert (response.context["rail"], response.context["columns"]) == ([], [])
    assert "Ask an administrator" in response.content.decode()
