"""Every published number is reached, and stands on the page as the tests compute it."""

from importlib import import_module

import pytest

from tests.reference.published.every import every_published
from tests.reference.published.number import Published
from tests.reference.published.page import cells, kept_rows


def test_numbers_are_told_apart() -> None:
    keys = [number.key for number in every_published()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("number", every_published(), ids=lambda number: number.key)
def test_published_number_is_reached(number: Published) -> None:
    ours = number.ours()
    assert ours == pytest.approx(number.published, abs=number.tolerance)
    row = kept_rows().get((f"`{number.method}`", number.quantity))
    assert row == cells(number, ours), "write the page anew: tests.reference.published.page"


@pytest.mark.parametrize("method", sorted({number.method for number in every_published()}))
def test_method_is_a_public_name(method: str) -> None:
    module, name = method.rsplit(".", 1)
    assert name in import_module(module).__all__
