"""People, sections, pages, the masthead and the log: who may do what with them, and what is refused."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Activity, User
from articles.models import Section, Topic
from authors.models import Author
from masthead.models import Masthead, Page
from newsroom.roles import ADMINISTRATOR, EDITOR, REPORTER
from tests.desk.conftest import signed_in
from tests.desk.test_pictures import make_picture
from tests.make import NOW, PASSWORD, make_article, make_author, make_section, make_user

# list, add, change, delete: what each role is answered
NOTHING = (403, 403, 403, 403)
READS = (200, 403, 200, 403)
RIGHTS = {
    "accounts/activity": {REPORTER: NOTHING, EDITOR: READS, ADMINISTRATOR: READS},
    "accounts/user": {REPORTER: NOTHING, EDITOR: NOTHING, ADMINISTRATOR: (200, 200, 200, 200)},
    "articles/section": {REPORTER: READS, EDITOR: READS, ADMINISTRATOR: (200, 200, 200, 200)},
    "articles/topic": {REPORTER: READS, EDITOR: (200, 200, 200, 403), ADMINISTRATOR: (200, 200, 200, 200)},
    "authors/author": {REPORTER: READS, EDITOR: (200, 200, 200, 200), ADMINISTRATOR: (200, 200, 200, 200)},
    "images/image": {REPORTER: (200, 200, 200, 403), EDITOR: (200, 200, 200, 200), ADMINISTRATOR: (200, 200, 200, 200)},
    "masthead/masthead": {
        REPORTER: (302, 403, 403, 403),
        EDITOR: (302, 403, 403, 403),
        ADMINISTRATOR: (302, 403, 200, 403),
    },
    "masthead/page": {REPORTER: NOTHING, EDITOR: (200, 200, 200, 403), ADMINISTRATOR: (200, 200, 200, 200)},
}


def row_of(name):
    match name:
        case "accounts/activity":
            make_article()
            return Activity.objects.first()
        case "accounts/user":
            return make_user()
        case "articles/section":
            return make_section()
        case "articles/topic":
            return Topic.objects.create(name="Hospitals", slug="hospitals")
        case "authors/author":
            return make_author()
        case "images/image":
            return make_picture()
        case "masthead/masthead":
            Masthead().save()
            return Masthead.current()
        case "masthead/page":
            return Page.objects.create(title="About", slug="about")


@pytest.mark.parametrize("name", RIGHTS)
@pytest.mark.parametrize("role", [REPORTER, EDITOR, ADMINISTRATOR])
def test_each_role_reaches_what_it_may_and_nothing_else(client, db, name, role):
    pk = row_of(name).pk
    signed_in(client, role)

    answers = tuple(
        client.get(f"/admin/{name}/{page}").status_code for page in ("", "add/", f"{pk}/change/", f"{pk}/delete/")
    )

    assert answers == RIGHTS[name][role]


@pytest.mark.parametrize(
    "name", ["articles/section", "articles/topic", "authors/author", "images/image", "masthead/page", "accounts/user"]
)
def test_a_list_costs_the_same_for_one_row_and_for_many(client, administrator, name):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/admin/{name}/").status_code == 200
        return len(queries)

    row_of(name)
    cost()  # content types are cached from here on
    one = cost()
    for number in range(4):
        match name:
            case "articles/section":
                make_section(f"Section {number}", slug=f"section-{number}")
            case "articles/topic":
                Topic.objects.create(name=f"Topic {number}", slug=f"topic-{number}")
            case "masthead/page":
                Page.objects.create(title="About", slug=f"about-{number}")
            case _:
                row_of(name)

    assert cost() == one


# People


def test_a_new_account_gets_its_role_and_a_letter(client, administrator, at_once, mailoutbox):
    from django.contrib.auth.models import Group

    role = Group.objects.get(name=REPORTER)

    client.post(
        "/admin/accounts/user/add/",
        {"name": "Noa New", "email": "Noa@Example.org", "groups": [role.pk], "is_superuser": "on"},
    )

    user = User.objects.get(name="Noa New")
    assert (user.email, user.is_staff, user.is_active, user.is_superuser) == ("noa@example.org", True, True, False)
    assert not user.has_usable_password()
    assert list(user.groups.all()) == [role]
    assert [letter.to for letter in mailoutbox] == [["noa@example.org"]]
    assert list(Activity.objects.about(user).values_list("verb", "actor")) == [("invited", administrator.pk)]


def test_an_address_belongs_to_one_person_whatever_its_capitals(client, administrator):
    make_user(email="edda@example.org")

    response = client.post("/admin/accounts/user/add/", {"name": "Other", "email": "EDDA@example.org"})

    assert response.context["adminform"].form.errors["email"] == ["Somebody signs in with this address already."]


def test_an_administrator_cannot_touch_an_account_with_all_rights(client, administrator):
    root = User.objects.create_superuser("root@example.org", PASSWORD, name="Root")

    answers = [
        client.post(
            f"/admin/accounts/user/{root.pk}/{page}/", {"name": "Mine", "email": "me@example.org", "post": "yes"}
        ).status_code
        for page in ("change", "delete", "do/sign-out")
    ]

    root.refresh_from_db()
    assert answers == [403, 403, 403]
    assert (root.name, root.email) == ("Root", "root@example.org")


def test_an_administrator_cannot_delete_themselves(client, administrator):
    assert client.post(f"/admin/accounts/user/{administrator.pk}/delete/", {"post": "yes"}).status_code == 403


def test_no_list_lets_a_password_be_guessed_at(client, administrator):
    response = client.get("/admin/accounts/user/?password__startswith=pbkdf2")

    assert response.status_code == 400


# Authors


def test_a_form_names_what_is_missing(client, editor):
    response = client.post("/admin/authors/author/add/", author_as_posted(name=""))

    assert response.context["adminform"].form.errors == {"name": ["Fill in “Name”."]}


def test_an_author_with_a_byline_is_kept_and_the_stories_are_named(client, editor):
    author = make_author()
    make_article(headline="The river rose", published_at=NOW)

    shown = client.get(f"/admin/authors/author/{author.pk}/delete/").content.decode()
    client.post(f"/admin/authors/author/{author.pk}/delete/", {"post": "yes"})

    assert "The name stands over these stories" in shown
    assert "The river rose" in shown
    assert Author.objects.filter(pk=author.pk).exists()


def test_an_author_without_a_byline_is_deleted_and_the_log_tells(client, editor):
    author = make_author()

    client.post(f"/admin/authors/author/{author.pk}/delete/", {"post": "yes"})

    assert not Author.objects.exists()
    assert list(Activity.objects.values_list("verb", "subject_name")) == [("deleted", "Ada Writer")]


def author_as_posted(**fields):
    return {"name": "Ada Writer", "sort_name": "", "slug": "", "biography": "", "links": ""} | fields


def test_links_are_written_one_a_line(client, editor):
    client.post(
        "/admin/authors/author/add/",
        author_as_posted(links="Mastodon https://example.social/@ada\n\nHer own site https://ada.example/ "),
    )

    author = Author.objects.get()
    page = client.get(f"/admin/authors/author/{author.pk}/change/").content.decode()
    assert author.links == [
        {"label": "Mastodon", "url": "https://example.social/@ada"},
        {"label": "Her own site", "url": "https://ada.example/"},
    ]
    assert "Mastodon https://example.social/@ada\nHer own site https://ada.example/" in page


@pytest.mark.parametrize(
    "line", ["https://ada.example/", "Mastodon", "Evil javascript:alert(1)", "Site ftp://ada.example/"]
)
def test_a_link_without_name_or_address_is_refused_and_given_back(client, editor, line):
    response = client.post("/admin/authors/author/add/", author_as_posted(links=line))

    (error,) = response.context["adminform"].form.errors["links"]
    assert error.startswith(f"“{line}” needs a name and then a full address")
    assert line in response.content.decode()


def test_saving_an_author_unchanged_tells_nothing(client, editor):
    author = make_author(links=[{"label": "Site", "url": "https://ada.example/"}])

    client.post(
        f"/admin/authors/author/{author.pk}/change/",
        author_as_posted(sort_name=author.sort_name, slug=author.slug, links="Site https://ada.example/"),
    )

    assert not Activity.objects.exists()


def test_an_author_is_made_beside_a_choice(client, editor):
    response = client.post("/admin/authors/author/add/?_popup=1", author_as_posted(_popup="1"))

    assert response.template_name[-1] == "admin/popup_response.html"


# The publication


def masthead_as_posted(**fields):
    return {
        "name": "The Valley Record",
        "tagline": "",
        "colour": "#9c2a1f",
        "invitation": "Write to us: {commentary}",
        "language": "en-us",
        "time_zone": "America/Los_Angeles",
    } | fields


def test_the_masthead_can_be_filled_in_before_there_is_a_row(client, administrator):
    shown = client.get("/admin/masthead/masthead/", follow=True)
    client.post("/admin/masthead/masthead/1/change/", masthead_as_posted())

    assert shown.status_code == 200
    assert [masthead.name for masthead in Masthead.objects.all()] == ["The Valley Record"]
    assert "The Valley Record" in client.get("/admin/").content.decode()


def test_there_is_no_second_masthead(client, administrator):
    client.post("/admin/masthead/masthead/2/change/", masthead_as_posted())
    client.post("/admin/masthead/masthead/add/", masthead_as_posted())

    assert Masthead.objects.count() == 0


@pytest.mark.parametrize(("field", "value"), [("colour", "red"), ("time_zone", "Nowhere/At_All")])
def test_a_masthead_that_cannot_work_is_refused(client, administrator, field, value):
    response = client.post("/admin/masthead/masthead/1/change/", masthead_as_posted(**{field: value}))

    assert list(response.context["adminform"].form.errors) == [field]


def test_a_page_may_not_take_a_sections_address(client, administrator):
    make_section("Health")

    response = client.post(
        "/admin/masthead/page/add/", {"title": "Health", "slug": "health", "body": "", "position": 0}
    )

    assert "slug" in response.context["adminform"].form.errors


def test_the_body_of_a_page_is_cleaned(client, administrator):
    client.post(
        "/admin/masthead/page/add/",
        {"title": "About", "slug": "about", "body": "<p>Us<script>alert(1)</script></p>", "position": 0},
    )

    assert Page.objects.get().body == "<p>Us</p>"


def test_a_section_with_stories_is_kept(client, administrator):
    section = make_article(headline="The river rose").section

    shown = client.get(f"/admin/articles/section/{section.pk}/delete/").content.decode()
    client.post(f"/admin/articles/section/{section.pk}/delete/", {"post": "yes"})

    assert "“Health” cannot be deleted" in shown
    assert "The river rose" in shown
    assert Section.objects.filter(pk=section.pk).exists()


def test_the_commentary_section_keeps_its_address(client, administrator):
    section = make_section("Commentary")

    client.post(f"/admin/articles/section/{section.pk}/change/", {"name": "Opinion", "slug": "opinion", "position": 3})
    deleting = client.post(f"/admin/articles/section/{section.pk}/delete/", {"post": "yes"})

    section.refresh_from_db()
    assert (section.name, section.slug, deleting.status_code) == ("Opinion", "commentary", 403)


def test_lists_delete_nothing_in_bulk(client, administrator):
    topic = Topic.objects.create(name="Hospitals", slug="hospitals")

    client.post("/admin/articles/topic/", {"action": "delete_selected", "_selected_action": [topic.pk], "post": "yes"})

    assert Topic.objects.exists()


# The log


def test_the_log_leads_to_what_it_tells_of_while_that_is_there(client, administrator):
    author = make_author()
    client.post(f"/admin/authors/author/{author.pk}/change/", author_as_posted(name="Ada Other", slug="ada-writer"))
    row = Activity.objects.about(author).get()
    address = f"/admin/authors/author/{author.pk}/change/"

    before = client.get(f"/admin/accounts/activity/{row.pk}/change/").content.decode()
    author.delete()
    after = client.get(f"/admin/accounts/activity/{row.pk}/change/").content.decode()

    assert address in before
    assert address not in after
    assert "Ada Other" in after


def test_the_log_cannot_be_written(client, administrator):
    make_article()
    row = Activity.objects.first()

    answers = [
        client.post(f"/admin/accounts/activity/{page}", {"note": "x", "post": "yes"}).status_code
        for page in ("add/", f"{row.pk}/change/", f"{row.pk}/delete/")
    ]

    assert answers == [403, 403, 403]
