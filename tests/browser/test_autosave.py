"""Writing in a real browser: every word is saved by itself, whatever happens to server, session or browser."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.models import Article
from desk.models import Pen
from tests.browser.test_desk_chrome import OVERFLOW, violations
from tests.browser.test_first_story import opened, sign_in, write_body
from tests.make import PASSWORD, YESTERDAY, make_article, make_author, make_section, make_text, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COPIES = "Object.keys(localStorage).filter((key) => key.startsWith('newsroom-story'))"
KEPT = f"(words) => {COPIES}.filter((key) => localStorage[key].includes(words)).length"
SAVED = re.compile("^Saved \\d")


@pytest.fixture
def editor():
    return make_user(name="Edda")


def change(live_server, article):
    return f"{live_server.url}/admin/articles/article/{article.pk}/change/"


def state(page):
    return page.locator("[data-saved-state]")


def saved(page):
    expect(state(page)).to_have_text(SAVED)


def news(page, sentence):
    page.locator("[data-news]").get_by_text(sentence).wait_for()


def kept_copies(page, number, of=""):
    """Wait until the browser keeps so many copies ``of`` these words."""
    for _ in range(100):
        if page.evaluate(KEPT, of) == number:
            return
        page.wait_for_timeout(50)
    assert page.evaluate(KEPT, of) == number


def is_sound(page):
    """For a screen reader, by day and by night, on a phone and on a desk."""
    for width, scheme in ((390, "dark"), (1280, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert (violations(page), page.evaluate(OVERFLOW) <= 0) == ([], True)


def crash(page):
    """The browser dies with the pen in its hand: it says no goodbye. Answers with a new page of the same person."""
    for _ in range(100):
        if Pen.objects.exists():
            break
        page.wait_for_timeout(50)
    page.evaluate("navigator.sendBeacon = () => false")
    page.close(run_before_unload=False)
    again = page.context.new_page()
    again.problems = []
    return again


def body(page):
    return page.locator(".cke_editable")


def written(article):
    """The body as it is stored, its lines set as ``paragraphs`` sets them: the editor leaves some empty."""
    article.refresh_from_db()
    return re.sub("\n+", "\n", article.draft.body)


def paragraphs(*texts):
    return "\n".join(f"<p>{text}</p>" for text in texts)


def test_a_new_story_is_saved_while_it_is_written(page, live_server, editor):
    sign_in(page, live_server, editor)
    opened(page, f"{live_server.url}/admin/articles/article/add/")

    page.get_by_label("Headline").fill("The dam holds")
    saved(page)
    write_body(page, "It was tested on Monday.", "It held.")
    expect(state(page)).to_have_text("Not saved yet")
    saved(page)

    article = Article.objects.get()
    assert (article.draft.headline, written(article)) == (
        "The dam holds",
        paragraphs("It was tested on Monday.", "It held."),
    )
    assert (article.revisions.count(), article.draft.sealed_at) == (1, None)
    assert page.url == change(live_server, article)
    assert page.evaluate(COPIES) == []
    page.reload()
    expect(page.get_by_label("Headline")).to_have_value("The dam holds")
    assert page.problems == []


def test_opening_a_story_saves_nothing(page, live_server, editor):
    article = make_article(
        body="<h2>A price</h2>\n<p>Some <strong>words</strong> &amp; “more”.</p>\n<ul>\n<li>one</li>\n</ul>"
    )
    sign_in(page, live_server, editor)
    opened(page, change(live_server, article))

    page.get_by_label("Deck").fill("One line")
    saved(page)

    article.refresh_from_db()
    assert (article.draft.deck, article.revisions.count()) == ("One line", 2)
    assert re.sub(r"\s*\n\s*", "\n", article.draft.body) == article.draft.base.body


def test_a_live_story_says_at_once_that_readers_lack_what_was_typed(page, live_server, editor):
    article = make_article(published_at=YESTERDAY)
    sign_in(page, live_server, editor)
    opened(page, change(live_server, article))
    behind = page.get_by_text("Readers do not see the newest text")
    expect(behind).to_be_hidden()

    page.get_by_label("Deck").fill("One line")

    expect(behind).to_be_visible()
    assert page.problems == []


def test_settings_and_bylines_are_saved_once_they_are_left(page, live_server, editor):
    make_author("Ben Writer")
    section = make_section("Water")
    article = make_article(bylines=())
    sign_in(page, live_server, editor)
    opened(page, change(live_server, article))

    page.get_by_label("Section").select_option("Water")
    page.get_by_label("Name").first.press_sequentially("Ben Writer")
    page.get_by_label("Name").first.blur()
    saved(page)

    article.refresh_from_db()
    assert (article.section, [line.author.name for line in article.draft.bylines.all()]) == (section, ["Ben Writer"])


def test_what_another_saved_comes_in_and_the_caret_stays(page, live_server, editor):
    article = make_article(body=paragraphs("One.", "Two.", "Three."))
    sign_in(page, live_server, editor)
    opened(page, change(live_server, article))
    ben = make_text(headline="Ben's headline", body=paragraphs("One, and a long word from Ben.", "Two.", "Three."))
    article.revise(ben, revision=article.draft, by=make_user(name="Ben"))

    body(page).get_by_text("Two.").click()
    page.keyboard.press("End")
    page.keyboard.type(" By Edda")
    news(page, "Ben changed this story meanwhile; that is in it now: headline, text.")
    page.keyboard.type(", who typed on.")
    saved(page)

    article.refresh_from_db()
    assert written(article) == paragraphs("One, and a long word from Ben.", "Two. By Edda, who typed on.", "Three.")
    expect(page.get_by_label("Headline")).to_have_value("Ben's headline")
    assert not article.revisions.filter(conflicted=True).exists()
    assert page.problems == []


def test_what_comes_in_while_somebody_types_waits_and_is_never_taken_back(page, live_server, editor):
    article = make_article(body=paragraphs("One.", "Two."))
    sign_in(page, live_server, editor)
    opened(page, change(live_server, article))
    article.revise(make_text(body=paragraphs("One by Ben.", "Two.")), revision=article.draft, by=make_user(name="Ben"))
    body(page).get_by_text("Two.").click()
    page.keyboard.press("End")
    page.route("**/autosave/", lambda route: (time.sleep(0.6), route.continue_()))

    with page.expect_request("**/autosave/"):
        page.keyboard.type(" E")
    page.keyboard.type("dda typed while her first letter was on its way.", delay=15)
    news(page, "Ben changed this story meanwhile")
    expect(state(page)).to_have_text("Not saved yet")
    saved(page)
    body(page).get_by_text("One by Ben.").wait_for()

    article.refresh_from_db()
    wanted = paragraphs("One by Ben.", "Two. Edda typed while her first letter was on its way.")
    assert (written(article), article.revisions.filter(conflicted=True).count()) == (wanted, 0)


def test_a_clash_is_decided_place_by_place(page, live_server, editor):
    article = make_article(body=paragraphs("One.", "Two.", "Three."))
    sign_in(page, live_server, editor)
    opened(page, change(live_server, article))
    ben = make_text(headline="Ben's headline", body=paragraphs("One by Ben.", "Two.", "Three by Ben."))
    article.revise(ben, revision=article.draft, by=make_user(name="Ben"))

    page.get_by_label("Headline").fill("Edda's headline")
    body(page).get_by_text("Three.").click()
    page.keyboard.press("End")
    page.keyboard.type(" By Edda.")
    page.get_by_role("heading", name="You and Ben changed the same words").wait_for()
    is_sound(page)
    page.get_by_role("group", name="Headline").get_by_label("Ben’s").check()
    page.get_by_role("group", name="Text").get_by_label("Both").check()
    page.get_by_role("button", name="Save with these choices").click()
    page.get_by_text("Saved.", exact=True).wait_for()

    article.refresh_from_db()
    assert (article.draft.headline, written(article)) == (
        "Ben's headline",
        paragraphs("One by Ben.", "Two.", "Three by Ben.", "Three. By Edda."),
    )
    kept = article.revisions.get(conflicted=True)
    assert (kept.headline, re.sub("\n+", "\n", kept.body)) == (
        "Edda's headline",
        paragraphs("One.", "Two.", "Three. By Edda."),
    )


def test_a_clash_is_decided_without_scripts(browser, live_server, editor):
    article = make_article(body=paragraphs("One.", "Two."))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, editor)
    page.goto(change(live_server, article))
    article.revise(
        make_text(headline="Ben's", body=paragraphs("One by Ben.", "Two.")),
        revision=article.draft,
        by=make_user(name="Ben"),
    )

    page.get_by_label("Headline").fill("Edda's")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("group", name="Headline").get_by_label("Ben’s").check()
    page.get_by_role("button", name="Save with these choices").click()
    page.get_by_text("Saved.", exact=True).wait_for()

    article.refresh_from_db()
    assert (article.draft.headline, written(article)) == ("Ben's", paragraphs("One by Ben.", "Two."))
    context.close()


def test_the_session_ends_and_somebody_signs_in_over_their_text(page, live_server, editor):
    article = make_article()
    sign_in(page, live_server, editor)
    opened(page, change(live_server, article))
    Session.objects.all().delete()

    page.get_by_label("Headline").fill("Written after the session ended")
    dialog = page.get_by_role("dialog", name="Sign in to save")
    dialog.wait_for()
    is_sound(page)
    expect(dialog.get_by_label("E-mail address")).to_have_value(editor.email)
    expect(state(page)).to_have_text("Not saved yet. You are signed out")
    dialog.get_by_label("Password").fill("not the right one at all")
    dialog.get_by_role("button", name="Sign in").click()
    dialog.get_by_role("alert").wait_for()
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    saved(page)

    article.refresh_from_db()
    expect(dialog).to_be_hidden()
    assert article.draft.headline == page.get_by_label("Headline").input_value() == "Written after the session ended"
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved.", exact=True).wait_for()


def test_another_person_signing_in_saves_nothing_of_the_first(page, live_server, editor):
    article = make_article()
    sign_in(page, live_server, editor)
    opened(page, change(live_server, article))
    other = page.context.new_page()
    Session.objects.all().delete()
    sign_in(other, live_server, make_user(name="Ben"))

    page.get_by_label("Headline").fill("Edda's words")

    page.get_by_text("Ben is signed in here now. This page belongs to somebody else").wait_for()
    assert article.revisions.count() == 1
    assert len(page.evaluate(COPIES)) == 1


def test_a_text_is_brought_back_after_a_crash(page, live_server, editor):
    article = make_article(body=paragraphs("One.", "Two."))
    sign_in(page, live_server, editor)
    opened(page, change(live_server, article))
    page.context.route("**/autosave/", lambda route: route.abort())
    page.get_by_label("Headline").fill("Never sent")
    expect(state(page)).to_have_text(re.compile("The server does not answer"))
    kept_copies(page, 1)
    is_sound(page)
    again = crash(page)
    again.context.unroute("**/autosave/")
    article.revise(make_text(body=paragraphs("One by Ben.", "Two.")), revision=article.draft, by=make_user(name="Ben"))

    opened(again, change(live_server, article))
    again.get_by_role("button", name="Bring it back").wait_for()
    is_sound(again)
    again.get_by_role("button", name="Write here instead").click()
    again.get_by_role("button", name="Bring it back").click()
    saved(again)

    article.refresh_from_db()
    assert (article.draft.headline, written(article)) == ("Never sent", paragraphs("One by Ben.", "Two."))
    assert again.evaluate(COPIES) == []


def test_a_clash_nobody_decided_is_asked_again_after_a_crash(page, live_server, editor):
    article = make_article(body=paragraphs("One.", "Two."))
    sign_in(page, live_server, editor)
    opened(page, change(live_server, article))
    ben = make_text(headline="Ben's", body=paragraphs("One by Ben.", "Two."))
    article.revise(ben, revision=article.draft, by=make_user(name="Ben"))
    page.get_by_label("Headline").fill("Edda's")
    clash = "You and Ben changed the same words"
    page.get_by_role("heading", name=clash).wait_for()
    page.get_by_label("Deck").fill("Typed since")
    kept_copies(page, 1, of="Typed since")
    again = crash(page)

    opened(again, change(live_server, article))
    again.get_by_role("button", name="Write here instead").click()
    again.get_by_role("button", name="Bring it back").click()
    again.get_by_role("heading", name=clash).wait_for()
    again.get_by_role("group", name="Headline").get_by_label("Ben’s").check()
    again.get_by_role("button", name="Save with these choices").click()
    again.get_by_text("Saved.", exact=True).wait_for()

    wanted = ("Ben's", "Typed since", paragraphs("One by Ben.", "Two."))
    assert (written(article), article.draft.headline, article.draft.deck) == (wanted[2], wanted[0], wanted[1])


def test_signing_out_deletes_every_copy_after_asking(page, live_server, editor):
    article = make_article()
    sign_in(page, live_server, editor)
    opened(page, change(live_server, article))
    other = page.context.new_page()
    other.problems = []
    other.goto(f"{live_server.url}/admin/")
    page.context.route("**/autosave/", lambda route: route.abort())
    page.get_by_label("Headline").fill("Never sent")
    kept_copies(page, 1)

    other.get_by_role("button", name="Sign out").click()
    other.get_by_role("dialog", name="Sign out and delete an unsaved text?").wait_for()
    assert "“Never sent”" in other.get_by_role("dialog").inner_text()
    assert violations(other) == []
    other.get_by_role("button", name="Sign out and delete").click()
    other.get_by_text("You are signed out").wait_for()

    assert other.evaluate(COPIES) == []
    page.get_by_text("You have signed out in another tab").wait_for()
    page.get_by_label("Headline").fill("Typed on")
    page.wait_for_timeout(900)
    assert page.evaluate(COPIES) == []


def test_two_tabs_of_one_person_make_no_conflict(page, live_server, editor):
    article = make_article(body=paragraphs("One.", "Two."))
    sign_in(page, live_server, editor)
    page.context.route("**/presence/", lambda route: route.abort())  # else only one of them may be written on
    opened(page, change(live_server, article))
    other = opened(page.context.new_page(), change(live_server, article))

    for tab, place, words in [(page, "One.", " First"), (other, "Two.", " Second"), (page, "One.", " again")]:
        tab.bring_to_front()
        body(tab).get_by_text(place).click()
        tab.keyboard.press("End")
        tab.keyboard.type(words)
        saved(tab)

    article.refresh_from_db()
    assert written(article) == paragraphs("One. First again", "Two. Second")
    assert not article.revisions.filter(conflicted=True).exists()


def test_leaving_warns_only_of_what_is_unsaved(page, live_server, editor):
    article = make_article()
    sign_in(page, live_server, editor)
    opened(page, change(live_server, article))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.get_by_label("Headline").fill("Saved")
    saved(page)
    page.goto(f"{live_server.url}/admin/")
    saved_warned = list(asked)
    opened(page, change(live_server, article))
    page.route("**/autosave/", lambda route: route.abort())
    page.get_by_label("Headline").fill("Unsaved")
    page.goto(f"{live_server.url}/admin/")

    assert (saved_warned, asked) == ([], ["beforeunload"])


def test_save_and_its_shortcut_wait_for_the_save_under_way(page, live_server, editor):
    article = make_article()
    sign_in(page, live_server, editor)
    opened(page, change(live_server, article))
    page.route("**/autosave/", lambda route: (time.sleep(0.5), route.continue_()))

    with page.expect_request("**/autosave/"):
        page.get_by_label("Headline").fill("On its way")
    page.get_by_label("Headline").fill("On its way, and more")
    page.keyboard.press("Control+s")
    page.get_by_text("Saved.", exact=True).wait_for()

    article.refresh_from_db()
    assert (article.draft.headline, article.draft.sealed_at is not None) == ("On its way, and more", True)
    assert page.evaluate(COPIES) == []


def test_a_field_that_cannot_be_saved_says_so_where_it_is(page, live_server, editor):
    article = make_article()
    sign_in(page, live_server, editor)
    opened(page, change(live_server, article))

    page.get_by_label("Headline").fill("x" * 300)

    page.locator(".sheet__headline").get_by_text("300 characters long").wait_for()
    expect(state(page)).to_have_text(re.compile("not: headline"))
    page.get_by_label("Headline").fill("Short")
    saved(page)
    assert page.locator("[data-problem]").count() == 0


class Server:
    """A web server in a process of its own, over a database of its own, to be killed and started again."""

    def __init__(self, folder):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        own = {"DATA_DIR": str(folder), "PORT": str(self.port), "NEWSROOM_SAMPLE": "0"}
        self.environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "newsroom.settings"} | own
        self.process = None

    def does(self, code):
        command = [sys.executable, settings.ROOT / "manage.py", "shell", "-v", "0"]
        told = subprocess.run(  # noqa: S603 -- our own command
            command, env=self.environment, input=code, capture_output=True, text=True, check=True
        )
        return told.stdout.strip()

    def start(self):
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(self.port)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(  # noqa: S603 -- our own command
            [*command, "newsroom.wsgi:application"], env=self.environment, cwd=settings.ROOT, **quiet
        )
        for _ in range(150):
            if self.answers():
                return
            time.sleep(0.2)
        pytest.fail("The server did not start.")

    def answers(self):
        web = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            web.request("GET", "/health/live")
            return web.getresponse().status == 200
        except OSError:
            return False
        finally:
            web.close()

    def kill(self):
        """As when the machine loses power: nobody is asked."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        for pid in [self.process.pid, *map(int, children)]:
            os.kill(pid, signal.SIGKILL)
        self.process.wait(10)


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path / "data")
    server.does(PREPARE)
    server.start()
    yield server
    if server.process.poll() is None:
        server.kill()


PREPARE = f"""
from django.core.management import call_command
from accounts.models import User
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
User.objects.create_superuser("edda@example.org", "{PASSWORD}", name="Edda")
"""
READ = """
from articles.models import Article
from desk.models import Pen
article = Article.objects.get()
print(article.revisions.count(), article.draft.headline, sep="|")
"""


def test_a_server_killed_while_somebody_writes_loses_nothing(page, server):
    page.goto(f"{server.url}/admin/login/")
    page.get_by_label("E-mail address").fill("edda@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("#login-form").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{server.url}/admin/")
    opened(page, f"{server.url}/admin/articles/article/add/")
    page.get_by_label("Headline").fill("Before")
    saved(page)

    page.get_by_label("Headline").press_sequentially(", while", delay=20)
    server.kill()
    page.get_by_label("Headline").press_sequentially(" the server was dead", delay=20)
    expect(state(page)).to_have_text(re.compile("The server does not answer"))
    server.start()
    page.get_by_label("Headline").press_sequentially(", and after", delay=20)
    expect(state(page)).to_have_text(SAVED, timeout=40_000)

    assert server.does(READ) == "1|Before, while the server was dead, and after"
    assert page.evaluate(COPIES) == []
