"""The exact test of no effect: every way in which the studies' signs could have fallen."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.evaluation.meta_analysis import checked_effects
from samhandling.patterns.variance_components import Tau2, fit, tau_squared
from samhandling.space.method import Method

Floats = NDArray[np.float64]

MOST_STUDIES = 20
TOGETHER = 8_192
TIE = 1e-9


@dataclass(frozen=True, slots=True)
class SignFlipTest:
    """How often chance alone gives a mean as far from zero.

    Attributes
    ----------
    p_value : float
        Share of the ways of flipping whose ``|z|`` is at least the observed one; exact.
    z : float
        Mean effect over its standard error, as observed.
    flips : int
        Ways of flipping: two to the power of the number of studies.
    method : Method
    """

    p_value: float
    z: float
    flips: int
    method: Method

    def summary(self) -> str:
        """Return one sentence a person can read."""
        return (
            f"z = {self.z:.2f}; {self.p_value:.3g} of all {self.flips} ways the signs could have "
            "fallen give a mean at least as far from zero."
        )


def sign_flip_test(
    estimates: ArrayLike, variances: ArrayLike, *, tau2: Tau2 = Tau2.REML
) -> SignFlipTest:
    """Test that the mean effect over studies is zero, by all sign flips.

    Parameters
    ----------
    estimates, variances : array_like of float, shape (n_studies,)
        As in `pooled_effect`; at most 20 studies.
    tau2 : Tau2, default REML
        Estimated anew for every flip.

    Returns
    -------
    SignFlipTest

    Raises
    ------
    ValueError
        If there are fewer than two or more than 20 studies, a number is missing, or a variance is
        not positive.

    Notes
    -----
    True effects are taken to be spread evenly around zero under the hypothesis. The two signs of a
    whole set give the same ``|z|``, so half of the flips are computed. Time grows as two to the
    power of the studies; memory does not grow.

    References
    ----------
    D. A. Follmann and M. A. Proschan (1999), "Valid inference in random effects meta-analysis",
    Biometrics 55, 732-737.

    Examples
    --------
    >>> sign_flip_test([0.5, 0.7, 0.6, 0.4], [0.1, 0.1, 0.1, 0.1]).p_value
    0.125
    """
    effects, spread = checked_effects(estimates, variances, least=2)
    if len(effects) > MOST_STUDIES:
        message = (
            f"{len(effects)} studies have {2 ** len(effects)} sign flips; at most "
            f"{MOST_STUDIES} studies can be enumerated. Use pooled_effect with knapp_hartung=True."
        )
        raise ValueError(message)
    observed = _z(effects[None], spread, tau2)[0]
    half = 2 ** (len(effects) - 1)
    extreme = sum(
        int(np.count_nonzero(
            np.abs(_z(_signs(start, min(start + TOGETHER, half), len(effects)) * effects,
                      spread, tau2)) >= abs(observed) * (1 - TIE)
        ))
        for start in range(0, half, TOGETHER)
    )  # fmt: skip
    return SignFlipTest(
        extreme / half, float(observed), 2 * half,
        Method.of("sign_flip_test", "Follmann and Proschan (1999)", tau2=tau2.value),
    )  # fmt: skip


def _signs(start: int, end: int, studies: int) -> Floats:
    """Return +1 or -1 for each flip and study; the last study keeps its sign."""
    flips = np.arange(start, end)[:, None] >> np.arange(studies)
    return np.asarray(1 - 2 * (flips & 1), dtype=np.float64)


def _z(estimates: Floats, variances: Floats, how: Tau2) -> Floats:
    columns = np.ones((len(variances), 1))
    fitted = fit(estimates, variances, columns, tau_squared(estimates, variances, columns, how))
    z: Floats = fitted.coefficients[:, 0] / np.sqrt(fitted.covariance[:, 0, 0])
    return z
