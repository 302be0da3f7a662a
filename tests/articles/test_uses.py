"""Which pictures and documents a text uses: exact whatever is saved, and never a reason to lose a save."""

from contextlib import suppress
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import ProtectedError

from articles.models import DocumentUse, PictureUse
from documents import uses as document_uses
from images.models import Image
from images.uses import PictureInUse, uses_of
from masthead.models import Page, PagePictureUse
from tests.articles.test_races import at_once
from tests.documents.make import make_document
from tests.images import draw
from tests.images.make import make_image
from tests.make import NOW, make_article, make_text, make_user

pytestmark = pytest.mark.django_db


def pictures(count):
    return [make_image(draw.jpeg(80 + number, 60)) for number in range(count)]


def used(revision):
    return sorted(revision.picture_uses.values_list("place", "image"))


def body_of(one, two, three, document):
    return (
        f'<p>Text</p><figure data-image="{one.pk}"></figure><figure data-gallery="{one.pk} {two.pk} 99999"></figure>'
        f'<figure data-embed="https://youtu.be/dQw4w9WgXcQ" data-title="t" data-poster="{three.pk}"></figure>'
        f'<figure data-document="{document.pk}"></figure><figure data-document="99999"></figure>'
    )


def test_every_text_says_what_it_uses_and_where():
    one, two, three = pictures(3)
    document, editor = make_document(), make_user()
    article = make_article(lead_image=two, body=body_of(one, two, three, document))
    first = article.draft

    article.revise(make_text(body=f'<p>a</p><figure data-image="{three.pk}"></figure>'), revision=first, by=editor)

    assert used(first) == sorted(
        [("body", one.pk), ("gallery", one.pk), ("gallery", two.pk), ("lead", two.pk), ("poster", three.pk)]
    )
    assert list(first.document_uses.values_list("document", flat=True)) == [document.pk]
    assert (used(article.draft), article.draft.document_uses.count()) == ([("body", three.pk)], 0)


def test_an_overwritten_text_says_what_it_uses_now():
    one, two, three = pictures(3)
    document, editor = make_document(), make_user()
    article = make_article(by=editor)

    def save(turn, **text):
        article.revise(make_text(**text), revision=article.draft, by=editor, autosave=True, sitting="s", turn=turn)

    save(1, lead_image=one, body=body_of(one, two, three, document))
    overwritten = article.draft
    save(2, lead_image=one, body=f'<p>a</p><figure data-gallery="{two.pk} {three.pk}"></figure>')

    assert article.draft.pk == overwritten.pk
    assert used(article.draft) == sorted([("gallery", two.pk), ("gallery", three.pk), ("lead", one.pk)])
    assert DocumentUse.objects.count() == 0


def test_a_picture_in_any_text_stays_and_says_where():
    (one,) = pictures(1)
    shown = f'<p>a</p><figure data-image="{one.pk}"></figure>'
    article, editor = make_article(headline="With it", published_at=NOW, body=shown), make_user()
    article.revise(make_text(headline="Without it"), revision=article.draft, by=editor)
    Page.objects.create(title="About", slug="about", body=f'<figure data-gallery="{one.pk} 99999"></figure>')

    with pytest.raises(PictureInUse):
        one.delete(by=editor)

    assert [(use.title, use.standing) for use in uses_of(one)] == [("About", "live"), ("With it", "live")]
    assert list(Image.objects.used()) == [one]


def test_a_document_in_a_text_stays_and_says_where():
    document = make_document()
    make_article(headline="With it", body=f'<p>a</p><figure data-document="{document.pk}"></figure>')

    with pytest.raises(ProtectedError):
        document.delete()

    assert [(use.title, use.standing) for use in document_uses.uses_of(document)] == [("With it", "draft")]


def test_a_page_says_what_it_uses():
    one, two = pictures(2)
    page = Page.objects.create(title="About", slug="about", body=f'<figure data-image="{one.pk}"></figure>')

    page.body = f'<figure data-image="{two.pk}"></figure><figure data-image="{two.pk}"></figure>'
    page.save()

    assert list(PagePictureUse.objects.values_list("page", "image", "place")) == [(page.pk, two.pk, "body")]


def test_a_save_is_kept_though_its_lead_picture_is_gone():
    (one,) = pictures(1)
    text = make_text(lead_image=one, body=f'<p>Kept</p><figure data-image="{one.pk}"></figure>')
    article, editor = make_article(), make_user()
    Image.objects.get(pk=one.pk).delete(by=editor)

    article.revise(text, revision=article.draft, by=editor)

    assert (article.draft.lead_image, used(article.draft)) == (None, [])
    assert "Kept" in article.draft.body


def raced(one, words):
    """A text with ``one`` is saved while ``one`` is deleted; answers with the story and what became of the save."""
    article, editor = make_article(), make_user()
    seen = article.draft
    text = make_text(lead_image=one, body=f'<p>{words}</p><figure data-image="{one.pk}"></figure>')

    def delete():
        with suppress(PictureInUse):
            Image.objects.get(pk=one.pk).delete(by=editor)

    saved, _deleted = at_once(lambda: article.revise(text, revision=seen, by=editor), delete)
    article.refresh_from_db()
    return article, saved


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(4))
def test_a_picture_deleted_while_it_is_saved_costs_no_word(number):
    one = make_image(draw.jpeg(90 + number, 60))

    article, saved = raced(one, f"Round {number}")

    assert not isinstance(saved, Exception)
    assert f"Round {number}" in article.draft.body
    stays = Image.objects.filter(pk=one.pk).exists()
    assert used(article.draft) == ([("body", one.pk), ("lead", one.pk)] if stays else [])
    connection.check_constraints()


def test_texts_of_before_are_filled_in():
    one, two, three = pictures(3)
    document = make_document()
    article = make_article(lead_image=two, body=body_of(one, two, three, document))
    page = Page.objects.create(title="About", slug="about", body=f'<figure data-image="{one.pk}"></figure>')
    before = used(article.draft), list(DocumentUse.objects.values_list("document", flat=True))
    for model in (PictureUse, DocumentUse, PagePictureUse):
        model.objects.all().delete()

    for app in ("articles", "masthead"):
        name = {"articles": "0011_fill_uses", "masthead": "0004_fill_uses"}[app]
        import_module(f"{app}.migrations.{name}").fill(apps, None)

    assert (used(article.draft), list(DocumentUse.objects.values_list("document", flat=True))) == before
    assert list(page.picture_uses.values_list("image", "place")) == [(one.pk, "body")]
