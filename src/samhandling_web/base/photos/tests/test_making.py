"""What is left of a picture when it is made anew, and which files are none."""

import struct
import zlib
from contextlib import suppress
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from samhandling_web.base.photos import making, rules
from samhandling_web.base.photos.making import MadePhoto, NotKept, head_check, photo_make
from samhandling_web.base.photos.rules import Fault
from samhandling_web.base.photos.tests.pictures import (
    GPS_IFD,
    SECRETS,
    telephone_jpeg,
    two_colours,
    written,
)


def make(content: bytes) -> MadePhoto:
    return photo_make(BytesIO(content))


def opened(made: MadePhoto) -> Image.Image:
    return Image.open(BytesIO(made.content))


def segments(jpeg: bytes) -> list[int]:
    """Return the markers of a JPEG up to its colours, read without Pillow."""
    found, at = [], 2
    while jpeg[at + 1] != 0xDA:
        found.append(jpeg[at + 1])
        at += 2 + struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
    return found


def fault_of(content: bytes) -> Fault:
    with pytest.raises(NotKept) as refused:
        make(content)
    return refused.value.fault


def test_the_sample_does_hold_what_must_not_be_kept():
    content = telephone_jpeg()
    assert [secret for secret in SECRETS if secret not in content] == []
    assert Image.open(BytesIO(content)).getexif().get_ifd(GPS_IFD)[2] == (59.0, 19.0, 58.25)


def test_position_time_camera_comment_and_film_are_gone():
    made = make(telephone_jpeg())
    assert [secret for secret in [*SECRETS, b"film"] if secret in made.content] == []
    assert dict(opened(made).getexif()) == {}
    # Only the frame of the format itself (APP0), tables and the picture: no APP1 to 15, no comment.
    assert set(segments(made.content)) <= {0xE0, 0xDB, 0xC0, 0xC4}
    assert made.content.endswith(b"\xff\xd9")


def test_the_day_is_told_and_not_the_time():
    assert make(telephone_jpeg()).taken_on == date(2026, 5, 4)
    assert make(telephone_jpeg(taken="0000:00:00 00:00:00")).taken_on is None
    assert make(written(two_colours(), "PNG")).taken_on is None


@pytest.mark.parametrize(
    ("orientation", "size", "dark"),
    [
        (1, (64, 32), (0.1, 0.5)),
        (2, (64, 32), (0.9, 0.5)),
        (3, (64, 32), (0.9, 0.5)),
        (4, (64, 32), (0.1, 0.5)),
        (5, (32, 64), (0.5, 0.1)),
        (6, (32, 64), (0.5, 0.1)),
        (7, (32, 64), (0.5, 0.9)),
        (8, (32, 64), (0.5, 0.9)),
        (9, (64, 32), (0.1, 0.5)),
    ],
)
def test_the_picture_stands_as_the_camera_was_held(orientation, size, dark):
    """EXIF 2.32, tag 274: where row 0 and column 0 of the stored picture belong."""
    made = make(telephone_jpeg(orientation=orientation))
    grey = opened(made).convert("L")
    assert (made.width, made.height) == grey.size == size
    assert grey.getpixel((int(dark[0] * size[0]), int(dark[1] * size[1]))) < 40


@pytest.mark.parametrize(
    ("size", "kept"),
    [((5000, 2500), (2000, 1000)), ((900, 3000), (600, 2000)), ((8, 9), (8, 9))],
)
def test_the_longer_side_is_at_most_two_thousand_points(size, kept):
    made = make(telephone_jpeg(two_colours(size)))
    assert (made.width, made.height) == kept == opened(made).size


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_keeps_its_light_and_dark(mode):
    image = two_colours()
    if mode == "I;16":
        image = image.convert("I").point(lambda grey: grey * 257).convert("I;16")
    grey = opened(make(written(image.convert(mode), "PNG"))).convert("L")
    assert grey.getpixel((5, 5)) < 40
    assert grey.getpixel((60, 5)) > 215


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_other_kinds_of_jpeg_keep_their_light_and_dark(mode):
    made = make(written(two_colours().convert("RGB").convert(mode), "JPEG"))
    assert opened(made).mode == "RGB"
    assert opened(made).convert("L").getpixel((60, 5)) > 215


