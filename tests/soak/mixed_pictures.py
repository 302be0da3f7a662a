"""Two hundred files as people send them: good pictures of every kind, and everything else."""

import io
from dataclasses import dataclass
from itertools import count

from PIL import Image, ImageChops

from tests.images import draw

DAMAGED = "This picture is damaged or cut off"
TOO_LARGE = "This picture has "


@dataclass(frozen=True)
class Sent:
    """A file; ``upright`` as readers must see it, or the beginning of the sentence that refuses it."""

    name: str
    content: bytes
    upright: Image.Image | None = None
    refused: str = ""


def mixed():
    sent = [*_every_kind(), *_held_every_way(), *_moving(), *_large(), *_odd(), *_broken(), *_polyglots(), *_bombs()]
    sent += list(_others())
    assert len({each.content for each in sent}) == len({each.name for each in sent}) == len(sent) >= 200
    return sent


_numbers = count(1)


def _scene(width=900, height=640):
    return Image.open(io.BytesIO(draw.scene(next(_numbers), width, height))).convert("RGB")


def _every_kind():
    """Each kind three times."""
    for turn in range(3):
        for name, mode, kind, options in [
            ("plain.jpg", "RGB", "JPEG", {"quality": 90}),
            ("progressive.jpg", "RGB", "JPEG", {"quality": 90, "progressive": True, "subsampling": 0}),
            ("grey.jpg", "L", "JPEG", {"quality": 90}),
            ("inks.jpg", "CMYK", "JPEG", {"quality": 92}),
            ("progressive inks.jpg", "CMYK", "JPEG", {"quality": 92, "progressive": True}),
            ("plain.png", "RGB", "PNG", {}),
            ("clear.png", "RGBA", "PNG", {}),
            ("grey.png", "L", "PNG", {}),
            ("clear grey.png", "LA", "PNG", {}),
            ("black and white.png", "1", "PNG", {}),
            ("palette.png", "P", "PNG", {}),
            ("lossy.webp", "RGB", "WEBP", {"quality": 90}),
            ("lossless.webp", "RGB", "WEBP", {"lossless": True}),
            ("clear.webp", "RGBA", "WEBP", {"quality": 90}),
            ("still.gif", "P", "GIF", {}),
            ("plain.avif", "RGB", "AVIF", {"quality": 85, "speed": 9}),
            ("clear.avif", "RGBA", "AVIF", {"quality": 85, "speed": 9}),
        ]:
            picture = _scene(900 - 40 * turn, 640)
            picture = picture.quantize(128) if mode == "P" else picture.convert(mode)
            yield Sent(f"{turn} {name}", draw.as_bytes(picture, kind, **options), picture.convert("RGB"))
        grey = _scene().convert("L")
        deep = Image.frombytes("I;16", grey.size, b"".join(bytes([value, value]) for value in grey.tobytes()))
        yield Sent(f"{turn} deep grey.png", draw.as_bytes(deep, "PNG"), grey.convert("RGB"))
        colour = (0x9000 + turn * 0x1111, 0x3000, 0xC000)
        flat = Image.new("RGB", (80, 60), tuple(channel >> 8 for channel in colour))
        yield Sent(f"{turn} deep colour.png", draw.sixteen_bits([colour]), flat)


def _held_every_way():
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    undone = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    assert set(turns) < set(undone)
    for kind in ("JPEG", "PNG", "WEBP", "AVIF"):
        for orientation in range(1, 9):
            upright = _scene(700, 420)
            turn = undone[orientation]
            lying = upright if turn is None else upright.transpose(Image.Transpose(turn))
            content = draw.as_bytes(lying, kind, exif=draw.held(orientation))
            yield Sent(f"held {orientation}.{kind.lower()}", content, upright)


def _moving():
    for kind in ("GIF", "WEBP", "PNG", "AVIF", "MPO"):
        for turn in range(2):
            first, second = _scene(400, 300), _scene(400, 300)
            content = draw.as_bytes(first, kind, save_all=True, append_images=[second] * 4)
            yield Sent(f"moving {turn}.{kind.lower()}", content, first)


def _large():
    def grown(width, height):
        return _scene(1_600, 1_200).resize((width, height))

    for turn in range(4):
        picture = grown(4_000, 3_000)
        yield Sent(
            f"12 megapixels {turn}.jpg", draw.as_bytes(picture, "JPEG", quality=88), picture.resize((1_000, 750))
        )
    for name, size, mode, kind, options in [
        ("24 megapixels.jpg", (6_000, 4_000), "RGB", "JPEG", {"quality": 85}),
        ("50 megapixels.jpg", (8_600, 5_800), "RGB", "JPEG", {"quality": 75}),
        ("50 megapixels progressive.jpg", (8_600, 5_800), "RGB", "JPEG", {"quality": 70, "progressive": True}),
        ("50 megapixels of ink.jpg", (8_600, 5_800), "CMYK", "JPEG", {"quality": 70, "progressive": True}),
        ("40 megapixels.png", (8_000, 5_000), "P", "PNG", {}),
        ("24 megapixels.webp", (6_000, 4_000), "RGB", "WEBP", {"quality": 60, "method": 0}),
        ("24 megapixels.avif", (6_000, 4_000), "RGB", "AVIF", {"quality": 40, "speed": 10}),
    ]:
        picture = grown(*size)
        picture = picture.quantize(32) if mode == "P" else picture.convert(mode)
        yield Sent(name, draw.as_bytes(picture, kind, **options), picture.convert("RGB").resize((1_200, 800)))
    too_many = draw.empty_webp(6_000, 4_200)
    yield Sent("25 megapixels.webp", too_many, refused=TOO_LARGE)


