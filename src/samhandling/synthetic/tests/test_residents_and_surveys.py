"""Residents add up on any boundaries; surveys scatter around the truth as stated."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from samhandling.sources.schema import SURVEY
from samhandling.synthetic import GRANKOPING
from samhandling.synthetic.plan import CoverageBreak, LevelPlan, PrecisionMix
from samhandling.synthetic.residents import round_to_total


def test_every_year_has_the_planned_total_on_every_vintage(town):
    counts = town.residents.by_area
    top, reform = town.plan.levels[0].slug, town.plan.reform.day
    for row, year in enumerate(town.plan.years):
        planned = round(town.plan.residents * (1 + town.plan.growth_percent_per_year / 100) ** row)
        for day in (date(town.plan.first_year, 1, 1), reform):
            areas = town.ground.of_level(top, day)
            assert sum(counts[row, list(a.members)].sum() for a in areas) == planned, year


def test_the_population_table_is_the_same_residents(town):
    table = town.population().to_pandas()
    assert table["residents"].sum() == town.residents.counts.sum()
    assert (table["residents"] >= 0).all()
    assert not table.duplicated(["area_code", "year", "sex", "age_from"]).any()
    first = table[table["year"] == town.plan.first_year].groupby("area_code")["residents"].sum()
    codes = [area.code for area in town.small_areas()]
    assert first[codes].tolist() == town.residents.by_area[0].tolist()


def test_residents_change_slowly_and_look_like_people(town):
    by_area = town.residents.by_area.astype(float)
    assert np.abs(np.diff(by_area, axis=0) / by_area[:-1]).max() < 0.08
    ages = town.residents.counts.sum(axis=(0, 1))
    women = ages[0] / ages.sum(axis=0)
    assert 0.46 < women[0] < 0.5
    assert women[-1] > 0.6
    assert ages[:, 9].sum() < 0.03 * ages.sum()


def test_rounding_keeps_totals_and_stays_within_one():
    weights = np.random.default_rng(0).random((50, 7))
    totals = np.arange(50)
    found = round_to_total(weights, totals)
    exact = weights / weights.sum(axis=1, keepdims=True) * totals[:, None]
    assert (found.sum(axis=1) == totals).all()
    assert (np.abs(found - exact) < 1).all()


def test_survey_figures_scatter_around_the_truth_with_the_design_effect(city):
    truths = pd.DataFrame(
        [(t.wave, t.item, t.area_code, t.group, t.true_percent, t.n) for t in city.truth.survey],
        columns=["wave", "item", "area_code", "group", "true_percent", "n"],
    )
    table = city.survey_waves()
    assert table.schema.equals(SURVEY)
    published = table.to_pandas()
    assert (
        published[["wave", "item", "area_code", "group", "n"]]
        == truths[["wave", "item", "area_code", "group", "n"]]
    ).all(axis=None)
    part = published["group"] != ""
    part &= published["area_level"] != "municipality"
    true, n = truths["true_percent"][part], truths["n"][part]
    error = np.sqrt(true * (100 - true) * city.plan.survey.design_effect / n)
    z = (published["value_percent"][part] - true) / error
    assert abs(z.mean()) < 4 / np.sqrt(len(z))
    assert z.std() == pytest.approx(1.0, abs=0.15)
    inside = (published["low"] <= truths["true_percent"]) & (
        truths["true_percent"] <= published["high"]
    )
    assert 0.90 < inside[part].mean() < 0.985


def test_survey_waves_follow_the_areas_in_force(town):
    table = town.survey_waves().to_pandas()
    top = town.plan.levels[0].slug
    for wave in table["wave"].unique():
        day = date(int(wave), 9, 1)
        rows = table[(table["wave"] == wave) & (table["area_level"] == top)]
        assert set(rows["area_code"]) == {a.code for a in town.ground.of_level(top, day)}


def test_the_whole_towns_truth_moves_as_planned(town):
    for item in town.plan.survey.items:
        whole = [
            t
            for t in town.truth.survey
            if t.item == item.slug and t.area_code == town.plan.municipality_code and not t.group
        ]
        years = np.array([int(t.wave) for t in whole])
        slope = np.polyfit(years, [t.true_percent for t in whole], 1)[0]
        assert slope == pytest.approx(item.change_points_per_year, abs=0.15)


def test_a_plan_refuses_what_does_not_fit():
    with pytest.raises(ValueError, match="sum to 1"):
        PrecisionMix(point=0.9, snapped=0.2, area=0.0, municipality=0.0)
    with pytest.raises(ValueError, match="3 areas but 2 names"):
        LevelPlan("ward", "Distrikt", 3, "{number}", ("Norr", "Syd"))
    with pytest.raises(ValueError, match="No category of the plan is called theft_of_snow"):
        replace(
            GRANKOPING,
            change=replace(GRANKOPING.change, categories=("theft_of_snow",)),
        )
    gap = CoverageBreak(("graffiti",), date(2016, 1, 5), date(2016, 2, 1), 0.5, "")
    with pytest.raises(ValueError, match="first of a month"):
        replace(GRANKOPING, coverage_breaks=(gap,))
    with pytest.raises(ValueError, match="reach_days 1 2 to 28"):
        replace(GRANKOPING.near_repeat, reach_days=1)
    with pytest.raises(ValueError, match="few large areas"):
        replace(GRANKOPING, levels=GRANKOPING.levels[::-1])
    with pytest.raises(ValueError, match=r"years \[2013\] lie outside 2015-2024"):
        replace(GRANKOPING, survey=replace(GRANKOPING.survey, years=(2013, 2017)))
    with pytest.raises(ValueError, match="before first_year"):
        replace(GRANKOPING, last_year=2001)
    with pytest.raises(ValueError, match="repeats < 1"):
        replace(GRANKOPING.categories[0], repeats=1.5)
    with pytest.raises(ValueError, match="weight, dispersion > 0"):
        replace(GRANKOPING.categories[0], weight=0)
