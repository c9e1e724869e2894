"""The colours in tokens.css against WCAG 2.1, in light and in dark."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[1] / "static" / "common" / "css" / "tokens.css"
PAIR = re.compile(r"--(?:ds-color|sam)-([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
ROLES = ("accent", "neutral", "brand1", "brand2", "info", "success", "warning", "danger")
SURFACES = ("background-default", "background-tinted", "surface-default", "surface-tinted")
TEXTS = ("text-default", "text-subtle")
SCHEMES = {"light": 0, "dark": 1}


def read_tokens() -> dict[str, tuple[str, str]]:
    found = PAIR.findall(TOKENS.read_text(encoding="utf-8"))
    return {name: (light, dark) for name, light, dark in found}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_agrees_with_the_published_extremes():
    """WCAG 2.1: black on white is 21:1, and #767676 on white is the lightest grey that passes."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("role", ROLES)
def test_text_is_readable_on_every_surface_of_its_role(role, scheme):
    tokens, index = read_tokens(), SCHEMES[scheme]
    for text in TEXTS:
        for surface in (*SURFACES, "surface-hover"):
            ratio = contrast(tokens[f"{role}-{text}"][index], tokens[f"{role}-{surface}"][index])
            assert ratio >= 4.5, (text, surface, round(ratio, 2))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("role", ROLES)
def test_text_on_filled_buttons_is_readable_in_every_state(role, scheme):
    tokens, index = read_tokens(), SCHEMES[scheme]
    for state in ("base-default", "base-hover", "base-active"):
        ratio = contrast(
            tokens[f"{role}-base-contrast-default"][index], tokens[f"{role}-{state}"][index]
        )
        assert ratio >= 4.5, (state, round(ratio, 2))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("role", ROLES)
def test_coloured_text_is_readable_on_the_page_itself(role, scheme):
    tokens, index = read_tokens(), SCHEMES[scheme]
    for surface in SURFACES:
        ratio = contrast(tokens[f"{role}-text-subtle"][index], tokens[f"neutral-{surface}"][index])
        assert ratio >= 4.5, (surface, round(ratio, 2))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_borders_of_fields_and_focus_marks_can_be_seen(scheme):
    """WCAG 2.1, 1.4.11: three to one for what shows where a control is."""
    tokens, index = read_tokens(), SCHEMES[scheme]
    for surface in SURFACES:
        page = tokens[f"neutral-{surface}"][index]
        assert contrast(tokens["neutral-border-default"][index], page) >= 3, surface
        assert contrast(tokens["focus-outer"][index], page) >= 3, surface


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), [("hero-text", "hero"), ("sand-text", "sand")])
def test_the_citys_own_voice_is_readable(text, ground, scheme):
    tokens, index = read_tokens(), SCHEMES[scheme]
    assert contrast(tokens[text][index], tokens[ground][index]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_map_classes_go_one_way_and_can_be_told_apart(scheme):
    tokens, index = read_tokens(), SCHEMES[scheme]
    steps = [luminance(tokens[f"class-{n}"][index]) for n in range(1, 6)]
    assert steps == sorted(steps, reverse=scheme == "light")
    for n in range(1, 5):
        ratio = contrast(tokens[f"class-{n}"][index], tokens[f"class-{n + 1}"][index])
        assert ratio >= 1.3, (n, round(ratio, 2))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("side", ["less", "more"])
def test_classes_about_a_middle_are_stronger_farther_from_it(side, scheme):
    tokens, index = read_tokens(), SCHEMES[scheme]
    near, far = tokens[f"{side}-1"][index], tokens[f"{side}-2"][index]
    paper = tokens["map-land"][index]
    assert contrast(far, paper) > contrast(near, paper)
    assert contrast(far, near) >= 1.3
