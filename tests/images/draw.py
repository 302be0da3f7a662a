"""Draws the files people send: good pictures of every kind, and the other ones."""

import io
import random
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


def held(orientation):
    """The note of a camera about how it was held, and nothing else."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def several(kind):
    """Two frames in one file."""
    frames = [corners(), corners().transpose(Image.Transpose.ROTATE_180)]
    return as_bytes(frames[0], kind, save_all=True, append_images=frames[1:])


def branded_avif(brand):
    """An AVIF that names another brand first, and its own among those it is compatible with."""
    content = as_bytes(corners(), "AVIF", quality=95)
    return content[:8] + brand + content[12:]


def srgb():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def ink_profile():
    """The smallest profile of a printing press: a table of 16 mixtures, in which cyan ink alone looks orange."""
    mixtures = []
    for mixture in range(16):
        cyan, black = mixture >> 3 & 1, mixture & 1
        paper = (255, 128, 128)  # L, a and b: white
        mixtures.append((0, 128, 128) if black else (170, 178, 208) if cyan else paper)
    identity = bytes(range(256))
    matrix = b"".join(struct.pack(">i", 65536 * (row == column)) for row in range(3) for column in range(3))
    table = b"mft1" + bytes(4) + bytes([4, 3, 2, 0]) + matrix
    table += identity * 4 + b"".join(bytes(each) for each in mixtures) + identity * 3
    white = b"XYZ " + bytes(4) + struct.pack(">iii", 63190, 65536, 54061)
    table += bytes(-len(table) % 4)
    start = 128 + 4 + 2 * 12
    tags = struct.pack(">I", 2) + b"A2B0" + struct.pack(">II", start, len(table))
    tags += b"wtpt" + struct.pack(">II", start + len(table), len(white))
    size = start + len(table) + len(white)
    header = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02100000, b"prtr", b"CMYK", b"Lab ")
    header += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + struct.pack(">iii", 63190, 65536, 54061)
    return header.ljust(128, b"\0") + tags + table + white


def sixteen_bits(colour, width=80, height=60):
    """A PNG of one colour whose channels are given in 65,536 steps."""
    row = b"\0" + struct.pack(">3H", *colour[0]) * width
    header = struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(row * height)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def scene(number, width=800, height=600):
    """A JPEG of shapes that no other number has."""
    chance = random.Random(number)  # noqa: S311 -- a drawing, no secret
    picture = Image.new("RGB", (width, height), tuple(chance.randrange(256) for _ in range(3)))
    pen = ImageDraw.Draw(picture)
    for _ in range(30):
        left, top = chance.randrange(width), chance.randrange(height)
        box = (left, top, left + chance.randrange(30, width // 2), top + chance.randrange(30, height // 2))
        colour = tuple(chance.randrange(256) for _ in range(3))
        (pen.ellipse if chance.random() < 0.5 else pen.rectangle)(box, colour)
    return as_bytes(picture, "JPEG", quality=92)


def captioned():
    """A JPEG with the words agencies write into it, as XMP, and older ones that XMP goes before."""
    xmp = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
      xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" photoshop:Source=" Port  office ">
      <photoshop:Credit>The Wire</photoshop:Credit>
      <dc:title><rdf:Alt><rdf:li xml:lang="de">Hafen</rdf:li><rdf:li xml:lang="x-default">Harbour at dusk</rdf:li>
      </rdf:Alt></dc:title>
      <dc:description><rdf:Alt><rdf:li xml:lang="x-default">A crane lifts\nthe last container.</rdf:li></rdf:Alt>
      </dc:description>
      <dc:creator><rdf:Seq><rdf:li>Nora Paint</rdf:li></rdf:Seq></dc:creator>
      <core:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A crane against the evening sky</rdf:li>
      </rdf:Alt></core:AltTextAccessibility></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""
    return noted({5: "Older title"}, xmp=xmp.encode())


def noted(words, encoding="utf-8", **options):
    """A JPEG with words as IPTC wrote them before XMP: datasets of record 2, in Photoshop's own block."""
    datasets = b"".join(
        b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(text.encode(encoding))) + text.encode(encoding)
        for number, text in words.items()
    )
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(datasets)) + datasets + bytes(len(datasets) % 2)
    content = b"Photoshop 3.0\0" + block
    plain = jpeg(**options)
    return plain[:2] + b"\xff\xed" + struct.pack(">H", len(content) + 2) + content + plain[2:]


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
