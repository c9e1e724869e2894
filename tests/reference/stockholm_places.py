"""Builds the gazetteer's entries for Stockholm from the open data beside the checkout.

Neighbourhoods and districts give the names; stations, stops and base areas that lie inside one
neighbourhood give places that point at it. Everyday names come from a short list.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from samhandling.sources.gazetteer import Alias, Entry, NameKind
from tests.shared_data import shared_file

NEIGHBOURHOOD, DISTRICT = "neighbourhood", "district"
HERE = Path(__file__).parent
# A stop called after a square, a park or a building marks that place; one called after a street
# marks only one point of it.
PLACE_ENDINGS = (
    *("plan", "torg", "torget", "platsen", "parken", "lunden", "tull", "slussen", "hamnen"),
    *("kyrka", "slott", "station", "centrum", "terminal", "huset", "museet"),
    *("gymnasium", "universitet", "badet", "ip", "idrottsplats"),
)
STREET_ENDINGS = ("vägen", "gatan", "gränd", "stigen", "leden", "ringen", "bron")
COMPASS_LETTERS = frozenset({"N", "S", "V", "Ö"})
WHOLLY_INSIDE = 0.95

Aliases = dict[str, set[Alias]]


def entries() -> list[Entry]:
    """Return districts and neighbourhoods with all their names."""
    geometry = _neighbourhoods()
    parents = _parents()
    aliases: Aliases = defaultdict(set)
    for neighbourhood, alias in [
        *_everyday_names(),
        *_stations(geometry),
        *_stops(geometry),
        *_base_areas(geometry),
    ]:
        aliases[neighbourhood].add(alias)
    _drop_ambiguous(aliases, set(geometry))
    districts = [_district(name, set(geometry)) for name in sorted(set(parents.values()))]
    return districts + [
        Entry(
            code=name,
            name=name,
            level=NEIGHBOURHOOD,
            aliases=tuple(sorted(aliases[name], key=lambda alias: (alias.name, alias.kind))),
            parent=f"district {parents[name]}",
        )
        for name in geometry
    ]


def elsewhere() -> list[str]:
    """Return the names of all other municipalities and counties."""
    path = shared_file("kommuner_sverige/lan_kommuner_koder.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {row["municipality_name"] for row in rows} | {row["county_name"] for row in rows}
    return sorted(names - {"Stockholm", "Stockholms län"})


def _neighbourhoods() -> dict[str, BaseGeometry]:
    path = shared_file("stockholm_indelning/stadsdelar.geojson")
    features = json.loads(path.read_text("utf-8"))["features"]
    return {f["properties"]["name"]: shape(f["geometry"]) for f in features}


def _parents() -> dict[str, str]:
    path = shared_file("stockholm_indelning/stadsdel_till_stadsdelsomrade.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {row["stadsdel"]: row["sdn_2020"] for row in csv.DictReader(file)}


def _district(name: str, neighbourhoods: set[str]) -> Entry:
    parts = name.split("-") if "-" in name else []
    wider = tuple(Alias(part) for part in parts if part.upper() not in neighbourhoods)
    return Entry(f"district {name}", name, DISTRICT, wider)


def _everyday_names() -> Iterator[tuple[str, Alias]]:
    with (HERE / "everyday_names_stockholm.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["neighbourhood"].upper(), Alias(row["name"], NameKind(row["kind"]))


def _stations(geometry: dict[str, BaseGeometry]) -> Iterator[tuple[str, Alias]]:
    for name in ("tunnelbanestationer.json", "pendeltagsstationer.json"):
        path = shared_file(f"stockholm_kollektivtrafik/{name}")
        for station in json.loads(path.read_text("utf-8")):
            # Published in the genitive ("Slussens"); a name that ends in s loses nothing that the
            # text would not bring back.
            station_name = station["name"].removesuffix(" tunnelbanestation").removesuffix("s")
            place = _containing(geometry, station["lon"], station["lat"])
            if place:
                yield place, Alias(station_name, NameKind.STATION)


def _stops(geometry: dict[str, BaseGeometry]) -> Iterator[tuple[str, Alias]]:
    path = shared_file("stockholm_kollektivtrafik/hallplatser_stockholm.csv")
    with path.open(encoding="utf-8", newline="") as file:
        for stop in csv.DictReader(file):
            name = stop["name"].split("(")[0].strip()
            place = _containing(geometry, float(stop["lon"]), float(stop["lat"]))
            if place and name.casefold().endswith(PLACE_ENDINGS):
                yield place, Alias(name, NameKind.PLACE)


def _base_areas(geometry: dict[str, BaseGeometry]) -> Iterator[tuple[str, Alias]]:
    path = shared_file("stockholm_basomraden/basomraden.geojson")
    for feature in json.loads(path.read_text("utf-8"))["features"]:
        area = shape(feature["geometry"])
        words = feature["properties"]["namn"].split("(")[0].split()
        name = " ".join(word for word in words if word not in COMPASS_LETTERS)
        # A base area is called after a street that runs through it and further.
        if name.endswith(STREET_ENDINGS):
            continue
        for place, neighbourhood in geometry.items():
            if area.intersection(neighbourhood).area >= WHOLLY_INSIDE * area.area:
                yield place, Alias(name, NameKind.PLACE)


def _containing(geometry: dict[str, BaseGeometry], lon: float, lat: float) -> str | None:
    point = Point(lon, lat)
    return next((name for name, area in geometry.items() if area.contains(point)), None)


def _drop_ambiguous(aliases: Aliases, neighbourhoods: set[str]) -> None:
    """Drop places that lie in several neighbourhoods or are called after another one.

    A railway station can lie across the border of the neighbourhood that it is called after; the
    text then means the neighbourhood.
    """
    where: dict[str, set[str]] = defaultdict(set)
    for neighbourhood, known in aliases.items():
        for alias in known:
            where[alias.name.upper()].add(neighbourhood)
    for neighbourhood, known in aliases.items():
        others = tuple(f"{name} " for name in neighbourhoods - {neighbourhood})
        known -= {
            alias
            for alias in known
            if len(where[alias.name.upper()]) > 1 or f"{alias.name.upper()} ".startswith(others)
        }
