"""An invented town: ask it for areas, residents, events and surveys, and for the truth."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
import pyarrow as pa
from shapely.geometry.base import BaseGeometry

from samhandling.synthetic.addresses import Addresses
from samhandling.synthetic.events import months_of_events
from samhandling.synthetic.ground import Ground
from samhandling.synthetic.intensity import Intensity
from samhandling.synthetic.nesting import Area
from samhandling.synthetic.plan import TownPlan
from samhandling.synthetic.projection import Projection
from samhandling.synthetic.residents import Residents
from samhandling.synthetic.surveys import SurveyResults
from samhandling.synthetic.tables import (
    area_table,
    event_table,
    event_truth,
    make_event_texts,
    population_table,
    survey_table,
)
from samhandling.synthetic.truth import EventTruth, TownTruth


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
    """An invented municipality; `making.make_town` builds it from a plan and a seed.

    Attributes
    ----------
    plan, seed : TownPlan, int
        What it was made from; with the number of events they decide every byte.
    ground, residents, surveys : Ground, Residents, SurveyResults
        What was made, in arrays and geometries.
    addresses, intensity : Addresses, Intensity
        Where events can happen, and how many are expected.
    truth : TownTruth
        What is true by construction.
    """

    plan: TownPlan
    seed: int
    ground: Ground
    residents: Residents
    surveys: SurveyResults
    truth: TownTruth
    addresses: Addresses
    intensity: Intensity

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
            self.plan, self.intensity, self.addresses, scale, self.seed, expected
        ):
            table = event_table(self.plan, month, self.addresses, texts)
            held.append(EventChunk(table, event_truth(month, self.addresses, small)))
            waiting += table.num_rows
            if waiting >= chunk_rows:
                joined = _joined(held)
                whole = waiting // chunk_rows * chunk_rows
                for start in range(0, whole, chunk_rows):
                    yield _cut(joined, start, start + chunk_rows)
                held, waiting = [_cut(joined, whole, waiting)], waiting - whole
        if waiting:
            yield _joined(held)


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
