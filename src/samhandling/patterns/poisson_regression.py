"""Quasi-Poisson regression: counts on a log scale, with the dispersion that the data show."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

ROUNDS = 100
TOLERANCE = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class PoissonFit:
    """Coefficients on the log scale.

    Attributes
    ----------
    coefficient : ndarray of float64, shape (n_terms,)
    covariance : ndarray of float64, shape (n_terms, n_terms)
        Already multiplied by the dispersion in use.
    dispersion : float
        Pearson's statistic over its degrees of freedom, as found; below one in calm series.
    degrees_of_freedom : int
    fitted : ndarray of float64, shape (n,)
        Expected counts.
    """

    coefficient: NDArray[np.float64]
    covariance: NDArray[np.float64]
    dispersion: float
    degrees_of_freedom: int
    fitted: NDArray[np.float64]

    def contrast(
        self, weights: NDArray[np.float64], confidence: float
    ) -> tuple[float, float, float, float, float]:
        """Return value, standard error, low, high and p of a weighted sum of coefficients."""
        value = float(weights @ self.coefficient)
        error = float(np.sqrt(weights @ self.covariance @ weights))
        reach = float(student.ppf((1 + confidence) / 2, self.degrees_of_freedom)) * error
        p = 2 * float(student.sf(abs(value) / error, self.degrees_of_freedom))
        return value, error, value - reach, value + reach, p


def fit_poisson(
    counts: NDArray[np.int64], design: NDArray[np.float64], exposure: NDArray[np.float64]
) -> PoissonFit:
    """Fit log(expected / exposure) = design @ coefficient by iterated weighted least squares.

    Parameters
    ----------
    counts : ndarray of int64, shape (n,)
        What was observed.
    design : ndarray of float64, shape (n, n_terms)
        One column per term, the constant included.
    exposure : ndarray of float64, shape (n,)
        Positive.

    Returns
    -------
    PoissonFit

    Raises
    ------
    ValueError
        If there are no more rows than terms, a term cannot be told from the others, nothing was
        ever counted, or the fit does not settle (a group of rows in which nothing was counted).

    Notes
    -----
    A dispersion below one is reported but not used: it would make intervals narrower than
    independent events allow, and in short series it is mostly chance. Rows are taken as
    independent; counts that follow each other in time need a term for what they share.

    References
    ----------
    P. McCullagh and J. A. Nelder (1989), "Generalized Linear Models", 2nd ed., ch. 6.
    """
    _check_design(counts, design)
    log_exposure = np.log(exposure)
    expected = counts + 0.5
    coefficient = np.zeros(design.shape[1])
    for _ in range(ROUNDS):
        linear = np.log(expected) - log_exposure
        working = linear + (counts - expected) / expected
        information = design.T @ (design * expected[:, None])
        previous = coefficient
        coefficient = np.linalg.solve(information, design.T @ (expected * working))
        expected = exposure * np.exp(np.clip(design @ coefficient, -40, 40))
        if np.abs(coefficient - previous).max() < TOLERANCE:
            break
    else:
        msg = "The fit does not settle: a group of rows holds no incidents. Merge it with another."
        raise ValueError(msg)
    freedom = len(counts) - design.shape[1]
    dispersion = float(((counts - expected) ** 2 / expected).sum() / freedom)
    information = design.T @ (design * expected[:, None])
    covariance = np.asarray(np.linalg.inv(information) * max(dispersion, 1.0), dtype=np.float64)
    return PoissonFit(
        np.asarray(coefficient), covariance, dispersion, freedom, np.asarray(expected)
    )


def _check_design(counts: NDArray[np.int64], design: NDArray[np.float64]) -> None:
    rows, terms = design.shape
    if rows <= terms:
        msg = f"{rows} counts cannot carry {terms} terms; give a longer series."
        raise ValueError(msg)
    if np.linalg.matrix_rank(design) < terms:
        msg = "The terms cannot be told apart; every season needs rows in more than one period."
        raise ValueError(msg)
    if counts.sum() == 0:
        msg = f"All {rows} counts are zero; there is nothing to compare."
        raise ValueError(msg)
