"""The program that opens strangers' pictures: `python -m images.decoder`, a process of its own with little to lose.

It knows neither Django nor our settings nor our environment. It limits itself before it reads a byte, takes a job
as JSON from its argument and the picture from standard input, writes the files the job names and answers with JSON.
A crash is an answer too: `images.decoding` reads it as a damaged picture.

Job: ``{"kind", "memory" (bytes), "seconds", "focus": [x, y], "files": [{"path", "format", "shape", "width"}]}``.
Answer: ``{"width", "height", "files": [[width, height], …], "fingerprint", "told"}`` as seen by readers, or
``{"refused": sentence}``.
"""

import contextlib
import io
import json
import resource
import sys
from pathlib import Path
from typing import Any

from PIL import AvifImagePlugin, Image, ImageCms, ImageFile
from PIL.AvifImagePlugin import AvifImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from images.kinds import PictureRefused
from images.likeness import fingerprint
from images.sizes import FEWER_PIXELS, MOST_PIXELS, TALLEST, Focus, cut, size
from images.telling import told

# Each reader is called by name, never found by `Image.open`: no other of Pillow's fifty readers ever sees the bytes,
# and of a JPEG that carries several pictures (MPO, as phones write) the first is taken.
_READERS: dict[str, type[ImageFile.ImageFile]] = {
    "jpeg": JpegImageFile,
    "png": PngImageFile,
    "webp": WebPImageFile,
    "gif": GifImageFile,
    "avif": AvifImageFile,
}
AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each thread would take address space for a stack of its own

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
    "avif": {"quality": 55, "speed": 8, "max_threads": 1},
}
_STRIP = 512  # rows that are converted at a time
_NEARLY_ALL = 0.7  # of the memory: whatever fails then has failed for want of it


def main() -> None:
    job = json.loads(sys.argv[1])
    _limit(job["memory"], job["seconds"])
    try:
        answer = _work(job)
    except PictureRefused as refused:
        answer = {"refused": str(refused)}
    except Image.DecompressionBombError:  # Pillow's own look at a WebP, before ours
        answer = {"refused": _too_large("hundreds of megapixels", MOST_PIXELS)}
    except Exception as error:
        if not isinstance(error, MemoryError) and _most_memory() < job["memory"] * _NEARLY_ALL:
            raise
        answer = {"refused": "This picture needs too much memory. Save it smaller, as JPEG, and upload that."}
    sys.stdout.write(json.dumps(answer))


def _most_memory() -> int:
    """The most address space this process ever had, in bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmPeak:"):
            return int(line.split()[1]) * 1024
    return 0


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
    _refuse_bombs(source, job["kind"])
    turn = _orientation(source)
    width, height = source.size[::-1] if turn in _LYING else source.size
    if height > TALLEST * width:
        raise PictureRefused(
            f"This picture is more than {TALLEST} times as tall as it is wide. Crop it and upload that."
        )
    wanted = [(file["width"], cut(width, height, file["shape"]).width) for file in job["files"]]
    scale = min(1.0, max(file_width / cut_width for file_width, cut_width in wanted))
    largest = max(1, round(width * scale)), max(1, round(height * scale))
    picture = _shrink(source, largest[::-1] if turn in _LYING else largest)
    picture = _in_srgb(picture, source.info.get("icc_profile")).convert("RGB")
    if turn in _UPRIGHT:
        picture = picture.transpose(_UPRIGHT[turn])
    picture = _bare(picture)
    focus = job["focus"][0], job["focus"][1]
    made = [_save(picture, (width, height), file, focus) for file in job["files"]]
    said = told(source.info)
    return {"width": width, "height": height, "files": made, "fingerprint": fingerprint(picture), "told": said}


def _refuse_bombs(source: ImageFile.ImageFile, kind: str) -> None:
    """By what the file says of itself: even a look at a PNG's orientation would unpack it."""
    width, height = source.size
    most = FEWER_PIXELS.get(kind, MOST_PIXELS)
    if width * height > most:
        raise PictureRefused(_too_large(f"{width:,} × {height:,} pixels", most))


