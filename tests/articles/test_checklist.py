"""What stands against a text before it is published, and what a person is asked."""

from datetime import timedelta

import pytest

from accounts.actors import Sample
from articles import checklist
from articles.checklist import Case, Finding, findings
from articles.models import Article
from articles.states import NotConfirmed, NotReady
from tests.images.make import make_image
from tests.make import NOW, TOMORROW, make_article, make_text, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

UNTITLED = "Say what it shows: it is all readers see before they ask for it, and what screen readers call it."
PARAGRAPH = "<p>" + "word by word the story grows longer " * 12 + "</p>"


def found(article, **case):
    return [
        (finding.code, finding.field, finding.blocks)
        for finding in findings(Case(article, article.draft, **{"moment": NOW} | case))
    ]


def test_a_whole_story_has_no_findings():
    assert found(make_article()) == []


def test_what_blocks_comes_first_and_everything_comes_at_once():
    text = make_text(headline="", summary="", body="<p> </p>", bylines=())
    article = Article.begin(text, by=make_user())

    assert found(article) == [
        ("headline", "headline", True),
        ("summary", "summary", True),
        ("body", "body", True),
        ("section", "section", True),
        ("byline", "bylines", True),
    ]


def test_a_reason_stands_for_a_missing_summary():
    article = make_article(summary="")

    assert found(article, without_summary="Breaking.") == []
    assert found(article, without_summary="  ") == [("summary", "summary", True)]


@pytest.mark.parametrize(("length", "asked"), [(110, []), (111, [("long_headline", "headline", False)])])
def test_a_headline_longer_than_110_characters_is_asked_about(length, asked):
    assert found(make_article(headline="x" * length)) == asked


def test_pictures_without_alt_text_or_credit_block_wherever_they_stand():
    lead, inside = make_image(alt="", credit="Ours"), make_image(alt="A dam", credit="")
    article = make_article(
        lead_image=lead,
        body=f'<p>Text</p><figure data-image="{inside.pk}"></figure><figure data-image="{lead.pk}"></figure>',
    )

    assert found(article) == [("picture", "picture_file", True), ("picture", "body", True)]


def test_what_a_text_refers_to_is_looked_at_wherever_it_stands():
    bare = make_image(alt="", credit="Ours")
    hidden = make_article(headline="Not yet")
    article = make_article(
        body=f'<figure data-image="{bare.pk}" data-alt="A dam in this use"></figure><p>The dam was shut.</p>'
        '<figure data-gallery="77777 88888"></figure><p>Then<small data-note="">On Monday</small> came the rain.</p>'
        '<figure data-document="5"></figure>'
        f'<figure data-story="{hidden.pk}"></figure><figure data-story="99999"></figure>'
        '<figure data-embed="https://youtu.be/dQw4w9WgXcQ"></figure><figure data-embed="https://example.org/"></figure>'
    )

    sentences = [(finding.sentence, finding.blocks) for finding in findings(Case(article, article.draft, NOW))]

    rain = "after “Then came the rain.”"
    assert sentences == [
        ("Picture 77777, after “The dam was shut.”, is not there any more. Take it out.", True),
        ("Picture 88888, after “The dam was shut.”, is not there any more. Take it out.", True),
        (f"Document 5, {rain}, is not there any more. Take it out.", True),
        (f"The link to story 99999, {rain}, is not there any more. Take it out.", True),
        (f"The link to “Not yet”, {rain}, shows readers nothing before that story is published.", False),
        (f"The embed of YouTube, {rain}, has no title. {UNTITLED}", False),
    ]


def test_an_embargo_blocks_until_its_moment():
    article = make_article()
    article.classify(embargo_until=TOMORROW, by=make_user())

    assert found(article, moment=TOMORROW - timedelta(seconds=1)) == [("embargo", "publish_at", True)]
    assert found(article, moment=TOMORROW) == []


def test_a_summary_older_than_the_bodys_last_substantial_change_is_asked_about():
    article, editor = make_article(body=PARAGRAPH), make_user()

    article.revise(
        make_text(body=PARAGRAPH + "<p>Six more words do not matter.</p>"), revision=article.draft, by=editor
    )
    small = found(article)
    article.revise(make_text(body=PARAGRAPH * 2), revision=article.draft, by=editor)
    large = found(article)
    article.revise(make_text(body=PARAGRAPH * 2, summary="Written anew."), revision=article.draft, by=editor)

    assert (small, large, found(article)) == ([], [("summary_age", "summary", False)], [])


def test_the_verb_asks_a_person_and_takes_their_word():
    article, editor = make_article(headline="x" * 120), make_user()

    with pytest.raises(NotConfirmed) as asked:
        article.publish(revision=article.draft, by=editor)
    article.publish(revision=article.draft, by=editor, despite={"long_headline"})

    assert (asked.value.codes, article.is_public) == (["long_headline"], True)


def test_nobody_asks_what_is_not_a_person():
    article = make_article(headline="x" * 120)

    article.publish(revision=article.draft, by=Sample())

    assert article.is_public


def test_the_schedule_is_held_to_the_same_list():
    article = make_article(summary="", headline="x" * 120)

    with pytest.raises(NotReady, match="has no summary"):
        article.publish(revision=article.draft, by=make_user(), at=TOMORROW)


def test_a_higher_app_adds_a_rule(monkeypatch):
    monkeypatch.setattr(checklist, "_registered", [])
    checklist.register(lambda case: [Finding("approval", f"The writer has not approved text {case.revision.number}.")])
    article = make_article()

    with pytest.raises(NotReady, match="The writer has not approved text 1"):
        article.publish(revision=article.draft, by=Sample())
