"""The desk's pages in a real browser: nothing refused by the policy, readable for everybody, wide and narrow."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group
from PIL import Image as Drawing

from accounts.models import User
from articles.models import Article, Topic
from masthead.models import Masthead
from newsroom.roles import ADMINISTRATOR, REPORTER
from tests.browser.test_first_story import sign_in
from tests.desk.test_pictures import make_picture
from tests.images.make import make_image
from tests.make import NOW, PASSWORD, make_article, make_author, make_text, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIGNED_OUT = [
    "/admin/login/",
    "/accounts/new-password/",
    "/accounts/new-password/asked/",
    "/accounts/new-password/MQ/x/",
]
DESK = [
    "/admin/articles/article/?q=nothing-like-it",
    "/admin/authors/author/add/?_popup=1",
    "/admin/images/image/{uncredited}/change/",
]
SIZES = [(1280, 900), (390, 844)]
LOOKS = [("light", 1280, 900), ("dark", 390, 844)]
OVERFLOW = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"


def violations(page):
    """What axe finds, short enough to read in a failure."""
    noted = list(page.problems)
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
    page.problems[:] = noted  # axe measures with inline styles, which the policy refuses it
    return [(rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in found]


def looked_at(page, address):
    """The page in light and wide, in dark and narrow: what is wrong with it."""
    page.goto(address)
    page.locator("select.admin-autocomplete:not(.select2-hidden-accessible)").first.wait_for(state="detached")
    if page.locator("textarea[data-body-editor]").count():
        page.locator(".cke_wysiwyg_div[role]").wait_for()
    wrong = []
    for scheme, width, height in LOOKS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": height})
        wrong += [(scheme, width, *what) for what in violations(page)]
        if page.evaluate(OVERFLOW) > 0:
            wrong.append((scheme, width, "scrolls sideways"))
    return wrong + page.problems


@pytest.fixture
def desk(page, live_server, tmp_path):
    """An administrator on a desk with one of everything; gives the keys its addresses need."""
    article = make_article(published_at=NOW, lead_image=make_image(credit="Ada", alt="A shore", finished=True))
    article.submit(by=make_user())
    Topic.objects.create(name="Hospitals", slug="hospitals")
    make_user(role=REPORTER, name="Rosa Reporter")
    Masthead(name="The Valley Record").save()
    sign_in(page, live_server, make_user(role=ADMINISTRATOR))
    page.keys = {"article": article.pk, "uncredited": make_picture(credit="").pk}
    return page


@pytest.mark.parametrize("path", SIGNED_OUT)
def test_a_page_before_sign_in_is_sound(page, live_server, path):
    assert looked_at(page, live_server.url + path) == []


@pytest.mark.parametrize("path", DESK)
def test_a_page_of_the_desk_is_sound(desk, live_server, path):
    assert looked_at(desk, live_server.url + path.format(**desk.keys)) == []


def test_the_two_texts_of_a_stale_save_are_sound(desk, live_server):
    desk.goto(live_server.url + "/admin/articles/article/{article}/change/".format(**desk.keys))
    desk.locator(".cke_wysiwyg_div[role]").wait_for()
    article = Article.objects.get()
    article.revise(make_text(headline="Ben's"), revision=article.draft, by=make_user(name="Ben"))
    desk.get_by_label("Headline").fill("Edda's")
    desk.get_by_role("button", name="Save", exact=True).click()

    desk.get_by_role("heading", name="You and Ben changed the same words").wait_for()
    desk.locator(".cke_wysiwyg_div[role]").wait_for()
    for scheme in ("light", "dark"):
        desk.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert violations(desk) == []
    assert desk.evaluate(OVERFLOW) <= 0


def test_a_form_with_errors_is_sound(desk, live_server):
    desk.goto(f"{live_server.url}/admin/authors/author/add/")
    desk.get_by_label("Links").fill("nothing like a link")
    desk.get_by_role("button", name="Save", exact=True).click()

    desk.get_by_text("needs a name and then a full address").wait_for()
    assert violations(desk) == []
    assert desk.get_by_label("Links").input_value() == "nothing like a link"
    assert desk.problems == []


def test_the_rail_becomes_a_menu_on_a_phone(desk, live_server):
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.goto(f"{live_server.url}/admin/")
    people = desk.get_by_role("link", name="People")
    assert not people.is_visible()

    desk.get_by_role("button", name="Menu").click()
    assert people.is_visible()
    assert violations(desk) == []
    desk.keyboard.press("Escape")
    assert not people.is_visible()
    desk.get_by_role("button", name="Menu").click()
    people.click()

    desk.get_by_role("heading", level=1, name="Authors").wait_for()


def test_the_keyboard_skips_the_rail(desk, live_server):
    desk.goto(f"{live_server.url}/admin/accounts/activity/")

    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.textContent") == "Skip to the content"
    desk.keyboard.press("Enter")

    assert desk.evaluate("document.activeElement.tagName") == "MAIN"


def test_filters_open_one_at_a_time_and_close_on_escape(desk, live_server):
    desk.goto(f"{live_server.url}/admin/articles/article/")
    opened = desk.locator("details.filter[open]")

    desk.locator("details.filter > summary").nth(0).click()
    desk.locator("details.filter > summary").nth(1).click()
    assert opened.count() == 1
    desk.keyboard.press("Escape")
    assert opened.count() == 0
    desk.locator("details.filter > summary").nth(0).click()
    desk.get_by_role("heading", level=1).click()
    assert opened.count() == 0
    desk.locator("details.filter > summary").nth(0).click()
    desk.get_by_role("link", name="In review", exact=True).click()

    desk.wait_for_url("**/?where=review")
    assert opened.count() == 0
    assert desk.problems == []


def test_a_filters_menu_fits_a_phone(desk, live_server):
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.goto(f"{live_server.url}/admin/articles/article/")

    for summary in desk.locator("details.filter > summary").all():
        summary.click()
        assert desk.evaluate(OVERFLOW) <= 0
    assert violations(desk) == []


def test_a_portrait_is_uploaded_in_a_window_of_its_own(desk, live_server, tmp_path):
    photograph = tmp_path / "portrait.jpg"
    Drawing.new("RGB", (400, 400), "#345").save(photograph)
    author = make_author("Ben Newcomer")
    desk.goto(f"{live_server.url}/admin/authors/author/{author.pk}/change/")

    with desk.expect_popup() as opening:
        desk.locator("#add_id_portrait").click()
    window = opening.value
    window.get_by_label("Picture").set_input_files(photograph)
    window.get_by_label("Alt text").fill("Ben at his table")
    window.get_by_label("Credit", exact=True).fill("Ada Writer")
    with window.expect_event("close"):
        window.get_by_role("button", name="Add", exact=True).click()
    desk.locator(".field-portrait .select2-selection__rendered", has_text="Ben at his table").wait_for()
    desk.get_by_role("button", name="Save", exact=True).click()

    desk.get_by_role("heading", level=1, name="Authors").wait_for()
    author.refresh_from_db()
    assert author.portrait.alt == "Ben at his table"
    assert desk.problems == []


def test_a_portrait_is_found_by_typing(desk, live_server):
    picture = make_picture(alt="A heron")
    author = make_author("Ben Newcomer")
    desk.goto(f"{live_server.url}/admin/authors/author/{author.pk}/change/")

    desk.locator(".field-portrait .select2-selection").click()
    desk.locator(".select2-search__field").fill("heron")
    desk.get_by_role("option", name="A heron").click()
    desk.get_by_role("button", name="Save", exact=True).click()

    desk.get_by_role("heading", level=1, name="Authors").wait_for()
    author.refresh_from_db()
    assert author.portrait == picture
    given_up = "/admin/autocomplete/"  # each letter gives up the search for the letters before it
    assert [problem for problem in desk.problems if given_up not in problem] == []


def test_the_biography_says_where_it_is_cut(desk, live_server):
    desk.goto(f"{live_server.url}/admin/authors/author/add/")
    biography = desk.get_by_label("Biography")

    biography.fill("x" * 200)
    assert desk.locator(".counter").inner_text() == "200 characters; the card under a story shows all."
    biography.fill("x" * 240)

    assert desk.locator(".counter").inner_text() == "240 characters; the card under a story shows the first 200."


def test_the_slug_follows_the_title_of_a_new_page(desk, live_server):
    desk.goto(f"{live_server.url}/admin/masthead/page/add/")
    desk.locator(".cke_editable").wait_for()

    desk.get_by_label("Title").press_sequentially("How we work")

    assert desk.get_by_label("Slug").input_value() == "how-we-work"


def test_a_new_colleague_chooses_a_password_through_the_letter(page, live_server, settings, mailoutbox):
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
    settings.SITE_ADDRESS = live_server.url
    sign_in(page, live_server, make_user(role=ADMINISTRATOR))
    page.goto(f"{live_server.url}/admin/accounts/user/add/")
    page.get_by_label("Name").fill("Noa New")
    page.get_by_label("E-mail address").fill("noa@example.org")
    page.get_by_label("Reporter").check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("A letter is on its way to noa@example.org").wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="You are signed out").wait_for()
    assert violations(page) == []

    page.goto(re.search(r"http://\S+/accounts/invitation/\S+", mailoutbox[0].body).group())
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("Show the passwords").check()
    assert page.get_by_label("New password", exact=True).get_attribute("type") == "text"
    page.get_by_label("New password confirmation").fill(PASSWORD)
    assert violations(page) == []
    page.get_by_role("button", name="Set this password and sign in").click()
    page.get_by_role("heading", name="Hello Noa").wait_for()
    noa = User.objects.get(email="noa@example.org")

    assert list(noa.groups.all()) == [Group.objects.get(name=REPORTER)]
    assert page.problems == []


def test_an_expired_form_without_javascript_gives_the_text_back(browser, live_server):
    editor = make_user()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, editor)
    page.goto(f"{live_server.url}/admin/articles/article/add/")
    page.get_by_label("Headline").fill("Written before the session ended")
    page.get_by_label("Body").fill("<p>All of it.</p>")
    context.clear_cookies()

    page.get_by_role("button", name="Save", exact=True).click()

    page.get_by_role("heading", name="This form was not sent").wait_for()
    assert page.get_by_label("Headline").input_value() == "Written before the session ended"
    assert page.get_by_label("Body").input_value() == "<p>All of it.</p>"
    context.close()
