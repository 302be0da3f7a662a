import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import Sample
from commentary import likeness
from commentary.models import Likeness, Sketch, Submission, Version, Writer
from commentary.shingles import share, shingles
from heartbeat.beats import registered_beats
from tests.commentary.make import guest, make_draft, make_editor, make_piece
from tests.make import NOW, YESTERDAY, make_article, make_text

pytestmark = pytest.mark.django_db


def prose(number, length=150):
    """Words that nobody else draws."""
    drawn = random.Random(number)  # noqa: S311 -- only so that it is the same each time
    return " ".join(f"w{drawn.randrange(5_000)}" for _ in range(length))


COMMON = prose(0, 150)


def letter(number, *, text=COMMON, **fields):
    """A piece by a writer of its own, most of it in the words of ``text``."""
    email = {"writer.email": f"writer{number}@example.org"}
    piece = make_piece(text=f"I am writer {number}. {prose(1_000 + number, 40)}\n\n{text}", **email | fields)
    likeness.catch_up()
    piece.refresh_from_db()
    return piece


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("My river runs dry.", "MY RIVER – runs, dry!"),
        ("Die Straße ist naß\u00a0und kalt heute", "die strasse ist nass und kalt\nheute"),
        ("Cafe\u0301 au lait at five", "Café au lait at five"),
        ("ﬁve words are in here", "five words are in here"),
    ],
)
def test_texts_that_read_alike_have_the_same_runs(one, other):
    assert shingles(one) == shingles(other)


def test_runs_are_of_five_words_or_letters():
    assert len(shingles("one two three four five six")) == 2
    assert len(shingles("one two")) == 1
    assert len(shingles("川の水はどこへ行く")) == 5
    assert shingles(" – \u200b ") == frozenset()


def test_a_phrase_in_common_is_chance():
    one = shingles(f"{prose(1, 20)} as the crow flies over the hill {prose(2, 20)}")
    other = shingles(f"as the crow flies over the hill {prose(3, 5)}")

    assert share(one, other, of=len(other)) == 0


def test_near_duplicates_are_found_from_both_sides():
    first, second = letter(1), letter(2)

    assert [found.version.submission for found in likeness.similar(first)] == [second]
    assert [found.version.submission for found in likeness.similar(second)] == [first]
    assert first.likeness == 0  # as it was read before the second came
    first.refresh_from_db()
    assert first.likeness == second.likeness == likeness.similar(second)[0].share >= likeness.NEAR
    assert second.signals == [f"The text is like that of another piece: up to {second.likeness} % are the same words."]


def test_a_text_within_a_longer_one_is_found():
    first = letter(1, text=f"{prose(5, 600)} {COMMON}")

    second = make_piece(text=COMMON, **{"writer.email": "short@example.org"})
    likeness.catch_up()

    assert [(found.version.submission, found.share) for found in likeness.similar(second)] == [(first, 100)]


def test_texts_that_share_less_than_half_are_not_alike():
    letter(1)

    second = letter(2, text=f"{prose(7, 250)} {COMMON[:500]}")

    assert likeness.similar(second) == []
    assert second.likeness == 0


def test_very_short_texts_are_compared_too():
    first = make_piece(text="Water is life.", **{"writer.email": "a@example.org"})
    second = make_piece(text="Water is LIFE!", **{"writer.email": "b@example.org"})

    likeness.catch_up()

    assert [found.version.submission for found in likeness.similar(second)] == [first]


def test_three_writers_within_14_days_are_a_campaign(time_machine_at):
    first = letter(1)
    time_machine_at(NOW + timedelta(days=6))
    second = letter(2)
    assert second.cluster == ""
    time_machine_at(NOW + timedelta(days=13))

    third = letter(3)

    assert list(Submission.objects.values_list("cluster", flat=True)) == [f"L-{first.pk}"] * 3
    assert third.events.filter(verb="found in the same words as other pieces").count() == 1
    assert "Several writers have sent these words: it looks like a campaign." in third.signals
    assert third.status == "received"


def test_three_writers_within_15_days_are_none(time_machine_at):
    time_machine_at(NOW)
    letter(1)
    letter(2)
    time_machine_at(NOW + timedelta(days=15))

    letter(3)

    assert set(Submission.objects.values_list("cluster", flat=True)) == {""}


def test_one_writer_with_three_versions_of_a_text_is_no_campaign():
    for number in range(3):
        letter(number, **{"writer.email": "Gail@example.org" if number else "gail@example.org"})

    assert set(Submission.objects.values_list("cluster", flat=True)) == {""}


def test_a_campaign_goes_on_with_whoever_joins_later(time_machine_at):
    time_machine_at(NOW)
    for number in range(3):
        letter(number)
    time_machine_at(NOW + timedelta(days=20))

    late = letter(9)

    assert late.cluster == f"L-{Submission.objects.earliest('pk').pk}"


