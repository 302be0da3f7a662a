"""What the text editor is told of pictures and stories, and what it may say of them."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from images.models import Image
from tests.documents.make import make_document
from tests.images import draw
from tests.images.make import make_image
from tests.make import NOW, make_article, make_user

CARDS = "/admin/blocks/"


@pytest.fixture
def picture(db):
    return make_image(title="Reservoir", caption="The shore")


def test_cards_describe_what_exists_and_leave_out_what_does_not(client, editor, picture):
    answer = client.get(CARDS, {"image": [picture.pk, 999], "story": 999}).json()

    assert list(answer["image"]) == [str(picture.pk)]
    assert answer["story"] == {}
    shown = answer["image"][str(picture.pk)]
    assert (shown["name"], shown["alt"], shown["caption"], shown["problems"]) == (
        "Reservoir",
        "Three coloured fields",
        "The shore",
        [],
    )


@pytest.mark.parametrize("key", ["x", "1e3", "٣", "-1", "9" * 40, "", "1;2"])
def test_cards_answer_nonsense_with_nothing(client, editor, key):
    answer = client.get(CARDS, {"image": key, "story": key})

    assert (answer.status_code, answer.json()) == (200, {"image": {}, "story": {}, "document": {}, "embed": {}})


def test_cards_name_no_story_that_the_person_may_not_read(client, reporter):
    hidden = make_article(headline="Secret plans of the council")
    known = make_article(headline="Everybody reads this", published_at=NOW)

    answer = client.get(CARDS, {"story": [hidden.pk, known.pk]}).json()

    assert answer["story"] == {
        str(hidden.pk): {"headline": "A story that you cannot read yet", "public": False},
        str(known.pk): {"headline": "Everybody reads this", "public": True},
    }


def test_cards_say_who_is_behind_an_address_and_which_is_a_story_of_ours(client, editor, settings):
    story = make_article(headline="Known to readers", published_at=NOW)
    hidden = make_article(headline="Not yet", slug="not-yet")
    own = settings.SITE_ADDRESS + story.get_absolute_url()
    addresses = [
        "https://youtu.be/aqz-KE-bpKQ",
        "https://example.org/report",
        own,
        f"{settings.SITE_ADDRESS}/2026/02/31/{hidden.slug}/",
        f"{settings.SITE_ADDRESS}/about/",
        "javascript:alert(1)",
    ]

    answer = client.get(CARDS, {"embed": addresses}).json()["embed"]

    own_host = settings.SITE_ADDRESS.split("//")[1]
    assert list(answer.values()) == [
        {"provider": "YouTube", "framed": True, "story": None},
        {"provider": "example.org", "framed": False, "story": None},
        {"provider": own_host, "framed": False, "story": story.pk},
        {"provider": own_host, "framed": False, "story": None},
        {"provider": own_host, "framed": False, "story": None},
        None,
    ]


def test_the_choice_of_documents_says_what_each_is(client, editor):
    budget = make_document(name="Budget of the county.pdf")
    make_document(b"a,b\n1,2\n", name="levels.csv")

    items = client.get("/admin/blocks/documents/", {"q": "budget"}).json()["items"]

    assert items == [{"id": budget.pk, "label": str(budget), "detail": items[0]["detail"], "thumb": ""}]
    assert items[0]["detail"].startswith("PDF · ")


def test_cards_take_the_same_queries_for_one_and_for_three(client, editor):
    asked = {"image": [], "story": []}
    counted = []
    for number in (1, 2, 3):
        asked["image"].append(make_image(draw.jpeg(80, 60 + number)).pk)
        asked["story"].append(make_article(published_at=NOW, slug=f"number-{number}").pk)
        with CaptureQueriesContext(connection) as queries:
            client.get(CARDS, asked)
        counted.append(len(queries))

    assert counted == [counted[0]] * 3


def test_the_choice_of_pictures_is_searched_and_paged(client, editor, picture):
    other = make_image(draw.jpeg(80, 61), title="Watertower")

    found = client.get("/admin/blocks/pictures/", {"q": "reserv"}).json()
    every = client.get("/admin/blocks/pictures/", {"page": "nonsense"}).json()

    assert [item["label"] for item in found["items"]] == ["Reservoir"]
    assert [item["label"] for item in every["items"]] == [str(other), "Reservoir"]
    assert not every["more"]


def test_the_choice_of_stories_holds_only_what_the_person_may_read(client, reporter):
    make_article(headline="Secret plans of the council")
    make_article(headline="The council meets", published_at=NOW)

    items = client.get("/admin/blocks/stories/", {"q": "council"}).json()["items"]

    assert [item["label"] for item in items] == ["The council meets"]


def test_a_picture_is_described_and_focused_while_writing(client, editor, picture):
    address = reverse("admin:images_image_describe", args=[picture.pk])

    answer = client.post(address, {"alt": "A low shore", "credit": "Nora", "focus_x": 20, "focus_y": 80})

    kept = Image.objects.get()
    assert answer.json()["alt"] == "A low shore"
    assert (kept.alt, kept.credit, kept.focus_x, kept.focus_y) == ("A low shore", "Nora", 20, 80)
    assert (kept.title, kept.caption) == ("Reservoir", "The shore")


@pytest.mark.parametrize(
    ("sent", "status"), [({"focus_x": 200}, 422), ({"alt": "a" * 501}, 422), ({"credit": "a\0b"}, 422)]
)
def test_what_cannot_be_said_of_a_picture_is_refused_with_a_sentence(client, editor, picture, sent, status):
    answer = client.post(reverse("admin:images_image_describe", args=[picture.pk]), sent)

    assert answer.status_code == status
    assert answer.json()["errors"][0].endswith(".")
    assert Image.objects.get().alt == "Three coloured fields"


def test_a_decorative_picture_stays_so_when_its_credit_is_written(client, editor, db):
    picture = make_image(alt="", decorative=True)

    client.post(reverse("admin:images_image_describe", args=[picture.pk]), {"credit": "Nora Brush", "decorative": "on"})

    kept = Image.objects.get()
    assert (kept.credit, kept.decorative) == ("Nora Brush", True)


def test_who_may_not_change_pictures_is_told_so(client, picture):
    client.force_login(make_user(role="Producer"))

    answer = client.post(reverse("admin:images_image_describe", args=[picture.pk]), {"alt": "Mine"})

    assert answer.status_code == 403
    assert client.get(CARDS, {"image": picture.pk}).json()["image"][str(picture.pk)]["describe"] == ""


def test_the_editor_is_told_only_where_this_person_may_go(client, db):
    client.force_login(make_user(role="Reporter"))

    page = client.get(reverse("admin:articles_article_add"))

    asked = json.loads(page.context["form"].fields["body"].widget.attrs["data-blocks"])
    assert set(asked) >= {"cards", "pictures", "stories", "upload"}
