"""Pictures as telephones send them, made for the test: with everything that must not be kept."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

ORIENTATION, MAKE, EXIF_IFD, GPS_IFD = 0x0112, 0x010F, 0x8769, 0x8825
SECRETS = (b"Telefonmakaren", b"SN-12345", b"<x:xmpmeta", b"tagen av Anna", b"ICC_PROFILE", b"Exif")


def two_colours(size: tuple[int, int] = (64, 32), mode: str = "RGB") -> Image.Image:
    """Return a picture whose left half is black and whose right half is white."""
    image = Image.new("L", size, 0)
    image.paste(255, (size[0] // 2, 0, *size))
    return image.convert(mode)


def telephone_exif(*, orientation: int = 1, taken: str = "2026:05:04 21:13:07") -> Image.Exif:
    exif = Image.Exif()
    exif[MAKE], exif[ORIENTATION] = "Telefonmakaren", orientation
    exif.get_ifd(EXIF_IFD).update({0x9003: taken, 0xA431: "SN-12345"})
    exif.get_ifd(GPS_IFD).update({1: "N", 2: (59.0, 19.0, 58.25), 3: "E", 4: (18.0, 3.0, 51.0)})
    return exif


def telephone_jpeg(image: Image.Image | None = None, **exif: Any) -> bytes:
    """Return a JPEG with position, time, camera, comment, colour profile and a film behind it."""
    content = BytesIO()
    (image or two_colours()).save(
        content,
        "JPEG",
        exif=telephone_exif(**exif),
        xmp=b"<x:xmpmeta>59.3328 18.0642</x:xmpmeta>",
        comment=b"tagen av Anna",
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    )
    return content.getvalue() + b"ftypmp42 a short film of people"


def written(image: Image.Image, kind: str, **options: Any) -> bytes:
    content = BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def upload(content: bytes | None = None, name: str = "torget.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, telephone_jpeg() if content is None else content)
