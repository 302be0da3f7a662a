"""Several stories at once and the bin, in a real browser: by mouse and keyboard, on a phone, and with a story open."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import Article
from masthead.models import Masthead
from tests.browser.test_desk_chrome import OVERFLOW, violations
from tests.browser.test_first_story import sign_in
from tests.browser.test_presence import FASTER
from tests.make import YESTERDAY, make_article, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "/admin/articles/article/"
LOOKS = [("light", 1280, 900), ("dark", 390, 844)]


@pytest.fixture
def editor():
    return make_user(name="Edda Editor")


@pytest.fixture
def stories():
    """Four, shown as A to D."""
    Masthead(name="The Valley Record").save()
    return [make_article(headline=f"Story {letter}") for letter in "DCBA"][::-1]


@pytest.fixture
def listed(page, live_server, stories, editor):
    sign_in(page, live_server, editor)
    page.goto(live_server.url + LIST)
    return page


def box(page, letter):
    return page.get_by_role("checkbox", name=f"Choose “Story {letter}”")


def bar(page):
    return page.get_by_role("group", name="What to do with the chosen stories")


def told(page):
    return page.locator("[data-selection-told]")


def is_sound(page):
    for scheme, width, height in LOOKS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": height})
        assert violations(page) == [], (scheme, width)
        assert page.evaluate(OVERFLOW) <= 0, (scheme, width)


def test_the_bar_counts_what_is_chosen_and_goes_when_nothing_is(listed):
    expect(bar(listed)).to_be_hidden()
    box(listed, "A").check()
    expect(bar(listed)).to_contain_text("1 of 4 chosen")
    box(listed, "D").click(modifiers=["Shift"])
    expect(told(listed)).to_have_text("4 of 4 chosen")
    everything = listed.get_by_label("Choose all 4 on this page")
    expect(everything).to_be_checked()
    box(listed, "B").uncheck()
    expect(everything).not_to_be_checked()
    everything.check()
    expect(told(listed)).to_have_text("4 of 4 chosen")
    listed.get_by_role("button", name="Choose none").click()

    expect(bar(listed)).to_be_hidden()
    expect(told(listed)).to_have_text("None chosen")
    expect(box(listed, "B")).to_be_focused()
    assert listed.problems == []


def test_stories_are_spiked_and_brought_back_by_keyboard_alone(listed, live_server):
    keys = listed.keyboard
    listed.locator("#palette").wait_for(state="attached")
    for key in ("j", "x", "j", "j", "x"):
        keys.press(key)
    expect(told(listed)).to_have_text("2 of 4 chosen")
    box(listed, "B").focus()
    keys.press("Space")
    keys.press("Space")
    keys.press("Enter")
    expect(listed.get_by_role("button", name="Send for review")).to_be_focused()
    listed.get_by_role("button", name="Spike").focus()
    keys.press("Enter")
    expect(listed.locator("[data-outcome]")).to_be_focused()
    expect(listed.locator("[data-outcome]")).to_have_text("2 stories are put into the bin.")
    listed.get_by_role("link", name="Bin", exact=True).press("Enter")
    listed.get_by_role("heading", level=1, name="Bin").wait_for()
    listed.get_by_role("button", name="Bring back “Story C”").press("Enter")

    expect(listed.locator("[data-outcome]")).to_have_text("“Story C” is brought back.")
    assert sorted(str(story) for story in Article.objects.in_bin()) == ["Story A"]
    assert listed.problems == []


def test_somebody_is_chosen_for_several_on_a_phone(listed, stories):
    listed.set_viewport_size({"width": 390, "height": 844})
    rita = make_user(name="Rita Writer")
    listed.reload()
    box(listed, "A").check()
    box(listed, "B").check()
    listed.locator("summary", has_text="Give to").click()
    assert listed.evaluate(OVERFLOW) <= 0
    bar(listed).get_by_label("Assignee").select_option("Rita Writer")
    bar(listed).get_by_role("button", name="Give to").click()

    expect(listed.locator("[data-outcome]")).to_have_text("2 stories are given to Rita Writer.")
    assert set(Article.objects.filter(assignee=rita)) == set(stories[:2])
    assert listed.problems == []


def test_the_list_with_a_selection_its_menu_and_its_outcome_is_sound(listed, editor):
    live = make_article(headline="Story L", published_at=YESTERDAY)
    listed.reload()
    box(listed, "A").check()
    box(listed, "L").check()
    is_sound(listed)
    listed.locator("summary", has_text="Move to section").click()
    is_sound(listed)
    listed.keyboard.press("Escape")
    listed.get_by_role("button", name="Spike").click()

    expect(listed.locator("[data-outcome] li")).to_contain_text("“Story L” – Readers see this story.")
    is_sound(listed)
    assert live.is_public


def test_the_bin_and_a_story_in_it_are_sound(listed, live_server, stories, editor):
    for article in stories[:2]:
        article.spike(by=editor)
    listed.goto(f"{live_server.url}{LIST}bin/")
    box(listed, "A").check()
    is_sound(listed)
    listed.get_by_role("link", name="Story A", exact=True).click()
    listed.get_by_text("This story is in the bin.").wait_for()
    is_sound(listed)
    listed.get_by_role("button", name="Bring back").click()

    listed.get_by_text("Brought back from the bin.").wait_for()
    expect(listed.get_by_label("Headline")).to_have_value("Story A")


def test_without_scripts_the_boxes_and_buttons_work(browser, live_server, stories, editor):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, editor)
    page.goto(live_server.url + LIST)
    box(page, "A").check()
    box(page, "A").press("Enter")
    page.get_by_text("Press one of the buttons beneath the list.").wait_for()
    assert Article.objects.get(pk=stories[0].pk).standing == "writing"
    box(page, "A").check()
    page.get_by_role("button", name="Spike").click()

    page.get_by_text("“Story A” is put into the bin.").wait_for()
    context.close()


def test_who_writes_while_a_story_is_spiked_loses_no_word_and_goes_on_once_it_is_back(
    page, live_server, stories, editor
):
    page.context.add_init_script("window.everySeconds = 0.4;" + FASTER)
    article = stories[0]
    sign_in(page, live_server, editor)
    page.goto(f"{live_server.url}{LIST}{article.pk}/change/")
    page.locator(".cke_wysiwyg_div[role]").wait_for()
    headline = page.get_by_label("Headline")
    headline.fill("Typed and saved")
    expect(page.locator("[data-saved-state]")).to_have_text(re.compile(r"^Saved \d"))
    Article.objects.get(pk=article.pk).spike(by=make_user(name="Sam Spiker"))
    page.evaluate("document.querySelector('[name=headline]').value = 'Typed as it was spiked'")
    headline.dispatch_event("input")

    page.get_by_text(
        re.compile(r"Sam Spiker put this story into the bin \(.*\)\. Reload this page to bring it back\.")
    ).wait_for()
    expect(headline).not_to_be_editable()
    expect(page.locator(".story-bar .badge")).to_have_text("Spiked")
    Article.objects.get(pk=article.pk).restore(by=editor)
    page.get_by_text("The story was brought back from the bin. You can write.").wait_for()
    expect(headline).to_be_editable()
    expect(headline).to_have_value("Typed as it was spiked")
    article.refresh_from_db()
    assert article.draft.headline == "Typed as it was spiked"
    assert page.problems == []
