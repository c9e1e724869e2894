"""Events: the truth put in comes out again by plain counting."""

import numpy as np
import pandas as pd
import pytest
import shapely
from scipy.spatial import cKDTree

from samhandling.sources.schema import EVENT
from samhandling.synthetic import EventChunk, Town
from samhandling.synthetic.projection import Projection


def local_times(town: Town, events: EventChunk) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(events.truth.moment).tz_localize("UTC").tz_convert(town.plan.time_zone)


def month_numbers(town: Town, events: EventChunk) -> np.ndarray:
    times = local_times(town, events)
    return ((times.year - town.plan.first_year) * 12 + times.month - 1).to_numpy()


def untouched(town: Town, events: EventChunk) -> np.ndarray:
    """Return which events lie outside the small areas that the change reaches."""
    return ~np.isin(events.truth.small_area, town.truth.change.small_areas)


def kept_months(town: Town, slug: str) -> np.ndarray:
    kept = np.ones(town.plan.months, dtype=bool)
    for gap in town.truth.coverage_breaks:
        if slug in gap.categories:
            first = (gap.since.year - town.plan.first_year) * 12 + gap.since.month - 1
            until = (gap.until.year - town.plan.first_year) * 12 + gap.until.month - 1
            kept[first:until] = False
    return kept


def monthly(town: Town, events: EventChunk, category: int) -> np.ndarray:
    rows = (events.truth.category == category) & untouched(town, events)
    return np.bincount(month_numbers(town, events)[rows], minlength=town.plan.months)


def days_per_month(town: Town) -> np.ndarray:
    periods = pd.period_range(f"{town.plan.first_year}-01", periods=town.plan.months, freq="M")
    return periods.days_in_month.to_numpy()


