"""A date to come, an end, a text that waits: what the clock does and what it never does."""

from datetime import timedelta

import pytest
import time_machine
from django_tasks_db.models import DBTaskResult

from accounts.models import Activity
from articles.kinds import Change
from articles.models import Article, Correction, PlannedUpdate
from articles.models.announcing import announce, overdue, recheck_schedules
from articles.models.telling import tell_changed
from articles.notes import Note
from articles.signals import article_changed
from articles.states import MoveRefused, NotReady
from tests.images.make import make_image
from tests.make import NOW, TOMORROW, YESTERDAY, make_article, make_text, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

SOON = NOW + timedelta(hours=1)
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def told():
    """Run what the worker would run, and answer with what listeners heard."""
    heard = []

    def listen(article, verb, **signal):
        heard.append((article.pk, verb))

    def run():
        for result in DBTaskResult.objects.filter(task_path=tell_changed.module_path).order_by("enqueued_at"):
            tell_changed.func(*result.args_kwargs["args"])
        return heard

    article_changed.connect(listen)
    yield run
    article_changed.disconnect(listen)


def planned(at=SOON, headline="Hospitals agree on two prices", **answers):
    """A live story with a newer text that waits."""
    article = make_article(published_at=YESTERDAY)
    article.revise(make_text(headline=headline), revision=article.draft, by=make_user())
    article.plan(revision=article.draft, by=make_user(name="Edda Editor"), at=at, **answers)
    return article


def verbs(article):
    return list(Activity.objects.about(article).order_by("pk").values_list("verb", flat=True))


def test_a_planned_update_pins_its_text():
    article = planned()
    pinned = article.draft

    article.revise(make_text(headline="Typed after that"), revision=pinned, by=make_user())
    with time_machine.travel(SOON, tick=False):
        announce()

    article.refresh_from_db()
    assert (article.live, article.draft.headline, article.updated_at) == (pinned, "Typed after that", SOON)
    assert verbs(article)[-2:] == ["planned an update", "published"]


def test_a_planned_update_is_never_early_and_happens_once():
    article = planned()
    old = article.live

    with time_machine.travel(SOON - timedelta(seconds=1), tick=False):
        announce()
        article.refresh_from_db()
        early = article.live
    with time_machine.travel(SOON + timedelta(seconds=5), tick=False):
        plan = PlannedUpdate.objects.get()
        announce()
        article.fold(plan)
        announce()

    assert (early, article.live.headline, verbs(article).count("published")) == (
        old,
        "Hospitals agree on two prices",
        2,
    )


def test_a_planned_correction_is_dated_by_its_plan():
    planned(change=Change.CORRECTION, note=Note("There are two prices.", "major"))

    with time_machine.travel(SOON + timedelta(seconds=9), tick=False):
        announce()

    correction = Correction.objects.get()
    assert (correction.note, correction.severity, correction.made_at, correction.made_by_name) == (
        "There are two prices.",
        "major",
        SOON,
        "Edda Editor",
    )


def test_a_planned_typo_moves_no_date():
    article = planned(change=Change.TYPO)

    with time_machine.travel(SOON, tick=False):
        announce()

    article.refresh_from_db()
    assert (article.updated_at, article.live.headline) == (None, "Hospitals agree on two prices")


def test_publishing_a_newer_text_drops_the_plan():
    article = planned()
    article.revise(make_text(headline="The newest"), revision=article.draft, by=make_user())

    article.publish(revision=article.draft, by=make_user())
    with time_machine.travel(LATER, tick=False):
        announce()

    article.refresh_from_db()
    assert (article.live.headline, PlannedUpdate.objects.count()) == ("The newest", 0)


def test_withdrawing_drops_the_plan():
    article = planned()

    article.withdraw(note="Wrong", by=make_user())

    assert PlannedUpdate.objects.count() == 0


def test_a_plan_whose_text_cannot_go_out_any_more_is_dropped_and_told():
    image = make_image(alt="A dam", credit="Ours")
    article = make_article(published_at=YESTERDAY)
    article.revise(make_text(lead_image=image), revision=article.draft, by=make_user())
    article.plan(revision=article.draft, by=make_user(), at=SOON)
    old = article.live

    image.describe(by=make_user(), decorative=False, alt="")
    with time_machine.travel(SOON, tick=False):
        announce()

    article.refresh_from_db()
    last = Activity.objects.about(article).order_by("-pk").first()
    assert (article.live, last.verb, "no alt text" in last.note) == (old, "dropped the planned update", True)


def test_a_plan_that_makes_no_sense_is_refused():
    editor = make_user()
    unpublished, scheduled, live = (
        make_article(),
        make_article(published_at=TOMORROW),
        make_article(published_at=YESTERDAY),
    )

    for article, at, sentence in [
        (unpublished, SOON, "Only a story that readers see"),
        (scheduled, SOON, "Only a story that readers see"),
        (live, NOW, "That moment has passed"),
        (live, SOON, "already published"),
    ]:
        with pytest.raises(MoveRefused, match=sentence):
            article.plan(revision=article.draft, by=editor, at=at)
    live.limit(until=SOON, by=editor)
    live.revise(make_text(headline="New"), revision=live.draft, by=editor)
    with pytest.raises(MoveRefused, match="ends before"):
        live.plan(revision=live.draft, by=editor, at=LATER)


