"""Survey waves with known truth: estimates drawn with a design effect around true proportions."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from samhandling.synthetic.coverage import Ints
from samhandling.synthetic.ground import Ground
from samhandling.synthetic.nesting import Area
from samhandling.synthetic.plan import SurveyItem, SurveyPlan, TownPlan
from samhandling.synthetic.residents import Residents
from samhandling.synthetic.terrain import Floats
from samhandling.synthetic.truth import SurveyTruth

GROUPS = ("women", "men")
_LEAST_ANSWERS = 30
_WITHIN = 0.4
"""Spread between small areas of one top-level area, relative to the spread between those."""


@dataclass(frozen=True, slots=True)
class SurveyFigure:
    """One published figure; `group` is empty for everybody."""

    wave: str
    fieldwork_start: date
    fieldwork_end: date
    item: SurveyItem
    area: Area
    group: str
    value_percent: float
    n: int
    low: float
    high: float
    response_rate_percent: float


@dataclass(frozen=True, slots=True, eq=False)
class SurveyResults:
    """Published figures and, in the same order, the truth behind each."""

    figures: tuple[SurveyFigure, ...]
    truths: tuple[SurveyTruth, ...]


def make_surveys(
    plan: TownPlan, ground: Ground, residents: Residents, rng: np.random.Generator
) -> SurveyResults:
    """Draw every wave in the top-level areas in force at its fieldwork, and in the whole.

    Notes
    -----
    The true proportion belongs to small areas, so areas that merge or move a border have the
    truth that their parts give. An estimate of ``n`` answers varies as one of ``n`` divided by
    the design effect does in a simple random sample.
    """
    survey = plan.survey
    effects = {item.slug: _effects(item, ground, plan, rng) for item in survey.items}
    figures: list[SurveyFigure] = []
    truths: list[SurveyTruth] = []
    for year in survey.years:
        since, until = date(year, 9, 1), date(year, 10, 31)
        areas = ground.of_level(plan.levels[0].slug, since)
        people = residents.counts[year - plan.first_year, :, :, 2:].sum(axis=2)
        answers = _answers(survey, areas, people)
        rates = survey.response_rate_percent + rng.normal(0, 3, len(areas) + 1)
        for item in survey.items:
            passed = year - survey.years[0]
            truth = _truth(item, effects[item.slug], passed)
            drawn = _estimates(survey, areas, people, truth, answers, rng)
            whole = ground.of_level("municipality", since)
            for index, (area, rows) in enumerate(zip([*areas, *whole], drawn, strict=True)):
                for group, (value, true, n, error) in zip(("", *GROUPS), rows, strict=True):
                    low, high = max(value - error, 0.0), min(value + error, 100.0)
                    figures.append(
                        SurveyFigure(
                            str(year),
                            since,
                            until,
                            item,
                            area,
                            group,
                            round(value, 1),
                            n,
                            round(low, 1),
                            round(high, 1),
                            round(float(rates[index]), 1),
                        )
                    )
                    truths.append(
                        SurveyTruth(
                            str(year), item.slug, area.code, group, true, n, survey.design_effect
                        )
                    )
    return SurveyResults(tuple(figures), tuple(truths))


def _effects(item: SurveyItem, ground: Ground, plan: TownPlan, rng: np.random.Generator) -> Floats:
    """Return how many points each small area lies above the mean."""
    found = rng.normal(0, _WITHIN * item.area_spread_points, len(ground.coverage.areas))
    for area in ground.of_level(plan.levels[0].slug, date(plan.first_year, 1, 1)):
        found[list(area.members)] += rng.normal(0, item.area_spread_points)
    return np.asarray(found, dtype=np.float64)


def _truth(item: SurveyItem, effects: Floats, passed: int) -> Floats:
    """Return the true percentage of shape (small areas, sexes)."""
    middle = item.level_percent + item.change_points_per_year * passed + effects
    sexes = np.array([0.5, -0.5]) * item.women_minus_men_points
    return np.asarray(np.clip(middle[:, None] + sexes, 2.0, 95.0), dtype=np.float64)


def _answers(survey: SurveyPlan, areas: list[Area], people: Ints) -> list[list[int]]:
    """Return the number of women and men who answered in each area: small areas get more."""
    sizes = np.array([people[list(area.members)].sum() for area in areas]) ** 0.7
    found = []
    for area, share in zip(areas, sizes / sizes.sum(), strict=True):
        women = people[list(area.members), 0].sum() / people[list(area.members)].sum()
        n = max(share * survey.sample, 2 * _LEAST_ANSWERS)
        found.append([round(n * women), round(n * (1 - women))])
    return found


def _estimates(
    survey: SurveyPlan,
    areas: list[Area],
    people: Ints,
    truth: Floats,
    answers: list[list[int]],
    rng: np.random.Generator,
) -> list[list[tuple[float, float, int, float]]]:
    """Return value, truth, n and margin for everybody, women and men, area by area and in all."""
    strata = np.zeros((len(areas), 2, 4))
    for row, area in enumerate(areas):
        members = list(area.members)
        for sex in range(2):
            weights = people[members, sex]
            true = float((truth[members, sex] * weights).sum() / weights.sum())
            effective = max(round(answers[row][sex] / survey.design_effect), 1)
            value = 100 * rng.binomial(effective, true / 100) / effective
            variance = max(value * (100 - value), 100.0) / effective
            strata[row, sex] = value, true, variance, weights.sum()
    found = [_combined(strata[row], answers[row]) for row in range(len(areas))]
    by_sex = [_combined(strata[:, s], [pair[s] for pair in answers])[0] for s in (0, 1)]
    whole = _combined(strata.reshape(-1, 4), [n for pair in answers for n in pair])[0]
    found.append([whole, *by_sex])
    return found


def _combined(strata: Floats, answers: list[int]) -> list[tuple[float, float, int, float]]:
    """Return the population-weighted total of some strata, followed by each of them."""
    weight = strata[:, 3] / strata[:, 3].sum()
    value, true = float(weight @ strata[:, 0]), float(weight @ strata[:, 1])
    margin = 1.96 * float(np.sqrt(weight**2 @ strata[:, 2]))
    parts = [
        (float(row[0]), float(row[1]), n, 1.96 * float(np.sqrt(row[2])))
        for row, n in zip(strata, answers, strict=True)
    ]
    return [(value, true, sum(answers), margin), *parts]