def _odd():
    for name, size in [("panorama", (6_000, 300)), ("column", (300, 2_300)), ("tiny", (3, 2)), ("one row", (900, 1))]:
        picture = _scene(*(max(64, side) for side in size)).resize(size)
        yield Sent(f"{name}.png", draw.as_bytes(picture, "PNG"), picture)
    yield Sent("too tall.jpg", draw.jpeg(40, 400), refused="This picture is more than 8 times as tall")
    camera = ImageChops.offset(_scene(), 20, 20)
    yield Sent("from a phone.jpg", draw.as_bytes(camera, "JPEG", quality=92, comment=b"Nocturne"), camera)


def _broken():
    """Cut off at four places each: some bytes from the end a reader may not even notice."""
    for kind in ("JPEG", "PNG", "WEBP", "GIF", "AVIF"):
        for part in (0.02, 0.3, 0.6, 0.9):
            content = draw.as_bytes(_scene(), kind)
            yield Sent(f"cut off at {part}.{kind.lower()}", content[: int(len(content) * part)], refused=DAMAGED)
    for kind in ("JPEG", "PNG", "WEBP", "GIF", "AVIF"):
        content = bytearray(draw.as_bytes(_scene(), kind)[:64])
        yield Sent(f"no picture behind it.{kind.lower()}", bytes(content) + bytes(2_000), refused=DAMAGED)


def _polyglots():
    script = b"<script>alert(1)</script><?php system($_GET[0]); ?>"
    for kind in ("JPEG", "PNG", "GIF"):
        picture = _scene()
        picture = picture.quantize(64) if kind == "GIF" else picture
        yield Sent(f"script behind.{kind.lower()}", draw.as_bytes(picture, kind) + script, picture.convert("RGB"))
    picture = _scene()
    archive = draw.as_bytes(picture, "JPEG", quality=90) + b"PK\x03\x04" + bytes(200) + b"PK\x05\x06" + bytes(18)
    yield Sent("archive behind.jpg", archive, picture)
    inside = _scene()
    commented = draw.as_bytes(inside, "JPEG", quality=90, comment=b"*/=alert(1)/*" + script)
    yield Sent("script inside.jpg", commented, inside)
    yield Sent("archive before.jpg", b"PK\x03\x04" + draw.jpeg(90, 60), refused="This is an archive")
    yield Sent("page before.jpg", b"<html><body>" + draw.jpeg(91, 60), refused="This is a web page")
    yield Sent("document before.jpg", b"%PDF-1.7\n" + draw.jpeg(92, 60), refused="This is a PDF")
    yield Sent("script in a gif.gif", b"GIF89a/*\0\0\0\0*/=1;alert(1)" + bytes(300), refused="")


def _bombs():
    yield Sent("bomb.png", draw.empty_png(40_000, 40_000, depth=1, colour=0), refused=TOO_LARGE)
    yield Sent("bomb in colour.png", draw.empty_png(7_200, 7_200, depth=8, colour=2), refused=TOO_LARGE)
    yield Sent("bomb.webp", draw.empty_webp(16_384, 16_384), refused=TOO_LARGE)
    gif = b"GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\2\2D\1\0;"
    yield Sent("bomb.gif", gif, refused=TOO_LARGE)
    yield Sent(
        "words that grow.jpg", draw.jpeg(93, 60, xmp=b"<!DOCTYPE x [<!ENTITY a 'aa'>]><x>&a;</x>"), draw.corners(93, 60)
    )
    yield Sent(
        "49 megapixels of nothing.png", draw.empty_png(7_000, 7_000, depth=16, colour=2), Image.new("RGB", (70, 70))
    )


def _others():
    yield Sent("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", refused="This is an SVG drawing")
    yield Sent("scan.tif", draw.as_bytes(draw.corners(), "TIFF"), refused="This is a TIFF")
    yield Sent("phone.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(90), refused="This is a HEIC picture")
    yield Sent("old.bmp", draw.as_bytes(draw.corners(), "BMP"), refused="This is a BMP picture")
    yield Sent("layers.psd", b"8BPS\0\1" + bytes(90), refused="This is a Photoshop file")
    yield Sent("film.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0" + bytes(90), refused="This is a film")
    yield Sent("text.docx", b"PK\x03\x04" + bytes(90), refused="This is an archive")
    yield Sent("page.html", b"<!doctype html><title>403</title>", refused="This is a web page")
    yield Sent("letter.jpg", b"Dear editor, here is the picture.", refused="This file is not a picture")
    yield Sent("small.ico", draw.as_bytes(draw.corners(), "ICO"), refused="This file is not a picture")
    yield Sent("new.jp2", draw.as_bytes(draw.corners(), "JPEG2000"), refused="This is a JPEG 2000")
    yield Sent("nothing.jpg", b"", refused="")
    for turn in range(48):
        picture = _scene(640, 480)
        yield Sent(f"more {turn}.jpg", draw.as_bytes(picture, "JPEG", quality=85), picture)
