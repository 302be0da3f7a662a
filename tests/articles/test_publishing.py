"""What the verbs of a story do, and what they refuse."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts.models import Activity
from articles.kinds import Change
from articles.models import Article
from articles.states import MoveRefused, NotReady
from tests.make import NOW, TOMORROW, YESTERDAY, make_article, make_section, make_text, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def facts(article):
    """Everything a refused verb must leave alone."""
    article.refresh_from_db()
    return Article.objects.filter(pk=article.pk).values().get(), Activity.objects.count()


def test_publish_shows_the_text_and_resets_the_stage():
    editor = make_user()
    article = make_article()
    article.mark_ready(by=editor)

    article.publish(revision=article.draft, by=editor)

    assert (article.status, article.stage, article.live, article.published_at, article.updated_at) == (
        "published",
        "writing",
        article.draft,
        NOW,
        None,
    )
    assert list(Article.objects.published()) == [article]
    assert article.get_absolute_url() == "/2026/09/14/hospitals-agree-on-a-price/"
    assert Activity.objects.about(article).first().verb == "published"


def test_publish_seals_the_text():
    article = make_article(published_at=NOW)

    assert article.live.sealed_at is not None


def test_publish_names_every_problem_at_once():
    article = Article.begin(make_text(headline="", summary="", body="<p> </p>", bylines=()), by=make_user())
    before = facts(article)

    with pytest.raises(NotReady) as refused:
        article.publish(revision=article.draft, by=make_user())

    assert refused.value.problems == [
        "The story has no headline. Write one.",
        "The story has no summary. Write the “In summary” box, or say why it has none.",
        "The story has no text. Write the body.",
        "The story is in no section. Choose one.",
        "The story has no byline. Name at least one author.",
    ]
    assert facts(article) == before


def test_publish_without_a_summary_keeps_the_reason():
    article = make_article(summary="")

    article.publish(revision=article.draft, by=make_user(), without_summary="Breaking; one line so far.")

    assert Activity.objects.about(article).first().note == "Breaking; one line so far."


def test_publish_refuses_a_text_that_has_moved():
    editor = make_user()
    article = make_article()
    seen = article.draft
    article.revise(make_text(headline="Another headline"), revision=seen, by=editor)
    before = facts(article)

    with pytest.raises(MoveRefused, match="has saved a newer text"):
        article.publish(revision=seen, by=editor)

    assert facts(article) == before


def test_publish_refuses_an_unsealed_text_saved_again_in_its_own_row():
    editor = make_user()
    article = make_article()
    seen = article.revise(make_text(headline="First"), revision=article.draft, by=editor, autosave=True)
    article.revise(make_text(headline="Second"), revision=seen, by=editor, autosave=True)

    with pytest.raises(MoveRefused, match="has saved a newer text"):
        article.publish(revision=seen, by=editor)


def test_publish_twice_is_refused_the_second_time():
    article = make_article(published_at=YESTERDAY)
    before = facts(article)

    with pytest.raises(MoveRefused, match="already published"):
        article.publish(revision=article.draft, by=make_user())

    assert facts(article) == before


def test_a_scheduled_story_appears_by_the_clock_alone():
    article = make_article(published_at=TOMORROW)

    assert (article.state_label, list(Article.objects.published())) == ("Scheduled", [])
    with time_machine.travel(TOMORROW - timedelta(seconds=1), tick=False):
        assert list(Article.objects.published()) == []
    with time_machine.travel(TOMORROW, tick=False):
        assert (article.is_public, list(Article.objects.published())) == (True, [article])


def test_unschedule_gives_the_address_back():
    article = make_article(published_at=TOMORROW)

    article.unschedule(by=make_user())

    assert (article.status, article.stage, article.live, article.get_absolute_url()) == (
        "unpublished",
        "ready",
        None,
        "",
    )


def test_unschedule_refuses_what_readers_see():
    article = make_article(published_at=YESTERDAY)

    with pytest.raises(MoveRefused, match="not scheduled"):
        article.unschedule(by=make_user())


def test_an_edit_beside_a_live_story_is_not_seen_by_readers():
    article = make_article(published_at=YESTERDAY)
    live = article.live

    article.revise(make_text(headline="Half a sente"), revision=article.draft, by=make_user())
    article.submit(by=make_user())

    assert (article.live, article.live.headline, article.state_label) == (
        live,
        live.headline,
        "Live · changes in review",
    )


@pytest.mark.parametrize(("change", "updated_at"), [(Change.TYPO, None), (Change.UPDATE, NOW)])
def test_only_an_update_moves_the_date_readers_see(change, updated_at):
    article = make_article(published_at=YESTERDAY)
    article.revise(make_text(headline="Hospitals agree on prices"), revision=article.draft, by=make_user())

    article.publish(revision=article.draft, by=make_user(), change=change)

    assert (article.published_at, article.updated_at, article.live.headline) == (
        YESTERDAY,
        updated_at,
        "Hospitals agree on prices",
    )


def test_withdraw_and_reinstate():
    article = make_article(published_at=YESTERDAY)

    article.withdraw(by=make_user(), note="We could not confirm it.")

    assert (article.status, article.withdrawal_note, list(Article.objects.published())) == (
        "withdrawn",
        "We could not confirm it.",
        [],
    )

    article.reinstate(by=make_user())

    assert (article.published_at, article.withdrawal_note, list(Article.objects.published())) == (
        YESTERDAY,
        "",
        [article],
    )


def test_withdraw_needs_a_note():
    article = make_article(published_at=YESTERDAY)

    with pytest.raises(MoveRefused, match="Write a note"):
        article.withdraw(by=make_user(), note="  ")


VERBS = {
    "publish": lambda article, by: article.publish(revision=article.draft, by=by),
    "unschedule": lambda article, by: article.unschedule(by=by),
    "withdraw": lambda article, by: article.withdraw(by=by, note="Why"),
    "retract": lambda article, by: article.retract(by=by, note="Why"),
    "reinstate": lambda article, by: article.reinstate(by=by),
    "spike": lambda article, by: article.spike(by=by),
    "restore": lambda article, by: article.restore(by=by),
}


def unpublished():
    return make_article()


def scheduled():
    return make_article(published_at=TOMORROW)


def live():
    return make_article(published_at=YESTERDAY)


def withdrawn():
    article = live()
    article.withdraw(by=make_user(), note="Why")
    return article


def retracted():
    article = live()
    article.retract(by=make_user(), note="Why")
    return article


def spiked():
    article = make_article()
    article.spike(by=make_user())
    return article


ALLOWED = {
    unpublished: {"publish": "published", "spike": "spiked"},
    scheduled: {"publish": "published", "unschedule": "unpublished"},
    live: {"withdraw": "withdrawn", "retract": "withdrawn"},
    withdrawn: {"reinstate": "published", "retract": "withdrawn"},
    retracted: {},
    spiked: {"restore": "unpublished"},
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("start", ALLOWED)
def test_every_verb_from_every_status(start, verb):
    article = start()
    before = facts(article)

    if verb in ALLOWED[start]:
        VERBS[verb](article, make_user())
        assert article.status == ALLOWED[start][verb]
    else:
        with pytest.raises(MoveRefused):
            VERBS[verb](article, make_user())
        assert facts(article) == before


def test_a_story_that_is_public_cannot_be_half_there():
    article = make_article(published_at=YESTERDAY)

    for column in ["live", "section", "published_at", "first_published_on"]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Article.objects.filter(pk=article.pk).update(**{column: None})


def test_embargo_holds_against_publishing_and_against_the_database():
    article = make_article()
    article.classify(embargo_until=TOMORROW, by=make_user())

    with pytest.raises(NotReady, match="under embargo"):
        article.publish(revision=article.draft, by=make_user())
    article.publish(revision=article.draft, by=make_user(), at=TOMORROW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(published_at=NOW)


def test_two_stories_of_one_headline_get_two_addresses():
    first, second = make_article(published_at=NOW), make_article(published_at=NOW)

    assert [first.slug, second.slug] == ["hospitals-agree-on-a-price", "hospitals-agree-on-a-price-2"]


def test_the_date_in_the_address_is_the_newsrooms():
    late = make_article(published_at=NOW.replace(hour=3))

    assert late.get_absolute_url() == "/2026/09/13/hospitals-agree-on-a-price/"


def test_a_new_slug_redirects_only_where_readers_knew_the_old_one():
    draft, public = make_article(slug="draft"), make_article(published_at=YESTERDAY, slug="old")

    draft.classify(slug="still-draft", by=make_user())
    public.classify(slug="new", by=make_user())

    assert [past.path for past in public.past_addresses.all()] == ["/2026/09/13/old/"]
    assert (draft.past_addresses.count(), public.get_absolute_url()) == (0, "/2026/09/13/new/")


def test_an_old_address_never_becomes_another_storys():
    make_article(published_at=YESTERDAY, slug="old").classify(slug="new", by=make_user())

    later = make_article(published_at=YESTERDAY, slug="old")

    assert later.slug == "old-2"


def test_a_published_story_keeps_a_section():
    article = make_article(published_at=YESTERDAY)

    with pytest.raises(MoveRefused, match="Choose one"):
        article.classify(section=None, by=make_user())


def test_classify_tells_what_changed():
    article = make_article()
    section = make_section("Water")

    article.classify(section=section, kind="analysis", slug="", by=make_user())

    assert (article.section, article.kind) == (section, "analysis")
    assert Activity.objects.about(article).first().details == {"changed": ["kind", "section"]}


def test_stages_move_as_the_table_says():
    editor = make_user()
    article = make_article()

    article.submit(by=editor)
    with pytest.raises(MoveRefused):
        article.submit(by=editor)
    article.send_back(by=editor, note="Call the agency.")
    assert Activity.objects.about(article).first().note == "Call the agency."
    article.mark_ready(by=editor)

    assert article.stage == "ready"