def _too_large(pixels: str, most: int) -> str:
    taken = f"{most // 1_000_000} megapixels are the most we take"
    if most < MOST_PIXELS:
        return f"This picture has {pixels}; {taken} of this kind. Save it smaller, or as JPEG, and upload that."
    return f"This picture has {pixels}; {taken}. Save it smaller and upload that."


def _orientation(source: ImageFile.ImageFile) -> int:
    """How the camera was held; upright where the note about it cannot be read."""
    with contextlib.suppress(SyntaxError, ValueError, KeyError, TypeError):
        return int(source.getexif().get(_ORIENTATION, 1))
    return 1


def _shrink(source: ImageFile.ImageFile, size: tuple[int, int]) -> Image.Image:
    """Read the whole picture (of several the first), as small as ``size`` allows: opaque, eight bits a channel.

    Whatever has to be converted is converted a strip at a time and shrunk at once by a whole factor, so that the
    whole picture is never held twice.
    """
    source.draft(None, size)  # a JPEG is unpacked at a half, a quarter or an eighth where that is enough
    source.load()
    factor = max(1, int(min(source.width / size[0], source.height / size[1]) / 2))
    if source.width * source.height <= size[0] * size[1] * 2 and source.mode in {"L", "RGB", "CMYK"}:
        return source.resize(size, Image.Resampling.LANCZOS)
    reduced: Image.Image | None = None
    step = _STRIP * factor
    for top in range(0, source.height, step):
        strip = _opaque(source.crop((0, top, source.width, min(top + step, source.height)))).reduce(factor)
        if reduced is None:
            reduced = Image.new(strip.mode, (strip.width, -(-source.height // factor)))
        reduced.paste(strip, (0, top // factor))
    if reduced is None:
        raise ValueError("A picture without rows.")
    return reduced.resize(size, Image.Resampling.LANCZOS, box=(0, 0, source.width / factor, source.height / factor))


def _opaque(picture: Image.Image) -> Image.Image:
    """In grey, RGB or CMYK, on white where it was transparent.

    White in every format, so that the picture is the same in every browser and a chart's black letters can be read
    on a dark page.
    """
    if picture.mode.startswith("I"):
        # Sixteen-bit grey in eight: Pillow alone would cut off everything brighter than 255.
        return picture.convert("I").point(lambda value: value / 257 + 0.5).convert("L")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        opaque = Image.new("RGB", picture.size, "white")
        opaque.paste(picture, mask=picture.getchannel("A"))
        return opaque
    return picture if picture.mode in {"L", "RGB", "CMYK"} else picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours the profile means, in the space browsers assume; a profile that cannot be used is ignored.

    CMYK without a profile becomes what browsers make of it. Pillow has read Adobe's inverted inks the right way round.
    """
    if not profile:
        return picture
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, meant, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return picture if converted is None else converted


def _bare(picture: Image.Image) -> Image.Image:
    """Nothing but pixels: Pillow would save a comment or a profile along."""
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    return bare


def _save(picture: Image.Image, of: tuple[int, int], file: dict[str, Any], focus: Focus) -> tuple[int, int]:
    """Write one file of the shrunken ``picture``, whose full size is ``of``."""
    made = size(*of, file["shape"], to=file["width"])
    part = cut(*of, file["shape"], focus)
    across, down = picture.width / of[0], picture.height / of[1]
    box = (
        part.left * across,
        part.top * down,
        min((part.left + part.width) * across, picture.width),
        min((part.top + part.height) * down, picture.height),
    )
    shown = picture if made == picture.size else picture.resize(made, Image.Resampling.LANCZOS, box, reducing_gap=3.0)
    shown.save(file["path"], format=file["format"].upper(), **_SAVING[file["format"]])
    return made


if __name__ == "__main__":
    main()
