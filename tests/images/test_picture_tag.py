import pytest
from django.core.files.storage import default_storage
from django.template import Context, Template
from pytest_django.asserts import assertHTMLEqual

from accounts.actors import Sample
from images.models import Image
from images.sizes import SHAPES
from images.templatetags.pictures import FOCUS_STEP
from tests.images import draw
from tests.images.make import make_image

pytestmark = pytest.mark.django_db


def render(image, options=""):
    return Template(f"{{% load pictures %}}{{% picture image {options} %}}").render(Context({"image": image})).strip()


def addresses(image, shape="body"):
    return {(each.format, each.width): each.file.url for each in image.renditions.filter(shape=shape)}


def test_picture_offers_every_format_and_width():
    image = make_image(draw.jpeg(1000, 500), finished=True)
    at = addresses(image)

    assertHTMLEqual(
        render(image, 'sizes="(min-width: 60em) 40em, 100vw" class="lead"'),
        f"""
        <picture>
          <source type="image/webp" sizes="(min-width: 60em) 40em, 100vw" srcset="{at["webp", 320]} 320w,
            {at["webp", 480]} 480w, {at["webp", 640]} 640w, {at["webp", 960]} 960w, {at["webp", 1000]} 1000w">
          <img src="{image.file.url}" srcset="{at["jpeg", 320]} 320w, {at["jpeg", 480]} 480w, {at["jpeg", 640]} 640w,
            {image.file.url} 960w, {at["jpeg", 1000]} 1000w" sizes="(min-width: 60em) 40em, 100vw" width="960"
            height="480" alt="Three coloured fields" class="lead" loading="lazy" decoding="async">
        </picture>""".replace(",\n            ", ", "),
    )


def test_picture_is_shown_before_its_renditions_are_made():
    image = make_image(draw.jpeg(1000, 500))

    assertHTMLEqual(
        render(image),
        f"""<picture><img src="{image.file.url}" srcset="{image.file.url} 960w" sizes="100vw" width="960" height="480"
            alt="Three coloured fields" loading="lazy" decoding="async"></picture>""",
    )


def test_picture_is_offered_in_its_shape():
    image = make_image(draw.jpeg(700, 500), finished=True)
    at = addresses(image, "card")

    assertHTMLEqual(
        render(image, 'shape="card" sizes="20rem"'),
        f"""
        <picture>
          <source type="image/webp" sizes="20rem" srcset="{at["webp", 320]} 320w, {at["webp", 480]} 480w,
            {at["webp", 640]} 640w, {at["webp", 700]} 700w">
          <img src="{at["jpeg", 700]}" srcset="{at["jpeg", 320]} 320w, {at["jpeg", 480]} 480w, {at["jpeg", 640]} 640w,
            {at["jpeg", 700]} 700w" sizes="20rem" width="700" height="467" alt="Three coloured fields" loading="lazy"
            decoding="async">
        </picture>""".replace(",\n            ", ", "),
    )


def test_shape_that_is_not_made_yet_takes_the_same_place():
    image = make_image(draw.jpeg(1000, 500))
    image.refocus(18, 83, by=Sample())

    assertHTMLEqual(
        render(image, 'shape="square" sizes="96px" class="face"'),
        f"""<picture><img src="{image.file.url}" width="500" height="500" alt="Three coloured fields"
            class="face cut cut-square focus-x-20 focus-y-80" loading="lazy" decoding="async"></picture>""",
    )


def test_cuts_of_an_earlier_focus_are_not_shown():
    image = make_image(draw.jpeg(400, 200), finished=True)

    image.refocus(0, 0, by=Sample())

    assert f'src="{image.file.url}"' in render(image, 'shape="card"')
    assert render(image).count("<source") == 1  # the whole picture shows every point


def test_avif_comes_first_where_the_newsroom_makes_it(settings):
    settings.PICTURES_AVIF = True
    image = make_image(finished=True)

    assert [part.split('"')[0] for part in render(image).split('type="')[1:]] == ["image/avif", "image/webp"]


def test_every_focus_and_every_shape_has_a_style(settings):
    css = (settings.ROOT / "static/public/site.css").read_text()

    for step in range(0, 101, FOCUS_STEP):
        assert f".focus-x-{step} {{" in css
        assert f".focus-y-{step} {{" in css
    assert {f".cut-{name} {{" in css for name, shape in SHAPES.items() if shape.ratio} == {True}


def test_unknown_shape_is_refused():
    with pytest.raises(TypeError, match="knows no shape “round”"):
        render(make_image(), 'shape="round"')


def test_eager_picture_comes_first():
    image = make_image()

    assertHTMLEqual(
        render(image, "eager=True"),
        f"""<picture><img src="{image.file.url}" srcset="{image.file.url} 80w" sizes="100vw" width="80" height="60"
            alt="Three coloured fields" loading="eager" fetchpriority="high" decoding="async"></picture>""",
    )


@pytest.mark.parametrize(
    ("fields", "options", "alt"),
    [
        ({"alt": "", "decorative": True}, "", 'alt=""'),
        ({"alt": "Nora"}, 'alt=""', 'alt=""'),
        ({"alt": "Nora"}, 'alt="Her mother"', 'alt="Her mother"'),
        ({"alt": '"><script>'}, "", 'alt="&quot;&gt;&lt;script&gt;"'),
    ],
)
def test_alt_text_is_always_there(fields, options, alt):
    assert f" {alt} " in render(make_image(**fields), options)


def test_missing_picture_is_nothing():
    assert render(None) == ""
    assert render(Image()) == ""
    assert Template("{% load pictures %}{% picture nobody.portrait %}").render(Context()).strip() == ""


def test_file_lost_from_the_disk_does_not_break_the_page():
    image = make_image(finished=True)
    default_storage.delete(image.file.name)

    assert f'src="{image.file.url}"' in render(image)


def test_prefetched_pictures_ask_nothing_more(django_assert_num_queries):
    for _ in range(3):
        make_image(finished=True)

    with django_assert_num_queries(2):
        shown = [render(image) for image in Image.objects.with_renditions()]

    assert [each.count("<source") for each in shown] == [1, 1, 1]


def test_unknown_option_is_refused():
    with pytest.raises(TypeError, match=r"^\{% picture %\} knows no colour\.$"):
        render(make_image(), 'colour="red"')
