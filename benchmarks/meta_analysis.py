"""Pooling studies and enumerating their signs, beside PyMARE and beside fitting flip by flip."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from benchmarks.comparison import Comparison
from benchmarks.measuring import measured

STUDIES = 13
CLOSE = 1e-4


def meta_analysis(sizes: dict[str, int]) -> Iterator[Comparison]:
    """Fit invented reviews of 13 trials, and test one of them exactly."""
    drawn = np.random.default_rng(11)
    variances = drawn.uniform(0.02, 0.5, STUDIES)
    reviews = drawn.normal(-0.5, np.sqrt(variances + 0.2), (sizes["reviews"], STUDIES))
    ours = measured(_ours, lambda: (reviews, variances), times=3)
    theirs = measured(_pymare, lambda: (reviews, variances))
    yield Comparison(
        "Random effects (REML) of a review", f"{len(reviews)} reviews of {STUDIES} studies", ours,
        "PyMARE", theirs, bool(np.allclose(ours.value, theirs.value, atol=CLOSE)),
    )  # fmt: skip
    studies = sizes["flipped_studies"]
    chosen = (reviews[0][:studies], variances[:studies])
    exact = measured(_flipped, lambda: chosen, times=3)
    one_by_one = measured(_flipped_by_statsmodels, lambda: chosen)
    yield Comparison(
        "Exact sign-flip test (DerSimonian-Laird)", f"{2**studies:,} flips", exact,
        "statsmodels combine_effects, flip by flip", one_by_one, exact.value == one_by_one.value,
    )  # fmt: skip


def _ours(ready: tuple[Any, Any]) -> Any:
    from samhandling.evaluation import pooled_effect

    reviews, variances = ready
    return np.array([pooled_effect(review, variances).value for review in reviews])


def _pymare(ready: tuple[Any, Any]) -> Any:
    from pymare.estimators import VarianceBasedLikelihoodEstimator

    reviews, variances = ready
    found = []
    for review in reviews:
        estimator = VarianceBasedLikelihoodEstimator(method="reml")
        estimator.fit(review[:, None], variances[:, None], np.ones((STUDIES, 1)))
        found.append(float(estimator.params_["fe_params"].ravel()[0]))
    return np.array(found)


def _flipped(ready: tuple[Any, Any]) -> float:
    from samhandling.evaluation import Tau2, sign_flip_test

    return sign_flip_test(*ready, tau2=Tau2.DERSIMONIAN_LAIRD).p_value


def _flipped_by_statsmodels(ready: tuple[Any, Any]) -> float:
    from statsmodels.stats.meta_analysis import combine_effects

    effects, variances = ready
    z = []
    for flip in range(2 ** len(effects)):
        signs = 1 - 2 * (flip >> np.arange(len(effects)) & 1)
        combined = combine_effects(signs * effects, variances, method_re="chi2")
        z.append(abs(combined.mean_effect_re / combined.sd_eff_w_re))
    return sum(one >= z[0] * (1 - 1e-9) for one in z) / len(z)
