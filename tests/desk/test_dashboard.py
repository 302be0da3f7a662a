"""What somebody sees first: what waits for them, what comes next, and what readers have just got."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.kinds import Change
from articles.models import Article
from articles.notes import Note
from desk.receipts import Receipt
from newsroom.roles import COMMENTARY_EDITOR, COPY_EDITOR, EDITOR, PRODUCER, REPORTER
from tests.desk.conftest import signed_in
from tests.make import NOW, TOMORROW, YESTERDAY, make_article, make_text, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
HOUR = timedelta(hours=1)


def blocks(response):
    return {block.title: block for column in response.context["columns"] for block in column}


def shown(response, title):
    return [str(getattr(row, "article", row)) for row in blocks(response)[title].shown]


def desk(client):
    return client.get("/admin/")


def text(response):
    return " ".join(response.content.decode().split())


def test_each_role_has_the_blocks_it_can_do_something_with(client):
    titles = {}
    for role in (REPORTER, COPY_EDITOR, COMMENTARY_EDITOR, PRODUCER, EDITOR):
        signed_in(client, role)
        titles[role] = list(blocks(desk(client)))

    readers = ["Live in the last 24 hours", "Scheduled next", "Corrections this week"]
    everybody = ["Waiting for you", "In review", "Mine", *readers]
    with_guests = ["Waiting for you", "In review", "Guest commentary", "Mine", *readers]
    assert titles == dict.fromkeys(titles, everybody) | {
        PRODUCER: ["Waiting for you", "In review", *readers],
        COMMENTARY_EDITOR: with_guests,
        EDITOR: with_guests,
    }


def test_an_empty_desk_says_what_will_stand_where(client, editor):
    page = text(desk(client))

    assert [bool(block.shown) for block in blocks(desk(client)).values()] == [False] * 7
    assert "Nothing. What is sent back or given to you, or is ready for you to publish, stands here." in page
    assert "No story waits for an editor." in page
    assert "Begin one with Write." in page
    assert "Nothing has changed for readers in the last 24 hours." in page


def test_what_was_sent_back_waits_for_its_writer_with_the_reason(client, reporter):
    editor = make_user(name="Edda Editor")
    for headline in ("Sent back", "Sent back, handed in again", "Never handed in"):
        article = make_article(headline=headline, by=reporter)
        if headline != "Never handed in":
            article.submit(by=reporter)
            article.send_back(by=editor, note="Whose <figure> is that?")
        if "again" in headline:
            article.submit(by=reporter)
    others = make_article(headline="A colleague's", by=make_user(role=REPORTER))
    others.submit(by=editor)
    others.send_back(by=editor, note="No.")

    response = desk(client)

    assert shown(response, "Waiting for you") == ["Sent back"]
    assert "Sent back by Edda Editor: <q>Whose &lt;figure&gt; is that?</q>" in text(response)


def test_changes_of_a_live_story_wait_for_their_writer_when_they_are_sent_back(client, reporter):
    article = make_article(by=reporter, published_at=YESTERDAY)
    article.revise(make_text(headline="Changed"), revision=article.draft, by=reporter)
    article.submit(by=reporter)
    article.send_back(by=make_user(), note="Why?")

    assert shown(desk(client), "Waiting for you") == ["Changed"]


def test_a_published_story_does_not_wait_although_it_was_once_sent_back(client, reporter):
    article = make_article(by=reporter)
    article.submit(by=reporter)
    article.send_back(by=make_user(), note="Why?")
    article.publish(revision=article.draft, by=make_user())

    assert shown(desk(client), "Waiting for you") == []


def test_what_is_given_to_an_editor_to_read_waits_for_them(client, editor):
    given = make_article(headline="Given")
    given.submit(by=make_user())
    given.classify(by=editor, assignee=editor)
    make_article(headline="Anybody's").submit(by=make_user())

    response = desk(client)

    assert shown(response, "Waiting for you") == ["Given"]
    assert set(shown(response, "In review")) == {"Given", "Anybody's"}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (EDITOR, {"Ready", "Ready commentary", "Ready changes"}),
        (PRODUCER, {"Ready", "Ready commentary"}),
        (COMMENTARY_EDITOR, {"Ready commentary"}),
        (COPY_EDITOR, set()),
        (REPORTER, set()),
    ],
)
def test_what_is_ready_waits_for_those_who_may_put_it_out(client, role, expected):
    signed_in(client, role)
    editor = make_user()
    make_article(headline="Ready").mark_ready(by=editor)
    make_article(headline="Ready commentary", kind="commentary").mark_ready(by=editor)
    live = make_article(published_at=YESTERDAY)
    live.revise(make_text(headline="Ready changes"), revision=live.draft, by=editor)
    live.mark_ready(by=editor)
    spiked = make_article(headline="Spiked")
    spiked.mark_ready(by=editor)
    spiked.spike(by=editor)

    assert set(shown(desk(client), "Waiting for you")) == expected


def test_in_review_says_since_when_and_an_edit_does_not_make_it_younger(client, editor):
    young = make_article(headline="Young")
    young.submit(by=make_user(name="Yan"), at=NOW - HOUR)
    old = make_article(headline="Old")
    old.submit(by=make_user(name="Olga"), at=NOW - 3 * 24 * HOUR)
    old.revise(make_text(headline="Old, touched"), revision=old.draft, by=editor)

    response = desk(client)

    assert shown(response, "In review") == ["Old, touched", "Young"]
    assert "for <time" in text(response)
    ages = [page.split("</time>")[0].split(">")[-1] for page in text(response).split('line__age">for ')[1:]]
    assert ages == ["3 days", "1 hour"]
    assert "from Olga" in text(response)


def test_a_story_handed_in_twice_is_as_old_as_the_second_time(client, editor):
    article = make_article()
    article.submit(by=editor, at=NOW - 48 * HOUR)
    article.send_back(by=editor, note="?", at=NOW - 5 * HOUR)
    article.submit(by=editor, at=NOW - 2 * HOUR)

    assert Article.objects.in_review().get().submitted_at == NOW - 2 * HOUR


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (REPORTER, {"Own"}),
        (COPY_EDITOR, {"Own", "Other", "Commentary"}),
        (COMMENTARY_EDITOR, {"Commentary"}),
        (PRODUCER, {"Own", "Other", "Commentary"}),
    ],
)
def test_in_review_is_what_one_reads_or_ones_own(client, role, expected):
    user = signed_in(client, role)
    writer = user if role == REPORTER else make_user()
    make_article(headline="Own", by=writer).submit(by=writer)
    make_article(headline="Other").submit(by=make_user())
    make_article(headline="Commentary", kind="commentary").submit(by=make_user())

    assert set(shown(desk(client), "In review")) == expected


def test_mine_begins_with_what_is_not_finished(client, reporter):
    make_article(headline="Unfinished", by=reporter, at=NOW - 30 * 24 * HOUR)
    make_article(headline="Live", by=reporter, published_at=YESTERDAY)
    make_article(headline="Spiked", by=reporter).spike(by=reporter)
    make_article(headline="A colleague's")

    assert shown(desk(client), "Mine") == ["Unfinished", "Live"]


def test_scheduled_next_holds_stories_and_planned_updates_soonest_first(client, reporter):
    editor = make_user()
    make_article(headline="In two days", published_at=TOMORROW + 24 * HOUR)
    live = make_article(headline="Live", published_at=YESTERDAY)
    live.revise(make_text(headline="New text"), revision=live.draft, by=editor)
    live.plan(revision=live.draft, by=editor, at=TOMORROW, change=Change.UPDATE)
    make_article(headline="In an hour", published_at=NOW + HOUR)

    response = desk(client)

    assert shown(response, "Scheduled next") == ["In an hour", "New text", "In two days"]
    assert [row.due_at for row in blocks(response)["Scheduled next"].shown] == [
        NOW + HOUR,
        TOMORROW,
        TOMORROW + 24 * HOUR,
    ]


def test_corrections_of_a_week_stand_with_their_words(client, reporter):
    editor = make_user(name="Edda Editor")

    def corrected(headline, at):
        article = make_article(headline=headline, published_at=NOW - 30 * 24 * HOUR)
        article.revise(make_text(headline=f"{headline}, corrected"), revision=article.draft, by=editor)
        note = Note("It was 34, not 43.", "minor")
        article.publish(revision=article.draft, by=editor, at=at, change=Change.CORRECTION, note=note)

    corrected("Eight days ago", NOW - 8 * 24 * HOUR)
    corrected("Yesterday's", YESTERDAY)

    response = desk(client)

    assert shown(response, "Corrections this week") == ["Yesterday's, corrected"]
    assert "Correction: It was 34, not 43." in text(response)


def told(response):
    return [(str(row.article), row.what, row.reading) for row in blocks(response)["Live in the last 24 hours"].shown]


def test_what_readers_got_lately_stands_with_its_receipt(client, reporter, at_once):
    well = make_article(headline="Well", published_at=NOW)
    bad = make_article(headline="Bad", published_at=NOW)
    receipt = Receipt.objects.filter(article=bad).first()
    receipt.surfaces[0]["trouble"] = "It is not there."
    receipt.is_well = False
    receipt.save()
    make_article(headline="Long ago", published_at=NOW - 48 * HOUR)
    make_article(headline="To come", published_at=TOMORROW)
    make_article(headline="Draft")

    response = desk(client)

    assert [(name, what, reading.receipt.is_well) for name, what, reading in told(response)] == [
        ("Bad", "Published", False),
        ("Well", "Published", True),
    ]
    assert f"{len(receipt.surfaces)} places show it" in text(response)
    assert f"1 of {len(receipt.surfaces)} places do not show it" in text(response)
    assert f"/admin/articles/article/{well.pk}/receipt/" in text(response)


def test_a_reading_that_is_due_is_told_from_one_that_is_late(client, reporter):
    make_article(published_at=NOW)

    assert "Reading the site" in text(desk(client))
    with time_machine.travel(NOW + HOUR, tick=False):
        assert "Not read" in text(desk(client))
    with time_machine.travel(NOW + 25 * HOUR, tick=False):
        assert told(desk(client)) == []


def test_each_story_stands_once_with_its_last_change(client, reporter, at_once):
    editor = make_user()
    article = make_article(headline="First", published_at=NOW)
    article.revise(make_text(headline="Second"), revision=article.draft, by=editor)
    article.publish(revision=article.draft, by=editor, change=Change.TYPO)
    assert [(name, what) for name, what, _ in told(desk(client))] == [("Second", "Typo mended")]

    article.withdraw(by=editor, note="Wrong.")

    assert [(name, what) for name, what, _ in told(desk(client))] == [("Second", "Withdrawn")]


@pytest.mark.parametrize("role", [REPORTER, PRODUCER, EDITOR])
def test_every_list_is_short_and_leads_to_the_whole(client, role):
    user, editor = signed_in(client, role, name="Nell Ashworth"), make_user()
    for number in range(6):
        article = make_article(by=user, headline=f"Ready {number}")
        article.mark_ready(by=editor)
        make_article(by=user, headline=f"Review {number}").submit(by=user)
        make_article(by=user, headline=f"Live {number}", published_at=NOW)
        make_article(by=user, headline=f"Later {number}", published_at=TOMORROW)

    found = blocks(desk(client))

    assert {len(block.shown) for block in found.values()} <= {0, 5}
    for title in ("In review", "Scheduled next", "Live in the last 24 hours"):
        listed = client.get(found[title].more).context["cl"].result_list
        assert {getattr(row, "article", row) for row in found[title].shown} <= set(listed)
        assert len(listed) == 6


def test_the_list_of_those_in_review_holds_changes_of_live_stories_too(client, editor):
    article = make_article(published_at=YESTERDAY)
    article.revise(make_text(headline="Changed"), revision=article.draft, by=editor)
    article.submit(by=editor)

    assert shown(desk(client), "In review") == ["Changed"]
    assert list(client.get("/admin/articles/article/?where=review").context["cl"].result_list) == [article]


def test_a_reporter_is_shown_nothing_of_a_colleagues_draft(client, reporter):
    hidden = make_article(headline="Hidden")
    hidden.submit(by=make_user())
    hidden.send_back(by=make_user(), note="Hidden note")

    assert "Hidden" not in text(desk(client))


@pytest.mark.parametrize(("role", "few", "many"), [(REPORTER, 1, 6), (PRODUCER, 1, 6), (EDITOR, 5, 50)])
def test_the_dashboard_asks_as_much_for_many_of_everything_as_for_few(client, role, few, many):
    user, editor = signed_in(client, role), make_user()

    def have(number):
        for _ in range(number):
            make_article(by=user).submit(by=user)
            make_article(by=user).mark_ready(by=editor)
            make_article(by=user, published_at=TOMORROW)
            live = make_article(by=user, published_at=NOW)
            live.revise(make_text(headline="Corrected"), revision=live.draft, by=editor)
            live.publish(revision=live.draft, by=editor, change=Change.CORRECTION, note=Note("34, not 43.", "minor"))
            live.submit(by=user)
            live.send_back(by=editor, note="?")

    def cost():
        with CaptureQueriesContext(connection) as queries:
            desk(client)
        return len(queries)

    have(few)
    before = cost()
    have(many - few)

    assert cost() == before
