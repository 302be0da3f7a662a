"""The bin on the desk: who sees what in it, the way back, and what a page still open on a binned story is told."""

from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Activity
from articles import looks
from articles.models import Article
from articles.models.spiking import empty
from articles.states import KEPT_IN_BIN
from desk.models import Pen, Presence
from desk.story.bin_list import Bin
from newsroom.roles import COMMENTARY_EDITOR, COPY_EDITOR, EDITOR, PRODUCER, REPORTER
from tests.desk.conftest import signed_in
from tests.make import NOW, YESTERDAY, make_article, make_text, make_user

pytestmark = pytest.mark.django_db
BIN = "/admin/articles/article/bin/"
LIST = "/admin/articles/article/"


@pytest.fixture
def sam():
    return make_user(name="Sam Spiker")


def spiked(sam, **fields):
    article = make_article(**fields)
    article.spike(by=sam)
    return article


def address(name, article, *rest):
    return reverse(f"admin:articles_article_{name}", args=[article.pk, *rest])


def listed(client, place=BIN, **asked):
    return [str(article) for article in client.get(place, asked).context["cl"].result_list]


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def words(response):
    return " ".join(response.content.decode().split())


def test_the_bin_lists_what_is_spiked_the_last_first(client, editor, sam, time_machine_at):
    time_machine_at(YESTERDAY)
    spiked(sam, headline="First")
    time_machine_at(NOW)
    article = make_article(headline="Second", by=sam)
    article.submit(by=sam)
    article.spike(by=editor)
    make_article(headline="Elsewhere")
    make_article(headline="Live", published_at=YESTERDAY)

    page = words(client.get(BIN))

    assert listed(client) == ["Second", "First"]
    assert "Sam Spiker" in page
    assert "Edda Editor" in page
    assert "90 more days" in page
    assert "89 more days" in page
    assert "was in review" in page
    assert "Elsewhere" not in page


def test_other_lists_leave_the_bin_out(client, editor, sam):
    spiked(sam, headline="Gone", by=editor)
    make_article(headline="Here", by=editor)

    first_page = words(client.get("/admin/"))

    assert listed(client, LIST) == ["Here"]
    assert (listed(client, LIST, q="gone"), listed(client, LIST, where="spiked")) == ([], [])
    assert ("Here</a>" in first_page, "Gone</a>" in first_page) == (True, False)
    assert f'{BIN}?q=gone">Look for it in the bin' in words(client.get(LIST, {"q": "gone"}))


def test_the_bin_is_searched_and_turned_like_the_list(client, editor, sam, monkeypatch):
    monkeypatch.setattr(Bin, "list_per_page", 2)
    for headline in ("Harbour", "Lake", "Forest"):
        spiked(sam, headline=headline)

    assert (listed(client), listed(client, p=2)) == (["Forest", "Lake"], ["Harbour"])
    assert listed(client, all="") == ["Forest", "Lake", "Harbour"]
    assert listed(client, q="forest") == ["Forest"]
    assert listed(client, person="sam") == []
    assert client.get(BIN, {"draft__body__contains": "x"}).status_code == 400


def test_the_bin_costs_the_same_for_one_three_and_ten_stories(client, editor, sam):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(BIN)
        return len(queries)

    costs = []
    for number in (1, 2, 7):
        for _ in range(number):
            spiked(sam, by=sam)
        costs.append(cost())

    assert costs == [costs[0]] * 3


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (REPORTER, ["In review", "Own"]),
        (COPY_EDITOR, ["Draft", "Guest", "In review", "Own"]),
        (COMMENTARY_EDITOR, ["Guest", "In review"]),
        (PRODUCER, ["In review"]),
        (EDITOR, ["Draft", "Guest", "In review", "Own"]),
    ],
)
def test_the_bin_shows_whom_it_shows_the_stories(client, sam, role, sees):
    person = signed_in(client, role, name="Pat Person")
    spiked(sam, headline="Draft")
    spiked(sam, headline="Own", by=person)
    spiked(sam, headline="Guest", kind="commentary")
    in_review = make_article(headline="In review")
    in_review.submit(by=sam)
    in_review.spike(by=sam)

    assert sorted(listed(client)) == sees


