"""Every public function of the library is tried with input that it cannot answer."""

import ast
import inspect
from functools import cache
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from samhandling.disclosure import possible_range, with_margins
from samhandling.evaluation import drawn_panel
from samhandling.evaluation.panel_shapes import SHAPES
from samhandling.patterns import poisson_interval
from samhandling.space import transform_geometries

ROOT = Path(__file__).parents[2]
PACKAGES = (
    "space", "patterns", "forecast", "survey", "evaluation", "disclosure", "execution",
)  # fmt: skip
# What they are given has been checked when it was made, and every such thing has an answer.
GIVEN_CHECKED = {
    "overlaps": "AreaSet",
    "nearest_shape": "Panel",
    "table_ranges": "PublishedTable",
    "exposures": "PublishedTable",
}


def public_functions() -> list[str]:
    return [
        name
        for package in PACKAGES
        for module in [import_module(f"samhandling.{package}")]
        for name in module.__all__
        if inspect.isfunction(getattr(module, name))
    ]


@cache
def tried_with_bad_input() -> frozenset[str]:
    """Return every name that stands in a test, or beside one, that expects an error."""
    found: set[str] = set()
    for path in [*ROOT.glob("src/samhandling/**/tests/*.py"), *ROOT.glob("tests/**/*.py")]:
        text = path.read_text(encoding="utf-8")
        if "pytest.raises" not in text:
            continue
        for part in ast.parse(text).body:
            table = isinstance(part, ast.Assign)
            test = isinstance(part, ast.FunctionDef) and "raises" in ast.unparse(part)
            if table or test:
                found |= {one.id for one in ast.walk(part) if isinstance(one, ast.Name)}
                found |= {one.attr for one in ast.walk(part) if isinstance(one, ast.Attribute)}
    return frozenset(found)


@pytest.mark.parametrize("name", public_functions())
def test_somebody_tries_it_with_what_it_cannot_answer(name):
    if name in GIVEN_CHECKED:
        return
    assert name in tried_with_bad_input(), f"no test expects an error of {name}"


@pytest.mark.parametrize("counts", [[-1], [np.nan], [1.5]])
def test_an_interval_of_what_is_no_count(counts):
    with pytest.raises(ValueError, match=r"\[0\]"):
        poisson_interval(counts)


def test_a_coordinate_system_that_does_not_exist():
    with pytest.raises(ValueError, match="EPSG:999999"):
        transform_geometries([], "EPSG:999999")


@pytest.mark.parametrize("effect", [np.nan, np.inf])
def test_a_panel_with_an_effect_that_is_no_number(effect):
    with pytest.raises(ValueError, match="log_effect"):
        drawn_panel(SHAPES[0], effect, np.random.default_rng(1))


def test_figures_that_contradict_each_other():
    with pytest.raises(ValueError, match="contradict"):
        possible_range(np.array([[1.0], [1.0]]), np.array([1.0, 2.0]), np.array([1.0]))


@pytest.mark.parametrize("counts", [[], [[[1]]], [1, -1], [0.5]])
def test_margins_of_what_is_no_table(counts):
    with pytest.raises(ValueError, match=r"shape|\[\d\]"):
        with_margins(counts)
