"""Who has a story open and who writes it: signs of life, the pen, and what the pages are told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Activity
from articles.models import Article
from desk.models import PRESENT_FOR, Pen, Presence
from heartbeat.beats import registered_beats
from newsroom.roles import EDITOR, REPORTER
from tests.make import NOW, make_article, make_text, make_user

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


class Page:
    """An opened editor, as far as the server knows it."""

    def __init__(self, article, user):
        self.client = Client()
        self.client.force_login(user)
        self.user = user
        self.sitting = str(uuid4())
        self.address = reverse("admin:articles_article_presence", args=[article.pk])

    def send(self, **fields):
        return self.client.post(self.address, {"sitting": self.sitting} | fields)

    def sign(self, **fields):
        """A sign of life; answers with what the page is told."""
        return self.send(**fields).json()

    def type(self):
        return self.sign(typed="on", wants_pen="on")


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def article():
    return make_article()


@pytest.fixture
def rita(article, clock):
    return Page(article, make_user(name="Rita Ruiz"))


@pytest.fixture
def ben(article, clock):
    return Page(article, make_user(name="Ben Ode"))


def test_an_opened_story_names_who_else_is_there(rita, ben):
    rita.sign()

    told = ben.sign()

    assert told == {
        "mine": False,
        "lock": None,
        "taken": None,
        "here": [{"person": rita.user.pk, "name": "Rita Ruiz", "initials": "RR", "doing": "here"}],
        "draft": told["draft"],
    }


def test_who_types_first_has_the_pen_and_others_are_told_since_when(rita, ben, clock):
    ben.sign()
    first = rita.type()
    clock.shift(timedelta(seconds=9))

    told = ben.type()

    assert (first["mine"], told["mine"], told["here"][0]["doing"]) == (True, False, "typing")
    assert told["lock"] == {
        "holder": Pen.objects.get().presence_id,
        "name": "Rita Ruiz",
        "own": False,
        "sentence": "Rita Ruiz is writing here, since 12:30.",
        "button": "Take over",
    }


def test_a_writer_who_has_gone_for_coffee_is_told_of(rita, ben, clock):
    rita.type()
    clock.shift(timedelta(minutes=3))
    rita.sign()

    told = ben.sign()

    assert told["lock"]["sentence"] == "Rita Ruiz is writing here, since 12:30. Nothing was typed after 12:30."
    assert told["here"][0]["doing"] == "writing"


def test_taking_over_moves_the_pen_and_tells_the_other(rita, ben, clock):
    rita.type()
    clock.shift(timedelta(minutes=1))
    rita.sign()

    took = ben.sign(take_over=ben.sign()["lock"]["holder"])
    told = rita.sign(wants_pen="on")

    assert (took["mine"], took["lock"], told["mine"]) == (True, None, False)
    assert told["lock"]["sentence"] == "Ben Ode is writing here, since 12:31."
    assert told["taken"] == {"name": "Ben Ode", "own": False, "sentence": "Ben Ode took over at 12:31."}
    assert [(row.actor, row.verb) for row in Activity.objects.filter(verb="took over")] == [(ben.user, "took over")]


def test_the_notice_ends_when_the_pen_comes_back(rita, ben):
    rita.type()
    ben.sign(take_over=ben.sign()["lock"]["holder"])

    back = rita.sign(take_over=rita.sign()["lock"]["holder"])

    assert (back["mine"], back["taken"], ben.sign()["taken"]["sentence"]) == (
        True,
        None,
        "Rita Ruiz took over at 12:30.",
    )


def test_a_second_tab_of_one_person_is_no_stranger(rita, article):
    other = Page(article, rita.user)
    rita.type()

    told = other.sign()
    other.sign(take_over=told["lock"]["holder"])

    assert (told["lock"]["sentence"], told["lock"]["own"], told["lock"]["button"]) == (
        "You have this story open in another tab, and write there since 12:30.",
        True,
        "Write here instead",
    )
    assert [shown["name"] for shown in told["here"]] == ["You, in another tab"]
    assert rita.sign()["taken"]["sentence"] == "You went on in another tab at 12:30."
    assert not Activity.objects.filter(verb="took over").exists()


def test_leaving_frees_the_pen_at_once(rita, ben):
    rita.type()

    left = rita.send(leaving="on")

    told = ben.type()
    assert (left.status_code, told["mine"], told["here"]) == (204, True, [])


def test_a_dead_browser_frees_the_pen_within_a_minute(rita, ben, clock):
    rita.type()
    asked = []
    for _ in range(6):
        clock.shift(timedelta(seconds=10))
        asked.append(ben.sign(wants_pen="on")["mine"])

    assert asked == [False, False, False, True, True, True]
    assert rita.sign(wants_pen="on")["taken"]["sentence"] == "Ben Ode took over at 12:30."


@pytest.mark.parametrize("removal", ["deactivated", "no longer staff", "deleted"])
def test_a_person_removed_while_writing_frees_the_pen(rita, ben, removal):
    rita.type()
    if removal == "deleted":
        rita.user.delete()
    else:
        setattr(rita.user, "is_active" if removal == "deactivated" else "is_staff", False)
        rita.user.save()

    told = ben.type()

    assert (told["mine"], told["here"]) == (True, [])
    assert rita.send().status_code in {302, 403}


def test_who_may_no_longer_write_the_story_lays_the_pen_down(article, clock):
    article.submit(by=make_user())
    rita = Page(article, make_user(role=EDITOR, name="Rita Ruiz"))
    assert rita.type()["mine"]
    rita.user.groups.clear()
    rita.user.groups.add(make_user(role=REPORTER).groups.get())

    told = rita.type()

    assert (told["mine"], told["lock"], Pen.objects.exists()) == (False, None, False)


@pytest.mark.parametrize("jump", [DAY, -DAY, timedelta(minutes=4), timedelta(minutes=-4)])
def test_a_clock_that_jumps_locks_nobody_out(rita, ben, clock, jump):
    rita.type()
    clock.shift(jump)

    told = ben.type()

    assert told["mine"]
    assert rita.sign(wants_pen="on")["lock"]["name"] == "Ben Ode"


@pytest.mark.parametrize("jump", [DAY, -DAY])
def test_a_clock_that_jumps_takes_the_pen_from_nobody_who_goes_on_writing(rita, ben, clock, jump):
    rita.type()
    clock.shift(jump)

    assert rita.sign(wants_pen="on")["mine"]
    assert ben.type()["lock"]["name"] == "Rita Ruiz"


def test_who_only_may_read_is_seen_and_never_writes(rita, article):
    article.submit(by=make_user())
    reader = Page(article, make_user(role=REPORTER, name="Noa New"))

    told = reader.type()

    assert (told["mine"], Pen.objects.exists()) == (False, False)
    assert reader.sign(take_over=1)["mine"] is False
    assert [shown["name"] for shown in rita.sign()["here"]] == ["Noa New"]


def test_who_may_not_read_is_told_nothing(article, clock):
    stranger = Page(article, make_user(role=REPORTER))

    assert stranger.send().status_code == 403
    assert Presence.objects.count() == 0


@pytest.mark.parametrize(
    "bad",
    [
        {"sitting": ""},
        {"sitting": "nonsense"},
        {"sitting": "x" * 5_000},
        {"take_over": "x"},
        {"take_over": "-1"},
        {"take_over": str(2**80)},
    ],
)
def test_nonsense_is_answered_with_400(rita, bad):
    assert rita.send(**bad).status_code == 400
    assert Presence.objects.count() == 0


def test_a_pen_nobody_holds_any_more_can_still_be_taken(rita):
    assert rita.sign(take_over=2**62)["mine"]


def test_the_page_that_follows_upon_a_save_goes_on_with_the_sitting(rita, ben, clock):
    rita.type()
    left = rita.sitting
    rita.sitting = str(uuid4())
    clock.shift(timedelta(seconds=5))

    told = rita.sign(after=left)

    assert (told["mine"], told["here"]) == (True, [])
    assert ben.sign()["lock"]["sentence"] == "Rita Ruiz is writing here, since 12:30."
    assert ben.sign(after=rita.sitting)["mine"] is False


def test_another_persons_sitting_is_not_mine_to_use(rita, ben):
    rita.type()
    ben.sitting = rita.sitting

    told = ben.type()
    ben.send(leaving="on")

    assert (told["mine"], told["lock"]["name"]) == (False, "Rita Ruiz")
    assert Presence.objects.get().user == rita.user


def test_the_address_answers_only_what_is_posted(rita):
    assert rita.client.get(rita.address).status_code == 405
    assert Client().post(rita.address, {"sitting": rita.sitting}).status_code == 403
    assert rita.client.post(reverse("admin:articles_article_presence", args=[999_999])).status_code == 404


def test_a_sign_of_life_costs_two_queries_of_its_own_and_no_session(rita, ben, article):
    rita.type()
    ben.sign()
    for number in range(4):
        Page(article, make_user(name=f"Person {number}")).sign()

    with CaptureQueriesContext(connection) as asked:
        rita.sign(typed="on", wants_pen="on")

    tables = [query["sql"] for query in asked.captured_queries]
    assert sum("desk_presence" in sql for sql in tables) == 2
    assert [sql for sql in tables if "django_session" in sql and not sql.startswith("SELECT")] == []
    assert len(tables) <= 8  # with masthead, session, person, story and two for permissions


def test_a_page_learns_that_the_text_has_moved_on(rita, article):
    before = rita.sign()["draft"]
    article.revise(make_text(headline="Newer"), revision=article.draft, by=make_user())

    assert rita.sign()["draft"] != before


def test_the_list_says_in_words_who_has_a_story_open(rita, ben):
    ben.sign()
    rita.type()

    page = ben.client.get(reverse("admin:articles_article_changelist")).content.decode()

    assert "Rita is writing" in page
    assert "Ben has it open" in page


def test_the_list_asks_once_who_is_there_however_long_it_is(client, clock):
    client.force_login(make_user())
    address = reverse("admin:articles_article_changelist")
    counts = []
    for _ in range(2):
        for article in [make_article() for _ in range(3)]:
            Page(article, make_user(name="Rita Ruiz")).type()
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address).content.decode()
        counts.append((page.count("Rita is writing"), len(asked)))
        named = [query["sql"] for query in asked.captured_queries if "desk_presence" in query["sql"]]
        assert len(named) == 1

    assert [shown for shown, _ in counts] == [3, 6]
    assert counts[0][1] == counts[1][1]


def test_the_dashboard_says_who_has_a_story_open(rita, ben):
    rita.type()
    Article.objects.get().classify(assignee=ben.user, by=ben.user)

    page = ben.client.get(reverse("admin:index")).content.decode()

    assert "Rita is writing" in page


def test_old_sittings_are_forgotten_by_a_beat(rita, ben, clock):
    beat = next(beat for beat in registered_beats() if beat.name == "desk.presence")
    rita.type()
    clock.shift(2 * DAY)
    ben.sign()

    beat.function()
    assert [row.user for row in Presence.objects.all()] == [ben.user]
    clock.shift(-3 * DAY)
    beat.function()

    assert (Presence.objects.count(), Pen.objects.count()) == (0, 0)


@pytest.mark.parametrize("off_by", [-PRESENT_FOR, -PRESENT_FOR / 2, timedelta(0), PRESENT_FOR / 2, PRESENT_FOR])
def test_a_list_and_a_row_agree_who_is_present(rita, off_by):
    """``PresenceQuerySet.present`` and ``Presence.is_present`` are twins."""
    rita.sign()
    moment = NOW + off_by

    assert Presence.objects.present(moment).exists() == Presence.objects.get().is_present(moment)


def at_once(*acts):
    """Every act in a thread of its own, started together."""
    barrier = Barrier(len(acts))

    def run(act):
        barrier.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_of_four_who_type_first_at_once_one_has_the_pen(article):
    pages = [Page(article, make_user(name=f"Person {number}")) for number in range(4)]

    told = at_once(*[page.type for page in pages])

    assert sorted(answer["mine"] for answer in told) == [False, False, False, True]
    assert Pen.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_four_who_take_over_at_once_one_has_the_pen(article):
    rita = Page(article, make_user(name="Rita Ruiz"))
    rita.type()
    pages = [Page(article, make_user(name=f"Person {number}")) for number in range(4)]
    holder = pages[0].sign()["lock"]["holder"]

    told = at_once(*[lambda page=page: page.sign(take_over=holder) for page in pages])

    assert sorted(answer["mine"] for answer in told) == [False, False, False, True]
    assert {answer["lock"]["name"] for answer in told if answer["lock"]} == {Pen.objects.get().presence.user.name}
    assert Activity.objects.filter(verb="took over").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_four_who_find_a_dead_writer_at_once_one_has_the_pen(article):
    rita = Page(article, make_user(name="Rita Ruiz"))
    rita.type()
    Presence.objects.update(seen_at=NOW - DAY)
    pages = [Page(article, make_user(name=f"Person {number}")) for number in range(4)]

    told = at_once(*[page.type for page in pages])

    assert sorted(answer["mine"] for answer in told) == [False, False, False, True]


@pytest.mark.django_db(transaction=True)
def test_a_page_left_while_its_sign_is_under_way_breaks_nothing(article):
    rita = Page(article, make_user(name="Rita Ruiz"))
    acts = [lambda: rita.send(leaving="on").status_code, lambda: rita.send(typed="on", wants_pen="on").status_code] * 6

    codes = at_once(*acts)

    assert set(codes) <= {200, 204}
