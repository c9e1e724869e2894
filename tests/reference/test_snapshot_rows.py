"""The snapshot holds what its events say, each reckoned here by itself in plain Python."""

from datetime import UTC, datetime, timedelta
from itertools import cycle
from zoneinfo import ZoneInfo

import h3.api.basic_int as h3
import pyarrow.parquet as pq
import pytest
import shapely
from django.utils.timezone import localdate

from samhandling_web.base.areas.selectors import areas_on, municipality
from samhandling_web.observe.events.models import Placement
from samhandling_web.observe.events.rules import COARSE_PRECISIONS
from samhandling_web.observe.events.selectors import current_event_rows
from samhandling_web.observe.events.snapshot import build, layout, rebuild, truth
from tests.small_town import make_small_town

pytestmark = pytest.mark.django_db
PLACED = ("placed_level", "placed_code")
START = datetime(1970, 1, 1, tzinfo=UTC)


def minute(moment):
    local = moment.astimezone(ZoneInfo("Europe/Stockholm")).replace(tzinfo=UTC)
    return (local - START) // timedelta(minutes=1)


def when(event):
    if event["start"] is None:
        return dict.fromkeys(("start_minute", "end_minute", "day", "month"), layout.NEVER)
    start = minute(event["start"])
    end = minute(event["end"]) if event["end"] else start
    day = (start + (end - start) // 2) // 1440
    middle = START + timedelta(days=day)
    month = middle.year * 12 + middle.month - 1
    return {"start_minute": start, "end_minute": end, "day": day, "month": month}


def with_told_place(event):
    if not event["placed_code"] or event["position_precision"] not in COARSE_PRECISIONS:
        return event
    place = {"area_level": event["placed_level"], "area_code": event["placed_code"]}
    return {**event, **place, "position_precision": "neighbourhood"}


def area_of(event, division, links):
    if event["lon"] is not None:
        point = shapely.Point(event["lon"], event["lat"])
        holding = [at for at, area in enumerate(division.areas.geometries) if area.covers(point)]
        return min(holding, default=layout.NOWHERE)
    return links[division.column].get((event["area_level"], event["area_code"]), layout.NOWHERE)


def expected(event, own_code, divisions, links):
    areas = {division.column: area_of(event, division, links) for division in divisions}
    own = layout.OWN if event["municipality_code"] == own_code else layout.ELSEWHERE
    if not event["municipality_code"]:
        placed = any(at != layout.NOWHERE for at in areas.values())
        own = layout.OWN if placed else layout.UNKNOWN
    pointed = event["lon"] is not None
    return {
        **{name: event[name] for name in ("id", "source", "category", "lon", "lat", "count")},
        **when(event),
        **areas,
        "own": own,
        "precision": event["position_precision"],
        "cell": h3.latlng_to_cell(event["lat"], event["lon"], 9) if pointed else 0,
    }


def place_some_by_their_words():
    """The town's texts tell no places: let them be told for some events."""
    vague = {"position_precision": {"municipality"}}
    events = list(current_event_rows(("source", "external_id"), among=vague))[:9]
    codes = areas_on("town_part", localdate()).values_list("area__code", flat=True)
    for (source, external_id), code in zip(events, cycle(codes), strict=False):
        Placement.objects.create(
            source=source,
            external_id=external_id,
            area_level="town_part",
            area_code=code,
            confidence=0.9,
            method="gazetteer",
            at=START,
        )


def test_every_column_of_every_event_of_the_small_town(data_folder):
    make_small_town()
    place_some_by_their_words()
    meta = rebuild.rebuild()
    found = pq.read_table(layout.current_folder() / layout.EVENTS_FILE).to_pylist()
    for row in found:
        row["source"] = meta.sources[row["source"]]
        row["category"] = meta.categories[row["category"]]
        row["precision"] = meta.precisions[row["precision"]]
    divisions = truth.divisions()
    links = truth.links(divisions)
    names = (*build.EVENTS.names, *PLACED)
    told = (dict(zip(names, row, strict=True)) for row in current_event_rows(names))
    events = [with_told_place(event) for event in told]
    own_code = municipality().code
    wanted = {event["id"]: expected(event, own_code, divisions, links) for event in events}
    assert len(found) == len(wanted) > 1_000
    assert {row["id"]: row for row in found} == wanted
    assert {"point", "area", "neighbourhood"} <= {row["precision"] for row in found}
