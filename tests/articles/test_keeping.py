"""Texts that are named, brought back and pruned."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Activity
from articles.models import Correction, PreviewLink, Revision, keeping
from articles.models.previews import Lasts
from articles.models.writing import StaleText
from articles.states import AlreadySo, MoveRefused
from articles.texts import TextRefused
from heartbeat.beats import registered_beats
from tests.make import NOW, TOMORROW, make_article, make_text, make_user

pytestmark = pytest.mark.django_db


def with_texts(*headlines, by=None, **fields):
    """A story and all its texts, oldest first."""
    by = by or make_user()
    article = make_article(headline=headlines[0], by=by, **fields)
    for headline in headlines[1:]:
        article.revise(make_text(headline=headline), revision=article.draft, by=by)
    return article, list(article.revisions.order_by("number"))


def doings(article):
    return list(Activity.objects.about(article).order_by("pk").values_list("verb", "note", "details"))


# Restoring


def test_restoring_makes_a_new_text_and_leaves_the_others():
    editor = make_user(name="Edda")
    article, (first, second) = with_texts("First", "Second")

    restored = article.restore_revision(first, draft=article.draft, by=editor)

    assert article.draft == restored
    assert [(r.number, r.headline) for r in article.revisions.order_by("number")] == [
        (1, "First"),
        (2, "Second"),
        (3, "First"),
    ]
    restored.refresh_from_db()
    assert (restored.text, restored.base, restored.made_by, restored.note, restored.sealed_at is not None) == (
        first.text,
        second,
        editor,
        "Restored from text 1",
        True,
    )
    assert doings(article)[-1] == ("restored a text of", "", {"text": 3, "restored_from": 1})


def test_restoring_never_overwrites_the_persons_own_autosave():
    editor = make_user()
    article, (first, _) = with_texts("First", "Second", by=editor)
    own = article.revise(make_text(headline="Just typed"), revision=article.draft, by=editor, autosave=True)

    restored = article.restore_revision(first, draft=own, by=editor)

    own.refresh_from_db()
    assert (restored.pk != own.pk, own.headline, own.sealed_at is not None) == (True, "Just typed", True)


def test_restoring_is_refused_when_somebody_is_ahead():
    article, (first, second) = with_texts("First", "Second")
    article.revise(make_text(headline="Ahead"), revision=second, by=make_user(name="Ben"))
    before = doings(article)

    with pytest.raises(MoveRefused, match="Ben has saved a newer text"):
        article.restore_revision(first, draft=second, by=make_user())

    assert (article.draft.headline, article.revisions.count(), doings(article)) == ("Ahead", 3, before)


def test_restoring_is_refused_when_an_autosave_has_changed_the_same_row():
    editor = make_user()
    article, (first, _) = with_texts("First", "Second", by=editor)
    seen = article.revise(make_text(headline="a"), revision=article.draft, by=editor, autosave=True)
    article.revise(make_text(headline="ab"), revision=seen, by=editor, autosave=True)

    with pytest.raises(MoveRefused):
        article.restore_revision(first, draft=seen, by=make_user())


def test_restoring_what_the_newest_text_says_is_refused():
    article, (first,) = with_texts("First")

    with pytest.raises(AlreadySo):
        article.restore_revision(first, draft=article.draft, by=make_user())

    assert article.revisions.count() == 1


def test_a_text_kept_from_a_late_save_can_be_restored():
    article, (first, _) = with_texts("First", "Second")
    with pytest.raises(StaleText) as late:
        article.revise(make_text(headline="Late"), revision=first, by=make_user())

    restored = article.restore_revision(late.value.kept, draft=article.draft, by=make_user())

    assert (restored.headline, restored.conflicted) == ("Late", False)


def test_restoring_on_a_live_story_shows_readers_nothing_new():
    article, _ = with_texts("Live", published_at=NOW)
    article.revise(make_text(headline="Second"), revision=article.draft, by=make_user())

    article.restore_revision(article.live, draft=article.draft, by=make_user())

    assert (article.live.number, article.draft.number, article.has_changes) == (1, 3, True)


# Naming


def test_naming_a_text_seals_it_and_tells_the_log():
    editor = make_user()
    article, _ = with_texts("First", by=editor)
    draft = article.revise(make_text(headline="Typed"), revision=article.draft, by=editor, autosave=True)

    article.name_revision(draft, "  as sent\n to the lawyer ", by=editor)

    draft.refresh_from_db()
    assert (draft.name, draft.sealed_at is not None) == ("as sent to the lawyer", True)
    assert doings(article)[-1] == ("named a text of", "as sent to the lawyer", {"text": 2})
    following = article.revise(make_text(headline="Typed on"), revision=draft, by=editor, autosave=True)
    assert following.pk != draft.pk


def test_a_name_is_changed_and_taken_off():
    article, (first,) = with_texts("First")
    article.name_revision(first, "one", by=make_user())

    article.name_revision(first, "two", by=make_user())
    article.unname_revision(first, by=make_user())

    first.refresh_from_db()
    assert first.name == ""
    assert doings(article)[-2:] == [
        ("renamed a text of", "two", {"text": 1}),
        ("took the name off a text of", "two", {"text": 1}),
    ]


@pytest.mark.parametrize("name", ["", " \n", "a\0b", "x" * 121])
def test_a_name_that_cannot_be_kept_is_refused(name):
    article, (first,) = with_texts("First")

    with pytest.raises(TextRefused) as refused:
        article.name_revision(first, name, by=make_user())

    assert list(refused.value.problems) == ["name"]
    first.refresh_from_db()
    assert first.name == ""


def test_naming_twice_does_nothing_twice():
    article, (first,) = with_texts("First")
    article.name_revision(first, "one", by=make_user())
    before = doings(article)

    with pytest.raises(AlreadySo):
        article.name_revision(first, "one", by=make_user())
    article.unname_revision(first, by=make_user())
    with pytest.raises(AlreadySo):
        article.unname_revision(first, by=make_user())

    assert len(doings(article)) == len(before) + 1


def test_a_text_of_another_story_is_not_touched():
    article, _ = with_texts("First")
    _, (foreign,) = with_texts("Foreign")

    with pytest.raises(MoveRefused):
        article.name_revision(foreign, "mine", by=make_user())
    with pytest.raises(MoveRefused):
        article.restore_revision(foreign, draft=article.draft, by=make_user())

    foreign.refresh_from_db()
    assert foreign.name == ""


# Pruning


@pytest.fixture
def old(now):
    """A story whose every text was last saved exactly 30 days ago; it has three besides the draft."""
    article, texts = with_texts("one", "two", "three", "four")
    Revision.objects.update(saved_at=now - timedelta(days=30))
    return article, texts


def left(article):
    return [revision.headline for revision in article.revisions.order_by("number")]


def test_pruning_keeps_the_draft_alone_when_all_is_old(old):
    article, _ = old

    keeping.prune()

    assert left(article) == ["four"]
    article.refresh_from_db()
    assert article.draft.bylines.count() == 1
    assert article.draft.base is None


def test_pruning_waits_for_the_last_moment_of_the_thirtieth_day(old, now):
    article, (one, *_) = old
    Revision.objects.exclude(pk=one.pk).update(saved_at=now - timedelta(days=30) + timedelta(microseconds=1))

    keeping.prune()

    assert left(article) == ["two", "three", "four"]


def test_pruning_counts_from_the_last_save_of_a_text(old, now):
    article, (one, *_) = old
    Revision.objects.filter(pk=one.pk).update(made_at=now - timedelta(days=90), saved_at=now)

    keeping.prune()

    assert left(article) == ["one", "four"]


def test_pruning_keeps_what_has_a_name(old):
    article, (_, two, *_) = old
    article.name_revision(two, "as sent to the lawyer", by=make_user())

    keeping.prune()

    assert left(article) == ["two", "four"]


def test_pruning_keeps_what_readers_saw_and_what_they_see(now):
    editor = make_user()
    article, _ = with_texts("As published", published_at=NOW)
    article.revise(make_text(headline="In between"), revision=article.draft, by=editor)
    second = article.revise(make_text(headline="As updated"), revision=article.draft, by=editor)
    article.publish(revision=second, by=editor)
    article.revise(make_text(headline="Newest"), revision=article.draft, by=editor)
    Revision.objects.update(saved_at=now - timedelta(days=90))

    keeping.prune()

    assert left(article) == ["As published", "As updated", "Newest"]


def test_pruning_keeps_a_planned_update(now):
    editor = make_user()
    article, _ = with_texts("Live", published_at=NOW)
    planned = article.revise(make_text(headline="Planned"), revision=article.draft, by=editor)
    article.plan(revision=planned, by=editor, at=TOMORROW)
    article.revise(make_text(headline="Newest"), revision=article.draft, by=editor)
    Revision.objects.update(saved_at=now - timedelta(days=90))

    keeping.prune()

    assert left(article) == ["Live", "Planned", "Newest"]


def test_pruning_keeps_what_is_shared(old):
    article, (_, _, three, _) = old
    PreviewLink.make(article, revision=three, lasts=Lasts.WEEK, by=make_user())

    keeping.prune()

    assert left(article) == ["three", "four"]


def test_pruning_asks_everything_that_holds_on_to_a_text():
    holding = {
        (relation.related_model._meta.label, relation.field.name)
        for relation in Revision._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and relation.on_delete.__name__ in {"RESTRICT", "PROTECT"}
    }

    sql = str(Revision.objects.prunable(timezone.now()).query)

    assert holding >= {
        ("articles.Article", "draft"),
        ("articles.Article", "live"),
        ("articles.PlannedUpdate", "revision"),
        ("articles.PreviewLink", "revision"),
        (Correction._meta.label, "revision"),
    }
    assert sql.count("NOT EXISTS") == len(holding)


def test_pruning_removes_texts_kept_from_late_saves_too(old):
    article, (one, *_) = old
    with pytest.raises(StaleText):
        article.revise(make_text(headline="Late"), revision=one, by=make_user())
    Revision.objects.update(saved_at=timezone.now() - timedelta(days=31))

    keeping.prune()

    assert left(article) == ["four"]


def test_pruning_goes_in_bites_and_reads_no_bodies(old, monkeypatch):
    article, _ = old
    monkeypatch.setattr(keeping, "AT_ONCE", 2)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        keeping.prune()

    assert left(article) == ["four"]
    deletes = [query["sql"] for query in queries if query["sql"].startswith('DELETE FROM "articles_revision"')]
    assert len(deletes) == 2
    assert not [query["sql"] for query in queries if '"articles_revision"."body"' in query["sql"]]


def test_pruning_stops_when_it_has_done_enough(old, monkeypatch):
    article, _ = old
    monkeypatch.setattr(keeping, "AT_ONCE", 1)
    monkeypatch.setattr(keeping, "ROUNDS", 2)

    keeping.prune()

    assert left(article) == ["three", "four"]


def test_a_text_pruned_meanwhile_is_refused_with_a_sentence(old):
    article, (one, *_) = old
    keeping.prune()

    with pytest.raises(MoveRefused, match="in the history no longer"):
        article.name_revision(one, "too late", by=make_user())
    with pytest.raises(MoveRefused, match="in the history no longer"):
        article.restore_revision(one, draft=article.draft, by=make_user())


def test_the_heartbeat_prunes():
    assert keeping.prune in [beat.function for beat in registered_beats()]
