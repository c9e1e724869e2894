"""An invented town: ask it for areas, residents, events and surveys, and for the truth."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

import numpy as np
import pyarrow as pa
from shapely.geometry.base import BaseGeometry

from samhandling.synthetic.addresses import Addresses, make_addresses
from samhandling.synthetic.events import months_of_events
from samhandling.synthetic.ground import Ground, make_ground, stream
from samhandling.synthetic.intensity import Intensity, make_intensity, season
from samhandling.synthetic.nesting import Area
from samhandling.synthetic.places import Place
from samhandling.synthetic.plan import TownPlan
from samhandling.synthetic.projection import Projection
from samhandling.synthetic.residents import Residents, make_residents
from samhandling.synthetic.rhythms import RHYTHMS
from samhandling.synthetic.surveys import SurveyResults, make_surveys
from samhandling.synthetic.tables import (
    area_table,
    event_table,
    event_truth,
    make_event_texts,
    population_table,
    survey_table,
)
from samhandling.synthetic.truth import (
    CategoryTruth,
    ChangeTruth,
    EventTruth,
    HotSpotTruth,
    NearRepeatTruth,
    TownTruth,
)


@dataclass(frozen=True, slots=True)
class Feature:
    """Something on the map that is not an area: water, a street, a school.

    Attributes
    ----------
    layer, name : str
        What it is and what it is called, if anything.
    geometry : BaseGeometry
        Point, line or polygon in WGS84.
    """

    layer: str
    name: str
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True, eq=False)
class EventChunk:
    """Some events in the schema EVENT, and in the same order what is true of them."""

    table: pa.Table
    truth: EventTruth


@dataclass(frozen=True, slots=True, eq=False)
class Town:
    """An invented municipality; `make_town` builds it from a plan and a seed.

    Attributes
    ----------
    plan, seed : TownPlan, int
        What it was made from; with the number of events they decide every byte.
    ground, residents, surveys : Ground, Residents, SurveyResults
        What was made, in arrays and geometries.
    truth : TownTruth
        What is true by construction.
    """

    plan: TownPlan
    seed: int
    ground: Ground
    residents: Residents
    surveys: SurveyResults
    truth: TownTruth
    _addresses: Addresses
    _intensity: Intensity

    def areas(self) -> pa.Table:
        """Return every version of every area in the schema AREA."""
        return area_table(self.ground.areas)

    def small_areas(self) -> list[Area]:
        """Return the smallest areas in the order that the truth's indices use."""
        return sorted(self.ground.of_level(self.plan.levels[-1].slug), key=lambda a: a.members)

    def features(self) -> tuple[Feature, ...]:
        """Return water, streets, railway, bridges and places in WGS84."""
        projection = Projection(self.plan.centre)
        streets = self.ground.streets
        names = self.plan.street_names
        found = [
            ("water", "", self.ground.land.water),
            ("built_up", "", streets.built_up),
            *(("local_street", "", lines) for lines in streets.local if not lines.is_empty),
            *(
                ("main_street", names[i] if i < len(names) else "", line)
                for i, line in enumerate(streets.main)
            ),
            ("railway", "", streets.railway),
            *(("bridge", "", line) for line in streets.bridges),
            *((place.layer, place.name, place.geometry) for place in self.ground.places),
        ]
        return tuple(Feature(layer, name, projection.geometry(g)) for layer, name, g in found)

    def population(self) -> pa.Table:
        """Return residents by small area, year, sex and age in the schema `tables.POPULATION`."""
        return population_table(self.small_areas(), self.residents)

    def survey_waves(self) -> pa.Table:
        """Return every published survey figure in the schema SURVEY."""
        return survey_table(self.plan, self.surveys.figures)

    def events(self, expected: int = 200_000, *, chunk_rows: int = 50_000) -> Iterator[EventChunk]:
        """Draw the events, in order of time, at a memory that does not grow with their number.

        Parameters
        ----------
        expected : int, default 200 000
            Expected number of recorded events in the whole period; the actual one varies.
        chunk_rows : int, default 50 000
            Rows per chunk; the last may have fewer. The rows do not depend on it.

        Yields
        ------
        EventChunk
            A table and its truth.

        Raises
        ------
        ValueError
            If fewer than one event or row is asked for.
        """
        if expected < 1 or chunk_rows < 1:
            msg = f"expected ({expected}) and chunk_rows ({chunk_rows}) must be at least 1."
            raise ValueError(msg)
        texts = make_event_texts(self.plan, self.ground)
        scale = Projection(self.plan.centre).degrees_per_metre()
        small = len(self.ground.coverage.areas)
        held: list[EventChunk] = []
        waiting = 0
        for month in months_of_events(
            self.plan, self._intensity, self._addresses, scale, self.seed, expected
        ):
            table = event_table(self.plan, month, self._addresses, texts)
            held.append(EventChunk(table, event_truth(month, self._addresses, small)))
            waiting += table.num_rows
            if waiting >= chunk_rows:
                joined = _joined(held)
                whole = waiting // chunk_rows * chunk_rows
                for start in range(0, whole, chunk_rows):
                    yield _cut(joined, start, start + chunk_rows)
                held, waiting = [_cut(joined, whole, waiting)], waiting - whole
        if waiting:
            yield _joined(held)


