"""The vehicle fires of the tutorial: a real city's where its files are, else an invented town's.

The files lie beside the checkout, in ``../shared`` or where ``SAMHANDLING_SHARED`` says, and are
never part of it. Both ways give the same table, so the tutorial's cells need not know which it is.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from samhandling.sources import ReadOptions, get
from samhandling.space import OUTSIDE, AreaSet, overlaps
from samhandling.synthetic import GRANKOPING, make_town

ROOT = Path(__file__).parents[2]
MUNICIPALITY, CITY = "0180", "Stockholm"
FIRES = "polisanmalda_brott_deso/1211_skadegorelse_bilbrand.csv.gz"
BORDERS = "scb_deso_regso_stockholm/deso_2018_stockholms_lan.geojson"
RESIDENTS = "scb_deso_regso_stockholm/deso_folkmangd_2023.xlsx"
LIST = "polisen_utsatta_omraden/uso_2023_shp.zip"

# The first month in which the city's rows have area codes, and the last that is complete.
FIRST, LAST = pd.Period("2020-01", "M"), pd.Period("2023-09", "M")
TIMEZONE = "Europe/Stockholm"
READ_AT = datetime(2024, 4, 1, tzinfo=UTC)
LEAST_SHARE_INSIDE = 0.5

INVENTED_SEED = 1
INVENTED_CATEGORY = "arson"
INVENTED_EVENTS = 60_000


@dataclass(frozen=True, slots=True, eq=False)
class VehicleFires:
    """Fires by small area and month of registration.

    Attributes
    ----------
    shown : str
        Whose fires these are, in a sentence.
    is_real : bool
    areas : AreaSet
    residents : ndarray of float64, shape (n_areas,)
    listed : ndarray of bool, shape (n_areas,)
        At least half of the surface lies inside the police's list.
    counts : ndarray of int64, shape (n_areas, n_months)
    months : tuple of str
    coverage : DataFrame
        By year of registration: rows with the code of a small area, and rows without.
    """

    shown: str
    is_real: bool
    areas: AreaSet
    residents: NDArray[np.float64]
    listed: NDArray[np.bool_]
    counts: NDArray[np.int64]
    months: tuple[str, ...]
    coverage: pd.DataFrame


def data_folder() -> Path | None:
    """Return the folder of the real files, or None if one of them is missing."""
    shared = Path(os.environ.get("SAMHANDLING_SHARED", ROOT.parent / "shared"))
    folder = shared / "data"
    names = (FIRES, BORDERS, RESIDENTS, LIST)
    return folder if all((folder / name).exists() for name in names) else None


def vehicle_fires() -> VehicleFires:
    """Return the real city's fires where its files are on this machine, else the town's."""
    folder = data_folder()
    return invented_fires() if folder is None else real_fires(folder)


def real_fires(folder: Path) -> VehicleFires:
    """Read the published files through the library's own parsers."""
    table = _read("boundaries", folder / BORDERS, level="deso", valid_from=date(2018, 1, 1))
    borders = table[table["code"].str.startswith(MUNICIPALITY)].sort_values("code")
    areas = _area_set(borders)
    people = _read("pxweb_excel", folder / RESIDENTS)
    residents = people[people["breakdown"] == ""].set_index("area_code")["value"]
    rows = _read("reported_crime_deso", folder / FIRES, municipality_codes={CITY: MUNICIPALITY})
    rows = rows[rows["municipality_code"] == MUNICIPALITY]
    codes = rows["area_code"].where(rows["area_level"] == "deso")
    return _fires(
        f"These are the vehicle fires reported in {CITY}, by day of registration. They are real.",
        areas,
        residents.reindex(list(areas.codes)).to_numpy(dtype=np.float64),
        _area_set(_read("vulnerable_areas", folder / LIST)),
        pd.DataFrame({"code": codes, "registered": rows["registered"]}),
        is_real=True,
    )


def invented_fires() -> VehicleFires:
    """Make the invented town, and take its arson for vehicle fires."""
    town = make_town(GRANKOPING, seed=INVENTED_SEED)
    versions = town.areas().to_pandas()
    current = versions[versions["valid_to"].isna()]
    areas = _area_set(current[current["level"] == "deso"].sort_values("code"))
    people = town.population().to_pandas()
    residents = people[people["year"] == LAST.year].groupby("area_code")["residents"].sum()
    chunks = (chunk.table for chunk in town.events(INVENTED_EVENTS))
    rows = pd.concat(
        [one[one["category"] == INVENTED_CATEGORY] for one in map(pa.Table.to_pandas, chunks)]
    )
    place = areas.assign(rows["lon"].fillna(0.0), rows["lat"].fillna(0.0))
    exact = rows["position_precision"].isin(["point", "snapped"]) & (place != OUTSIDE)
    codes = pd.Series(np.array(areas.codes, dtype=object)[place], index=rows.index).where(exact)
    return _fires(
        f"These are arson events in {GRANKOPING.name}, an invented town. Nothing here is real.",
        areas,
        residents.reindex(list(areas.codes)).to_numpy(dtype=np.float64),
        _area_set(current[current["level"] == "police_list"]),
        pd.DataFrame({"code": codes, "registered": rows["registered"]}),
        is_real=False,
    )


def _read(source: str, path: Path, **told: object) -> pd.DataFrame:
    options = ReadOptions(now=READ_AT, timezone=TIMEZONE, **told)  # type: ignore[arg-type]
    with path.open("rb") as stream:
        chunks = list(get(source).read(stream, path.name, options))
    table: pd.DataFrame = pa.concat_tables(chunk.table for chunk in chunks).to_pandas()
    return table


def _area_set(table: pd.DataFrame) -> AreaSet:
    shapes = shapely.from_wkb(table["geometry"].to_numpy())
    return AreaSet.of(table["level"].iloc[0], list(table["code"]), list(table["name"]), shapes)


def _fires(
    shown: str,
    areas: AreaSet,
    residents: NDArray[np.float64],
    police_list: AreaSet,
    rows: pd.DataFrame,
    *,
    is_real: bool,
) -> VehicleFires:
    local = rows["registered"].dt.tz_convert(TIMEZONE).dt.tz_localize(None)
    month = local.dt.to_period("M")
    months = pd.period_range(FIRST, LAST, freq="M")
    counts = (
        pd.crosstab(rows["code"], month)
        .reindex(index=list(areas.codes), columns=months, fill_value=0)
        .to_numpy(dtype=np.int64)
    )
    return VehicleFires(
        shown, is_real, areas, residents, _listed(areas, police_list), counts,
        tuple(str(one) for one in months), _coverage(rows["code"].notna(), local.dt.year),
    )  # fmt: skip


def _listed(areas: AreaSet, police_list: AreaSet) -> NDArray[np.bool_]:
    position, _, common, whole, _ = overlaps(areas, police_list)
    inside = np.bincount(position, weights=common, minlength=len(whole))
    return np.asarray(inside / whole >= LEAST_SHARE_INSIDE)


def _coverage(placed: pd.Series, years: Iterable[int]) -> pd.DataFrame:
    table = pd.crosstab(pd.Series(years, index=placed.index, name="year"), placed)
    table = table.reindex(columns=[True, False], fill_value=0)
    return table.set_axis(["with area code", "without"], axis=1)
