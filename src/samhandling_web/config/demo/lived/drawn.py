"""Drawing a pedestrian tunnel as a telephone would take it: dark, or with its lamps mended."""

from datetime import date
from io import BytesIO

import numpy as np
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFilter

SIZE = (960, 720)
MOUTH = (0.0, 0.0, 960.0, 720.0)
END = (430.0, 300.0, 540.0, 410.0)
RINGS = 48
LAMPS = (6, 13, 20, 27, 34)
"""The rings whose ceiling holds a lamp."""
TAKEN_AT, EXIF_IFD = 0x9003, 0x8769

Box = tuple[float, float, float, float]
Colour = tuple[int, int, int]
WALL, FLOOR, CEILING = (150, 146, 138), (112, 110, 108), (128, 125, 120)
LAMP, DUSK = (255, 244, 214), (74, 92, 122)


def tunnel(rng: np.random.Generator, *, is_lit: bool) -> Image.Image:
    """Return a picture from the mouth of a tunnel to its other end. Nobody is in it."""
    image = Image.new("RGB", SIZE, DUSK)
    draw = ImageDraw.Draw(image)
    for ring in range(RINGS):
        _ring(draw, _box(ring), _box(ring + 1), _brightness(ring, is_lit=is_lit))
    draw.rectangle(END, fill=DUSK)
    if is_lit:
        for ring in LAMPS:
            _lamp(draw, _box(ring))
    else:
        _scrawl(draw, rng)
    grain = rng.normal(0, 3 if is_lit else 6, (SIZE[1], SIZE[0], 1))
    noisy = np.clip(np.asarray(image.filter(ImageFilter.GaussianBlur(1.2))) + grain, 0, 255)
    return Image.fromarray(noisy.astype(np.uint8))


def photographed(image: Image.Image, day: date, name: str) -> SimpleUploadedFile:
    """Return the picture as a file with the day on which it was taken, as telephones write it."""
    exif = Image.Exif()
    exif.get_ifd(EXIF_IFD)[TAKEN_AT] = f"{day:%Y:%m:%d} 16:30:00"
    content = BytesIO()
    image.save(content, "JPEG", quality=85, exif=exif)
    return SimpleUploadedFile(name, content.getvalue(), content_type="image/jpeg")


def _box(ring: int) -> Box:
    """Return the tunnel's opening so many rings in; they lie closer the farther away they are."""
    share = 1 - (1 - ring / RINGS) ** 2.2
    left, top, right, bottom = (
        near + (far - near) * share for near, far in zip(MOUTH, END, strict=True)
    )
    return left, top, right, bottom


def _brightness(ring: int, *, is_lit: bool) -> float:
    """Return how much light falls on a ring: from its ends alone, or from the nearest lamp too."""
    from_mouth = 0.5 * np.exp(-ring / 7)
    if not is_lit:
        return float(0.1 + from_mouth + 0.12 * np.exp(-(RINGS - ring) / 3))
    nearest = min(abs(ring - lamp) for lamp in LAMPS)
    return float(min(1.25, 0.75 + 0.3 * np.exp(-((nearest / 3) ** 2)) + from_mouth / 2))


def _ring(draw: ImageDraw.ImageDraw, near: Box, far: Box, light: float) -> None:
    """Draw floor, ceiling and both walls between two openings."""
    corners = [
        ((near[0], near[1]), (near[2], near[1]), (far[2], far[1]), (far[0], far[1])),
        ((near[0], near[3]), (near[2], near[3]), (far[2], far[3]), (far[0], far[3])),
        ((near[0], near[1]), (far[0], far[1]), (far[0], far[3]), (near[0], near[3])),
        ((near[2], near[1]), (far[2], far[1]), (far[2], far[3]), (near[2], near[3])),
    ]
    for shape, colour in zip(corners, (CEILING, FLOOR, WALL, WALL), strict=True):
        draw.polygon(shape, fill=_lit(colour, light))


def _lit(colour: Colour, light: float) -> Colour:
    red, green, blue = (min(255, round(part * light)) for part in colour)
    return red, green, blue


def _lamp(draw: ImageDraw.ImageDraw, box: Box) -> None:
    middle, half = (box[0] + box[2]) / 2, (box[2] - box[0]) / 14
    high = (box[3] - box[1]) / 50
    draw.rounded_rectangle(
        (middle - half, box[1], middle + half, box[1] + 2 * high), radius=high, fill=LAMP
    )


def _scrawl(draw: ImageDraw.ImageDraw, rng: np.random.Generator) -> None:
    """Draw scribble on the left wall, which says nothing."""
    for colour in ((120, 40, 60), (40, 70, 110)):
        across = np.linspace(60, 250, 14)
        up = 330 + rng.normal(0, 38, 14)
        draw.line(list(zip(across.tolist(), up.tolist(), strict=True)), fill=colour, width=5)
