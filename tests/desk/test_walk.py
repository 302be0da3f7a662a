"""Every address of the desk, as everybody, with every method: let in where the table says so, and nowhere else.

A refusal changes nothing, a look changes nothing, and nobody meets a word of a story they may not read. The table is
``tests/desk/walk_table.py``, what walks is ``tests/desk/walk.py``.
"""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib import admin
from django.shortcuts import resolve_url

from tests.desk import walk
from tests.desk.walk_table import PEOPLE, TABLE

pytestmark = pytest.mark.django_db

OTHER_METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS")
OWN_VIEWS = (
    "admin:articles_article_add",
    "admin:articles_article_change",
    "admin:commentary_guidelines_change",
    "admin:commentary_guidelines_changelist",
    "admin:commentary_lettertemplate_changelist",
    "admin:commentary_office_changelist",
    "admin:commentary_submission_change",
    "admin:commentary_submission_changelist",
    "admin:documents_document_add",
    "admin:documents_document_change",
    "admin:documents_document_changelist",
    "admin:documents_document_delete",
    "admin:images_image_add",
    "admin:images_image_change",
    "admin:images_image_changelist",
    "admin:images_image_delete",
    "admin:masthead_masthead_changelist",
)
STORIES_ARE = {"articles.article", "articles.revision", "articles.byline", "articles.correction"}
UNTOLD = {"accounts.user", "desk.presence", "desk.pen"}  # settings of one's own, and who has a story open
ADDRESSES = walk.addresses()
LISTS = [f"admin:{model._meta.label_lower.replace('.', '_')}_changelist" for model in admin.site._registry]


@pytest.fixture(autouse=True)
def quick(settings):
    """Nothing here looks at what a template was given, and letters are counted, not sent.

    As where mail leaves: only a newsroom that is being tried out shows letters to people who have confirmed nothing.
    """
    settings.LETTERS_KEPT = False
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}


ALL_OR_NOTHING = {"Administrator", walk.ANONYMOUS}


def refused(response):
    """Not let in: sent to the sign-in, or told that one may not, that there is no such thing or no such method."""
    if response.status_code in {401, 403, 404, 405}:
        return True
    leads_to = urlsplit(response.headers.get("Location", "")).path
    return response.status_code in {302, 303} and leads_to == resolve_url(settings.LOGIN_URL)


def expected(allowed, who, letter):
    return letter in allowed.get(who, "") if letter else who in allowed


def asked(newsroom, line, row, entry, letter):
    """What went wrong when everything was asked of one address, as one person, about one story."""
    address = newsroom.address(line, row, entry, letter)
    # Methods are refused alike whoever asks: the one who may do all, and the one who may do nothing, ask with each.
    further = ("HEAD", *OTHER_METHODS) if letter in {None, "D"} and newsroom.who in ALL_OR_NOTHING else ()
    methods = ["GET", "POST", *further]
    for method in methods:
        response, body, changed, told = newsroom.ask(method, address)
        allowed = row.post if method == "POST" else row.get
        may = expected(allowed, newsroom.who, letter)
        where = f"{method} {line} ({letter or 'no story'}) as {newsroom.who}"
        if response.status_code >= 500:
            yield f"{where}: {response.status_code}"
        if method in {"GET", "HEAD", "POST"} and refused(response) is may:
            yield f"{where}: {'refused' if may else 'let in'} with {response.status_code}, the table says otherwise"
        if method in OTHER_METHODS and response.status_code < 300 and method != "OPTIONS":
            yield f"{where}: answered with {response.status_code}, which no address of the desk does"
        if changed and (method != "POST" or not may):
            yield f"{where}: changed {', '.join(sorted(changed))}, though it is no place to change anything"
        if changed.keys() & STORIES_ARE and not line.startswith("admin:articles_article_"):
            yield f"{where}: changed a story from outside the story's own pages"
        if changed.keys() - UNTOLD and not told:
            yield f"{where}: changed {', '.join(sorted(changed))} and no row of the log tells of it"
        if leaked := newsroom.leaked(body):
            yield f"{where}: shows words of the hidden stories {', '.join(leaked)}"


def in_popups(newsroom):
    """The forms and lists of Django's admin, which it shows as popups: line, row, address and story."""
    for name, entry in ADDRESSES.items():
        if name.endswith(("_add", "_change", "_changelist", "_delete")) and name != "admin:password_change":
            for line, row in walk.lines_of(name).items():
                for letter in "DO" if row.is_about_a_story else [None]:
                    yield line, row, newsroom.address(line, row, entry, letter), letter


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_every_address_of_the_desk_has_a_line(name):
    assert walk.lines_of(name), walk.missing_line(name, ADDRESSES[name][1])


