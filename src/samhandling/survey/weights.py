"""Weights that make those who answered add up to the population, and what the weights cost."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.space import checked
from samhandling.space.method import Method
from samhandling.survey.design import Columns, labels_of

Floats = NDArray[np.float64]

CLOSE_ENOUGH = 1e-10
SAME_TOTAL = 1e-6
Totals = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True, eq=False)
class AnswerWeights:
    """People that each answer stands for.

    Attributes
    ----------
    values : ndarray of float64, shape (n_answers,)
    design_effect : float
        Kish's: how many times larger the weights make the variance.
    effective_answers : float
        Equally weighted answers that say as much.
    rounds : int
        How many times all variables were gone through.
    method : Method
    """

    values: Floats
    design_effect: float
    effective_answers: float
    rounds: int
    method: Method

    def summary(self) -> str:
        """Return one sentence a person can read."""
        return (
            f"An answer stands for {self.values.min():,.3g} to {self.values.max():,.3g} people; "
            f"the weights make {len(self.values)} answers worth {self.effective_answers:.0f}."
        )


def kish_design_effect(weights: ArrayLike, repeated: ArrayLike | None = None) -> float:
    """Return how many times larger unequal weights make the variance of a mean.

    Parameters
    ----------
    weights : array_like of float, shape (n,)
        Positive.
    repeated : array_like of int, shape (n,), optional
        How many answers have each weight; one by default.

    Raises
    ------
    ValueError
        If a weight is not positive, a count is not whole or below zero, or there are no answers.

    Notes
    -----
    True where weights are unrelated to what is asked; weights that follow the answers, as those of
    strata that differ, cost less.

    References
    ----------
    L. Kish (1965), "Survey Sampling", sec. 11.7.

    Examples
    --------
    >>> kish_design_effect([1, 1, 2, 4])
    1.375
    """
    w = checked.positive(weights, "weights", "leave out who was not in the population")
    n = checked.counts(np.ones(len(w)) if repeated is None else repeated, "repeated")
    checked.same_length(weights=w, repeated=n)
    if not n.any():
        message = "No answers are weighted; give at least one."
        raise ValueError(message)
    return float(n.sum() * (n * w**2).sum() / (n * w).sum() ** 2)


def raking_weights(
    variables: Columns,
    totals: Totals,
    *,
    start: ArrayLike | None = None,
    most_rounds: int = 1_000,
) -> AnswerWeights:
    """Weigh answers so that every variable's labels add up to the population's known totals.

    Parameters
    ----------
    variables : sequence of (str, array_like), each of shape (n_answers,)
        Labels of each answer, such as age group and sex. One variable whose labels are the strata
        gives post-stratification.
    totals : mapping of str to mapping of str to float
        People with each label of each variable; all variables' totals have the same sum.
    start : array_like of float, shape (n_answers,), optional
        Weights to begin from, such as one over the chance of being asked; equal by default.
    most_rounds : int, default 1000

    Returns
    -------
    AnswerWeights

    Raises
    ------
    ValueError
        If a label has people but no answers or answers but no people, a total is not positive, the
        totals have different sums, or no weights meet all of them.

    Notes
    -----
    The weights correct the variables' own composition and, of their combinations, only what
    follows from it. They need `design_effect` more answers for the same margin, and help only
    where those who did not answer think as those with the same labels who did.

    References
    ----------
    W. E. Deming and F. F. Stephan (1940), "On a least squares adjustment of a sampled frequency
    table when the expected marginal totals are known", Annals of Mathematical Statistics 11,
    427-444.

    Examples
    --------
    >>> found = raking_weights([("sex", ["m", "m", "m", "w"])], {"sex": {"m": 60, "w": 60}})
    >>> found.values.tolist(), round(found.effective_answers, 2)
    ([20.0, 20.0, 20.0, 60.0], 3.0)
    """
    if not variables:
        message = "variables is empty; give at least one variable to weigh by."
        raise ValueError(message)
    n = len(np.asarray(variables[0][1]))
    margins = [_margin(name, labels, totals, n) for name, labels in variables]
    _check_same_total([name for name, _ in variables], margins)
    w = np.ones(n) if start is None else checked.positive(start, "start", "leave out the answer")
    checked.same_length(**{variables[0][0]: np.asarray(variables[0][1]), "start": w})
    values, rounds = _raked(w, margins, most_rounds)
    effect = kish_design_effect(values)
    method = Method.of(
        "raking_weights", "Deming and Stephan (1940)",
        variables=tuple(name for name, _ in variables), started_equal=start is None,
    )  # fmt: skip
    return AnswerWeights(values, effect, n / effect, rounds, method)


_Margin = tuple[NDArray[np.int64], Floats]


def _margin(name: str, labels: ArrayLike, totals: Totals, n: int) -> _Margin:
    """Return which total each answer belongs to, and the totals."""
    if name not in totals:
        message = f"{name} has no totals; give the people with each of its labels."
        raise ValueError(message)
    text = labels_of(labels, n, name)
    found, code = np.unique(text, return_inverse=True)
    known = {str(label): float(people) for label, people in totals[name].items()}
    for label in sorted({str(each) for each in found} ^ set(known)):
        has, lacks = ("answers", "total") if label not in known else ("a total", "answers")
        message = f"{name} {label} has {has} but no {lacks}; join it with another label."
        raise ValueError(message)
    people = checked.positive([known[str(label)] for label in found], name, "give its people")
    return code.astype(np.int64), people


def _check_same_total(names: list[str], margins: list[_Margin]) -> None:
    sums = [float(people.sum()) for _, people in margins]
    for name, total in zip(names, sums, strict=True):
        if abs(total / sums[0] - 1) > SAME_TOTAL:
            message = (
                f"{name} adds up to {total:g} people and {names[0]} to {sums[0]:g}; give totals of "
                "one and the same population."
            )
            raise ValueError(message)


def _raked(w: Floats, margins: list[_Margin], most_rounds: int) -> tuple[Floats, int]:
    for done in range(1, most_rounds + 1):
        largest = 0.0
        for code, people in margins:
            factor = people / np.bincount(code, weights=w)
            largest = max(largest, float(np.abs(factor - 1).max()))
            w = w * factor[code]
        if largest < CLOSE_ENOUGH or len(margins) == 1:
            return w, done
    message = (
        f"No weights meet all totals after {most_rounds} rounds: some combination of labels has no "
        "answers. Join labels, or weigh by fewer variables."
    )
    raise ValueError(message)
