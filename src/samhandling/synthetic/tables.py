"""Invented areas, events, residents and survey figures as the typed tables of `sources.schema`."""

import json
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray

from samhandling.sources.schema import AREA, EVENT, SURVEY, TIMESTAMP
from samhandling.synthetic.addresses import Addresses
from samhandling.synthetic.ground import Ground
from samhandling.synthetic.nesting import Area
from samhandling.synthetic.plan import TownPlan
from samhandling.synthetic.recording import MonthEvents
from samhandling.synthetic.residents import AGE_FROM, AGE_TO, SEXES, Residents
from samhandling.synthetic.surveys import SurveyFigure
from samhandling.synthetic.truth import EventTruth

INVENTED = '{"invented": true}'
"""What the extra column of every event says."""
POPULATION = pa.schema(
    [
        ("area_code", pa.string()),
        ("area_name", pa.string()),
        ("year", pa.int32()),
        ("sex", pa.string()),
        ("age_from", pa.int32()),
        ("age_to", pa.int32()),
        ("residents", pa.int64()),
    ]
)
"""Residents on 31 December of the year; `age_to` is null in the open last band."""

_TIME_PRECISION = ("minute", "hour", "day")
_POSITION_PRECISION = ("point", "snapped", "area", "municipality")


def area_table(areas: tuple[Area, ...]) -> pa.Table:
    """Return areas in the schema AREA; every one says in its attributes that it is invented."""
    return pa.table(
        {
            "level": [area.level for area in areas],
            "code": [area.code for area in areas],
            "name": [area.name for area in areas],
            "valid_from": pa.array([area.valid_from for area in areas], pa.date32()),
            "valid_to": pa.array([area.valid_to for area in areas], pa.date32()),
            "geometry": pa.array([shapely.to_wkb(area.geometry) for area in areas], pa.binary()),
            "attributes": [attributes_text(area) for area in areas],
            "row": pa.array(range(1, len(areas) + 1), pa.int32()),
        },
        schema=AREA,
    )


def attributes_text(area: Area) -> str:
    """Return an area's attributes as JSON."""
    return json.dumps({"invented": True, **dict(area.attributes)}, ensure_ascii=False)


def population_table(areas: list[Area], residents: Residents) -> pa.Table:
    """Return residents of the small areas in the schema POPULATION, ordered by year and area."""
    years, count, sexes, bands = residents.counts.shape
    per_area = sexes * bands

    def repeated(values: list[str], each: int, times: int) -> pa.Array:
        index = np.tile(np.repeat(np.arange(len(values), dtype=np.int32), each), times)
        return pa.DictionaryArray.from_arrays(index, pa.array(values)).dictionary_decode()

    ages_to = pa.array([*AGE_TO] * (years * count * sexes), pa.int32())
    return pa.table(
        {
            "area_code": repeated([area.code for area in areas], per_area, years),
            "area_name": repeated([area.name for area in areas], per_area, years),
            "year": np.repeat(np.arange(years) + residents.first_year, count * per_area),
            "sex": repeated(list(SEXES), bands, years * count),
            "age_from": np.tile(np.array(AGE_FROM), years * count * sexes),
            "age_to": ages_to,
            "residents": residents.counts.ravel(),
        },
        schema=POPULATION,
    )


def survey_table(plan: TownPlan, figures: tuple[SurveyFigure, ...]) -> pa.Table:
    """Return survey figures in the schema SURVEY."""
    columns: dict[str, list[object]] = {
        "survey": [plan.survey.slug] * len(figures),
        "wave": [f.wave for f in figures],
        "fieldwork_start": [f.fieldwork_start for f in figures],
        "fieldwork_end": [f.fieldwork_end for f in figures],
        "item": [f.item.slug for f in figures],
        "wording": [f.item.wording for f in figures],
        "cut": [f.item.cut for f in figures],
        "area_level": [f.area.level for f in figures],
        "area_code": [f.area.code for f in figures],
        "area_name": [f.area.name for f in figures],
        "group": [f.group for f in figures],
        "value_percent": [f.value_percent for f in figures],
        "n": [f.n for f in figures],
        "n_basis": ["item"] * len(figures),
        "response_rate_percent": [f.response_rate_percent for f in figures],
        "low": [f.low for f in figures],
        "high": [f.high for f in figures],
        "source_url": [""] * len(figures),
        "row": list(range(1, len(figures) + 1)),
    }
    return pa.table(columns, schema=SURVEY)


@dataclass(frozen=True, slots=True, eq=False)
class EventTexts:
    """Every text an event can have, so that a column of texts is a look-up.

    Attributes
    ----------
    small_area_codes : pyarrow.Array
        Code of each small area, and an empty text last.
    titles, texts : pyarrow.Array
        Title per category and named area (the municipality last); text per named area.
    named_area : array of int
        The named area that each small area belongs to.
    midpoint : tuple of float
        Longitude and latitude that stand for the whole municipality.
    """

    small_area_codes: pa.Array
    titles: pa.Array
    texts: pa.Array
    named_area: NDArray[np.int32]
    midpoint: tuple[float, float]