def test_every_line_of_the_table_has_an_address():
    assert sorted({line.split("?")[0] for line in TABLE} - set(ADDRESSES)) == []


def test_the_table_is_in_alphabetical_order():
    assert list(TABLE) == sorted(TABLE)


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_is_let_in_where_the_table_says(who):
    newsroom = walk.Newsroom(who)

    wrong = [
        complaint
        for name, entry in ADDRESSES.items()
        for line, row in walk.lines_of(name).items()
        for letter in (newsroom.letters if row.is_about_a_story else [None])
        for complaint in asked(newsroom, line, row, entry, letter)
    ]

    assert "\n".join(wrong) == ""


@pytest.mark.parametrize("who", PEOPLE)
def test_a_popup_opens_no_door_that_is_shut(who):
    """Django shows its forms and lists in small windows too, on request."""
    newsroom = walk.Newsroom(who)

    wrong = [
        f"{method} {line} as {who}: {response.status_code}"
        for line, row, address, letter in in_popups(newsroom)
        for method in ("GET", "POST")
        for response, body, changed, _ in [newsroom.ask(method, f"{address}?_popup=1&_to_field=id")]
        if not refused(response) | expected(row.post if method == "POST" else row.get, who, letter)
        or (changed and (method == "GET" or refused(response)))
        or newsroom.leaked(body)
    ]

    assert "\n".join(wrong) == ""


@pytest.mark.parametrize("who", ["Reporter", "Administrator"])
def test_a_popup_answers_with_no_column_it_is_not_meant_to(who):
    newsroom = walk.Newsroom(who)

    answered = {
        line: response.status_code
        for line, _row, address, _letter in in_popups(newsroom)
        for response in [newsroom.ask("GET", f"{address}?_popup=1&_to_field=password")[0]]
        if not refused(response) and response.status_code != 400 and not line.startswith(OWN_VIEWS)
    }

    assert answered == {}


QUESTIONS = [
    "draft__body__contains=canary",
    "draft__headline__startswith=c",
    "live__body__contains=canary",
    "created_by__password__startswith=m",
    "assignee__password__startswith=m",
    "assignee__email__contains=example",
    "user__password__startswith=m",
    "user__email=editor@example.org",
    "articles__draft__body__contains=canary",
    "articles=1",
    "articles__stage=writing",
    "article__draft__headline__contains=canary",
    "bylines=1",
    "bylines__revision__body__contains=canary",
    "portrait__original__startswith=a",
    "original__startswith=a",
    "created_by__email__contains=a",
    "revisions__body__contains=canary",
    "activity__note__contains=a",
    "actor__password__startswith=m",
    "password__startswith=m",
    "is_superuser=1",
    "slug__startswith=canary",
    "embargo_until__isnull=True",
]


@pytest.mark.parametrize("who", ["Reporter", "Administrator"])
def test_no_list_answers_what_its_filters_do_not_ask(who):
    """Django's lists take any column for a filter, and some of their neighbours': a way to read, letter by letter."""
    newsroom = walk.Newsroom(who)
    answered = []
    for name in LISTS:
        address = newsroom.address(name, TABLE[name], ADDRESSES[name])
        if refused(newsroom.ask("GET", address)[0]) or name == "admin:masthead_masthead_changelist":
            continue
        for question in QUESTIONS:
            response, *_ = newsroom.ask("GET", f"{address}?{question}")
            ignored = response.headers.get("Location", "").endswith("?e=1")
            if response.status_code != 400 and not ignored:
                answered.append(f"{address}?{question}: {response.status_code}")

    assert answered == []


def test_an_address_without_a_line_says_what_to_write_and_where():
    said = walk.missing_line("admin:articles_article_share", ("pk", "link"))

    assert "tests/desk/walk_table.py" in said
    assert "\"admin:articles_article_share\": Row(READS, EDITS, path={'link': …})," in said


def test_a_leak_and_a_change_would_be_seen():
    """The walk is no better than its eyes: shown a page with hidden words and a write, it complains of both."""
    newsroom = walk.Newsroom("Reporter")
    draft = newsroom.stories["D"]

    class Leaking:
        who = newsroom.who
        leaked = newsroom.leaked

        def address(self, *_):
            return "/"

        def ask(self, method, _address):
            response, *_ = newsroom.ask("GET", f"/admin/articles/article/{newsroom.stories['L'].pk}/read/")
            return response, draft.draft.body, {"articles.article": []}, 0

    row = TABLE["admin:articles_article_read"]
    complaints = list(asked(Leaking(), "admin:articles_article_read", row, ("x", ()), "D"))

    assert any("let in with 200" in complaint for complaint in complaints)
    assert any("shows words of the hidden stories D" in complaint for complaint in complaints)
    assert any("changed articles.article" in complaint for complaint in complaints)
