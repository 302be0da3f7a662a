"""Links that show a text to people without an account: made, ended, counted; and what their holders see."""

from datetime import timedelta
from itertools import pairwise

import pytest

from accounts.actors import Sample
from accounts.models import Activity
from articles import looks
from articles.models import PreviewLink
from articles.models.previews import Lasts
from articles.states import MoveRefused
from tests.make import NOW, TOMORROW, YESTERDAY, make_article, make_text, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

EDITOR = Sample()


def share(article, **wanted):
    return PreviewLink.make(article, **{"revision": None, "lasts": Lasts.DAY, "by": EDITOR} | wanted)


def log(article):
    rows = Activity.objects.about(article).order_by("pk").values_list("verb", "note", "details")
    return [row for row in rows if "shared" in row[0]]


@pytest.mark.parametrize(
    ("lasts", "time"), [("hour", timedelta(hours=1)), ("day", timedelta(days=1)), ("week", timedelta(days=7))]
)
def test_a_link_works_until_its_time_is_over(time_machine_at, lasts, time):
    link = share(make_article(), lasts=lasts)

    time_machine_at(NOW + time - timedelta(seconds=1))
    before = (link.is_usable, list(PreviewLink.objects.usable()))
    time_machine_at(NOW + time)
    after = (link.is_usable, list(PreviewLink.objects.usable()), link.opened())

    assert before == (True, [link])
    assert after == (False, [], False)


def test_sharing_seals_the_text_that_is_shared_and_tells_the_log():
    writer = make_user()
    article = make_article(by=writer)
    article.revise(make_text(headline="Half a thought"), revision=article.draft, by=writer, autosave=True)

    link = share(article, revision=article.draft, label="  The \n lawyer ", lasts="hour", by=writer)

    article.draft.refresh_from_db()
    assert article.draft.sealed_at == NOW
    assert (link.label, link.made_by, link.made_by_name) == ("The lawyer", writer, writer.name)
    assert log(article) == [("shared", "The lawyer", {"lasts": "hour", "revision": article.draft.number})]


def test_sharing_the_newest_text_seals_nothing():
    writer = make_user()
    article = make_article(by=writer)
    article.revise(make_text(headline="Half a thought"), revision=article.draft, by=writer, autosave=True)

    share(article, by=writer)

    article.draft.refresh_from_db()
    assert article.draft.sealed_at is None
    assert log(article) == [("shared", "", {"lasts": "day", "revision": None})]


def test_what_cannot_be_shared_is_refused_and_leaves_nothing_behind():
    writer = make_user(name="Wanda")
    article, other = make_article(by=writer), make_article(slug="other")
    article.revise(make_text(headline="One"), revision=article.draft, by=writer, autosave=True)
    seen = article.draft
    article.revise(make_text(headline="Two"), revision=article.draft, by=writer, autosave=True)
    spiked = make_article(slug="spiked")
    spiked.spike(by=EDITOR)
    sentences = []

    for story, wanted in [
        (article, {"revision": seen}),
        (article, {"revision": other.draft}),
        (article, {"label": "x" * 121}),
        (article, {"label": "a\0b"}),
        (spiked, {}),
    ]:
        with pytest.raises(MoveRefused) as refused:
            share(story, **wanted)
        sentences.append(str(refused.value))

    assert [sentence.split(".")[0] for sentence in sentences] == [
        "Wanda has saved a newer text",
        "This text belongs to another story",
        "“For whom” is 121 characters long; 120 are possible",
        "“For whom” holds a character that cannot be stored (NUL)",
        "This story is in the bin",
    ]
    assert (PreviewLink.objects.count(), Activity.objects.filter(verb="shared").count()) == (0, 0)
    article.draft.refresh_from_db()
    assert article.draft.sealed_at is None


def test_a_revoked_link_shows_nothing_and_the_log_tells_of_it_once():
    link = share(make_article(), label="Ann")

    link.revoke(by=EDITOR)
    with pytest.raises(MoveRefused, match="already ended"):
        link.revoke(by=EDITOR)

    assert (link.is_usable, link.opened(), list(PreviewLink.objects.usable())) == (False, False, [])
    assert [row[:2] for row in log(link.article)] == [("shared", "Ann"), ("revoked a shared preview of", "Ann")]


