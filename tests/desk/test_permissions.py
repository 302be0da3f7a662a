"""What a role means for one story: rights add up, lists and answers agree, commentary keeps its label."""

from itertools import combinations

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from articles.kinds import GUEST_KINDS, Kind
from articles.models import Article
from articles.texts import Credit
from authors.models import Author
from desk import permissions
from newsroom import roles
from newsroom.roles import (
    ADMINISTRATOR,
    COMMENTARY_EDITOR,
    COPY_EDITOR,
    EDITOR,
    PRODUCER,
    REPORTER,
    ROLES,
)
from tests.desk.conftest import signed_in
from tests.make import TOMORROW, YESTERDAY, make_article, make_author, make_text, make_user

pytestmark = pytest.mark.django_db


def people(*names):
    user = make_user(role=names[0])
    user.groups.set(Group.objects.filter(name__in=names))
    return user


def every_standing(user):
    """Stories of every kind, whose and standing there is."""
    editor = make_user()
    for kind in ("news", "commentary"):
        for by in (user, editor):
            make_article(by=by, kind=kind)
            make_article(by=by, kind=kind).submit(by=by)
            make_article(by=by, kind=kind).mark_ready(by=editor)
            make_article(by=by, kind=kind, published_at=YESTERDAY)
            make_article(by=by, kind=kind, published_at=TOMORROW)
            make_article(by=by, kind=kind).spike(by=editor)
        given = make_article(by=editor, kind=kind)
        given.classify(by=editor, assignee=user)
    Article.begin(make_text(bylines=(Credit(make_author("Own Name", user=user)),)), by=editor)


@pytest.mark.parametrize(
    "names",
    [*((role,) for role in ROLES), (REPORTER, COMMENTARY_EDITOR), (REPORTER, PRODUCER), (REPORTER, COPY_EDITOR)],
)
def test_lists_and_answers_are_twins(now, names):
    user = people(*names)
    every_standing(user)
    stories = list(Article.objects.all())

    assert set(permissions.visible(user)) == {story for story in stories if permissions.may_read(user, story)}
    assert set(permissions.awaiting_date(user)) == {
        story for story in Article.objects.ready() if permissions.may_schedule(user, story)
    }
    assert set(permissions.awaiting(user)) == {
        story for story in Article.objects.in_review() if permissions.may_mark_ready(user, story)
    }
    assert len(permissions.visible(user)) == permissions.visible(user).count()


QUESTIONS = [
    permissions.may_read,
    permissions.may_edit,
    permissions.may_mark_ready,
    permissions.may_publish,
    permissions.may_schedule,
    permissions.may_classify,
    permissions.may_spike,
    permissions.may_share,
]


def answers(user):
    user = type(user).objects.get(pk=user.pk)  # rights are remembered by the object
    return {(ask.__name__, story.pk) for story in Article.objects.all() for ask in QUESTIONS if ask(user, story)}


@pytest.mark.parametrize(("one", "other"), list(combinations(ROLES, 2)))
def test_no_right_is_lost_by_a_second_role(now, one, other):
    user = people(one)
    every_standing(user)
    alone = answers(user)
    user.groups.set(Group.objects.filter(name=other))
    alone |= answers(user)

    user.groups.set(Group.objects.filter(name__in=[one, other]))

    assert alone <= answers(user)


def test_copy_editors_polish_and_do_not_publish():
    user, story = make_user(role=COPY_EDITOR), make_article()

    assert permissions.may_edit(user, story)
    assert permissions.may_mark_ready(user, story)
    assert not permissions.may_publish(user, story)
    assert not permissions.may_spike(user, story)


def test_a_reporter_writes_changes_to_their_live_story_and_publishes_none():
    reporter = make_user(role=REPORTER)
    story = make_article(by=reporter, published_at=YESTERDAY)

    assert permissions.may_edit(reporter, story)
    assert not permissions.may_publish(reporter, story)
    assert not permissions.may_classify(reporter, story)


def test_commentary_editors_have_guest_kinds_and_no_others():
    user = make_user(role=COMMENTARY_EDITOR)
    editor = make_user()
    guest, news = make_article(kind="reaction", by=editor), make_article(by=editor)
    news.classify(assignee=user, by=editor)

    assert permissions.may_publish(user, guest)
    assert not permissions.may_edit(user, news)
    assert not permissions.may_read(user, news)
    assert set(permissions.kinds_open_to(user, None)) == GUEST_KINDS
    assert set(permissions.kinds_open_to(user, guest)) == GUEST_KINDS


