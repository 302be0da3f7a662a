"""Several stories at once: each by its verb, what is skipped named with the reason, nothing out of sight touched."""

import re
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Activity
from articles.models import Article
from desk.models import Pen, Presence
from newsroom.roles import COPY_EDITOR, PRODUCER, REPORTER
from tests.desk import walk
from tests.desk.conftest import signed_in
from tests.make import TOMORROW, YESTERDAY, make_article, make_section, make_text, make_user

pytestmark = pytest.mark.django_db
BULK = "/admin/articles/article/bulk/"
LIST = "/admin/articles/article/"
BIN = "/admin/articles/article/bin/"


def post(client, do, *articles, **more):
    return client.post(BULK, {"do": do, "story": [article.pk for article in articles]} | more)


def said(response):
    """What the next page says, as it reads: “3 stories are …  Skipped: …”."""
    text = str(list(get_messages(response.wsgi_request))[-1])
    return " ".join(re.sub(r"<[^>]+>", " ", text).split()).replace(" – ", "–")


def standings(*articles):
    return [Article.objects.get(pk=article.pk).standing for article in articles]


def in_review(by, **fields):
    article = make_article(**fields)
    article.submit(by=by)
    return article


def writes(user, article):
    presence = Presence(article=article, sitting=uuid4())
    Presence.sign(article, presence.sitting, by=user, typed=True)
    Pen.take_up(Presence.objects.get(sitting=presence.sitting), by=user)


def test_stories_are_sent_for_review_and_the_others_named_with_the_reason(client, editor):
    one, two = make_article(headline="One"), make_article(headline="Two")
    already = in_review(editor, headline="Already")
    busy = make_article(headline="Busy")
    writes(make_user(name="Rita Writer"), busy)

    response = post(client, "submit", one, two, already, busy)

    assert standings(one, two, already, busy) == ["review", "review", "review", "writing"]
    assert said(response) == (
        "2 stories are sent for review. Skipped: “Already”–It is “In review”. “Busy”–Rita Writer is writing in it now."
    )
    assert [row.actor for row in Activity.objects.filter(verb="submitted", subject_id__in=[one.pk, two.pk])] == [
        editor,
        editor,
    ]


def test_what_has_nothing_new_for_a_reviewer_is_skipped(client, editor):
    live, changed = make_article(headline="Live", published_at=YESTERDAY), make_article(published_at=YESTERDAY)
    changed.revise(make_text(headline="Changed"), revision=changed.draft, by=editor)

    told = said(post(client, "submit", live, changed))

    live.refresh_from_db()
    assert told == "“Changed” is sent for review. Skipped: “Live”–It is “Live”, and has no newer text."
    assert live.stage == "writing"


def test_one_story_is_named(client, editor):
    assert said(post(client, "submit", make_article(headline="One"))) == "“One” is sent for review."


def test_ones_own_open_page_hinders_nothing(client, editor):
    article = make_article()
    writes(editor, article)

    post(client, "submit", article)

    assert standings(article) == ["review"]


def test_every_deed_does_what_its_button_says(client, editor):
    rita, culture = make_user(name="Rita Writer"), make_section("Culture")
    article, binned = make_article(headline="Story"), make_article(headline="Binned")
    binned.spike(by=editor)

    told = [
        said(post(client, "assign", article, assignee=rita.pk)),
        said(post(client, "file", article, section=culture.pk)),
        said(post(client, "mark_ready", article)),
        said(post(client, "spike", article)),
        said(post(client, "restore", binned, place="bin")),
    ]

    article.refresh_from_db()
    assert told == [
        "“Story” is given to Rita Writer.",
        "“Story” is moved to Culture.",
        "“Story” is marked ready.",
        "“Story” is put into the bin.",
        "“Binned” is brought back.",
    ]
    assert (article.assignee, article.section, article.stage, article.is_in_bin) == (rita, culture, "ready", True)
    assert standings(binned) == ["writing"]


