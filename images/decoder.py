"""The program that opens strangers' pictures: `python -m images.decoder`, a process of its own with little to lose.

It knows neither Django nor our settings nor our environment. It limits itself before it reads a byte, takes a job
as JSON from its argument and the picture from standard input, writes the files the job names and answers with JSON.
A crash is an answer too: `images.decoding` reads it as a damaged picture.

Job: ``{"kind", "memory" (bytes), "seconds", "files": [{"path", "format": "jpeg" | "webp", "width"}]}``.
Answer: ``{"width", "height", "files": [[width, height], …]}`` as seen by readers, or ``{"refused": sentence}``.
"""

import contextlib
import io
import json
import resource
import sys
from typing import Any

from PIL import Image, ImageCms, ImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from images.kinds import PictureRefused
from images.sizes import MOST_PIXELS, TALLEST, scaled

# Each reader is called by name, never found by `Image.open`: no other of Pillow's fifty readers ever sees the bytes,
# and of a JPEG that carries several pictures (MPO, as phones write) the first is taken.
_READERS: dict[str, type[ImageFile.ImageFile]] = {
    "jpeg": JpegImageFile,
    "png": PngImageFile,
    "webp": WebPImageFile,
    "gif": GifImageFile,
}

_ORIENTATION = 0x0112  # the EXIF tag
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LYING = {5, 6, 7, 8}

_SAVING: dict[str, dict[str, Any]] = {
    "jpeg": {"quality": 82, "optimize": True, "progressive": True},
    "webp": {"quality": 80, "method": 4},
}


def main() -> None:
    job = json.loads(sys.argv[1])
    _limit(job["memory"], job["seconds"])
    try:
        answer = _work(job)
    except PictureRefused as refused:
        answer = {"refused": str(refused)}
    except Image.DecompressionBombError:  # Pillow's own look at a WebP, before ours
        answer = {"refused": _too_large("hundreds of megapixels")}
    except MemoryError:
        answer = {"refused": "This picture needs too much memory. Save it smaller, as JPEG, and upload that."}
    sys.stdout.write(json.dumps(answer))


def _limit(memory: int, seconds: int) -> None:
    """Give up, for good, all but ``memory`` bytes, ``seconds`` of computing and files of moderate length."""
    for what, most in [
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 64 * 1024 * 1024),
        (resource.RLIMIT_CORE, 0),
    ]:
        resource.setrlimit(what, (most, most))


def _work(job: dict[str, Any]) -> dict[str, Any]:
    """Shrink first, then correct colours and orientation: only the shrunken copy is ever held twice."""
    source = _READERS[job["kind"]](sys.stdin.buffer)
    _refuse_bombs(source)
    turn = _orientation(source)
    width, height = source.size[::-1] if turn in _LYING else source.size
    if height > TALLEST * width:
        raise PictureRefused(
            f"This picture is more than {TALLEST} times as tall as it is wide. Crop it and upload that."
        )
    largest = scaled(width, height, to=max(file["width"] for file in job["files"]))
    picture = _shrink(source, largest[::-1] if turn in _LYING else largest)
    picture = _bare(_in_srgb(picture, source.info.get("icc_profile")))
    if turn in _UPRIGHT:
        picture = picture.transpose(_UPRIGHT[turn])
    made = [_save(picture, scaled(width, height, to=file["width"]), file) for file in job["files"]]
    return {"width": width, "height": height, "files": made}


def _refuse_bombs(source: ImageFile.ImageFile) -> None:
    """By what the file says of itself: even a look at a PNG's orientation would unpack it."""
    width, height = source.size
    if width * height > MOST_PIXELS:
        raise PictureRefused(_too_large(f"{width:,} × {height:,} pixels"))
    if getattr(source, "is_animated", False):
        raise PictureRefused("This picture moves. Save one frame of it as a still picture and upload that.")


def _too_large(size: str) -> str:
    most = MOST_PIXELS // 1_000_000
    return f"This picture has {size}; {most} megapixels are the most we take. Save it smaller and upload that."


def _orientation(source: ImageFile.ImageFile) -> int:
    """How the camera was held; upright where the note about it cannot be read."""
    with contextlib.suppress(SyntaxError, ValueError, KeyError, TypeError):
        return int(source.getexif().get(_ORIENTATION, 1))
    return 1


def _shrink(source: ImageFile.ImageFile, size: tuple[int, int]) -> Image.Image:
    """Read the whole picture, as small as ``size`` allows, in a mode that can be scaled."""
    source.draft(None, size)  # a JPEG is unpacked at a half, a quarter or an eighth where that is enough
    source.load()
    picture: Image.Image = source
    if picture.mode.startswith("I"):
        picture = _eight_bits(picture)
    elif picture.has_transparency_data:
        picture = picture.convert("RGBA")
    elif picture.mode not in {"L", "RGB", "CMYK"}:
        picture = picture.convert("RGB")
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Sixteen-bit grey in eight: Pillow alone would cut off everything brighter than 255."""
    return picture.convert("I").point(lambda value: value / 256).convert("L")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours the profile means, in the space browsers assume; a profile that cannot be used is ignored."""
    if not profile:
        return picture
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    opaque = picture.convert("RGB") if alpha is not None else picture
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(opaque, meant, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    if converted is None:
        return picture
    if alpha is not None:
        converted.putalpha(alpha)
    return converted


def _bare(picture: Image.Image) -> Image.Image:
    """Nothing but pixels, on white where they were transparent: Pillow would save a comment or a profile along.

    White in every format, so that the picture is the same in every browser and a chart's black letters can be read
    on a dark page.
    """
    bare = Image.new("RGB", picture.size, "white")
    if picture.mode == "RGBA":
        bare.paste(picture, mask=picture.getchannel("A"))
    else:
        bare.paste(picture.convert("RGB"))
    return bare


def _save(picture: Image.Image, size: tuple[int, int], file: dict[str, Any]) -> tuple[int, int]:
    made = picture if picture.size == size else picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    made.save(file["path"], format=file["format"].upper(), **_SAVING[file["format"]])
    return size


if __name__ == "__main__":
    main()