def test_nobody_takes_the_label_off_what_they_could_not_publish_without_it():
    """A reporter who also edits commentary could else publish news of their own by way of it."""
    user = people(REPORTER, COMMENTARY_EDITOR)
    story = make_article(by=user, kind="commentary")

    assert set(permissions.kinds_open_to(user, story)) == set(Kind.values)
    story.publish(revision=story.draft, by=user, at=YESTERDAY)
    assert set(permissions.kinds_open_to(user, story)) == GUEST_KINDS
    assert set(permissions.kinds_open_to(make_user(), story)) == set(Kind.values)


def sent(story, **changes):
    draft = story.draft
    return {
        "headline": draft.headline,
        "summary": draft.summary,
        "body": draft.body,
        "kind": story.kind,
        "section": story.section_id,
        "slug": story.slug,
        "revision": draft.pk,
        "saves": draft.saves,
        "byline-TOTAL_FORMS": 1,
        "byline-INITIAL_FORMS": 0,
        "byline-0-name": draft.bylines.get().author.name,
        "byline-0-role": "by",
    } | changes


def test_the_editor_refuses_a_kind_and_keeps_the_text(client):
    user = signed_in(client, COMMENTARY_EDITOR)
    story = make_article(kind="commentary", by=user)

    page = client.post(
        reverse("admin:articles_article_change", args=[story.pk]), sent(story, kind="news", headline="A better one")
    )

    story.refresh_from_db()
    assert "Only an editor can make this story “News”." in page.content.decode()
    assert (story.kind, story.draft.headline) == ("commentary", "A better one")


def test_commentary_editors_begin_commentary_alone(client):
    signed_in(client, COMMENTARY_EDITOR)
    begun = {"headline": "Mine", "kind": "news", "byline-TOTAL_FORMS": 0, "byline-INITIAL_FORMS": 0}

    shown = client.get(reverse("admin:articles_article_add"))
    page = client.post(reverse("admin:articles_article_add"), begun)

    assert [value for value, _ in shown.context["form"].fields["kind"].choices] == ["commentary", "reaction"]
    assert "You cannot begin a story of the kind “News”." in page.content.decode()
    assert [(story.kind, story.draft.headline) for story in Article.objects.all()] == [("commentary", "Mine")]


def publish_sent(story, **changes):
    return {"revision": story.draft.pk, "saves": story.draft.saves, "when": "now"} | changes


def test_a_producer_publishes_what_is_ready(client):
    signed_in(client, PRODUCER)
    story = make_article()
    address = reverse("admin:articles_article_publish", args=[story.pk])
    too_early = client.post(address, publish_sent(story)).status_code
    story.mark_ready(by=make_user())

    client.post(address, publish_sent(story))

    story.refresh_from_db()
    assert (too_early, story.is_public) == (403, True)


def test_a_producer_schedules_moves_the_date_and_takes_it_back(now):
    user, story = make_user(role=PRODUCER), make_article(published_at=TOMORROW)

    assert permissions.may_schedule(user, story)
    story.revise(make_text(headline="Rewritten"), revision=story.draft, by=make_user())
    assert not permissions.may_schedule(user, story)  # nobody has read the new text yet
    assert not permissions.may_edit(user, story)


def test_a_producer_answers_no_reader_for_changes_to_a_live_story():
    editor, user = make_user(), make_user(role=PRODUCER)
    story = make_article(published_at=YESTERDAY)
    story.revise(make_text(headline="Rewritten"), revision=story.draft, by=editor)
    story.mark_ready(by=editor)

    assert not permissions.may_schedule(user, story)


@pytest.mark.parametrize(("role", "stays"), [(REPORTER, "writing"), (COPY_EDITOR, "ready"), (EDITOR, "ready")])
def test_what_a_reporter_changes_in_a_ready_text_is_read_again(client, role, stays):
    """Else a producer would publish what no editor has seen."""
    user = signed_in(client, role)
    story = make_article(by=user)
    story.mark_ready(by=make_user())
    address = reverse("admin:articles_article_change", args=[story.pk])

    client.post(address, sent(story))
    story.refresh_from_db()
    untouched = story.standing
    client.post(address, sent(story, headline="Changed at the last moment"))

    story.refresh_from_db()
    assert (untouched, story.standing, story.draft.headline) == ("ready", stays, "Changed at the last moment")