def test_a_double_post_does_nothing_twice(client, editor):
    rita = make_user(name="Rita Writer")
    stories = [make_article(headline="One"), make_article(headline="Two")]
    section = {"section": make_section("Culture").pk}
    for do, more in [
        ("assign", {"assignee": rita.pk}),
        ("file", section),
        ("submit", {}),
        ("mark_ready", {}),
        ("spike", {}),
        ("restore", {}),
    ]:
        post(client, do, *stories, **more)
        before = walk.state()
        again = said(post(client, do, *stories, **more))

        assert again.startswith("No stories are"), do
        assert "“One”–" in again
        assert walk.changes(before) == {}, do


def test_spiking_says_why_what_readers_know_stays(client, editor, now):
    live = make_article(headline="Live", published_at=YESTERDAY)
    ahead = make_article(headline="Ahead", published_at=TOMORROW)
    withdrawn = make_article(headline="Withdrawn", published_at=YESTERDAY)
    withdrawn.withdraw(by=editor, note="Why")

    told = said(post(client, "spike", live, ahead, withdrawn))

    assert "“Live”–Readers see this story. Withdraw it instead" in told
    assert "“Ahead”–This story is scheduled. Unschedule it first." in told
    assert "“Withdrawn”–Readers have seen this story" in told
    assert standings(live, ahead, withdrawn) == ["live", "scheduled", "withdrawn"]


def test_nothing_is_done_to_what_is_in_the_bin_but_bringing_it_back(client, editor):
    binned = make_article(headline="Binned")
    binned.spike(by=editor)
    before = walk.state()

    told = [
        said(post(client, do, binned, assignee=editor.pk, section=make_section().pk))
        for do in ("assign", "file", "submit", "mark_ready")
    ]

    assert ["“Binned”–It is in the bin." in each for each in told] == [True] * 4
    assert walk.changes(before) == {}


def test_what_one_may_not_do_is_skipped_and_what_one_may_not_see_is_not_named(client):
    reporter = signed_in(client, REPORTER)
    editor = make_user()
    own = make_article(headline="Own", by=reporter)
    others = in_review(editor, headline="Others")
    hidden = make_article(headline="Hidden")

    response = post(client, "spike", own, others, hidden)

    assert standings(own, others, hidden) == ["spiked", "review", "writing"]
    assert said(response) == (
        "“Own” is put into the bin. Skipped: “Others”–You may not do this with it. "
        "1 story is not in your lists any more."
    )


@pytest.mark.parametrize("do", ["submit", "mark_ready", "assign", "file", "spike", "restore"])
def test_nobody_goes_further_with_many_than_with_one(client, do):
    """A copy editor spikes nothing of others, a reporter marks nothing ready: a refusal changes nothing at all."""
    editor = make_user()
    ours = {"writing": make_article(), "review": in_review(editor), "live": make_article(published_at=YESTERDAY)}
    binned = in_review(editor)
    binned.spike(by=editor)
    signed_in(client, REPORTER)
    before = walk.state()

    response = post(client, do, *ours.values(), binned, assignee=editor.pk, section=make_section("Culture").pk)

    made = {"articles.section"}
    assert walk.changes(before).keys() <= made
    assert said(response).startswith("No stories are")


def test_a_copy_editor_spikes_and_restores_only_their_own(client):
    copy_editor, editor = signed_in(client, COPY_EDITOR), make_user()
    own, others = make_article(by=copy_editor), make_article()
    binned = make_article()
    binned.spike(by=editor)

    post(client, "spike", own, others)
    post(client, "restore", own, binned)

    assert standings(own, others, binned) == ["writing", "writing", "spiked"]


