"""The bin: what goes in, what comes back and as what, and what leaves it for good. There is no other way to delete."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import PROTECT, RESTRICT, SET_NULL

from accounts import audit, sealing
from accounts.models import Activity
from articles.models import Article, Byline, PreviewLink, Revision, Wording, spiking
from articles.models.previews import Lasts
from articles.models.spiking import empty
from articles.states import KEPT_IN_BIN, AlreadySo, MoveRefused, StoryIsKept
from authors.models import Author
from images.models import Image
from images.uses import PictureInUse
from tests.articles.test_races import at_once
from tests.images.make import make_image
from tests.make import NOW, TOMORROW, YESTERDAY, make_article, make_section, make_text, make_user

DAY = timedelta(days=1)


def spiked(**fields):
    article = make_article(**fields)
    article.spike(by=make_user(name="Sam Spiker"))
    return article


def told(verb):
    return list(Activity.objects.filter(verb=verb).values_list("subject_name", flat=True))


# In and out


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("published_at", "sentence"),
    [
        (TOMORROW, "This story is scheduled. Unschedule it first."),
        (YESTERDAY, "Readers see this story. Withdraw it instead: what was published is never thrown away."),
    ],
)
def test_what_is_or_will_be_public_does_not_go_into_the_bin(now, published_at, sentence):
    article = make_article(published_at=published_at)

    with pytest.raises(MoveRefused) as refused:
        article.spike(by=make_user())

    assert (str(refused.value), article.is_in_bin) == (sentence, False)


@pytest.mark.django_db
def test_a_story_that_readers_saw_stays_out_whatever_the_clock_says(time_machine_at):
    """A clock set back makes a live story look scheduled; then it can be unscheduled, and has no live text."""
    article = make_article(published_at=NOW)
    time_machine_at(NOW - DAY)
    article.refresh_from_db()
    article.unschedule(by=make_user())

    with pytest.raises(MoveRefused, match="Readers have seen this story"):
        article.spike(by=make_user())

    assert article.was_seen_by_readers()


@pytest.mark.django_db
def test_a_second_click_finds_the_story_in_the_bin_already_and_out_of_it_already():
    article = spiked()

    with pytest.raises(AlreadySo, match="in the bin already"):
        article.spike(by=make_user())
    article.restore(by=make_user())
    with pytest.raises(AlreadySo, match="not in the bin"):
        article.restore(by=make_user())

    assert (len(told("spiked")), len(told("restored"))) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("stage", ["writing", "review", "ready"])
def test_a_story_comes_back_as_it_was(stage):
    article, editor = make_article(slug="a-slug"), make_user()
    if stage != "writing":
        article.submit(by=editor)
    if stage == "ready":
        article.mark_ready(by=editor)
    before = Article.objects.filter(pk=article.pk).values("stage", "status", "draft", "slug", "section", "spiked_at")
    as_it_was = before.get()
    article.spike(by=editor)

    article.restore(by=editor)

    assert (before.get(), article.stage) == (as_it_was, stage)


@pytest.mark.django_db
def test_words_saved_after_it_was_spiked_are_kept_and_have_to_be_read_again(time_machine_at):
    article, editor, writer = make_article(), make_user(), make_user()
    article.mark_ready(by=editor)
    seen = article.draft
    article.spike(by=editor)
    time_machine_at(NOW + timedelta(seconds=2))
    Article.objects.get(pk=article.pk).revise(make_text(headline="Last words"), revision=seen, by=writer, autosave=True)

    article.refresh_from_db()
    article.restore(by=editor)

    assert (article.draft.headline, article.stage, article.status) == ("Last words", "writing", "unpublished")


@pytest.mark.django_db
def test_nothing_is_done_to_a_story_in_the_bin(now):
    article, editor = spiked(published_at=None), make_user()
    first = article.draft
    acts = [
        lambda: article.submit(by=editor),
        lambda: article.mark_ready(by=editor),
        lambda: article.publish(revision=first, by=editor),
        lambda: article.publish(revision=first, by=editor, at=TOMORROW),
        lambda: article.plan(revision=first, by=editor, at=TOMORROW),
        lambda: article.restore_revision(first, draft=first, by=editor),
        lambda: PreviewLink.make(article, revision=None, lasts=Lasts.DAY, by=editor),
    ]

    for act in acts:
        with pytest.raises(MoveRefused):
            act()

    assert Activity.objects.about(article).first().verb == "spiked"


@pytest.mark.django_db
def test_the_days_left_count_from_ninety_to_none(time_machine_at):
    time_machine_at(NOW)
    article = spiked()

    left = {}
    for passed in (timedelta(0), timedelta(hours=1), DAY, 89 * DAY, 89.5 * DAY, 90 * DAY, 91 * DAY):
        time_machine_at(NOW + passed)
        left[passed / DAY] = article.days_left_in_bin

    assert list(left.values()) == [90, 90, 89, 1, 1, 0, 0]
    assert article.leaves_bin_at == NOW + KEPT_IN_BIN
    assert make_article().leaves_bin_at is None


@pytest.mark.django_db
def test_the_bin_names_who_put_a_story_there_last(django_assert_num_queries):
    article = spiked()
    article.restore(by=make_user())
    article.spike(by=make_user(name="Rita Second"))
    make_article()

    with django_assert_num_queries(1):
        found = list(Article.objects.in_bin())

    assert [(story, story.spiked_by, story.has_a_name) for story in found] == [(article, "Rita Second", False)]
    assert set(Article.objects.unspiked()) == set(Article.objects.all()) - {article}


# Out of it for good


@pytest.mark.django_db
def test_a_story_leaves_the_bin_after_ninety_days_with_all_its_texts(time_machine_at):
    article = spiked(headline="Forgotten", lead_image=make_image())
    link = {"made_at": NOW, "expires_at": TOMORROW, "made_by_name": "Ada"}
    PreviewLink.objects.create(article=article, token="t" * 24, revision=article.draft, **link)
    other = make_article(headline="Kept")

    time_machine_at(NOW + KEPT_IN_BIN - timedelta(seconds=1))
    empty()
    before = Article.objects.count()
    time_machine_at(NOW + KEPT_IN_BIN)
    empty()
    empty()

    assert (before, list(Article.objects.all())) == (2, [other])
    assert {row.article_id for row in Revision.objects.all()} == {other.pk}
    assert {row.revision.article_id for row in [*Byline.objects.all(), *Wording.objects.all()]} == {other.pk}
    assert not PreviewLink.objects.exists()
    assert (Author.objects.count(), Image.objects.count()) == (1, 1)
    assert told("deleted") == ["Forgotten"]


@pytest.mark.django_db
def test_the_log_tells_of_a_deleted_story_and_its_seals_hold(time_machine_at):
    article = spiked(headline="Forgotten")
    key = article.pk
    sealing.seal_waiting()
    time_machine_at(NOW + KEPT_IN_BIN)

    empty()
    sealing.seal_waiting()

    rows = Activity.objects.filter(subject_kind="articles.article", subject_id=key)
    row = rows.first()
    assert (row.verb, row.actor_name, row.subject_name) == ("deleted", "The clock", "Forgotten")
    assert row.details == {"spiked": NOW.isoformat(), "texts": 1}
    assert audit.verify().waiting == 0
    assert [row.verb for row in rows] == ["deleted", "spiked", "classified", "began"]


@pytest.mark.django_db
def test_words_saved_late_stay_for_their_own_ninety_days(time_machine_at):
    article = spiked()
    late = NOW + 80 * DAY
    time_machine_at(late)
    article.revise(make_text(headline="From a laptop that slept"), revision=article.draft, by=make_user())

    time_machine_at(NOW + KEPT_IN_BIN)
    empty()
    kept = Article.objects.filter(pk=article.pk).exists()
    left = article.days_left_in_bin
    time_machine_at(late + KEPT_IN_BIN)
    empty()

    assert (kept, left, Article.objects.filter(pk=article.pk).exists()) == (True, 80, False)


@pytest.mark.django_db
def test_a_named_text_keeps_its_story_until_the_name_is_taken_off(time_machine_at):
    article, editor = spiked(), make_user()
    article.name_revision(article.draft, "as sent to the lawyer", by=editor)
    time_machine_at(NOW + 2 * KEPT_IN_BIN)

    empty()
    kept = [(story, story.has_a_name) for story in Article.objects.in_bin()]
    article.unname_revision(article.draft, by=editor)
    empty()

    assert (kept, list(Article.objects.all())) == ([(article, True)], [])


@pytest.mark.django_db
def test_what_was_brought_back_and_what_was_ever_published_is_never_deleted(time_machine_at):
    back = spiked()
    back.restore(by=make_user())
    withdrawn = make_article(published_at=YESTERDAY)
    withdrawn.withdraw(by=make_user(), note="Why")
    stories = {back, withdrawn, make_article(), make_article(published_at=YESTERDAY)}
    seen = spiked()
    seen.revisions.update(went_live_at=NOW)  # as nothing but a clock that jumps could leave it

    time_machine_at(NOW + 10 * KEPT_IN_BIN)
    empty()

    assert set(Article.objects.all()) == {*stories, seen}
    assert told("deleted") == []


@pytest.mark.django_db
def test_one_beat_deletes_so_many_and_the_next_the_rest_oldest_first(time_machine_at, monkeypatch):
    monkeypatch.setattr(spiking, "AT_ONCE", 2)
    for number in range(3):
        make_article(headline=str(number)).spike(by=make_user(), at=NOW + timedelta(seconds=number))
    time_machine_at(NOW + 2 * KEPT_IN_BIN)

    empty()
    left = sorted(str(story) for story in Article.objects.all())
    empty()

    assert (left, Article.objects.count()) == (["2"], 0)


@pytest.mark.django_db(transaction=True)
def test_many_heartbeats_delete_each_story_once_and_spare_what_comes_back():
    """Whoever brings one back at this moment gets it, or is told that it is gone."""
    editor = make_user()
    long_ago = NOW - 10 * KEPT_IN_BIN
    going = [make_article(headline=f"Going {number}", at=long_ago) for number in range(3)]
    for article in going:
        article.spike(by=editor, at=long_ago)

    results = at_once(empty, empty, empty, lambda: going[2].restore(by=editor))

    left = set(Article.objects.values_list("pk", flat=True))
    assert left in [set(), {going[2].pk}]
    assert (results[3] is None) == bool(left)
    assert left or "is deleted" in str(results[3])
    assert sorted(told("deleted")) == sorted(f"Going {n}" for n, story in enumerate(going) if story.pk not in left)
    assert Revision.objects.exclude(article__in=left).count() == 0


@pytest.mark.django_db
def test_a_deletion_that_fails_half_way_changes_nothing(time_machine_at, monkeypatch):
    article = spiked()
    time_machine_at(NOW + KEPT_IN_BIN)

    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr(models.deletion.Collector, "delete", fail)
    with pytest.raises(RuntimeError):
        empty()

    article.refresh_from_db()
    assert (article.draft is not None, told("deleted")) == (True, [])


# There is no other way


@pytest.mark.django_db
def test_stories_refuse_to_be_deleted():
    article = spiked()

    for delete in (article.delete, Article.objects.all().delete, Article.objects.filter(pk=article.pk).delete):
        with pytest.raises(StoryIsKept, match="Spike it"):
            delete()

    assert Article.objects.count() == 1


def test_nothing_that_is_deleted_takes_a_story_with_it():
    """Not a section, not a person, not a text: what a story points at is protected, or pointed at no more."""
    pointing = {field.name: field.remote_field.on_delete for field in Article._meta.fields if field.remote_field}

    assert pointing == {
        "section": PROTECT,
        "draft": RESTRICT,
        "live": RESTRICT,
        "assignee": SET_NULL,
        "created_by": SET_NULL,
    }


@pytest.mark.django_db
def test_deleting_what_a_story_needs_is_refused_and_a_person_leaves_it_behind():
    person = make_user(name="Gone Tomorrow")
    article = make_article(by=person, lead_image=make_image())
    refused = [make_section(), make_author_of(article), article.draft]

    for thing in refused:
        with pytest.raises(models.RestrictedError if thing == article.draft else models.ProtectedError):
            thing.delete()
    with pytest.raises(PictureInUse):
        article.draft.lead_image.delete(by=person)
    person.delete()

    article.refresh_from_db()
    assert (article.created_by, article.assignee, article.draft.made_by_name) == (None, None, "Gone Tomorrow")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "columns",
    [
        {"status": "spiked"},
        {"status": "spiked", "spiked_at": NOW, "announced_at": NOW},
        {"status": "spiked", "spiked_at": NOW, "published_at": NOW},
        {"status": "unpublished", "spiked_at": NOW},
    ],
)
def test_the_database_keeps_out_of_the_bin_what_was_public(columns):
    article = make_article()

    with pytest.raises(IntegrityError, match="article_bin_never_public"), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**columns)


@pytest.mark.django_db
def test_the_database_lets_no_story_go_before_its_texts():
    article = make_article(published_at=YESTERDAY)

    def delete():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM articles_article WHERE id = %s", [article.pk])
            connection.check_constraints()

    with pytest.raises(IntegrityError):
        delete()

    assert Article.objects.filter(pk=article.pk).exists()


def make_author_of(article):
    return article.draft.bylines.get().author


@pytest.mark.django_db
def test_what_lay_in_the_bin_before_it_was_emptied_has_its_whole_time(now):
    """The migration's step, on rows as the versions before could leave them."""
    fill = import_module("articles.migrations.0008_fill_the_bin").fill
    old = spiked()
    Article.objects.filter(pk=old.pk).update(spiked_at=NOW - 9 * KEPT_IN_BIN, changed_at=NOW - 9 * KEPT_IN_BIN)

    fill(apps, None)
    empty()

    old.refresh_from_db()
    assert (old.days_left_in_bin, old.spiked_at) == (90, NOW - 9 * KEPT_IN_BIN)