def test_an_expired_link_cannot_be_revoked(time_machine_at):
    link = share(make_article())
    time_machine_at(TOMORROW)

    with pytest.raises(MoveRefused, match="already ended"):
        link.revoke(by=EDITOR)

    link.refresh_from_db()
    assert link.revoked_at is None


def test_openings_are_counted_one_by_one():
    link = share(make_article())
    stale = PreviewLink.objects.get(pk=link.pk)

    assert (link.opened(), stale.opened()) == (True, True)

    link.refresh_from_db()
    assert (link.openings, link.last_opened_at) == (2, NOW)


def test_links_of_a_spiked_story_show_nothing_while_it_is_in_the_bin():
    article = make_article()
    link = share(article)

    article.spike(by=EDITOR)
    binned = PreviewLink.objects.get()
    assert (binned.is_usable, binned.has_ended, binned.opened()) == (False, False, False)
    article.restore(by=EDITOR)

    assert list(PreviewLink.objects.usable()) == [link]


def test_withdrawing_a_story_holds_the_links_made_before_and_allows_new_ones(time_machine_at):
    article = make_article(published_at=YESTERDAY)
    before = share(article)
    time_machine_at(NOW + timedelta(minutes=1))
    article.withdraw(by=EDITOR, note="Wrong.")
    after = share(article)

    held = PreviewLink.objects.get(pk=before.pk)
    assert (held.is_usable, list(PreviewLink.objects.usable())) == (False, [after])
    article.reinstate(by=EDITOR)

    assert set(PreviewLink.objects.usable()) == {before, after}


def test_tokens_are_long_different_and_the_only_key():
    article = make_article()
    links = [share(article) for _ in range(20)]

    tokens = sorted(link.token for link in links)

    assert all(len(token) == 43 and first != token for first, token in pairwise(["", *tokens]))
    assert PreviewLink.objects.for_token(tokens[3]).token == tokens[3]
    for wrong in ("", "x", tokens[3][:-1], tokens[3].swapcase(), f"{tokens[3]}\0", f"{tokens[3]}\n", "é" * 43):
        assert PreviewLink.objects.for_token(wrong) is None


def test_a_look_shows_the_dates_a_story_would_have():
    unseen = make_article(slug="a")
    embargoed = make_article(slug="b")
    embargoed.classify(embargo_until=TOMORROW, by=EDITOR)
    scheduled = make_article(slug="c", published_at=TOMORROW)
    live = make_article(slug="d", published_at=YESTERDAY)
    changed = make_article(slug="e", published_at=YESTERDAY)
    changed.revise(make_text(headline="More"), revision=changed.draft, by=EDITOR)

    seen = [looks.as_readers_would_see(story) for story in (unseen, embargoed, scheduled, live, changed)]

    assert [(story.published_at, story.updated_at) for story in seen] == [
        (NOW, None),
        (TOMORROW, None),
        (TOMORROW, None),
        (YESTERDAY, None),
        (YESTERDAY, NOW),
    ]
    assert seen[4].live.headline == "More"


def test_a_look_changes_nothing_that_is_stored():
    article = make_article()
    before = type(article).objects.values().get()

    looks.as_readers_would_see(article)

    assert type(article).objects.values().get() == before


def test_a_look_is_good_for_minutes_and_cannot_be_made_up(time_machine_at):
    article = make_article()
    look = looks.address(article).rstrip("/").rpartition("/")[2]

    time_machine_at(NOW + looks.GOOD_FOR - timedelta(seconds=1))
    assert looks.story_of(look) == article
    assert [looks.story_of(made_up) for made_up in ("", "x", f"{look}x", look[1:], look.replace(":", ""))] == [None] * 5
    time_machine_at(NOW + looks.GOOD_FOR + timedelta(seconds=2))

    assert looks.story_of(look) is None