def test_what_shines_through_lies_on_white():
    clear = Image.new("RGBA", (8, 8), (255, 0, 0, 0))
    for kind in ("PNG", "WEBP"):
        made = make(written(clear, kind, **({"lossless": True} if kind == "WEBP" else {})))
        assert min(opened(made).getpixel((4, 4))) > 250


def test_of_several_pictures_in_one_file_the_first_is_kept():
    frames = [two_colours(), two_colours().transpose(Image.Transpose.FLIP_LEFT_RIGHT)]
    for kind in ("MPO", "WEBP"):
        made = make(written(frames[0], kind, save_all=True, append_images=frames[1:]))
        assert opened(made).convert("L").getpixel((5, 5)) < 40


def test_the_same_picture_gives_the_same_checksum():
    assert make(telephone_jpeg()).sha256 == make(telephone_jpeg()).sha256


def heic(brand: bytes) -> bytes:
    return b"\x00\x00\x00\x18ftyp" + brand + b"\x00\x00\x00\x00mif1heic" + bytes(200)


def png_that_claims(width: int, height: int) -> bytes:
    """Return a file of a hundred bytes that says it is that large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(9))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"hej", Fault.NOT_A_PICTURE),
        (b"%PDF-1.7 " + bytes(500), Fault.NOT_A_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Fault.NOT_A_PICTURE),
        (written(two_colours(), "GIF"), Fault.NOT_A_PICTURE),
        (written(two_colours(), "TIFF"), Fault.NOT_A_PICTURE),
        (heic(b"heic"), Fault.HEIC),
        (heic(b"mif1"), Fault.HEIC),
        (telephone_jpeg(two_colours((400, 400)))[:3500], Fault.DAMAGED),
        (written(two_colours((900, 900), "RGB"), "PNG")[:-60], Fault.DAMAGED),
        (png_that_claims(20_000, 20_000), Fault.TOO_MANY_POINTS),
        (png_that_claims(9_000, 6_000), Fault.TOO_MANY_POINTS),
        (png_that_claims(2_000_000, 2_000_000), Fault.TOO_MANY_POINTS),
        (png_that_claims(2_000, 2_000), Fault.DAMAGED),
        (png_that_claims(0, 5), Fault.DAMAGED),
        (telephone_jpeg()[:100], Fault.DAMAGED),
    ],
    ids=lambda value: value if isinstance(value, Fault) else f"{len(value)}-bytes",
)
def test_what_is_no_whole_picture_is_refused_for_what_it_is(content, fault):
    assert fault_of(content) is fault


def test_a_file_of_too_many_bytes_is_not_even_opened(monkeypatch):
    monkeypatch.setattr(making, "MOST_BYTES", 100)
    assert fault_of(telephone_jpeg()) is Fault.TOO_MANY_BYTES


def test_a_bomb_is_known_by_its_head_alone():
    with pytest.raises(NotKept):
        head_check(BytesIO(png_that_claims(20_000, 20_000)))
    whole = BytesIO(telephone_jpeg())
    head_check(whole)
    assert whole.tell() == 0


WHOLE = [telephone_jpeg(), written(two_colours(), "PNG"), written(two_colours(), "WEBP")]


@given(
    st.sampled_from(WHOLE),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=12),
    st.floats(0.05, 1),
)
def test_any_bytes_become_a_picture_or_are_refused(content, changes, kept_share):
    """Changed and cut files: a clean photo or a named fault, never another error."""
    changed = bytearray(content)
    for place, value in changes:
        changed[int(place * len(changed))] = value
    with suppress(NotKept):
        made = make(bytes(changed[: max(1, int(kept_share * len(changed)))]))
        assert max(made.width, made.height) <= rules.LONGEST_SIDE
        assert set(segments(made.content)) <= {0xE0, 0xDB, 0xC0, 0xC4}