def test_an_empty_bin_says_how_something_gets_there(client, editor):
    assert "The bin is empty." in words(client.get(BIN))
    assert "Nothing in the bin fits." in words(client.get(BIN, {"q": "harbour"}))


def test_a_story_in_the_bin_is_read_and_not_written(client, editor, sam, now):
    article = spiked(sam, headline="Binned")

    page = client.get(address("change", article))

    assert "desk/story/read.html" in [template.name for template in page.templates]
    assert "Sam Spiker put it there on <time" in words(page)
    assert "December 13, 2026</time> (90 days)" in words(page).replace("Dec. 13", "December 13")
    assert f'action="{address("move", article, "restore")}"' in words(page)
    assert f'href="{address("preview", article)}"' not in words(page)
    assert f'href="{address("change", article)}"' not in words(page)


def test_a_story_comes_back_from_its_own_page_and_is_written_again(client, editor, sam):
    article = spiked(sam)

    response = client.post(address("move", article, "restore"))

    assert told(response) == ["Brought back from the bin."]
    assert client.get(address("change", article)).context["form"]
    assert Activity.objects.about(article).first().verb == "restored"


def test_who_may_not_bring_it_back_is_told_who_may(client, sam):
    signed_in(client, COPY_EDITOR)
    article = spiked(sam)

    page = client.get(address("change", article))
    refused = client.post(address("move", article, "restore"))

    article.refresh_from_db()
    assert "Whoever may publish it can bring it back." in words(page)
    assert (refused.status_code, article.is_in_bin) == (403, True)


def test_a_named_text_is_said_to_keep_the_story(client, editor, sam):
    article = spiked(sam)
    article.name_revision(article.draft, "as sent to the lawyer", by=editor)

    assert "As long as a text of it has a name" in words(client.get(BIN))
    assert "A text of it has a name, so it is not deleted." in words(client.get(address("change", article)))


def test_who_spikes_is_told_that_a_colleague_is_writing(client, editor, sam):
    article = make_article()
    quiet = words(client.get(address("move", article, "spike")))
    presence = Presence(article=article, sitting=uuid4())
    Presence.sign(article, presence.sitting, by=sam, typed=True)
    Pen.take_up(Presence.objects.get(sitting=presence.sitting), by=sam)

    page = words(client.get(address("move", article, "spike")))

    assert "is writing in it now" not in quiet
    assert "Sam Spiker is writing in it now." in page
    assert "can be brought back for 90 days, then it is deleted with all its texts" in page


def test_no_page_of_the_desk_deletes_a_story(client, administrator, sam):
    """Not its own, which there is none of, nor that of the section, the author or the person it needs."""
    article = make_article(by=sam)
    things = [article.section, article.draft.bylines.get().author, sam, article]
    pages = [f"/admin/{thing._meta.label_lower.replace('.', '/')}/{thing.pk}/delete/" for thing in things]

    answers = [client.post(page, {"post": "yes"}).status_code for page in pages]

    article.refresh_from_db()
    assert answers[3] == 404
    assert (article.section_id, article.draft.bylines.count(), article.created_by) == (things[0].pk, 1, None)


# What was open, shared or set when it was spiked


def standing(client, article):
    """What a page opened now stands on, as its form sends it."""
    page = client.get(address("change", article)).context
    draft = article.draft
    typed = {"headline": draft.headline, "summary": draft.summary, "body": draft.body, "kind": article.kind}
    managed = {"byline-TOTAL_FORMS": 0, "byline-INITIAL_FORMS": 0}
    return typed | managed | {name: value for name, value in page["standing"].items() if name != "before"}


