"""The colours hold what they promise: told apart by everyone, readable on paper."""

import itertools
import math

import pytest

from samhandling_web.base.common.charts import palette

# How linear red, green and blue are seen without one kind of cone (Machado, Oliveira and Fernandes
# 2009, "A physiologically-based model for simulation of color vision deficiency", severity 1.0).
VISION = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(paint: str) -> list[float]:
    shares = [int(paint[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]


def luminance(paint: str) -> float:
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(paint), strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def oklab(paint: str, vision: str) -> tuple[float, ...]:
    """Björn Ottosson (2020), "A perceptual color space for image processing"."""
    rgb = linear(paint)
    seen = [max(0.0, sum(a * b for a, b in zip(row, rgb, strict=True))) for row in VISION[vision]]
    to_cones = (
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    )
    cones = [sum(a * b for a, b in zip(row, seen, strict=True)) ** (1 / 3) for row in to_cones]
    to_lab = (
        (0.2104542553, 0.793617785, -0.0040720468),
        (1.9779984951, -2.428592205, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.808675766),
    )
    return tuple(sum(a * b for a, b in zip(row, cones, strict=True)) for row in to_lab)


@pytest.mark.parametrize("vision", VISION)
def test_series_are_told_apart_with_every_kind_of_sight(vision):
    for one, other in itertools.combinations(palette.QUALITATIVE, 2):
        assert math.dist(oklab(one, vision), oklab(other, vision)) > 0.09, (one, other)


@pytest.mark.parametrize("vision", VISION)
def test_classes_get_evenly_darker(vision):
    lightness = [oklab(paint, vision)[0] for paint in palette.SEQUENTIAL]
    steps = [before - after for before, after in itertools.pairwise(lightness)]
    assert min(steps) > 0.08


def test_drawn_colours_stand_out_from_paper():
    for paint in palette.QUALITATIVE:
        assert contrast(paint, palette.PAPER) >= 3


def test_written_colours_can_be_read():
    for paint in (*palette.QUALITATIVE_TEXT, palette.INK, palette.QUIET_INK):
        assert contrast(paint, palette.PAPER) >= 4.5


def test_every_series_has_a_dash_and_a_marker_of_its_own():
    for carriers in (palette.DASHES, palette.MARKERS, palette.QUALITATIVE_TEXT):
        assert len(set(carriers)) == len(palette.QUALITATIVE)
