"""Draws the files people send: good pictures of every kind, and the other ones."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, ImageDraw

TEAL, AMBER, BRICK, CREAM = (10, 120, 130), (230, 160, 20), (170, 50, 40), (245, 240, 220)


def corners(width=80, height=60, mode="RGB"):
    """A quarter of one colour in each corner: which way up it is can be seen."""
    picture = Image.new("RGB", (width, height), CREAM)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, width // 2 - 1, height // 2 - 1), TEAL)
    pen.rectangle((width // 2, 0, width, height // 2 - 1), AMBER)
    pen.rectangle((0, height // 2, width // 2 - 1, height), BRICK)
    return picture.convert(mode)


def as_bytes(picture, kind, **options):
    written = io.BytesIO()
    picture.save(written, format=kind, **options)
    return written.getvalue()


def jpeg(width=80, height=60, **options):
    return as_bytes(corners(width, height), "JPEG", quality=95, **options)


def from_a_camera(width=80, height=60, orientation=1):
    """A JPEG as a phone writes it: where it was taken, with what, which way up, a comment and a profile."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Nocturne Cameras"
    exif.get_ifd(0x8825).update({1: "N", 2: (47.0, 22.0, 8.0), 3: "E", 4: (8.0, 32.0, 28.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return jpeg(
        width,
        height,
        exif=exif,
        comment=b"Nocturne comment",
        icc_profile=profile,
        xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Nocturne xmp</x:xmpmeta>",
    )


def several(kind):
    """Two frames in one file."""
    frames = [corners(), corners().transpose(Image.Transpose.ROTATE_180)]
    return as_bytes(frames[0], kind, save_all=True, append_images=frames[1:])


def empty_png(width, height, *, depth, colour):
    """A PNG that is all zeros: a few kilobytes, however large it claims to be and is."""
    samples = {0: 1, 2: 3, 6: 4}[colour]
    row = bytes(1 + (width * depth * samples + 7) // 8)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def empty_webp(width, height):
    """A WebP of one colour: a few bytes, whatever size it claims to be and is. The size is twice 14 bits."""
    content = bytearray(as_bytes(Image.new("RGB", (1, 1)), "WEBP", lossless=True))
    size = int.from_bytes(content[21:25], "little") & ~0xFFFFFFF | (height - 1) << 14 | (width - 1)
    content[21:25] = size.to_bytes(4, "little")
    return bytes(content)


def upload(content, name="IMG_0815 private.jpg"):
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def colours(picture):
    """The colours in the four corners, clockwise from the top left: each named, for lossy formats blur them."""
    right, bottom = picture.width - 4, picture.height - 4
    return [
        _named(picture.convert("RGB").getpixel(spot)) for spot in [(3, 3), (right, 3), (right, bottom), (3, bottom)]
    ]


def _named(pixel):
    names = {"teal": TEAL, "amber": AMBER, "brick": BRICK, "cream": CREAM, "white": (255, 255, 255), "black": (0, 0, 0)}
    return min(names, key=lambda name: sum((a - b) ** 2 for a, b in zip(names[name], pixel, strict=True)))


def _chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
