import pytest
from django.core.files.storage import default_storage
from django.template import Context, Template
from pytest_django.asserts import assertHTMLEqual

from images.models import Image
from tests.images import draw
from tests.images.make import make_image

pytestmark = pytest.mark.django_db


def render(image, options=""):
    return Template(f"{{% load pictures %}}{{% picture image {options} %}}").render(Context({"image": image})).strip()


def addresses(image):
    return {(each.format, each.width): each.file.url for each in image.renditions.all()}


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