@pytest.mark.parametrize(("role", "stays"), [(REPORTER, "writing"), (COPY_EDITOR, "ready")])
def test_an_earlier_text_that_a_reporter_restores_is_read_again(client, role, stays):
    user = signed_in(client, role)
    story = make_article(by=user, headline="At first")
    story.revise(make_text(headline="At last"), revision=story.draft, by=user)
    story.mark_ready(by=make_user())
    draft = story.current_draft()

    client.post(
        reverse("admin:articles_article_restore_revision", args=[story.pk, 1]),
        {"draft": draft.pk, "saves": draft.saves},
    )

    story.refresh_from_db()
    assert (story.standing, story.draft.headline) == (stays, "At first")


def test_a_text_marked_ready_after_the_reporter_opened_it_is_read_again(client):
    user = signed_in(client, REPORTER)
    story = make_article(by=user)
    opened = sent(story, headline="Typed while an editor read")
    story.mark_ready(by=make_user())

    client.post(reverse("admin:articles_article_change", args=[story.pk]), opened)

    story.refresh_from_db()
    assert (story.standing, story.draft.headline) == ("writing", "Typed while an editor read")


def test_a_page_without_the_right_to_write_offers_what_else_there_is(client):
    signed_in(client, PRODUCER)
    story = make_article()
    story.mark_ready(by=make_user())

    page = client.get(reverse("admin:articles_article_change", args=[story.pk])).content.decode()

    assert reverse("admin:articles_article_publish", args=[story.pk]) in page
    assert "do=" not in page


def test_profiles_of_guests_are_commentary_editors_to_keep(client):
    signed_in(client, COMMENTARY_EDITOR)
    guest, staff = make_author("Gwen Guest", is_guest=True), make_author("Stan Staff")
    changed = {"name": "Changed", "is_guest": "on", "links": "", "sort_name": "changed", "slug": "changed"}

    answers = [
        client.post(reverse("admin:authors_author_change", args=[author.pk]), changed).status_code
        for author in (guest, staff)
    ]

    assert answers == [302, 403]
    assert set(Author.objects.values_list("name", flat=True)) == {"Changed", "Stan Staff"}


def test_only_administrators_say_who_signs_in_as_an_author(client):
    editor = signed_in(client, EDITOR)
    author = make_author("Stan Staff")
    sent_in = {"name": "Stan Staff", "links": "", "sort_name": "staff", "slug": "stan", "user": editor.pk}
    address = reverse("admin:authors_author_change", args=[author.pk])

    client.post(address, sent_in)
    author.refresh_from_db()
    by_editor = author.user
    signed_in(client, ADMINISTRATOR)
    client.post(address, sent_in)

    author.refresh_from_db()
    assert (by_editor, author.user) == (None, editor)


def test_the_way_to_the_site_is_told_to_those_who_may_see_the_thing(client):
    from django.contrib.contenttypes.models import ContentType

    def way(thing):
        kind = ContentType.objects.get_for_model(thing)
        return client.get(reverse("admin:view_on_site", args=[kind.pk, thing.pk]))

    story, author = make_article(published_at=YESTERDAY), make_author("Open Page")
    user = signed_in(client, REPORTER)
    told = [way(thing).headers["Location"] for thing in (story, author)]
    draft, colleague = way(make_article()), way(make_user())
    user.groups.clear()

    assert told == [story.get_absolute_url(), author.get_absolute_url()]
    assert (draft.status_code, colleague.status_code) == (404, 403)
    assert (way(story).status_code, way(author).status_code) == (404, 403)


def test_applying_the_roles_adds_and_takes_nothing_away():
    group = Group.objects.get(name=REPORTER)
    own = Permission.objects.get(codename="delete_topic")
    group.permissions.add(own)
    group.permissions.remove(Permission.objects.get(codename="add_article"))
    Group.objects.filter(name=PRODUCER).delete()

    roles.apply()

    held = {permission.codename for permission in group.permissions.all()}
    assert {"delete_topic", "add_article"} <= held
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)


def test_every_right_of_the_table_exists():
    known = {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in Permission.objects.select_related("content_type")
    }

    assert frozenset().union(*ROLES.values()) <= known
