"""Every kind of file people send, opened in the capped process for real."""

import io
import re
import subprocess
import sys
import time

import pytest
from django.conf import settings
from PIL import Image, ImageCms

from images import decoding
from images.decoding import Decoded, Patience, Wanted, decode
from images.kinds import PictureRefused
from images.sizes import FEWER_PIXELS, MOST_PIXELS
from tests.images import draw

UPRIGHT = ["teal", "amber", "cream", "brick"]
DAMAGED = "This picture is damaged or cut off"


@pytest.fixture
def show(tmp_path):
    """Decode ``content`` as readers get it: what was said of it and the picture that was made."""

    def decoded(content, kind="jpeg", width=960):
        source, made = tmp_path / "source", tmp_path / "made"
        source.write_bytes(content)
        answer = decode(source, [Wanted(str(made), kind, width)])
        return answer, Image.open(io.BytesIO(made.read_bytes()))

    return decoded


@pytest.mark.parametrize(
    "content",
    [
        draw.jpeg(),
        draw.jpeg(progressive=True),
        draw.as_bytes(draw.corners(mode="CMYK"), "JPEG", quality=95),
        draw.as_bytes(draw.corners(), "PNG"),
        draw.as_bytes(draw.corners().quantize(8), "PNG"),
        draw.as_bytes(draw.corners(mode="RGBA"), "PNG"),
        draw.as_bytes(draw.corners(), "WEBP", quality=95),
        draw.as_bytes(draw.corners(mode="RGBA"), "WEBP", lossless=True),
        draw.as_bytes(draw.corners().quantize(8), "GIF"),
        draw.as_bytes(draw.corners(), "AVIF", quality=95),
        draw.as_bytes(draw.corners(mode="RGBA"), "AVIF", quality=95),
        draw.branded_avif(b"mif1"),
        draw.several("MPO"),
        draw.several("GIF"),
        draw.several("WEBP"),
        draw.several("PNG"),
        draw.several("AVIF"),
    ],
    ids=[
        *("jpeg", "progressive", "cmyk", "png", "palette", "rgba", "webp", "lossless", "gif", "avif", "clear avif"),
        *("avif by another name", "mpo", "moving gif", "moving webp", "moving png", "moving avif"),
    ],
)
@pytest.mark.parametrize("kind", ["jpeg", "webp", "avif"])
def test_every_kind_of_picture_is_shown(show, content, kind):
    answer, picture = show(content, kind)

    assert answer == Decoded(80, 60, [(80, 60)])
    assert (picture.format, picture.mode, picture.size) == (kind.upper(), "RGB", (80, 60))
    assert draw.colours(picture) == UPRIGHT


def test_sixteen_bits_of_colour_are_shown(show):
    answer, picture = show(draw.empty_png(80, 60, depth=16, colour=2))

    assert (answer, draw.colours(picture)) == (Decoded(80, 60, [(80, 60)]), ["black"] * 4)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_picture_is_turned_upright(show, orientation, kind):
    undo = {5: 5, 6: 8, 7: 7, 8: 6}.get(orientation, orientation)
    exif, as_held = Image.Exif(), Image.Exif()
    exif[0x0112], as_held[0x0112] = orientation, undo
    held = draw.corners()
    if undo > 1:
        turn = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}[undo]
        held = held.transpose(Image.Transpose(turn))

    answer, picture = show(draw.as_bytes(held, kind, exif=exif))

    assert answer == Decoded(80, 60, [(80, 60)])
    assert picture.size == (80, 60)
    assert draw.colours(picture) == UPRIGHT


def test_picture_is_made_narrower_and_never_wider(show):
    answer, picture = show(draw.jpeg(1000, 600), width=320)

    assert (answer, picture.size) == (Decoded(1000, 600, [(320, 192)]), (320, 192))
    assert show(draw.jpeg(200, 100), width=320)[0] == Decoded(200, 100, [(200, 100)])


def test_transparent_parts_are_white(show):
    clear = draw.corners(mode="RGBA")
    clear.paste((0, 0, 0, 0), (0, 0, 40, 30))
    palette = draw.corners().quantize(8)
    teal = palette.getpixel((0, 0))

    for content in [
        draw.as_bytes(clear, "PNG"),
        draw.as_bytes(clear, "WEBP"),
        draw.as_bytes(palette, "PNG", transparency=teal),
        draw.as_bytes(palette, "GIF", transparency=teal),
    ]:
        for kind in ["jpeg", "webp"]:
            assert draw.colours(show(content, kind)[1]) == ["white", *UPRIGHT[1:]]


def test_grey_with_transparency_is_shown(show):
    assert draw.colours(show(draw.as_bytes(Image.new("LA", (80, 60), (0, 0)), "PNG"))[1]) == ["white"] * 4
    assert draw.colours(show(draw.as_bytes(Image.new("LA", (80, 60), (0, 255)), "PNG"))[1]) == ["black"] * 4