def test_unplan_keeps_the_text_as_the_draft():
    article = planned()

    article.unplan(by=make_user())

    assert (article.draft.headline, article.state_label) == (
        "Hospitals agree on two prices",
        "Live · unpublished changes",
    )
    with pytest.raises(MoveRefused, match="No update"):
        article.unplan(by=make_user())


def test_the_desk_reads_that_an_update_is_planned():
    article = Article.objects.with_desk().get(pk=planned().pk)

    assert article.state_label == "Live · update planned"


def test_a_live_story_is_planned_and_not_published_for_a_moment_to_come():
    article = make_article(published_at=YESTERDAY)
    article.revise(make_text(headline="New"), revision=article.draft, by=make_user())

    with pytest.raises(MoveRefused, match="Plan the update"):
        article.publish(revision=article.draft, by=make_user(), at=SOON)


def test_a_story_ends_by_the_clock_and_comes_back_without_its_end():
    article, editor = make_article(published_at=YESTERDAY), make_user()

    article.limit(until=SOON, by=editor)
    with time_machine.travel(SOON, tick=False):
        article.refresh_from_db()
        ended = (article.is_public, article.standing, article.state_label, list(Article.objects.ended()))
        announce()
        announce()
        article.limit(until=None, by=editor)
        back = article.is_public

    assert (ended, back) == ((False, "ended", "Ended", [article]), True)
    assert verbs(article)[-3:] == ["set the end", "ended", "took the end away"]


@pytest.mark.parametrize(("until", "sentence"), [(NOW, "not in the past"), (YESTERDAY, "not in the past")])
def test_an_end_lies_ahead(until, sentence):
    with pytest.raises(MoveRefused, match=sentence):
        make_article(published_at=YESTERDAY).limit(until=until, by=make_user())


def test_only_what_is_out_or_dated_has_an_end():
    with pytest.raises(MoveRefused, match="published or scheduled"):
        make_article().limit(until=SOON, by=make_user())


def test_what_appears_is_announced_once(told):
    article = make_article(published_at=SOON)
    other = make_article(published_at=LATER)

    with time_machine.travel(SOON, tick=False):
        announce()
        announce()

    article.refresh_from_db()
    other.refresh_from_db()
    assert told().count((article.pk, "appeared")) == 1
    assert ((other.pk, "appeared") in told(), other.announced_at) == (False, None)
    assert (article.announced_at, article.live.went_live_at) == (SOON, SOON)
    assert verbs(article).count("appeared") == 1


def test_what_is_published_now_needs_no_announcement(told):
    article = make_article(published_at=NOW)

    announce()

    assert told() == [(article.pk, "published")]
    assert (article.announced_at, article.live.went_live_at) == (NOW, NOW)


def test_an_announcement_nobody_made_is_overdue_after_a_minute():
    make_article(published_at=SOON)
    planned(at=SOON)

    with time_machine.travel(SOON + timedelta(seconds=59), tick=False):
        in_time = overdue()
    with time_machine.travel(SOON + timedelta(seconds=61), tick=False):
        late = overdue()

    assert in_time == []
    assert late == [
        "Stories that have appeared: 1. No heartbeat has dealt with them.",
        "Planned updates that are due: 1. No heartbeat has dealt with them.",
    ]


def test_a_guard_that_breaks_unschedules():
    image = make_image(alt="A dam", credit="Ours")
    article = make_article(published_at=TOMORROW, lead_image=image)
    sound = make_article(published_at=TOMORROW)

    image.describe(by=make_user(), decorative=False, credit="")
    recheck_schedules()

    article.refresh_from_db()
    sound.refresh_from_db()
    assert (article.standing, sound.standing) == ("ready", "scheduled")
    assert "no credit" in Activity.objects.about(article).first().note


def test_an_embargo_cannot_be_set_on_a_live_story():
    article = make_article(published_at=YESTERDAY)

    with pytest.raises(MoveRefused, match="no embargo any more"):
        article.classify(embargo_until=YESTERDAY - timedelta(hours=1), by=make_user())


def test_publishing_before_the_embargo_is_refused_and_at_it_possible():
    article = make_article()
    article.classify(embargo_until=SOON, by=make_user())

    with pytest.raises(NotReady, match="under embargo"):
        article.publish(revision=article.draft, by=make_user())
    article.publish(revision=article.draft, by=make_user(), at=SOON)

    assert article.is_scheduled


def test_a_schedule_that_fires_is_no_conflict_for_the_next_save():
    article = make_article(published_at=SOON)
    opened = article.draft

    with time_machine.travel(SOON, tick=False):
        announce()
        saved = article.revise(make_text(headline="Typed on"), revision=opened, by=make_user())

    assert saved.headline == "Typed on"