def make_town(plan: TownPlan, seed: int = 1) -> Town:
    """Build an invented town; the same plan and seed always give the same one.

    Parameters
    ----------
    plan : TownPlan
        What the town should be like, for example `towns.GRANKOPING`.
    seed : int, default 1
        Non-negative.

    Returns
    -------
    Town
        Nothing in it is real.

    Raises
    ------
    ValueError
        If the plan asks for more hot spots in a layer than there are places.

    Notes
    -----
    Byte-identical for one version of NumPy and GEOS; another version may round a vertex or draw
    another number.

    Examples
    --------
    >>> from samhandling.synthetic.towns import VINTERSELE
    >>> make_town(VINTERSELE, seed=3).population().column("residents").to_numpy()[:1].dtype
    dtype('int64')
    """
    ground = make_ground(plan, seed)
    residents = make_residents(plan, ground.coverage.homes, stream(plan, seed, "residents"))
    spots = _spots(plan, ground)
    projection = Projection(plan.centre)
    addresses = make_addresses(
        ground,
        projection,
        [(place.point, spot.radius_m) for spot, place in zip(plan.hot_spots, spots, strict=True)],
        plan.near_repeat.reach_m,
        stream(plan, seed, "addresses"),
    )
    small = len(ground.coverage.areas)
    spot_areas = [int(addresses.area[addresses.first[small + i]]) for i in range(len(spots))]
    change = _change(plan, ground, residents, spot_areas, stream(plan, seed, "change"))
    changed = [*change.small_areas]
    changed += [small + i for i, area in enumerate(spot_areas) if area in change.small_areas]
    intensity = make_intensity(
        plan, ground, residents, tuple(changed), stream(plan, seed, "intensity")
    )
    surveys = make_surveys(plan, ground, residents, stream(plan, seed, "survey"))
    truth = TownTruth(
        categories=_category_truths(plan, intensity, small),
        hot_spots=_hot_spot_truths(plan, ground, spots, spot_areas),
        change=change,
        near_repeat=NearRepeatTruth(
            plan.near_repeat.reach_m,
            plan.near_repeat.reach_days,
            tuple((c.slug, c.repeats) for c in plan.categories if c.repeats > 0),
        ),
        coverage_breaks=plan.coverage_breaks,
        precision=plan.precision,
        survey=surveys.truths,
    )
    return Town(plan, seed, ground, residents, surveys, truth, addresses, intensity)


def _spots(plan: TownPlan, ground: Ground) -> list[Place]:
    """Return the place of each hot spot: the first of a layer that no other spot has taken."""
    free = list(ground.places)
    found = []
    for spot in plan.hot_spots:
        place = next((place for place in free if place.layer == spot.layer), None)
        if place is None:
            msg = f"{plan.name} has too few places of the layer {spot.layer} for its hot spots."
            raise ValueError(msg)
        free.remove(place)
        found.append(place)
    return found


def _change(
    plan: TownPlan,
    ground: Ground,
    residents: Residents,
    spot_areas: list[int],
    rng: np.random.Generator,
) -> ChangeTruth:
    """Choose an area of the plan's level in the upper half by residents, holding no hot spot."""
    change = plan.change
    areas = [a for a in ground.of_level(change.level, change.day) if not set(a.members) & set(spot_areas)]
    areas = areas or ground.of_level(change.level, change.day)
    people = residents.by_area.mean(axis=0)
    areas = sorted(areas, key=lambda a: -people[list(a.members)].sum())
    chosen = areas[int(rng.integers(0, max(len(areas) // 4, 1)))]
    return ChangeTruth(
        day=change.day,
        level=chosen.level,
        area_code=chosen.code,
        area_name=chosen.name,
        small_areas=chosen.members,
        categories=change.categories,
        factor=change.factor,
    )


def _category_truths(
    plan: TownPlan, intensity: Intensity, small: int
) -> tuple[CategoryTruth, ...]:
    found = []
    for index, category in enumerate(plan.categories):
        background = intensity.placed[index, :small]
        found.append(
            CategoryTruth(
                slug=category.slug,
                share=float(intensity.monthly[:, index].sum()),
                trend_percent_per_year=category.trend_percent_per_year,
                month_factors=season(category),
                week=RHYTHMS[category.rhythm],
                area_shares=background / background.sum(),
                dispersion=category.dispersion,
                interval_share=category.interval_share,
                repeats=category.repeats,
            )
        )
    return tuple(found)


def _hot_spot_truths(
    plan: TownPlan, ground: Ground, spots: list[Place], spot_areas: list[int]
) -> tuple[HotSpotTruth, ...]:
    points = Projection(plan.centre).points(np.array([place.point for place in spots]))
    codes = {
        member: area.code
        for area in ground.of_level(plan.levels[-1].slug, date(plan.first_year, 1, 1))
        for member in area.members
    }
    return tuple(
        HotSpotTruth(
            number=number,
            name=place.name,
            layer=place.layer,
            lon=float(points[number, 0]),
            lat=float(points[number, 1]),
            radius_m=spot.radius_m,
            categories=spot.categories,
            share=spot.share,
            area_code=codes[spot_areas[number]],
        )
        for number, (spot, place) in enumerate(zip(plan.hot_spots, spots, strict=True))
    )


def _joined(chunks: list[EventChunk]) -> EventChunk:
    columns = [column.name for column in fields(EventTruth)]
    return EventChunk(
        pa.concat_tables([chunk.table for chunk in chunks]).combine_chunks(),
        EventTruth(
            *(np.concatenate([getattr(chunk.truth, c) for chunk in chunks]) for c in columns)
        ),
    )


def _cut(chunk: EventChunk, start: int, stop: int) -> EventChunk:
    columns = [column.name for column in fields(EventTruth)]
    return EventChunk(
        chunk.table.slice(start, stop - start),
        EventTruth(*(getattr(chunk.truth, c)[start:stop] for c in columns)),
    )