def make_event_texts(plan: TownPlan, ground: Ground) -> EventTexts:
    """Prepare the texts of a town's events."""
    named_level = [level for level in plan.levels if level.names][-1]
    named = ground.of_level(named_level.slug)
    small = ground.of_level(plan.levels[-1].slug)
    belongs = np.zeros(len(small), dtype=np.int32)
    for index, area in enumerate(named):
        belongs[list(area.members)] = index
    order = {member: area.code for area in small for member in area.members}
    names = [area.name for area in named]
    whole = ground.of_level("municipality")[0]
    middle = whole.geometry.centroid
    return EventTexts(
        small_area_codes=pa.array([*(order[i] for i in range(len(small))), ""]),
        titles=pa.array(
            [f"{c.label}, {name}" for c in plan.categories for name in [*names, plan.name]]
        ),
        texts=pa.array([*(f"Det hände i området {name}." for name in names), ""]),
        named_area=belongs,
        midpoint=(round(middle.x, 4), round(middle.y, 4)),
    )


def event_table(
    plan: TownPlan, month: MonthEvents, addresses: Addresses, texts: EventTexts
) -> pa.Table:
    """Return a month's events in the schema EVENT.

    Notes
    -----
    Events known only by small area have that area's code and no coordinates; events known only
    by municipality have its midpoint, as the police's own feed does, and the precision says so.
    """
    batch, position = month.batch, month.position_precision
    count = len(batch.minute)
    number = np.arange(month.first_number, month.first_number + count)
    slugs = pa.array([category.slug for category in plan.categories])
    labels = pa.array([category.label for category in plan.categories])
    return pa.table(
        {
            "external_id": external_ids(plan, number),
            "category": _looked_up(slugs, batch.category),
            "category_label": _looked_up(labels, batch.category),
            "start": _timestamps(month.start),
            "end": _timestamps(month.end),
            "time_precision": _looked_up(pa.array(_TIME_PRECISION), month.time_precision),
            **_placed(plan, month, addresses.area[batch.address], texts),
            "position_precision": _looked_up(pa.array(_POSITION_PRECISION), position),
            "municipality_code": _constant(plan.municipality_code, count),
            "url": _constant("", count),
            "count": pa.array(np.ones(count, dtype=np.int32)),
            "registered": _timestamps(month.registered),
            "extra": _constant(INVENTED, count),
            "row": pa.array((number + 1).astype(np.int32)),
        },
    ).select(EVENT.names)


def _placed(
    plan: TownPlan, month: MonthEvents, area: NDArray[np.int16], texts: EventTexts
) -> dict[str, pa.Array]:
    """Return the columns that tell where, as exactly as each event's precision allows."""
    by_area, by_municipality = month.position_precision == 2, month.position_precision == 3
    named, whole = texts.named_area[area], len(texts.texts) - 1
    levels = pa.array([plan.levels[-1].slug, ""])
    codes = texts.small_area_codes
    place = np.where(by_municipality, whole, named)
    title = month.batch.category.astype(np.int32) * (whole + 1) + place
    lon = np.where(by_municipality, texts.midpoint[0], month.lon)
    lat = np.where(by_municipality, texts.midpoint[1], month.lat)
    return {
        "lon": pa.array(lon, mask=by_area),
        "lat": pa.array(lat, mask=by_area),
        "area_level": _looked_up(levels, (~by_area).astype(np.int8)),
        "area_code": _looked_up(codes, np.where(by_area, area, len(codes) - 1)),
        "title": _looked_up(texts.titles, title),
        "text": _looked_up(texts.texts, np.where(month.text > 0, named, whole)),
    }


def event_truth(month: MonthEvents, addresses: Addresses, small_areas: int) -> EventTruth:
    """Return what is true of a month's events."""
    batch = month.batch
    place = addresses.place[batch.address]
    count = len(batch.minute)
    return EventTruth(
        number=np.arange(month.first_number, month.first_number + count),
        moment=(month.moment * 60_000_000).astype("datetime64[us]"),
        category=batch.category,
        small_area=addresses.area[batch.address],
        lon=month.lon,
        lat=month.lat,
        hot_spot=np.where(place >= small_areas, place - small_areas, -1).astype(np.int16),
        repeat_of=batch.repeat_of,
    )


def external_ids(plan: TownPlan, numbers: NDArray[np.int64]) -> pa.Array:
    """Return the external identities of events by their running numbers."""
    digits = pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), 8, "0")
    return pc.binary_join_element_wise(f"I{plan.municipality_code}", digits, "-")


def _looked_up(values: pa.Array, index: NDArray[np.integer]) -> pa.Array:
    return pc.take(values, pa.array(index))


def _constant(value: str, count: int) -> pa.Array:
    return pa.repeat(value, count)


def _timestamps(minutes: NDArray[np.int64]) -> pa.Array:
    return pa.array(minutes * 60_000_000).cast(TIMESTAMP)