def test_who_edits_nothing_is_offered_nothing_and_refused(client):
    signed_in(client, PRODUCER)
    article = in_review(make_user())
    before = walk.state()

    page = client.get(LIST).content.decode()

    assert "data-choose" not in page
    assert post(client, "spike", article).status_code == 403
    assert walk.changes(before) == {}


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (REPORTER, ["submit", "assign", "file", "spike"]),
        (COPY_EDITOR, ["submit", "mark_ready", "assign", "file", "spike"]),
    ],
)
def test_the_bar_offers_what_a_role_can_do(client, role, offered):
    person = signed_in(client, role)
    make_article(by=person)

    assert [name for name, _, _ in client.get(LIST).context["deeds"]] == offered


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Press one of the buttons"),
        ({"do": "publish", "story": "1"}, "Press one of the buttons"),
        ({"do": "delete_selected", "_selected_action": "1", "post": "yes"}, "Press one of the buttons"),
        ({"do": "spike"}, "tick the stories first"),
        ({"do": "spike", "story": ["x", "-1", "1.5", "\0", "²", "9" * 30]}, "tick the stories first"),
        ({"do": "spike", "story": [str(number) for number in range(1, 300)]}, "tick the stories first"),
        ({"do": "spike", "story": "999999999999999999"}, "1 story is not in your lists any more"),
        ({"do": "assign", "story": "1"}, "Choose who is to have them"),
        ({"do": "assign", "story": "1", "assignee": "9" * 40}, "Choose somebody who works here"),
        ({"do": "assign", "story": "1", "assignee": "1\0"}, "Null characters are not allowed"),
        ({"do": "file", "story": "1", "section": "nowhere"}, "There is no such section"),
        ({"restore": "x"}, "tick the stories first"),
    ],
)
def test_nothing_sent_breaks_it_and_nothing_is_done(client, editor, sent, sentence):
    make_article()
    before = walk.state()

    response = client.post(BULK, sent)

    assert (response.status_code, response.headers["Location"]) == (302, LIST)
    assert sentence in said(response)
    assert walk.changes(before) == {}


def test_somebody_whose_account_is_shut_is_given_nothing(client, editor):
    gone = make_user(name="Gone")
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    article = make_article()

    assert "Choose somebody who works here" in said(post(client, "assign", article, assignee=gone.pk))
    assert Article.objects.get().assignee is None


@pytest.mark.parametrize(
    ("place", "asked", "location"),
    [
        ("list", "where=review&q=caf%C3%A9&p=2", f"{LIST}?where=review&q=caf%C3%A9&p=2"),
        ("bin", "q=x", f"{BIN}?q=x"),
        ("//evil.example", "//evil.example", f"{LIST}?%2F%2Fevil.example="),
        ("list", "a=b\r\nSet-Cookie: x=y", f"{LIST}?a=b%0D%0ASet-Cookie%3A+x%3Dy"),
    ],
)
def test_the_list_comes_back_as_it_was_asked(client, editor, place, asked, location):
    assert post(client, "spike", place=place, asked=asked).headers["Location"] == location


def test_the_button_beside_one_story_of_the_bin_brings_back_that_one(client, editor):
    one, other = make_article(headline="One"), make_article(headline="Other")
    for article in (one, other):
        article.spike(by=editor)

    response = client.post(BULK, {"restore": one.pk, "story": [other.pk], "place": "bin"})

    assert standings(one, other) == ["writing", "spiked"]
    assert (said(response), response.headers["Location"]) == ("“One” is brought back.", BIN)


def test_only_ticked_boxes_count_whatever_else_is_asked_for(client, editor):
    """Django's own lists take “all 20,000 of them” from a form; this one takes what somebody has seen."""
    ticked, others = make_article(), [make_article(), make_article()]

    post(client, "spike", ticked, select_across="1", index="0", _selected_action=[story.pk for story in others])

    assert standings(ticked, *others) == ["spiked", "writing", "writing"]


def test_a_headline_is_never_markup(client, editor):
    article = make_article(headline="<script>alert(1)</script>")

    page = client.post(BULK, {"do": "spike", "story": article.pk}, follow=True).content.decode()

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_finding_the_stories_costs_the_same_for_one_and_three(client, editor):
    """What each verb costs comes on top, and is nothing for what is skipped."""
    costs = []
    for number in (1, 3):
        stories = [in_review(editor) for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            post(client, "submit", *stories)
        costs.append(len([query for query in queries if "articles_article" in query["sql"]]))

    assert costs[0] == costs[1]


def test_the_address_is_the_one_the_list_names():
    assert reverse("admin:articles_article_bulk") == BULK
