"""Makes a picture anew: the light that fell on the lens, and nothing else that came in the file.

Nothing is copied from the old file but colours. What a camera writes beside them (position, time,
serial number, a thumbnail of what was later cut away, a short film) cannot follow.
"""

import hashlib
import struct
import warnings
import zlib
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import IO

from PIL import Image, UnidentifiedImageError

from samhandling_web.base.photos.rules import (
    FORMATS,
    LONGEST_SIDE,
    MOST_BYTES,
    MOST_POINTS,
    Fault,
)

QUALITY = 85
ORIENTATION, EXIF_IFD, DATE_TAKEN = 0x0112, 0x8769, 0x9003
# How EXIF says that the camera was held (1 is upright), and what sets it right.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
# What the readers of pictures raise when a file breaks off or lies about itself.
UNREADABLE = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    EOFError,
    MemoryError,
    NotImplementedError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class NotKept(Exception):
    """The file cannot become a photo."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class MadePhoto:
    """A picture as it is kept: JPEG of colours alone. `taken_on` is what the camera said."""

    content: bytes
    width: int
    height: int
    taken_on: date | None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def head_check(file: IO[bytes]) -> None:
    """Look at the file's size and head, which is quick, and raise NotKept for what they tell."""
    _opened(file)
    file.seek(0)


def photo_make(file: IO[bytes]) -> MadePhoto:
    """Unpack the picture and make it anew.

    Raises
    ------
    NotKept
        If the file is no picture, is too large or breaks off.
    """
    image = _opened(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            taken_on = _taken_on(image)
            # A JPEG is unpacked at a half or a quarter of its size where that is large enough.
            image.draft("RGB", _fitted(*image.size))
            bare = _colours_alone(image)
            content = BytesIO()
            bare.save(content, "JPEG", quality=QUALITY, optimize=True)
    except UNREADABLE as exc:
        raise NotKept(Fault.DAMAGED) from exc
    return MadePhoto(content.getvalue(), *bare.size, taken_on)


def _opened(file: IO[bytes]) -> Image.Image:
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    if not size:
        raise NotKept(Fault.EMPTY)
    if size > MOST_BYTES:
        raise NotKept(Fault.TOO_MANY_BYTES)
    head = file.read(12)
    file.seek(0)
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        raise NotKept(Fault.HEIC)
    try:
        with warnings.catch_warnings():
            # Pillow warns of bombs at limits of its own; ours are lower.
            warnings.simplefilter("ignore")
            image = Image.open(file, formats=FORMATS)
    except Image.DecompressionBombError as exc:
        raise NotKept(Fault.TOO_MANY_POINTS) from exc
    except UnidentifiedImageError as exc:
        begins_well = head.startswith(BEGINNINGS)
        raise NotKept(Fault.DAMAGED if begins_well else Fault.NOT_A_PICTURE) from exc
    except UNREADABLE as exc:
        raise NotKept(Fault.DAMAGED) from exc
    if image.width * image.height > MOST_POINTS:
        raise NotKept(Fault.TOO_MANY_POINTS)
    return image


def _fitted(width: int, height: int) -> tuple[int, int]:
    """The size within which the longer side is no longer than is kept."""
    share = min(1.0, LONGEST_SIDE / max(width, height))
    return max(1, round(width * share)), max(1, round(height * share))


def _colours_alone(image: Image.Image) -> Image.Image:
    """Turn the picture as the camera was held, make it no larger than is kept, lay it on white."""
    turn = TURNS.get(image.getexif().get(ORIENTATION, 1))
    image.load()
    small = _mixable(image).resize(_fitted(*image.size), Image.Resampling.LANCZOS)
    bare = Image.new("RGB", small.size, "white")
    bare.paste(small.convert("RGB"), mask=small.getchannel("A") if small.mode == "RGBA" else None)
    return bare if turn is None else bare.transpose(turn)


def _mixable(image: Image.Image) -> Image.Image:
    """Colours that can be mixed: grey, RGB, or RGB that shines through."""
    if image.mode.startswith("I"):
        # Sixteen bits of grey would be cut off at white instead of scaled.
        return image.convert("I").point(lambda grey: grey / 256).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _taken_on(image: Image.Image) -> date | None:
    """Return the day that the camera wrote, without the time of day."""
    written = image.getexif().get_ifd(EXIF_IFD).get(DATE_TAKEN)
    try:
        return date.fromisoformat(str(written)[:10].replace(":", "-"))
    except ValueError:
        return None