def test_an_open_editor_loses_no_word_when_its_story_is_spiked(client, editor, sam):
    article = make_article()
    form = standing(client, article)
    article.spike(by=sam)

    answer = client.post(address("autosave", article), form | {"headline": "Typed on", "turn": 1}).json()

    article.refresh_from_db()
    assert (article.draft.headline, article.is_in_bin) == ("Typed on", True)
    assert (answer["standing"], answer["label"]) == ("spiked", "Spiked")
    assert answer["news"].startswith("Sam Spiker put this story into the bin (")
    assert answer["news"].endswith("What you type is saved in it.")


@pytest.mark.parametrize("do", ["save", "submit", "mark_ready", "publish"])
def test_no_button_of_an_open_editor_loses_a_word_or_moves_a_binned_story(client, editor, sam, do):
    article = make_article()
    form = standing(client, article)
    article.spike(by=sam)

    response = client.post(address("change", article), form | {"headline": "Typed on", "do": do})

    article.refresh_from_db()
    assert (article.draft.headline, article.standing, article.stage) == ("Typed on", "spiked", "writing")
    assert response.headers["Location"] == address("change", article)
    assert told(response)[0].endswith("What you had typed is saved in it. Bring it back to go on.")


def test_what_a_reporter_typed_last_is_read_again_before_it_is_ready(client, sam):
    """They may write in a text that is ready, and bring a story of theirs back, but not say that it is ready."""
    reporter = signed_in(client, REPORTER)
    article = make_article(by=reporter)
    article.mark_ready(by=sam)
    form = standing(client, article)
    article.spike(by=sam)
    client.post(address("autosave", article), form | {"headline": "Smuggled", "turn": 1})

    client.post(address("move", article, "restore"))

    article.refresh_from_db()
    assert (article.draft.headline, article.standing) == ("Smuggled", "writing")


def test_an_open_page_is_told_within_a_ping_and_again_when_the_story_is_back(client, editor, sam):
    article = make_article()
    page = {"sitting": str(uuid4()), "typed": "on", "wants_pen": "on"}
    writing = client.post(address("presence", article), page).json()
    article.spike(by=sam)
    spiked = client.post(address("presence", article), page).json()
    article.restore(by=sam)
    back = client.post(address("presence", article), page).json()

    assert (writing["mine"], spiked["mine"], back["mine"]) == (True, False, True)
    assert spiked["lock"]["sentence"].startswith("Sam Spiker put this story into the bin (")
    assert spiked["lock"]["button"] == ""
    assert back["lock"] is None


def test_no_look_at_a_binned_story_opens(client, editor, sam):
    article = make_article()
    look = looks.address(article)
    article.spike(by=sam)

    shut = client.get(look).status_code, client.get(looks.address(article)).status_code
    article.restore(by=sam)

    assert (shut, client.get(look).status_code) == ((410, 410), 200)


def test_the_texts_of_a_binned_story_stay_as_they_are(client, editor, sam):
    article = make_article()
    first = article.draft
    second = article.revise(make_text(headline="Second"), revision=first, by=editor)
    article.spike(by=sam)

    response = client.post(address("restore_revision", article, 1), {"draft": second.pk, "saves": second.saves})

    article.refresh_from_db()
    assert "This story is in the bin. Bring it back first." in words(response)
    assert article.draft == second


def test_a_page_of_a_story_that_left_the_bin_finds_nothing(client, editor, sam, time_machine_at):
    article = spiked(sam)
    Article.objects.filter(pk=article.pk).update(spiked_at=NOW - 2 * KEPT_IN_BIN, changed_at=NOW - 2 * KEPT_IN_BIN)
    empty()

    found = [client.get(address(name, article)).status_code for name in ("change", "history", "read")]
    log = words(client.get("/admin/accounts/activity/"))
    assert found == [404, 404, 404]
    assert "deleted" in log
