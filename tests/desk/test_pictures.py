"""Pictures on the desk: taken in, described, found, and never exchanged."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Drawing

from accounts.actors import Sample
from accounts.models import Activity
from images.intake import receive
from images.models import Image
from tests.images.draw import captioned
from tests.make import make_article


def jpeg(width=64, height=48):
    return plain(width, height, "#456")


def plain(width, height, colour):
    file = io.BytesIO()
    Drawing.new("RGB", (width, height), colour).save(file, "JPEG")
    return file.getvalue()


def sent(content=None, name="photo.jpg"):
    return SimpleUploadedFile(name, jpeg() if content is None else content, "image/jpeg")


def make_picture(*, name="photo.jpg", by=None, **wording):
    said = {"alt": "A well", "credit": "Ada"} | wording
    return receive(ContentFile(jpeg(), name), by=by or Sample(), anyway=True, **said)


def page_of(image, name="change"):
    return f"/admin/images/image/{image.pk}/{name}/"


def upload(client, **posted):
    return client.post("/admin/pictures/upload/", posted)


def test_a_script_uploads_a_picture(client, reporter):
    response = upload(client, file=sent(), alt=" A well ", credit="Ada Writer", caption="On Monday")

    image = Image.objects.get()
    assert response.status_code == 201
    assert response.json() == {
        "id": image.pk,
        "name": "A well",
        "thumb": image.immediate.url,
        "title": "",
        "alt": "A well",
        "decorative": False,
        "caption": "On Monday",
        "credit": "Ada Writer",
        "credit_link": "",
        "source": "",
        "rights": "",
        "may_redistribute": False,
        "focus": [50, 50],
        "width": 64,
        "height": 48,
        "file_name": "photo.jpg",
        "added": response.json()["added"],
        "problems": [],
        "read": [],
        "href": page_of(image),
        "describe": page_of(image, "describe"),
    }
    assert image.created_by == reporter


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({}, "Choose a file."),
        ({"file": b""}, "The file is empty. Choose it again, or another one."),
        ({"file": b"<svg></svg>"}, "This is an SVG drawing. Export it as PNG and upload that."),
        ({"file": jpeg()[:200]}, None),
        ({"file": jpeg(), "alt": "x", "decorative": "on"}, None),
        ({"file": jpeg(), "credit_link": "javascript:alert(1)"}, None),
        ({"file": jpeg(), "credit": "x" * 201}, None),
        ({"file": jpeg(), "alt": "a\0b"}, None),
    ],
)
def test_a_refused_upload_says_why_and_keeps_nothing(client, reporter, posted, sentence):
    files = {"file": sent(posted["file"])} if "file" in posted else {}

    response = upload(client, **posted | files)

    (error,) = response.json()["errors"]
    assert response.status_code == 422
    assert error == sentence or (sentence is None and error.endswith("."))
    assert not Image.objects.exists()


def test_an_upload_by_nobody_is_refused_in_the_same_form(client, db):
    response = upload(client, file=sent())

    assert (response.status_code, list(response.json())) == (401, ["errors"])
    assert not Image.objects.exists()


def test_an_upload_before_the_second_factor_says_what_to_do(client, reporter, settings):
    settings.SECOND_FACTOR_REQUIRED = True

    response = upload(client, file=sent())

    assert response.status_code == 403
    assert response.json()["errors"][0].startswith("Set up your second factor first")
    assert not Image.objects.exists()


def test_an_upload_without_the_right_is_refused(client, reporter):
    reporter.groups.clear()

    response = upload(client, file=sent())

    assert response.status_code == 403
    assert not Image.objects.exists()


def test_an_upload_needs_a_token(reporter):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reporter)

    assert upload(strict, file=sent()).status_code == 403


def test_several_are_added_without_a_script_and_the_others_are_named_with_the_reason(client, editor):
    make_picture()
    chosen = [
        sent(plain(80, 60, "#a33"), "a.jpg"),
        sent(b"%PDF-1.7", "b.jpg"),
        sent(jpeg(), "c.jpg"),
        sent(b"", "d.jpg"),
    ]

    response = client.post(
        "/admin/images/image/add/", {"chosen": chosen, "credit": "Ada", "rights": "own"}, follow=True
    )

    image = Image.objects.get(file_name="a.jpg")
    told = [str(message) for message in response.context["messages"]]
    assert response.redirect_chain[0][0] == page_of(image)
    assert (image.credit, image.rights, image.created_by) == ("Ada", "own", editor)
    assert [sentence.split(":")[0] for sentence in told[:-1]] == ["b.jpg", "c.jpg", "d.jpg"]
    assert told[-1] == "1 picture is in the library."
    assert Image.objects.count() == 2


def test_a_file_the_library_has_is_offered_and_kept_twice_only_when_wanted(client, reporter):
    image = make_picture(title="Well")

    response = upload(client, file=sent())
    again = upload(client, file=sent(), anyway="1")

    assert response.status_code == 409
    assert response.json()["errors"][0].startswith("This file is in the library already: “Well”.")
    assert (response.json()["already"]["id"], response.json()["exact"]) == (image.pk, True)
    assert again.status_code == 201
    assert Image.objects.count() == 2


def test_what_the_file_says_is_marked_as_read_from_it(client, reporter):
    response = upload(client, file=sent(captioned()), credit="Ada Writer")

    assert response.json()["credit"] == "Ada Writer"
    assert response.json()["caption"].startswith("A crane lifts")
    assert "caption" in response.json()["read"]
    assert "credit" not in response.json()["read"]


def test_a_picture_added_beside_a_choice_answers_the_window_that_asked(client, editor):
    response = client.post("/admin/images/image/add/?_popup=1", {"file": sent(), "alt": "A well", "_popup": "1"})

    assert response.template_name[-1] == "admin/popup_response.html"
    assert str(Image.objects.get().pk) in response.content.decode()


def test_describing_a_picture_changes_its_words_and_never_its_file(client, editor):
    image = make_picture()
    before = (image.file.name, image.original, image.sha256)

    client.post(
        f"/admin/images/image/{image.pk}/change/",
        {"alt": "", "decorative": "on", "credit": "Ada Writer", "file": sent(jpeg(10, 10))},
    )

    image.refresh_from_db()
    assert (image.alt, image.decorative, image.credit) == ("", True, "Ada Writer")
    assert (image.file.name, image.original, image.sha256) == before
    assert list(Activity.objects.about(image).values_list("verb", flat=True)) == ["described", "received"]


def test_a_decorative_picture_with_alt_text_is_refused_with_a_sentence(client, editor):
    image = make_picture()
    wrong = {"alt": "A well", "decorative": "on", "credit": "Ada"}

    page = client.post(page_of(image), wrong)
    script = client.post(page_of(image, "describe"), wrong)

    sentence = "A decorative picture has no alt text. Clear it, or say the picture is not decoration."
    assert page.context["form"].errors["alt"] == [sentence]
    assert (script.status_code, script.json()["errors"]) == (422, [sentence])
    assert Activity.objects.about(image).count() == 1


def test_the_form_says_what_a_picture_still_needs(client, editor):
    image = make_picture(credit="")

    page = client.get(f"/admin/images/image/{image.pk}/change/").content.decode()

    assert "has no credit. Say who made it." in page


def test_the_list_costs_the_same_for_one_picture_and_for_five(client, editor, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/admin/images/image/").status_code == 200
        return len(queries)

    make_picture()
    cost()  # content types are cached from here on
    one = cost()
    for _ in range(4):
        make_picture()

    assert cost() == one


LIST = "/admin/images/image/"


@pytest.fixture
def well(editor):
    """Used in a draft, complete, to be republished."""
    image = make_picture(title="Well", rights="own", may_redistribute=True, by=editor)
    make_article(headline="The well", lead_image=image)
    return image


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["Bridge", "Well"]),
        ("?q=WELL", ["Well"]),
        ("?q=bridge.jpg", ["Bridge"]),
        ("?q=%00well", ["Bridge", "Well"]),
        ("?used=yes", ["Well"]),
        ("?used=no", ["Bridge"]),
        ("?used=perhaps", ["Bridge", "Well"]),
        ("?needs=alt", ["Bridge"]),
        ("?needs=credit", ["Bridge"]),
        ("?again=yes", ["Well"]),
        ("?again=no", ["Bridge"]),
        ("?rights=own", ["Well"]),
        ("?rights=unknown", ["Bridge"]),
        ("?person={person}", ["Well"]),
        ("?person=0", ["Bridge", "Well"]),
        ("?until=2001-01-01", []),
        ("?since=2001-01-01", ["Bridge", "Well"]),
        ("?since=tomorrow&until=9999-99-99", ["Bridge", "Well"]),
        ("?page=0", ["Bridge", "Well"]),
        ("?page=12345678901234567890", ["Bridge", "Well"]),
        ("?used=yes&needs=alt", []),
    ],
)
@pytest.mark.parametrize("view", ["", "list"])
def test_the_library_is_searched_and_filtered(client, editor, well, asked, found, view):
    make_picture(title="Bridge", alt="", credit="", name="bridge.jpg")
    address = LIST + asked.format(person=editor.pk)

    response = client.get(f"{address}{'&' if asked else '?'}view={view}", follow=True)

    assert [str(image) for image in response.context["shelf"].page] == found


def test_the_library_counts_what_stories_could_not_use(client, editor, well):
    make_picture(alt="", credit="")
    make_picture(credit="")

    page = client.get(LIST).content.decode()

    assert '<a href="?needs=alt">1 without alt text</a>' in page
    assert '<a href="?needs=credit">2 without credit</a>' in page


def test_pages_keep_what_was_asked(client, editor, monkeypatch):
    monkeypatch.setattr("desk.pictures.listing.listed.__kwdefaults__", {"size": 2}, raising=False)
    for _ in range(3):
        make_picture()

    response = client.get(f"{LIST}?q=well&view=list&page=2")

    shelf = response.context["shelf"]
    assert (len(shelf.page), shelf.page.number) == (1, 2)
    assert shelf.previous_query == "?view=list&q=well&page=1"
    assert shelf.grid_query == "?q=well"
    assert shelf.all_query == "?view=list"


def test_where_a_picture_is_used_names_no_story_somebody_may_not_read(client, reporter):
    image = make_picture()
    make_article(headline="Hidden draft", lead_image=image)
    mine = make_article(headline="My draft", lead_image=image, by=reporter)

    pages = [client.get(page_of(image, name)).content.decode() for name in ("change",)]

    for page in pages:
        assert "Hidden draft" not in page
        assert "A story you may not read" in page
        assert f'<a href="/admin/articles/article/{mine.pk}/change/">My draft</a>' in page


def test_a_used_picture_is_not_deleted_and_says_where_it_is(client, editor, well):
    asked = client.get(page_of(well, "delete")).content.decode()
    response = client.post(page_of(well, "delete"), follow=True)

    assert "“Well” cannot be deleted" in asked
    assert "The well" in asked
    assert response.redirect_chain[0][0] == page_of(well, "delete")
    assert Image.objects.filter(pk=well.pk).exists()


def test_an_unused_picture_is_deleted_after_it_was_asked(client, editor):
    image = make_picture(title="Well")

    asked = client.get(page_of(image, "delete")).content.decode()
    response = client.post(page_of(image, "delete"), follow=True)

    assert "Delete “Well”?" in asked
    assert [str(message) for message in response.context["messages"]] == ["“Well” is deleted."]
    assert not Image.objects.exists()


@pytest.mark.parametrize(
    ("posted", "kept"),
    [
        ({"focus_x": "20", "focus_y": "80"}, (20, 80)),
        ({"focus_x": "0", "focus_y": "100"}, (0, 100)),
        ({"focus_x": "101", "focus_y": "50"}, (50, 50)),
        ({"focus_x": "-1", "focus_y": "50"}, (50, 50)),
        ({"focus_x": "nan", "focus_y": ""}, (50, 50)),
        ({}, (50, 50)),
    ],
)
def test_the_focal_point_is_set_by_two_numbers(client, reporter, posted, kept):
    image = make_picture()

    response = client.post(page_of(image, "focus"), posted)

    image.refresh_from_db()
    assert response.url == page_of(image)
    assert image.focus == kept


def test_a_replaced_file_keeps_words_and_uses(client, editor, well):
    before = well.file.name

    response = client.post(page_of(well, "replace"), {"file": sent(plain(80, 60, "#a33"), "new.jpg")})

    well.refresh_from_db()
    assert response.url == page_of(well)
    assert well.file.name != before
    assert (well.title, well.credit, well.file_name) == ("Well", "Ada", "new.jpg")
    assert Activity.objects.about(well)[0].verb == "replaced"


def test_a_bad_replacement_is_refused_with_its_reason(client, editor, well):
    response = client.post(page_of(well, "replace"), {"file": sent(b"%PDF-1.7")})

    assert "This is a PDF" in response.context["form"].errors["file"][0]


def test_a_reporter_replaces_and_downloads_only_what_is_theirs(client, reporter):
    own, other, used = make_picture(by=reporter), make_picture(), make_picture(by=reporter)
    make_article(lead_image=used)

    replacing = [client.get(page_of(image, "replace")).status_code for image in (own, other, used)]
    downloading = [client.post(page_of(image, "original")).status_code for image in (own, other, used)]

    assert (replacing, downloading) == ([200, 403, 403], [200, 403, 200])


def test_the_original_comes_as_it_was_sent_and_the_log_keeps_whom_it_went_to(client, editor):
    image = make_picture()

    response = client.post(page_of(image, "original"))

    assert b"".join(response.streaming_content) == jpeg()
    assert response.headers["Content-Disposition"] == 'attachment; filename="photo.jpg"'
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert "no-store" in response.headers["Cache-Control"]
    told = Activity.objects.about(image)[0]
    assert (told.verb, told.actor) == ("downloaded the original of", editor)


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({"do": "credit", "credit": " Ben "}, ("Ben", "", False)),
        ({"do": "rights", "rights": "agency"}, ("Ada", "agency", False)),
        ({"do": "allow"}, ("Ada", "", True)),
    ],
)
def test_one_thing_is_said_of_several_pictures(client, reporter, posted, said):
    chosen, other = [make_picture(), make_picture()], make_picture()

    keys = [image.pk for image in chosen]
    response = client.post(f"{LIST}several/", posted | {"picture": keys, "asked": "q=well"}, follow=True)

    for image in chosen:
        image.refresh_from_db()
        assert (image.credit, image.rights, image.may_redistribute) == said
    other.refresh_from_db()
    assert (other.credit, other.rights, other.may_redistribute) == ("Ada", "", False)
    assert response.redirect_chain[0][0] == f"{LIST}?q=well"
    assert Activity.objects.filter(verb="described").count() == 2


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({}, "Press one of the buttons beneath the pictures."),
        ({"do": "explode", "picture": "1"}, "Press one of the buttons beneath the pictures."),
        ({"do": "allow"}, "No picture was chosen. Tick one or several, then press the button."),
        ({"do": "allow", "picture": ["x", "99999999999999999999"]}, "No picture was chosen."),
        ({"do": "credit", "credit": "x" * 201, "picture": "1"}, "at most 200 characters"),
    ],
)
def test_nothing_is_said_of_several_where_something_is_missing(client, reporter, posted, sentence):
    make_picture()

    response = client.post(f"{LIST}several/", posted, follow=True)

    assert sentence in " ".join(str(message) for message in response.context["messages"])
    assert not Activity.objects.filter(verb="described").exists()


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_of_a_picture_asks_the_same_for_one_use_and_for_three(
    client, editor, size, django_assert_max_num_queries
):
    image = make_picture()
    for number in range(size):
        make_article(headline=f"Story {number}", lead_image=image)
    client.get(page_of(image))

    with django_assert_max_num_queries(24):
        client.get(page_of(image))