def test_sixteen_bits_of_grey_keep_their_greys(show):
    grey = Image.new("I;16", (80, 60), 0x8000)
    grey.paste(0xFFFF, (40, 0, 80, 60))

    picture = show(draw.as_bytes(grey, "PNG"))[1].convert("L")

    assert (abs(picture.getpixel((5, 5)) - 128) < 3, picture.getpixel((75, 5)) > 252) == (True, True)


def test_sixteen_bits_of_colour_keep_their_colours(show):
    content = draw.sixteen_bits([(0x8000, 0x4000, 0xFFFF)])

    assert [round(channel / 16) for channel in show(content)[1].getpixel((5, 5))] == [8, 4, 16]


def test_inks_are_mixed_as_their_profile_says(show):
    """The drawn profile says that cyan ink is orange: what is there shows whether it was asked."""
    cyan = Image.new("CMYK", (40, 40), (255, 0, 0, 0))

    plain = show(draw.as_bytes(cyan, "JPEG", quality=95))[1].getpixel((9, 9))
    meant = show(draw.as_bytes(cyan, "JPEG", quality=95, icc_profile=draw.ink_profile()))[1].getpixel((9, 9))
    broken = show(draw.as_bytes(cyan, "JPEG", quality=95, icc_profile=draw.ink_profile()[:200]))[1].getpixel((9, 9))
    alien = show(draw.as_bytes(cyan, "JPEG", quality=95, icc_profile=draw.srgb()))[1].getpixel((9, 9))

    assert plain[0] < 20
    assert plain[2] > 200
    assert meant[0] > 200
    assert meant[2] < 120
    assert [broken, alien] == [plain, plain]


def test_inverted_inks_of_adobe_are_read_the_right_way_round(show):
    """Adobe's programs write 255 for no ink and say so in a marker; so does Pillow, which writes this one."""
    content = draw.as_bytes(draw.corners(mode="CMYK"), "JPEG", quality=95)
    assert b"Adobe" in content[:400]

    assert draw.colours(show(content)[1]) == UPRIGHT


def test_colours_of_a_profile_become_those_of_srgb(show):
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"?XYZ", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"?XYZ", b"bXYZ", 1)
    violet = Image.new("RGB", (40, 40), (120, 60, 200))

    def shown(**options):
        return [channel // 10 for channel in show(draw.as_bytes(violet, "PNG", **options))[1].getpixel((9, 9))]

    assert shown(icc_profile=srgb) == shown()
    assert shown(icc_profile=swapped) == shown()[::-1]
    assert shown(icc_profile=b"no profile") == shown()


@pytest.mark.parametrize("kind", ["jpeg", "webp"])
def test_nothing_but_pixels_comes_out(show, tmp_path, kind):
    content = draw.from_a_camera() + b"<script>alert(1)</script>"
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)

    picture = show(content, kind)[1]

    assert {"exif", "xmp", "icc_profile", "comment"} & set(picture.info) == set()
    assert dict(picture.getexif()) == {}
    made = (tmp_path / "made").read_bytes()
    assert [word for word in [b"Nocturne", b"Exif", b"GPS", b"ICC", b"<script"] if word in made] == []


def test_unreadable_note_about_orientation_is_ignored(show):
    content = draw.jpeg(exif=b"Exif\0\0II*\0\xff\xff\xff\xffgarbage")

    assert show(content)[0] == Decoded(80, 60, [(80, 60)])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"Dear editor, here is the picture you asked for.", "This file is not a picture we can read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is an SVG drawing. Export it as PNG"),
        (b"<?xml version='1.0'?>\n<!-- a drawing -->\n<svg/>", "This is an SVG drawing."),
        (b"\n<!DOCTYPE html><html><body>403</body></html>", "This is a web page, not a picture."),
        (b"<html><body>" + draw.jpeg(), "This is a web page, not a picture."),
        (draw.as_bytes(draw.corners(), "TIFF"), "This is a TIFF or camera raw file."),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "This is a HEIC picture"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", "This is a film."),
        (draw.as_bytes(draw.corners(), "BMP"), "This is a BMP picture."),
        (draw.as_bytes(draw.corners(), "JPEG2000"), "This is a JPEG 2000 or JPEG XL picture."),
        (draw.as_bytes(draw.corners(), "PDF"), "This is a PDF or PostScript document."),
        (b"PK\x03\x04" + draw.jpeg(), "This is an archive or an office document."),
        (b"8BPS\0\1", "This is a Photoshop file."),
        (draw.as_bytes(draw.corners(), "ICO"), "This file is not a picture we can read"),
        (draw.as_bytes(draw.corners(400, 300).effect_spread(90), "AVIF")[:2000], DAMAGED),
        (draw.jpeg(400, 300)[:2000], DAMAGED),
        (draw.as_bytes(draw.corners(400, 300).effect_spread(90), "PNG")[:2000], DAMAGED),
        (draw.as_bytes(draw.corners(400, 300).effect_spread(90), "WEBP")[:900], DAMAGED),
        (draw.as_bytes(draw.corners(400, 300).effect_spread(90), "GIF")[:1200], DAMAGED),
        (b"\xff\xd8\xff\xe0 once a picture", DAMAGED),
        (b"\x89PNG\r\n\x1a\n", DAMAGED),
        (draw.empty_webp(70, 60)[:-4], DAMAGED),
        (draw.jpeg(40, 400), "This picture is more than 8 times as tall as it is wide."),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",  # a file may hold the time it was made
)
def test_everything_else_is_refused_with_what_to_do(show, content, sentence):
    with pytest.raises(PictureRefused) as refused:
        show(content)

    assert str(refused.value).startswith(sentence)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (lambda: draw.empty_webp(5_000, 4_901), "WEBP"),
        (lambda: draw.as_bytes(Image.new("L", (6_000, 5_010)), "AVIF", speed=10), "AVIF"),
    ],
    ids=["webp", "avif"],
)
def test_kinds_that_are_hungry_to_read_are_taken_smaller(show, content, kind):
    with pytest.raises(PictureRefused) as refused:
        show(content())

    assert re.fullmatch(
        r"This picture has [\d,]+ × [\d,]+ pixels; \d+ megapixels are the most we take of this kind\. "
        r"Save it smaller, or as JPEG, and upload that\.",
        str(refused.value),
    )
    assert FEWER_PIXELS[kind.lower()] < MOST_PIXELS


