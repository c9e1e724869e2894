import numpy as np
from numpy.typing import NDArray

from samhandling.execution.compiled import compiled


@compiled
def running_total(values: NDArray[np.float64]) -> float:
    total = 0.0
    for value in values:
        total += value
    return total


def test_compiled_code_adds_in_the_order_written() -> None:
    values = np.random.default_rng(3).normal(size=1_000) * np.geomspace(1e-9, 1e9, 1_000)
    total = 0.0
    for value in values.tolist():
        total += value
    assert running_total(values) == total
