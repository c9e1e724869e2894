"""Invented panels with a known effect."""

import numpy as np

from samhandling.evaluation.panel import NEVER, Panel


def panel(seed: int = 0, effect: float = 2.0, areas: int = 40, periods: int = 10) -> Panel:
    """Return a panel in which half of the areas are treated from the middle on."""
    rng = np.random.default_rng(seed)
    starts = np.where(np.arange(areas) < areas // 2, periods // 2, NEVER)
    level = rng.normal(0, 3, (areas, 1)) + rng.normal(0, 2, (1, periods))
    outcome = level + rng.normal(0, 1, (areas, periods))
    treated = (np.arange(periods) >= starts[:, None]) & (starts[:, None] != NEVER)
    return Panel(outcome + effect * treated, starts)


def growing(seed: int = 0, areas: int = 90, noise: float = 0.5) -> tuple[Panel, np.ndarray]:
    """Return a panel with three starts and effects that grow, and the true effect of each cell."""
    rng = np.random.default_rng(seed)
    starts = np.array([3, 5, NEVER])[np.arange(areas) % 3]
    since = np.arange(8) - starts[:, None]
    truth = np.where(
        (since >= 0) & (starts[:, None] != NEVER), (1.0 + since) * (starts[:, None] - 2), 0
    )
    level = rng.normal(0, 3, (areas, 1)) + rng.normal(0, 2, (1, 8))
    return Panel(level + truth + rng.normal(0, noise, (areas, 8)), starts), truth


def counts(seed: int = 0, ratio: float = 0.6, areas: int = 60) -> Panel:
    """Return counts with exposure, a third of the areas treated."""
    rng = np.random.default_rng(seed)
    starts = np.where(np.arange(areas) < areas // 3, 6, NEVER)
    exposure = rng.uniform(1, 3, (areas, 12))
    treated = (np.arange(12) >= starts[:, None]) & (starts[:, None] != NEVER)
    mean = rng.gamma(1, 3, (areas, 1)) * exposure * np.exp(rng.normal(0, 0.2, (1, 12)))
    return Panel(rng.poisson(mean * ratio**treated), starts, exposure=exposure)
