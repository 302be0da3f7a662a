"""What the library asks of pictures: where they are used, which fit a word, what may go."""

import pytest

from accounts.actors import Sample
from accounts.models import Activity
from files.models import Leftover
from images.kinds import PictureRefused
from images.models import Image
from images.uses import PictureInUse, Use, uses_of
from masthead.models import Masthead
from tests.images.make import make_image
from tests.make import NOW, make_article, make_author, make_text

pytestmark = pytest.mark.django_db


def test_picture_is_found_by_every_word_said_of_it():
    harbour = make_image(
        title="Harbour",
        alt="A crane at dusk",
        caption="Söderhamn, on Monday",
        credit="Nora Paint",
        source="Port office",
        name="C:\\Nora\\IMG_0815-final.JPG",
    )
    other = make_image(title="Other", alt="Nothing of it", credit="Ole Brush", name="other.jpg")

    for typed in [
        "harb",
        "CRANE dusk",
        "soderhamn",
        "nora  paint",
        "port office",
        "img_0815",
        "0815",
        "crane IMG final",
    ]:
        assert list(Image.objects.search(typed)) == [harbour], typed
    assert list(Image.objects.search("crane at dawn")) == []
    assert list(Image.objects.search("100%")) == []
    assert set(Image.objects.search(" \0 ")) == {harbour, other}
    assert harbour.file_name == "IMG_0815-final.JPG"


def test_picture_is_found_by_its_new_description():
    image = make_image(title="Harbour")

    image.describe(by=Sample(), decorative=False, title="Shore")

    assert (list(Image.objects.search("shore")), list(Image.objects.search("harbour"))) == ([image], [])


def test_pictures_lack_alt_text_or_credit():
    bare, decorative = make_image(alt="", credit=""), make_image(alt="", decorative=True)
    make_image()

    assert list(Image.objects.without_alt()) == [bare]
    assert list(Image.objects.without_credit()) == [bare]
    assert decorative.problems() == []


def test_rights_and_source_are_kept():
    image = make_image(rights="agency", source="The Wire", may_redistribute=True)

    image.describe(by=Sample(), decorative=False, rights="own", may_redistribute=False)

    image.refresh_from_db()
    assert (image.rights, image.source, image.may_redistribute) == ("own", "The Wire", False)
    with pytest.raises(PictureRefused, match=r"^These rights are not known here\."):
        image.describe(by=Sample(), decorative=False, rights="stolen")


def test_long_file_name_keeps_its_ending():
    image = make_image(name="x" * 300 + ".jpeg")

    assert (len(image.file_name), image.file_name[-6:]) == (200, "x.jpeg")


def test_focus_is_set_and_cuts_are_counted():
    image = make_image()

    image.refocus(20, 80, by=Sample())
    image.refocus(20, 80, by=Sample())

    image.refresh_from_db()
    assert (image.focus_x, image.focus_y, image.cut) == (20, 80, 1)
    assert Activity.objects.filter(verb="refocused").count() == 1
    with pytest.raises(PictureRefused, match=r"^The point lies outside"):
        image.refocus(101, 0, by=Sample())


def test_focus_of_a_deleted_picture_is_refused():
    image = make_image()
    same = Image.objects.get(pk=image.pk)
    image.delete(by=Sample())

    with pytest.raises(PictureRefused, match="deleted by somebody else"):
        same.refocus(1, 1, by=Sample())


def test_every_use_is_told_with_how_it_stands():
    image = make_image()
    live = make_article(headline="Live now", published_at=NOW, lead_image=image)
    draft = make_article(headline="Only a draft", lead_image=image)
    earlier = make_article(headline="Had it once", lead_image=image)
    earlier.revise(make_text(headline="Had it once"), revision=earlier.draft.as_seen(earlier.draft.saves), by=Sample())
    author = make_author("Ada Writer", portrait=image)
    Masthead.objects.update_or_create(pk=1, defaults={"name": "The Ledger", "logo": image})

    assert uses_of(image) == [
        Use("Live now", f"/admin/articles/article/{live.pk}/change/", "live", live),
        Use("Ada Writer", f"/admin/authors/author/{author.pk}/change/", "portrait", author),
        Use("Had it once", f"/admin/articles/article/{earlier.pk}/change/", "earlier text", earlier),
        Use("Only a draft", f"/admin/articles/article/{draft.pk}/change/", "draft", draft),
        Use("The Ledger", "/admin/masthead/masthead/1/change/", "logo", Masthead.objects.get()),
    ]


def test_used_and_unused_pictures_are_told_apart():
    lead, portrait, logo, free = [make_image() for _ in range(4)]
    make_article(lead_image=lead)
    make_author("Ada Writer", portrait=portrait)
    Masthead.objects.update_or_create(pk=1, defaults={"logo": logo})

    assert set(Image.objects.used()) == {lead, portrait, logo}
    assert list(Image.objects.unused()) == [free]


def test_picture_in_use_cannot_be_deleted():
    image = make_image(title="Fields")
    make_article(headline="A story", lead_image=image)
    make_author("Ada Writer", portrait=image)

    with pytest.raises(PictureInUse) as refused:
        image.delete(by=Sample())

    assert str(refused.value) == (
        "The picture “Fields” is used in “A story” (draft) and 1 more place. Take it out there first, or "
        "replace its file."
    )
    assert [use.title for use in refused.value.uses] == ["A story", "Ada Writer"]
    assert (Image.objects.count(), Leftover.objects.count()) == (1, 0)


def test_key_protects_a_picture_nobody_told_of(monkeypatch):
    image = make_image()
    make_author("Ada Writer", portrait=image)
    monkeypatch.setattr("images.uses._pictures._all", [])

    with pytest.raises(PictureInUse, match=r"is used\. Take it out"):
        image.delete(by=Sample())

    assert Image.objects.count() == 1


def test_deleted_picture_is_told_and_its_files_are_left():
    image = make_image(title="Fields", finished=True)
    files = {image.original, image.file.name, *image.renditions.values_list("file", flat=True)}

    image.delete(by=Sample())

    assert set(Leftover.objects.values_list("name", flat=True)) == files
    told = Activity.objects.filter(verb="deleted").get()
    assert (told.subject_kind, told.subject_name) == ("images.image", "Fields")


def test_picture_deleted_twice_says_so():
    image = make_image()
    same = Image.objects.get(pk=image.pk)
    image.delete(by=Sample())

    with pytest.raises(PictureRefused, match="deleted by somebody else"):
        same.delete(by=Sample())
