"""What a file is, told by its first bytes: its name and the type its sender claims are never believed."""

import re

ENOUGH = 4096  # bytes `recognise` wants to see

_SAVE_AS_JPEG = "Save it as JPEG or PNG and upload that."

_ACCEPTED = [
    (re.compile(rb"\xff\xd8\xff"), "jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "webp"),
    (re.compile(rb"GIF8[79]a"), "gif"),
    # By its own brand, or by one among those it says it is compatible with (the box is as long as its first bytes say).
    (re.compile(rb"...[\x10-\x80]ftyp(avif|avis|(mif1|msf1|miaf).{4}(.{4}){0,24}?(avif|avis))", re.DOTALL), "avif"),
]

_REFUSED = [
    (re.compile(rb"(II|MM)(\*\0|\0\*|\+\0|\0\+)"), f"This is a TIFF or camera raw file. {_SAVE_AS_JPEG}"),
    (
        re.compile(rb"....ftyp(hei|hev|mif1|msf1)", re.DOTALL),
        "This is a HEIC picture, as phones take them. Export it as JPEG and upload that.",
    ),
    (
        re.compile(rb"....ftyp|\x1aE\xdf\xa3|RIFF....AVI ", re.DOTALL),
        "This is a film. Save one frame of it as JPEG and upload that.",
    ),
    (
        re.compile(rb"\0\0\0\x0cjP  |\xff\x0a|\0\0\0\x0cJXL "),
        f"This is a JPEG 2000 or JPEG XL picture. {_SAVE_AS_JPEG}",
    ),
    (re.compile(rb"BM....\0{4}", re.DOTALL), f"This is a BMP picture. {_SAVE_AS_JPEG}"),
    (re.compile(rb"8BPS"), f"This is a Photoshop file. {_SAVE_AS_JPEG}"),
    (re.compile(rb"\s*%PDF|%!PS"), "This is a PDF or PostScript document. Save the page you want as JPEG or PNG."),
    (
        re.compile(rb"PK\x03\x04|\xd0\xcf\x11\xe0"),
        "This is an archive or an office document. Take the picture out of it and upload that.",
    ),
    (
        re.compile(rb".*?<(!doctype html|html|head|body)\b", re.DOTALL | re.IGNORECASE),
        "This is a web page, not a picture. Save the picture itself from the page and upload that.",
    ),
    (re.compile(rb".*?<svg\b", re.DOTALL | re.IGNORECASE), "This is an SVG drawing. Export it as PNG and upload that."),
]


class PictureRefused(Exception):  # noqa: N818 -- named for what happened; its text is shown as it stands
    """A picture is not taken in; the text says why and what to do, for the person who sent it."""


def recognise(head: bytes) -> str:
    """Name the kind ("jpeg", "png", "webp", "gif", "avif") of a file that begins with ``head``, or refuse it."""
    if not head:
        raise PictureRefused("The file is empty. Choose it again, or choose another one.")
    for beginning, kind in _ACCEPTED:
        if beginning.match(head):
            return kind
    for beginning, sentence in _REFUSED:
        if beginning.match(head):
            raise PictureRefused(sentence)
    raise PictureRefused(
        "This file is not a picture we can read, whatever its name says. Choose a JPEG, PNG, WebP, AVIF or GIF."
    )