def test_links_of_a_chain_are_one_campaign():
    """The middle piece is like both others, which are not like one another."""
    halves = [prose(21, 160), prose(22, 160)]
    letter(1, text=halves[0])
    letter(2, text=halves[1])

    middle = letter(3, text=" ".join(halves))

    assert len(likeness.similar(middle)) == 2
    assert set(Submission.objects.values_list("cluster", flat=True)) == {middle.cluster} != {""}


def test_words_from_our_own_archive_are_flagged():
    story = make_article(body=f"<p>{prose(30, 300)}</p><p>{COMMON}</p>", published_at=YESTERDAY)
    likeness.sketch_archive()

    piece = letter(1, text=f"{prose(31, 100)} {COMMON}")

    found = likeness.similar(piece)
    assert [(one.article, one.version) for one in found] == [(story, None)]
    assert piece.signals == [f"{found[0].share} % of the text stand in a story we have published."]
    assert piece.status == "received"


def test_the_archive_follows_what_readers_see():
    story = make_article(body=f"<p>{prose(40)}</p>", published_at=YESTERDAY)
    likeness.sketch_archive()
    story.revise(make_text(body=f"<p>{COMMON}</p>"), revision=story.draft, by=Sample())
    story.publish(revision=story.draft, by=Sample(), change="update")
    draft = make_article(body=f"<p>{prose(41)}</p>")

    likeness.sketch_archive()

    story.refresh_from_db()
    assert Sketch.objects.get(article=story).revision == story.live_id
    assert not Sketch.objects.filter(article=draft).exists()
    assert [found.article for found in likeness.similar(letter(1))] == [story]


def test_a_piece_is_not_like_its_own_story(now):
    editor = make_editor()
    piece = make_piece(status="editing", editor=editor, text=COMMON)
    Sketch.objects.create(article=piece.article, revision=1, marks=likeness.sketch(shingles(COMMON)))

    likeness.catch_up()

    assert likeness.similar(piece) == []


def test_a_revised_text_is_compared_anew():
    first, second = letter(1), letter(2)

    second.replace("Who drinks the river", prose(50), by=guest(second))
    likeness.catch_up()

    first.refresh_from_db()
    assert likeness.similar(first) == likeness.similar(second) == []
    assert Sketch.objects.filter(version__submission=second).get().version == second.version


def test_only_confirmed_pieces_are_compared():
    letter(1)
    draft = make_draft(text=COMMON)
    unconfirmed = make_piece(status="unconfirmed", text=COMMON)

    likeness.catch_up()

    assert not Sketch.objects.filter(version__submission__in=[draft, unconfirmed]).exists()
    assert Likeness.objects.count() == 0


def test_a_text_that_cannot_be_compared_does_not_keep_the_others_waiting(caplog):
    odd = make_piece(text=COMMON, **{"writer.email": "odd@example.org"})
    Writer.objects.filter(submission=odd).delete()  # as no verb leaves a piece

    piece = letter(1)

    assert f"Version 1 of {odd.reference} cannot be compared." in caplog.text
    assert Sketch.objects.get(version__submission=piece)


def test_each_text_is_compared_once():
    letter(1)
    letter(2)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        likeness.catch_up()

    assert len(asked) == 1
    assert not Version.objects.filter(compared_at=None).exists()


def test_what_an_editor_let_out_stays_out():
    piece = make_draft(text=COMMON, **{"writer.email": "x@example.org"})
    piece.send(by=guest(piece), agreed=True, signals={"trap": True, "proof": False, "seconds": 1})
    piece.confirm(by=guest(piece))
    piece.quarantine(aside=False, by=make_editor())
    letter(1)

    likeness.catch_up()

    piece.refresh_from_db()
    assert piece.risk > 69
    assert piece.quarantined_at is None


def test_likeness_can_set_a_piece_aside():
    piece = make_draft(text=COMMON, **{"writer.email": "x@example.org"})
    piece.send(by=guest(piece), agreed=True, signals={"trap": True, "proof": False})
    piece.confirm(by=guest(piece))
    assert piece.quarantined_at is None

    letter(1)
    piece.refresh_from_db()

    assert piece.quarantined_at is not None
    assert piece.events.last().verb == "put into quarantine"


def test_looking_at_a_piece_costs_one_query_however_many_are_like_it(django_assert_num_queries):
    for number in range(4):
        piece = letter(number)

    with django_assert_num_queries(2):  # the newest text, and what it is like
        found = likeness.similar(piece)
        assert [bool(one.version.submission.reference) for one in found] == [True] * 3


def test_the_heartbeat_compares():
    assert {"commentary.likeness", "commentary.archive"} <= {beat.name for beat in registered_beats()}
