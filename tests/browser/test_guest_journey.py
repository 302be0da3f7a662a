"""Three writers and one desk, from the foot of a story to what becomes of each piece: with and without scripts."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from articles.models import Article
from commentary import posting
from commentary.models import Letter, Submission
from newsroom.roles import EDITOR
from tests.browser.conftest import _note, _note_failure
from tests.browser.test_first_story import sign_in
from tests.commentary.make import make_publishable
from tests.make import make_article, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "We drove it in January.\n\nIt took four hours."


@pytest.fixture
def story():
    return make_article(headline="A ward stays open", published_at=timezone.now() - timedelta(hours=2))


@pytest.fixture
def editor():
    return make_user(role=EDITOR, name="Ruben Adeyemi")


@pytest.fixture
def desk(page, live_server, editor):
    sign_in(page, live_server, editor)
    return page


@pytest.fixture(params=["with scripts", "without scripts"])
def guest(request, browser):
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=request.param == "with scripts"
    )
    guest = context.new_page()
    guest.problems = []
    guest.on("pageerror", lambda error: guest.problems.append(f"exception: {error}"))
    guest.on("requestfailed", lambda failed: _note_failure(guest.problems, failed))
    guest.on("console", lambda message: _note(guest.problems, message))
    yield guest
    assert guest.problems == []
    context.close()


def newest_letter(to, live_server):
    """What the post brings to ``to``, also what waits so that a decision can be taken back; its link, opened here."""
    Letter.objects.filter(sent_at__isnull=True, cancelled_at__isnull=True).update(send_after=timezone.now())
    while letter := posting.claim():
        posting.send(letter)
    letter = [letter for letter in mail.outbox if letter.to == [to]][-1]
    link = re.search(r"https?://[^/]+(/commentary/key/\S+)", letter.body)
    return letter, live_server.url + link[1] if link else ""


def opens(guest, link):
    guest.goto(link)
    guest.locator("main form button").click()


def heading(page, name):
    page.get_by_role("heading", level=1, name=name).wait_for()


def reacts(guest, live_server, story, email):
    """Write a reaction from the foot of the story, and confirm it by the letter."""
    guest.goto(live_server.url + story.get_absolute_url())
    guest.get_by_role("link", name="React to this story").click()
    guest.get_by_text("A ward stays open").wait_for()
    guest.get_by_label("Headline").fill("Ninety minutes is a highway in January")
    guest.get_by_label("Your answer").fill(WORDS)
    guest.get_by_label("Your name").fill("Rosa Imber")
    guest.get_by_label("Your e-mail address").fill(email)
    guest.get_by_label("Who you are").fill("Rosa Imber lives in Bracken Falls.")
    guest.get_by_label("I wrote this text, and I agree").check()
    guest.locator("main form").get_by_role("button", name=re.compile("^Send")).click()
    guest.get_by_text("What happens next").wait_for()
    assert not Submission.objects.readable().exists()
    letter, link = newest_letter(email, live_server)
    assert not {"Rosa", "Ninety", "January"} & set(letter.body.split())
    opens(guest, link)
    heading(guest, "Received")
    return Submission.objects.readable().get()


def desk_does(desk, live_server, piece, button, **answers):
    desk.goto(f"{live_server.url}/admin/commentary/submission/{piece.pk}/")
    name = re.compile(f"^{button}")
    desk.get_by_role("link", name=name).or_(desk.get_by_role("button", name=name)).first.click()
    for label, answer in answers.items():
        field = desk.get_by_label(label.replace("_", " "))
        field.select_option(answer) if field.evaluate("field => field.tagName") == "SELECT" else field.fill(answer)
    if answers:
        desk.locator("main form").get_by_role("button", name=name).click()
    desk.locator(".messages, [role=status]").first.wait_for()


def test_a_reaction_is_answered_revised_approved_and_published(desk, guest, live_server, story, editor):
    piece = reacts(guest, live_server, story, "rosa@example.org")

    desk_does(desk, live_server, piece, "Take it")
    desk_does(desk, live_server, piece, "Ask for changes", What_we_need="Who drove?")
    _letter, link = newest_letter("rosa@example.org", live_server)
    opens(guest, link)
    guest.get_by_role("link", name="Revise your text").click()
    guest.get_by_label("Text", exact=True).fill(WORDS.replace("We drove", "My sister drove"))
    guest.get_by_label("Your answer to the editor").fill("My sister.")
    guest.get_by_role("button", name="Send the revised text").click()
    heading(guest, "Being considered")

    desk_does(desk, live_server, piece, "Accept", Your_words_to_the_writer="Gladly.")
    piece.refresh_from_db()
    desk.goto(f"{live_server.url}/admin/commentary/submission/{piece.pk}/")
    desk.get_by_label("How we made sure").select_option("phone")
    desk.get_by_role("button", name="Keep", exact=True).click()
    desk.get_by_role("button", name="Reviewed", exact=True).click()
    desk.get_by_role("link", name="Open the story").first.click()
    desk.locator(".cke_wysiwyg_div[role]").wait_for()
    desk.get_by_label("In summary").fill("A reader on the drive to the ward.")
    desk.get_by_label("Headline").fill("Ninety minutes is a highway in winter")
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.get_by_text("Saved.", exact=True).wait_for()
    desk_does(desk, live_server, piece, "Send for approval", What_you_say_of_the_edit="One word.")

    _letter, link = newest_letter("rosa@example.org", live_server)
    opens(guest, link)
    heading(guest, "Your edited text")
    assert "winter" in guest.locator("main ins").first.inner_text()
    guest.get_by_label("Type your name").fill("Rosa Imber")
    guest.get_by_role("button", name="Approve", exact=True).click()
    heading(guest, "Approved")

    desk.goto(f"{live_server.url}/admin/commentary/submission/{piece.pk}/")
    desk.get_by_role("link", name="Publish …").click()
    desk.locator("[data-publish-do]").click()
    desk.get_by_text(re.compile("Readers (see|have)|Published")).first.wait_for()
    guest.goto(live_server.url + Article.objects.get(submission=piece).get_absolute_url())
    heading(guest, "Ninety minutes is a highway in winter")
    main = guest.locator("main")
    assert main.get_by_text("Reader reaction").first.is_visible()
    assert main.get_by_role("link", name="Rosa Imber").first.is_visible()
    assert main.get_by_role("link", name="A ward stays open").first.is_visible()
    guest.goto(live_server.url + story.get_absolute_url())
    guest.reload()  # a browser may show what it has for a minute
    assert guest.get_by_role("link", name="Ninety minutes is a highway in winter").first.is_visible()


def test_another_is_declined_kindly(desk, guest, live_server, story):
    piece = reacts(guest, live_server, story, "otto@example.org")

    desk_does(desk, live_server, piece, "Decline", Reason="late", Your_words_to_the_writer="The moment has passed.")

    guest.reload()
    heading(guest, re.compile("Received|Being considered"))
    letter, _ = newest_letter("otto@example.org", live_server)
    assert "The moment has passed." in letter.body
    assert "free to offer it elsewhere" in letter.body
    guest.reload()
    guest.get_by_text("free to offer it elsewhere").first.wait_for()


def test_a_third_withdraws_on_the_last_evening(desk, guest, live_server, editor):
    piece = make_publishable(editor=editor)
    piece.article.publish(revision=piece.article.draft, by=editor, at=timezone.now() + timedelta(minutes=1))
    _letter, link = newest_letter("gail@example.org", live_server)
    opens(guest, link)
    heading(guest, "Approved")
    guest.get_by_role("link", name="Withdraw your piece").click()
    guest.get_by_role("button", name="Send me the link").click()
    _letter, link = newest_letter("gail@example.org", live_server)
    opens(guest, link)
    guest.locator("main form button").click()

    guest.get_by_text("You withdrew").first.wait_for()
    article = Article.objects.get(submission=piece)
    assert (article.live_id, article.published_at) == (None, None)
    desk.goto(f"{live_server.url}/admin/commentary/submission/{piece.pk}/")
    desk.get_by_text("Withdrawn").first.wait_for()