def test_fifty_megapixels_of_jpeg_are_taken_in_the_memory_there_is(show):
    content = draw.as_bytes(Image.new("CMYK", (8_600, 5_800), (9, 99, 199, 9)), "JPEG", progressive=True, quality=70)

    assert show(content, width=1_920)[0] == Decoded(8_600, 5_800, [(1_920, 1_295)])
    assert decoding.MEMORY < 600_000_000


@pytest.mark.parametrize(
    ("bomb", "pixels"),
    [
        (lambda: draw.empty_png(40_000, 40_000, depth=1, colour=0), "40,000 × 40,000 pixels"),
        (lambda: draw.empty_png(7_100, 7_100, depth=8, colour=2), "7,100 × 7,100 pixels"),
        (lambda: b"GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\2\2D\1\0;", "65,535 × 65,535 pixels"),
        (lambda: draw.empty_webp(16_384, 16_384), "hundreds of megapixels"),
    ],
)
def test_too_many_pixels_are_refused_before_they_are_unpacked(show, monkeypatch, bomb, pixels):
    monkeypatch.setattr(decoding, "MEMORY", 200 * 1024 * 1024)

    with pytest.raises(PictureRefused) as refused:
        show(bomb())

    assert str(refused.value) == (
        f"This picture has {pixels}; 50 megapixels are the most we take. Save it smaller and upload that."
    )


def test_memory_is_capped(show, monkeypatch):
    content = draw.empty_png(6_000, 6_000, depth=8, colour=2)
    assert show(content)[0] == Decoded(6_000, 6_000, [(960, 960)])
    monkeypatch.setattr(decoding, "MEMORY", 200 * 1024 * 1024)

    with pytest.raises(PictureRefused, match=r"^This picture needs too much memory\."):
        show(content)


def test_waiting_is_capped(tmp_path):
    source = tmp_path / "source"
    source.write_bytes(draw.jpeg())

    with pytest.raises(PictureRefused, match=r"^This picture takes too long to read\."):
        decode(source, [Wanted(str(tmp_path / "made"), "jpeg", 960)], patience=Patience(30, 0.01))


def test_computing_is_capped(tmp_path):
    none = Patience(computing=0, waiting=60)  # the kernel grants a second
    source = tmp_path / "source"
    source.write_bytes(draw.as_bytes(Image.effect_noise((1_920, 1_440), 90), "JPEG"))

    with pytest.raises(PictureRefused, match=r"^This picture takes too long to read\."):
        decode(source, [Wanted(str(tmp_path / "made"), "webp", 1_920)] * 20, patience=none)


def test_a_picture_cut_to_a_shape_shows_its_focus(tmp_path):
    source = tmp_path / "source"
    source.write_bytes(draw.jpeg(800, 300))

    answer = decode(source, [Wanted(str(tmp_path / "made"), "jpeg", 200, "square")], focus=(100, 0))

    assert answer == Decoded(800, 300, [(200, 200)])
    assert draw.colours(Image.open(tmp_path / "made")) == ["amber", "amber", "cream", "cream"]


def test_decoder_knows_neither_django_nor_our_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for decoders")
    ask = "import images.decoder, sys, os; print('django' in sys.modules, 'SECRET_KEY' in os.environ)"

    started = time.monotonic()
    answer = subprocess.run(  # noqa: S603 -- our own interpreter
        [sys.executable, "-s", "-E", "-c", ask], cwd=settings.ROOT, env={}, capture_output=True, text=True, check=True
    )

    assert answer.stdout == "False False\n"
    assert time.monotonic() - started < 5  # 0.1 s on a quiet machine
