"""What the command palette finds, and for whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from newsroom.roles import ADMINISTRATOR, EDITOR, REPORTER
from tests.desk.conftest import signed_in
from tests.documents.make import make_document
from tests.images.make import make_image
from tests.make import YESTERDAY, make_article, make_author, make_user

pytestmark = pytest.mark.django_db
PALETTE = "/admin/palette/"


def groups(client, q="", **asked):
    found = client.get(PALETTE, {"q": q} | asked).json()["groups"]
    return {group["title"]: [item["label"] for item in group["items"]] for group in found}


@pytest.mark.parametrize(
    ("role", "rooms"),
    [
        (
            REPORTER,
            [
                "Desk",
                "Write a story",
                "Stories",
                "Bin",
                "Pictures",
                "Documents",
                "Authors",
                "Sections",
                "Topics",
                "Your account",
            ],
        ),
        (
            ADMINISTRATOR,
            [
                *("Desk", "Write a story", "Stories", "Bin", "Pictures", "Documents", "Pieces", "Letters"),
                *("Numbers", "Guidelines", "Letter templates", "Office", "Authors", "Accounts"),
                *("Publication", "Pages", "Sections", "Topics", "Activity", "Your account"),
            ],
        ),
    ],
)
def test_without_words_it_names_the_rooms_one_may_enter(client, role, rooms):
    signed_in(client, role)
    make_article()

    found = groups(client)

    assert found == {"Go to": rooms}


def test_rooms_are_found_by_the_beginnings_of_their_words(client, editor):
    assert groups(client, "wri sto")["Go to"] == ["Write a story", "Stories: writing"]
    assert "Go to" not in groups(client, "ory wri")


def test_lists_and_new_things_are_found_by_words(client, reporter):
    assert groups(client, "stor rev")["Go to"] == ["Stories: in review"]
    assert groups(client, "new")["Go to"] == ["New document", "New picture"]


def test_pictures_and_documents_are_found_by_what_is_said_of_them(client, reporter):
    make_image(title="Old bridge", credit="Ada")
    make_document(title="Bridge report")

    found = client.get(PALETTE, {"q": "BRIDGE"}).json()["groups"]

    items = {group["kind"]: group["items"] for group in found}
    assert [(item["label"], item["detail"]) for item in items["picture"]] == [("Old bridge", "Ada")]
    assert [(item["label"], item["detail"]) for item in items["document"]] == [("Bridge report", "PDF")]


def test_the_last_thing_is_a_search_of_whole_texts(client, editor):
    answer = client.get(PALETTE, {"q": "a & b"}).json()["groups"][-1]

    assert answer["kind"] == "search"
    assert answer["items"][0]["href"] == "/admin/articles/article/?q=a+%26+b"


def test_somebody_without_a_role_finds_the_desk_and_their_account(client, db):
    make_article(headline="Hidden", published_at=YESTERDAY)
    make_author("Hidden")
    client.force_login(User.objects.create_user("new@example.org", "x", name="Hidden", is_staff=True))

    assert groups(client) == {"Go to": ["Desk", "Your account"]}
    assert groups(client, "hidden") == {}


def test_stories_are_found_by_headline_and_address_but_not_by_text(client, editor, now):
    make_article(headline="Harbour freezes", slug="a-cold-night", body="<p>Skaters came.</p>")

    assert [groups(client, q).get("Stories") for q in ("harb fre", "cold night", "skaters")] == [
        ["Harbour freezes"],
        ["Harbour freezes"],
        None,
    ]


def test_a_reporter_finds_only_what_they_may_read(client, reporter, now):
    make_article(headline="Harbour, hidden")
    make_article(headline="Harbour, own", by=reporter)
    make_article(headline="Harbour, live", published_at=YESTERDAY)

    assert set(groups(client, "harbour")["Stories"]) == {"Harbour, own", "Harbour, live"}


@pytest.mark.parametrize(("role", "people"), [(EDITOR, ["José Núñez"]), (ADMINISTRATOR, ["José Núñez", "Jose Login"])])
def test_accounts_are_found_by_administrators_alone(client, role, people):
    signed_in(client, role, name="Somebody")
    make_author("José Núñez")
    make_user(name="Jose Login", email="jl@example.org")

    assert groups(client, "jose")["People"] == people


def test_the_moves_of_the_story_one_is_at_are_offered(client, editor):
    article = make_article(by=editor)
    article.submit(by=editor)

    found = groups(client, story=article.pk)["This story"]

    assert found == ["Publish", "History", "Preview", "Share", "Send back", "Spike"]
    assert groups(client, "send", story=article.pk)["This story"] == ["Send back"]


def test_what_is_offered_for_a_story_can_be_opened(client, editor):
    article = make_article(by=editor, published_at=YESTERDAY)

    groups = client.get(PALETTE, {"story": article.pk}).json()["groups"]

    offered = {item["label"]: client.get(item["href"]).status_code for item in groups[0]["items"]}
    assert offered == dict.fromkeys(
        ["Publish changes", "History", "Preview", "Share", "What readers get", "Withdraw", "Retract"], 200
    )


def test_a_story_one_may_not_read_offers_nothing(client, reporter):
    article = make_article(headline="Hidden")

    assert "This story" not in groups(client, story=article.pk)


@pytest.mark.parametrize("story", ["x", "-1", "9" * 40, "1\0", "²", ""])
@pytest.mark.parametrize("q", ["\0", "%", "x" * 10_000, '"', "-a"])
def test_nothing_typed_breaks_it(client, editor, story, q):
    assert client.get(PALETTE, {"q": q, "story": story}, follow=True).status_code == 200


def test_it_is_closed_to_others_and_to_writing(client, db):
    assert client.get(PALETTE).status_code == 302
    signed_in(client, EDITOR)
    assert client.post(PALETTE).status_code == 405


def test_it_is_never_stored(client, editor):
    assert "no-store" in client.get(PALETTE)["Cache-Control"]


def test_it_asks_seven_things_however_much_there_is(client, administrator, now):
    def cost(**asked):
        with CaptureQueriesContext(connection) as queries:
            client.get(PALETTE, asked)
        return len(queries)

    def more(number):
        for _ in range(number):
            make_article(published_at=YESTERDAY)
            make_author(f"Hospital {number}")
            make_user(name="Hospital")

    more(1)
    story = make_article(headline="At hand").pk
    overhead = cost()
    with_one = cost(q="hospital", story=story)
    more(59)

    assert cost(q="hospital", story=story) == with_one
    assert with_one - overhead <= 7
