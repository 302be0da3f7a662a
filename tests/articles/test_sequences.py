"""Any sequence of verbs and of time passing: what the model calls public is what readers find, everywhere."""

import re
from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from articles.kinds import Change
from articles.models import Article, Revision, Section, Topic
from articles.models.announcing import announce, recheck_schedules
from articles.notes import Note
from articles.states import MoveRefused
from tests.make import NOW, make_article, make_author, make_text, make_user

SECTIONS = ("water", "schools")
MOMENTS = st.integers(min_value=-3, max_value=6).map(lambda hours: timedelta(hours=hours))
WHICH = st.integers(min_value=0, max_value=3)


class Newsroom(RuleBasedStateMachine):
    """A few stories, an editor, a clock. Every verb may be refused; none may leave a story half anywhere."""

    def __init__(self):
        super().__init__()
        self.clock = time_machine.travel(NOW, tick=False)
        self.traveller = self.clock.start()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    def teardown(self):
        self.everything_public_is_everywhere()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
        self.clock.stop()

    @initialize()
    def found(self):
        self.now = NOW
        self.editor = make_user()
        self.author = make_author("Ada Writer")
        self.topic = Topic.objects.create(name="Rivers", slug="rivers")
        self.sections = [Section.objects.create(name=slug.title(), slug=slug) for slug in SECTIONS]
        self.count = 0

    @property
    def stories(self):
        return list(Article.objects.order_by("pk"))

    def story(self, which):
        return self.stories[which % len(self.stories)]

    @precondition(lambda self: self.count < 4)
    @rule(section=st.integers(0, 1))
    def begin(self, section):
        self.count += 1
        make_article(headline=f"Story number {self.count}", section=self.sections[section], topics=[self.topic])

    @precondition(lambda self: self.count)
    @rule(
        which=WHICH,
        verb=st.sampled_from(["submit", "mark_ready", "unschedule", "unplan", "reinstate", "spike", "restore"]),
    )
    def move(self, which, verb):
        self.attempt(lambda: getattr(self.story(which), verb)(by=self.editor))

    @precondition(lambda self: self.count)
    @rule(which=WHICH, verb=st.sampled_from(["send_back", "withdraw", "retract"]))
    def move_with_a_note(self, which, verb):
        self.attempt(lambda: getattr(self.story(which), verb)(by=self.editor, note="Because."))

    @precondition(lambda self: self.count)
    @rule(which=WHICH, autosave=st.booleans(), words=st.sampled_from(["again", "anew", "at last"]))
    def revise(self, which, autosave, words):
        story = self.story(which)
        head = re.sub(r" (again|anew|at last)$", "", story.draft.headline)
        self.attempt(
            lambda: story.revise(
                make_text(headline=f"{head} {words}"), revision=story.draft, by=self.editor, autosave=autosave
            )
        )

    @precondition(lambda self: self.count)
    @rule(which=WHICH, after=st.none() | MOMENTS, change=st.sampled_from(Change))
    def publish(self, which, after, change):
        story = self.story(which)
        at = None if after is None else self.now + after
        answers = {"change": change, "note": Note("It was wrong.")}
        self.attempt(lambda: story.publish(revision=story.draft, by=self.editor, at=at, **answers))

    @precondition(lambda self: self.count)
    @rule(which=WHICH, after=MOMENTS, change=st.sampled_from(Change))
    def plan(self, which, after, change):
        story = self.story(which)
        answers = {"change": change, "note": Note("It was wrong.")}
        self.attempt(lambda: story.plan(revision=story.draft, by=self.editor, at=self.now + after, **answers))

    @precondition(lambda self: self.count)
    @rule(which=WHICH, after=st.none() | MOMENTS)
    def limit(self, which, after):
        story = self.story(which)
        self.attempt(lambda: story.limit(until=None if after is None else self.now + after, by=self.editor))

    @precondition(lambda self: self.count)
    @rule(which=WHICH, section=st.integers(0, 1), after=st.none() | MOMENTS)
    def classify(self, which, section, after):
        story = self.story(which)
        changes = {"section": self.sections[section], "embargo_until": None if after is None else self.now + after}
        self.attempt(lambda: story.classify(by=self.editor, **changes))

    @rule(hours=st.integers(min_value=0, max_value=4), heartbeat=st.booleans())
    def wait(self, hours, heartbeat):
        self.now += timedelta(hours=hours)
        self.traveller.move_to(self.now)
        if heartbeat:
            announce()
            recheck_schedules()

    @rule()
    def look(self):
        self.everything_public_is_everywhere()

    def attempt(self, act):
        with suppress(MoveRefused):
            act()

    @invariant()
    def one_live_text_if_published(self):
        for story in self.stories:
            published = story.status in {"published", "withdrawn"}
            assert (story.live_id is not None) == published
            if story.live_id:
                assert Revision.objects.get(pk=story.live_id).sealed_at is not None
                assert story.live.article_id == story.pk
            assert story.draft_id is not None
            if story.embargo_until and story.published_at:
                assert story.published_at >= story.embargo_until

    def everything_public_is_everywhere(self):
        """The set in the model is the set on every surface, with the live headline and no other."""
        if not self.count:
            return
        public = [story for story in Article.objects.order_by("pk") if story.is_public]
        assert set(public) == set(Article.objects.published())
        client = Client()
        heads = {story.get_absolute_url(): story.live.headline for story in public}
        for path in ("/", f"/authors/{self.author.slug}/", "/topics/rivers/", "/feed/", "/sitemap.xml"):
            assert self.found_on(client, path) == set(heads), path
        for section in self.sections:
            here = {story.get_absolute_url() for story in public if story.section_id == section.pk}
            assert self.found_on(client, f"/{section.slug}/") == here
            assert self.found_on(client, f"/{section.slug}/feed/") == here
        for path, headline in heads.items():
            page = client.get(path).content.decode()
            assert re.search(r"<h1[^>]*>([^<]*)</h1>", page)[1] == headline
        for story in set(self.stories) - set(public):
            if story.get_absolute_url():
                assert client.get(story.get_absolute_url()).status_code in {404, 410}

    def found_on(self, client, path):
        """The stories a surface names, by their address; an author nobody reads yet has no page."""
        response = client.get(path)
        assert response.status_code in {200, 404}, path
        text = response.content.decode() if response.status_code == 200 else ""
        return set(re.findall(r"/\d{4}/\d{2}/\d{2}/[a-z0-9-]+/", text))


def run(examples, **how):
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=examples,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            **how,
        ),
    )


@pytest.mark.django_db
def test_readers_find_what_the_model_calls_public_after_any_sequence():
    """The same 20 sequences each time; ``make soak`` runs hundreds of new ones."""
    run(20, derandomize=True, database=None)