def fitted(town: Town, counts: np.ndarray, kept: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Fit log-linear trend and months by weighted least squares; coefficients and their errors."""
    time = (np.arange(len(counts)) + 0.5) / 12
    months = np.eye(12)[np.arange(len(counts)) % 12]
    design = np.column_stack([time, months])[kept]
    outcome = np.log(counts[kept] / days_per_month(town)[kept])
    weight = counts[kept].astype(float)
    information = design.T @ (weight[:, None] * design)
    found = np.linalg.solve(information, design.T @ (weight * outcome))
    residual = outcome - design @ found
    spread = (weight * residual**2).sum() / (kept.sum() - 13)
    return found, np.sqrt(spread * np.diag(np.linalg.inv(information)))


def test_events_have_the_schema_and_come_in_order_of_time(town_events):
    table, truth = town_events.table, town_events.truth
    assert table.schema.equals(EVENT)
    assert (np.diff(truth.moment) >= np.timedelta64(0)).all()
    assert truth.number.tolist() == list(range(table.num_rows))
    assert (table.column("row").to_numpy() == truth.number + 1).all()
    assert len(table.column("external_id").unique()) == table.num_rows
    for column in ("external_id", "category", "start", "end", "title", "registered"):
        assert table.column(column).null_count == 0


def test_the_number_of_events_is_the_expected_one(city_events, small_town_events):
    assert city_events.table.num_rows == pytest.approx(400_000, rel=0.01)
    assert small_town_events.table.num_rows == pytest.approx(100_000, rel=0.02)


def test_trends_are_recovered(town, town_events):
    for index, category in enumerate(town.truth.categories):
        counts = monthly(town, town_events, index)
        found, error = fitted(town, counts, kept_months(town, category.slug))
        true = np.log1p(category.trend_percent_per_year / 100)
        assert error[0] < 0.012, category.slug
        assert abs(found[0] - true) < 3.5 * error[0], category.slug


def test_seasons_are_recovered(town, town_events):
    for index, category in enumerate(town.truth.categories):
        counts = monthly(town, town_events, index)
        found, error = fitted(town, counts, kept_months(town, category.slug))
        shape = np.exp(found[1:])
        z = (shape / shape.mean() - category.month_factors) / error[1:]
        assert np.sqrt((z**2).mean()) < 1.9, category.slug
        if category.month_factors.max() > 1.25:
            assert abs(np.argmax(shape) - np.argmax(category.month_factors)) in {0, 1, 11}


def test_the_hours_of_the_week_are_recovered(town, town_events):
    times = local_times(town, town_events)
    for index, category in enumerate(town.truth.categories):
        rows = (town_events.truth.category == index) & (town_events.truth.repeat_of < 0)
        found = np.bincount(times.weekday[rows] * 24 + times.hour[rows], minlength=168)
        expected = category.week.ravel() * rows.sum()
        assert ((found - expected) ** 2 / expected).sum() / 167 < 1.6, category.slug


def test_hot_spots_hold_their_share_within_their_radius(town, town_events):
    truth = town_events.truth
    projection = Projection(town.plan.centre)
    east, north = projection.degrees_per_metre()
    slugs = [category.slug for category in town.truth.categories]
    for spot in town.truth.hot_spots:
        inside = truth.hot_spot == spot.number
        apart = np.hypot((truth.lon - spot.lon) / east, (truth.lat - spot.lat) / north)[inside]
        assert apart.max() < spot.radius_m + 8
        assert {slugs[i] for i in np.unique(truth.category[inside])} == set(spot.categories)
        for slug in spot.categories:
            rows = (truth.category == slugs.index(slug)) & untouched(town, town_events)
            total = (rows & (truth.hot_spot < 0)).sum()
            shares = sum(s.share for s in town.truth.hot_spots if slug in s.categories)
            background = total / (1 - shares) / _untouched_share(town, slug)
            assert (inside & rows).sum() / background == pytest.approx(spot.share, rel=0.25)


def _untouched_share(town: Town, slug: str) -> float:
    category = next(c for c in town.truth.categories if c.slug == slug)
    return 1 - category.area_shares[list(town.truth.change.small_areas)].sum()


def test_small_areas_hold_their_shares(town, town_events):
    truth = town_events.truth
    rows = untouched(town, town_events) & (truth.hot_spot < 0)
    for index, category in enumerate(town.truth.categories):
        counts = np.bincount(
            truth.small_area[rows & (truth.category == index)], minlength=len(category.area_shares)
        )
        shares = category.area_shares.copy()
        shares[list(town.truth.change.small_areas)] = 0
        expected = shares / shares.sum() * counts.sum()
        assert np.corrcoef(counts, expected)[0, 1] > 0.96, category.slug


def test_near_repeats_are_as_many_near_and_soon_as_stated(town, town_events):
    truth, stated = town_events.truth, town.truth.near_repeat
    for slug, mean in stated.repeats:
        index = [c.slug for c in town.truth.categories].index(slug)
        rows = truth.category == index
        repeats = rows & (truth.repeat_of >= 0)
        assert repeats.sum() / rows.sum() == pytest.approx(mean / (1 + mean), abs=0.015)
        first = truth.repeat_of[repeats]
        east, north = Projection(town.plan.centre).degrees_per_metre()
        apart = np.hypot(
            (truth.lon[repeats] - truth.lon[first]) / east,
            (truth.lat[repeats] - truth.lat[first]) / north,
        )
        waited = truth.moment[repeats] - truth.moment[first]
        assert apart.max() <= stated.reach_m
        assert waited.min() > np.timedelta64(0)
        assert waited.max() <= np.timedelta64(stated.reach_days, "D")
        assert (truth.small_area[repeats] == truth.small_area[first]).all()


def test_counting_close_pairs_finds_the_excess(city, city_events):
    """Each original has r repeats, and r²/2 pairs of them are close to each other as well."""
    stated, truth = city.truth.near_repeat, city_events.truth
    slug, mean = max(stated.repeats, key=lambda pair: pair[1])
    rows = truth.category == [c.slug for c in city.truth.categories].index(slug)
    east, north = Projection(city.plan.centre).degrees_per_metre()
    spots = np.column_stack([truth.lon[rows] / east, truth.lat[rows] / north])
    day = truth.moment[rows].astype(np.int64) / 86_400e6
    pairs = cKDTree(spots).query_pairs(stated.reach_m, output_type="ndarray")

    def close(days: np.ndarray) -> int:
        return int((np.abs(days[pairs[:, 0]] - days[pairs[:, 1]]) <= stated.reach_days).sum())

    rng = np.random.default_rng(0)
    by_chance = np.mean([close(rng.permutation(day)) for _ in range(5)])
    originals = rows.sum() / (1 + mean)
    excess = (close(day) - by_chance) / originals
    assert excess == pytest.approx(mean + mean**2 / 2, rel=0.12)


def test_counts_are_over_dispersed_as_stated(town, town_events):
    """The mean of ((x - m)² - m) / m² over areas and months is one over the size.

    The means come from the truth: means from the counts' own margins would take up a part.
    """
    truth = town_events.truth
    months, areas = town.plan.months, len(town.ground.coverage.areas)
    years = (np.arange(months) + 0.5) / 12
    for index, category in enumerate(town.truth.categories):
        kept = kept_months(town, category.slug)
        rows = (truth.category == index) & (truth.repeat_of < 0) & (truth.hot_spot < 0)
        rows &= untouched(town, town_events)
        cell = month_numbers(town, town_events)[rows] * areas + truth.small_area[rows]
        counts = np.bincount(cell, minlength=months * areas).reshape(months, areas)[kept]
        trend = (1 + category.trend_percent_per_year / 100) ** years
        course = trend * np.tile(category.month_factors, months // 12) * days_per_month(town)
        shares = category.area_shares.copy()
        shares[list(town.truth.change.small_areas)] = 0
        mean = course[kept, None] * shares
        mean *= counts.sum() / mean.sum()
        found = ((counts - mean) ** 2 - mean).sum() / (mean**2).sum()
        error = np.sqrt(2 / (mean**2).sum())
        tolerance = 0.25 / category.dispersion + 2.5 * error
        assert abs(found - 1 / category.dispersion) < tolerance, category.slug


def test_the_change_is_there_from_its_day_and_only_in_its_area(town, town_events):
    change, truth = town.truth.change, town_events.truth
    slugs = [category.slug for category in town.truth.categories]
    after = month_numbers(town, town_events) >= (
        (change.day.year - town.plan.first_year) * 12 + change.day.month - 1
    )
    here = ~untouched(town, town_events)
    rows = np.isin(truth.category, [slugs.index(slug) for slug in change.categories])

    def ratio(which: np.ndarray) -> float:
        return (which & after).sum() / (which & ~after).sum()

    assert ratio(rows & here) / ratio(rows & ~here) == pytest.approx(change.factor, abs=0.1)
    assert ratio(~rows & here) / ratio(~rows & ~here) == pytest.approx(1.0, abs=0.1)


def test_nothing_is_recorded_in_the_month_without_delivery(city, city_events):
    lost = next(gap for gap in city.truth.coverage_breaks if gap.kept_share == 0)
    times = local_times(city, city_events).tz_localize(None)
    inside = (times >= pd.Timestamp(lost.since)) & (times < pd.Timestamp(lost.until))
    assert inside.sum() == 0
    month_before = (times >= pd.Timestamp("2018-10-01")) & (times < pd.Timestamp(lost.since))
    assert month_before.sum() > 1_000


def test_a_change_of_recording_shows_as_a_step(city, city_events):
    gap = next(gap for gap in city.truth.coverage_breaks if 0 < gap.kept_share < 1)
    index = [c.slug for c in city.truth.categories].index(gap.categories[0])
    counts = monthly(city, city_events, index)
    assert counts[6:18].sum() / counts[18:30].sum() == pytest.approx(gap.kept_share, abs=0.05)


def test_the_true_moment_lies_in_the_published_interval(town, town_events):
    table, moment = town_events.table, town_events.truth.moment
    start = table.column("start").to_numpy().astype("datetime64[us]")
    end = table.column("end").to_numpy().astype("datetime64[us]")
    assert (start <= moment).all()
    assert (moment <= end).all()
    assert (table.column("registered").to_numpy().astype("datetime64[us]") > end).all()
    long = (end - start > np.timedelta64(2, "h")) & (
        table.column("time_precision").to_numpy(zero_copy_only=False) != "day"
    )
    for index, category in enumerate(town.truth.categories):
        rows = town_events.truth.category == index
        if category.interval_share > 0:
            assert long[rows].mean() == pytest.approx(category.interval_share, abs=0.17)
        else:
            assert not long[rows].any()


def test_places_are_known_as_exactly_as_stated(town, town_events):
    table, truth = town_events.table, town_events.truth
    known = table.column("position_precision").to_numpy(zero_copy_only=False)
    mix = town.truth.precision
    for name in ("point", "snapped", "area", "municipality"):
        assert (known == name).mean() == pytest.approx(getattr(mix, name), abs=0.01)
    lon = table.column("lon").to_numpy(zero_copy_only=False)
    codes = np.array([area.code for area in town.small_areas()])
    written = table.column("area_code").to_numpy(zero_copy_only=False)
    by_area = known == "area"
    assert np.isnan(lon[by_area]).all()
    assert (written[by_area] == codes[truth.small_area[by_area]]).all()
    assert (written[~by_area] == "").all()
    assert len(np.unique(lon[known == "municipality"])) == 1
    assert (lon[known == "point"] == truth.lon[known == "point"]).all()


def test_points_lie_in_their_small_area(town, town_events):
    truth = town_events.truth
    areas = town.small_areas()
    rows = np.arange(0, town_events.table.num_rows, 7)
    for index in range(len(areas)):
        own = rows[truth.small_area[rows] == index]
        inside = shapely.contains_xy(areas[index].geometry, truth.lon[own], truth.lat[own])
        assert inside.all()


def test_texts_name_where_it_happened_when_the_place_is_lost(city, city_events):
    table = city_events.table
    text = table.column("text").to_numpy(zero_copy_only=False)
    lost = table.column("position_precision").to_numpy(zero_copy_only=False) == "municipality"
    assert (text[~lost] == "").all()
    assert (text[lost] != "").mean() == pytest.approx(0.6, abs=0.02)
    names = {m: a.name for a in city.ground.of_level("neighbourhood") for m in a.members}
    for row in np.flatnonzero(text != "")[:500]:
        assert names[int(city_events.truth.small_area[row])] in text[row]
